/** What every command gets as its first argument. Live things are passed in; nothing here owns them. */
import type { TextAudience } from "#app/rules/audience.ts";
import type { Language } from "#app/rules/language.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import type { TextKind } from "#collab/document.ts";
import type { Imported } from "#collab/read-words.ts";
import type { Rooms } from "#collab/server/room.ts";
import type { Database, WriteTx } from "#db/database.ts";
import type { ReadingsInFiles } from "#db/reference/held-back.ts";

/** Names of what changed, for open pages: "agenda", "text:<id>", "versions:<id>", "statements". */
export type Topic = string;

/** Who is told. Worked out from the permission table, so nobody hears of a change that they may not see. */
export type NoticeAudience =
  /** Reference data are everybody's. */
  | { readonly kind: "everybody" }
  | { readonly kind: "session"; readonly sessionId: string }
  /** Who reads the names of delegates: the public does not learn when somebody takes a seat or leaves it. */
  | { readonly kind: "taking-part"; readonly sessionId: string }
  | { readonly kind: "delegation"; readonly delegationId: string }
  /** Who reads what the delegation has released and not yet delivered. */
  | { readonly kind: "embargoed"; readonly sessionId: string; readonly delegationId: string }
  | {
      readonly kind: "text";
      readonly textId: string;
      readonly sessionId: string;
      readonly who: "bureau" | "readers";
      /** Heard also by whom this earlier audience let in: they have just lost sight of the text, or see less of it. */
      readonly before?: TextAudience;
    }
  | { readonly kind: "person"; readonly personId: string }
  | { readonly kind: "secretariat" };

export type Notices = {
  /** After the commit: open pages of that audience revalidate. Carries names, never data. */
  tell(audience: NoticeAudience, topic: Topic): void;
  /** Rights of a person changed: its stream and sockets are closed or narrowed within two seconds. */
  rightsChanged(personId: string): void;
};

/** What the sign-in file can do for commands; `app/server/sign-in` makes it. */
export type Accounts = {
  /**
   * Makes or replaces the password of a person; returns the account's id. Refuses weak passwords. Passwords of one
   * person are set one after the other: `stillMay` is asked at the last moment, and a refusal leaves everything as it
   * was; `afterwards` has ended before the next one's turn.
   */
  setPassword(account: {
    readonly personId: string;
    readonly email: string;
    readonly name: string;
    readonly password: string;
    readonly stillMay?: () => Promise<Refusal | null>;
    readonly afterwards?: (accountId: string) => Promise<Refusal | null>;
  }): Promise<Refusal | { readonly accountId: string }>;
  /** Ends every login of an account, or one. */
  signOut(accountId: string, loginId?: string): Promise<void>;
  listLogins(accountId: string): Promise<
    readonly {
      readonly loginId: string;
      readonly at: number;
      readonly seenAt: number;
      readonly device: string;
    }[]
  >;
  /** How many recovery codes an account has left; null while it has no authenticator codes on. */
  recoveryCodesLeft(accountId: string): Promise<number | null>;
  /** The accounts that have authenticator codes on. */
  listWithCodes(): Promise<ReadonlySet<string>>;
  /** The secret and the recovery codes of the account are gone. */
  turnOffCodes(accountId: string): Promise<void>;
};

/** What an authenticator app must be told, shown while codes are being turned on and never again. */
export type CodesSetup = {
  /** `otpauth://totp/…`, which a QR code shows and a phone opens. */
  readonly address: string;
  /** The secret in it, in letters and digits (base32), for whoever types it. */
  readonly secret: string;
};

/** One's own authenticator codes, for routes and their commands. A wrong password is refused at "current-password". */
export type OwnCodes = {
  /** Makes a new secret, which nothing asks for until `turnOn`; `conflict` "codes-on" when they are on. */
  begin(
    request: Request,
    form: { readonly personId: string; readonly loginId: string; readonly password: string },
  ): Promise<Refusal | CodesSetup>;
  /** What this login has begun within ten minutes and not turned on yet. */
  begun(loginId: string): CodesSetup | null;
  /** By the first code; every login of the person ends but this browser's, which gets the cookies of a new one. */
  turnOn(
    request: Request,
    form: { readonly personId: string; readonly loginId: string; readonly code: string },
  ): Promise<Refusal | { readonly cookies: readonly string[]; readonly recoveryCodes: readonly string[] }>;
  /** New recovery codes; the old ones stop. */
  renew(
    request: Request,
    form: { readonly personId: string; readonly password: string },
  ): Promise<Refusal | { readonly recoveryCodes: readonly string[] }>;
  /** By the password and a code, or a recovery code. */
  turnOff(
    request: Request,
    form: { readonly personId: string; readonly password: string; readonly code: string },
  ): Promise<Refusal | null>;
};

/** A file as a form brings it. */
export type FileToTake = { readonly name: string; stream(): ReadableStream<Uint8Array> };

/** A file whose bytes are kept. */
export type TakenFile = {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** By its content. */
  readonly type: "pdf" | "docx";
  /** Cleaned, with the ending of its type. */
  readonly name: string;
  /** For search. */
  readonly words: string;
};

/** Files in the data folder; `app/server/uploads.ts` makes it. */
export type Uploads = {
  /**
   * Looks into a file and keeps its bytes. `invalid` at the field `file` for what is no PDF or Word document, lies about
   * it, carries macros or other files, is made to be large, or takes more than `room` (bytes); `too-many` when others
   * wait. Null: put in by officers. Whoever got one lets go of it in the end.
   */
  take(
    file: FileToTake,
    whose: { readonly sessionId: string; readonly delegationId: string | null; readonly room?: number },
  ): Promise<Refusal | TakenFile>;
  /** The act with the file is over: bytes that are on no record are thrown away. */
  letGo(sha256: string, isOnRecord: () => Promise<boolean>): Promise<void>;
  /** The bytes of a file; null when they are not there. Whoever calls has asked who may have them. */
  open(sha256: string): Promise<ReadableStream<Uint8Array> | null>;
};

/** The database as commands have it: a full disk is a refusal, which a form shows while it keeps what was typed. */
export type CommandDatabase = Pick<Database, "read"> & {
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<Refusal | T>;
};

export type CommandContext = {
  readonly db: CommandDatabase;
  readonly rooms: Rooms;
  readonly notices: Notices;
  readonly accounts: Accounts;
  readonly uploads: Uploads;
  readonly viewer: Viewer;
  /** Milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** 32 random bytes in base64url, for one-time links. */
  readonly newToken: () => string;
  /** `https://…` of this installation, for links. */
  readonly origin: string;
};

/**
 * Signing in and out, for routes: each answers 303 to `to` (a path of this installation; anything else becomes `/`)
 * with the cookies to set. `app/server/sign-in` makes it.
 */
export type SignIn = {
  /**
   * Slow, and equal for an unknown person and a wrong password: `invalid` "sign-in-wrong". Whoever has authenticator codes
   * on is sent to the page that asks for one. Whoever guesses waits for the
   * answer; `too-many` "sign-in-wait" with `seconds` where too many wait already, "sign-in-busy" where too many sign in.
   */
  withPassword(
    request: Request,
    form: {
      readonly email: string;
      readonly password: string;
      readonly to: string;
      /** They have just shown a one-time link, and wait behind nobody's guesses. */
      readonly proven?: boolean;
    },
  ): Promise<Refusal | Response>;
  /**
   * For whoever has given the password in this browser and has authenticator codes on: a code or a recovery code.
   * `invalid` at "code" for a wrong one and one that was used, alike; `rule` "code-again" when the password is to be
   * given again; `too-many` "code-rests" with `count` minutes after too many wrong ones.
   */
  withCode(
    request: Request,
    form: { readonly code: string; readonly to: string },
  ): Promise<Refusal | Response>;
  /** Whether a code is asked for in this browser. */
  owesCode(request: Request): Promise<boolean>;
  /** Null when it is the person's password, checked as slowly as at the door; refused at "current-password". */
  provePassword(
    request: Request,
    form: { readonly personId: string; readonly password: string },
  ): Promise<Refusal | null>;
  readonly codes: OwnCodes;
  /** Enters as a person of the exercise, without a password. Null in production: there this door does not exist. */
  readonly enter:
    | ((
        request: Request,
        form: { readonly personId: string; readonly to: string },
      ) => Promise<Refusal | Response>)
    | null;
  /** Ends the login that the request came with. */
  signOut(request: Request, to: string): Promise<Response>;
  /** Ends every login of the person who asks. */
  signOutEverywhere(request: Request, to: string): Promise<Response>;
};

/** Reads a file that is to be imported, without holding up anybody; null when it cannot be read in reasonable time. */
export type ReadImport = (file: {
  readonly source: string;
  readonly format: "html" | "text";
  readonly kind: TextKind;
}) => Promise<Imported | null>;

/** What a route's loader and action find in Remix's `context`. */
export type AppLoadContext = CommandContext & {
  readonly signIn: SignIn;
  readonly readImport: ReadImport;
  /** Editors' readings as the files of this version have them. */
  readonly readingsInFiles: () => ReadingsInFiles;
  /** For errors that nobody expected: into the process's log, without anybody's words. */
  readonly report: (error: unknown) => void;
  readonly nonce: string;
  readonly mode: "exercise" | "production";
  /** Set by the loader of a text for its server rendering: whole text as HTML, kept out of the loader's data. */
  readonly paper: Map<string, string>;
  readonly theme: { readonly theme: "system" | "light" | "dark"; readonly large: boolean };
  /** Of the interface: the one chosen, else the one that the browser prefers. */
  readonly language: Language;
};

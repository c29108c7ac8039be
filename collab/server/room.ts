/**
 * What the rest of the application may ask of the room of a text: types only. `rooms.ts` makes them.
 * One queue per text; everything below runs in it, in order, and nothing that is acknowledged is not in the log.
 */
import type * as Y from "yjs";
import type { Refusal } from "#app/rules/refusal.ts";
import type { Attribution } from "#collab/attribution.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import type { LateRun } from "#collab/late-words.ts";
import type { Carry } from "#collab/model.ts";
import type { PaperDelta, PaperParagraph } from "#collab/paper.ts";
import type { ImportedParagraph, ImportedSpan } from "#collab/read-words.ts";
import type { WriteTx } from "#db/database.ts";
import type { Head } from "#db/stores/chain.ts";
import type { Restored } from "./restore.ts";
import type { LifeEntry } from "./life.ts";

/** Who acts: stamped on every log row. `personId` null only for the server's own repairs. */
export type Author = {
  readonly personId: string | null;
  readonly delegationId: string | null;
  readonly loginId: string | null;
};

/** A drafter's open page, as the transport hands it to the room. */
export type Peer = {
  readonly author: Author & { readonly personId: string };
  readonly name: string;
  /** Shown beside the name: the delegation's code or the office. */
  readonly siglum: string;
  readonly mayWrite: boolean;
  send(frame: Uint8Array): void;
  close(code: number, reason: string): void;
  /** Bytes sent and not read yet (`bufferedAmount`); a page that leaves too much unread is closed. */
  waiting?(): number;
};

/** The room's side of a peer. */
export type Seat = {
  /** One frame from the page; malformed frames close the peer. Never throws. */
  receive(frame: Uint8Array): void;
  leave(): void;
};

/** The live text at one sequence number. */
type Wording = {
  readonly seq: number;
  readonly head: string;
  readonly document: TextDocument;
};

/** What a command sees and does while it holds the queue. Nothing else happens to the text meanwhile. */
export type Turn = {
  readonly seq: number;
  readonly head: string;
  document(): TextDocument;
  /** Full Yjs state, for a version. */
  state(): Uint8Array;
  carries(): readonly Carry[];
  attribution(): Attribution;
  lockedParagraphs(): ReadonlySet<string>;
  /** Lets those who type in other texts go first, between two pieces of long work; nothing happens to this text. */
  giveWay(): Promise<void>;
  /**
   * Changes the text on the server: runs on the gate's copy, is checked by the gate (locks included), logged with
   * `kind: command`, applied, and sent to everyone. `also` writes rows in the same commit as the log row.
   * A refusal leaves everything as it was.
   */
  change(act: ServerAct): Promise<Refusal | { readonly seq: number; readonly head: string }>;
  /**
   * Makes the text say what a version of it says, or one paragraph of it, as a `change`. Locked paragraphs, and such as
   * would lose a bracket that somebody holds, are left as they are and named.
   */
  restore(wanted: TextDocument, act: RestoreAct): Promise<Refusal | Restored>;
  /**
   * Brings in paragraphs of a file, one `change` for each slice. On a refusal in a later slice what came before stays in
   * the text, and the refusal ("import-partly") says how much that is and why the rest was refused.
   */
  insert(act: InsertAct): Promise<Refusal | { readonly seq: number; readonly ids: readonly string[] }>;
  /**
   * Writes the numbers that paragraphs have on paper from now on, as a `change`; locked ones too, for no word changes.
   * What `prepare` gives back writes the rows of that paper in the same commit.
   */
  number(act: NumberAct): Promise<Refusal | { readonly seq: number; readonly head: string }>;
  /**
   * Writes rows without changing the text (a version, a lock), serialised with every edit. Refused when the log is
   * damaged, for what the turn sees is then not the whole text, and when the disk is full.
   */
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<Refusal | T>;
  /** Locks or unlocks after their rows are written; every peer and the gate know at once. Throws on a damaged text. */
  setLocked(paragraphId: string, locked: boolean): void;
  /** Brackets that somebody holds (rule LF1): no change takes them away. */
  heldBrackets(): ReadonlySet<string>;
  /** Says whether somebody holds a bracket, after the rows of that are written; the gate knows at once. */
  setHeld(bracketId: string, isHeld: boolean): void;
  /** Puts the brackets of a paragraph in order that has just been unlocked: a repair in the log, if there is need of one. */
  repair(paragraphId: string): Promise<Refusal | null>;
};

export type ServerAct = {
  /** The act in the log: "restore", "import", "move". */
  readonly act: string;
  readonly by: Author;
  readonly change: (doc: Y.Doc) => void;
  /** It changes no words, and so locked paragraphs too. */
  readonly overLocks?: true;
  readonly also?: (tx: WriteTx, seq: number) => Promise<void>;
  readonly prepare?: Prepare;
};

/** The text as a change leaves it, before anything of that is in the log. */
export type Changed = {
  document(): TextDocument;
  /** Full Yjs state, for a version. */
  state(): Uint8Array;
  giveWay(): Promise<void>;
};

/**
 * Works out, from the text as it will be, what is to be written in the same commit; `head` is the newest row then. What
 * takes long belongs here and not into the commit. Whoever throws has changed nothing.
 */
type Prepare = (changed: Changed) => Promise<(tx: WriteTx, head: Head) => Promise<void>>;

type NumberAct = {
  readonly by: Author;
  /** In reading order, whatever the numbers were before. */
  readonly anew: boolean;
  readonly prepare?: Prepare;
};

type RestoreAct = {
  readonly by: Author;
  /** This paragraph alone; null for all. */
  readonly only: string | null;
  /** Makes the ids of carry records. */
  readonly newId: () => string;
  readonly also?: (tx: WriteTx, seq: number, restored: Restored) => Promise<void>;
};

/** One of the pieces that an import comes in. */
type ImportSlice = {
  /** 1 to `of`. */
  readonly number: number;
  readonly of: number;
  /** How many of each are in it. */
  readonly paragraphs: number;
  readonly notes: number;
};

export type InsertAct = Pick<ServerAct, "by"> & {
  readonly paragraphs: readonly ImportedParagraph[];
  /** Footnotes, referred to by their place in this list. */
  readonly notes: readonly (readonly ImportedSpan[])[];
  /** The paragraph behind which they come; null for the beginning. */
  readonly after: string | null;
  readonly newId: () => string;
  /** Writes rows in the commit of each slice, so that whatever came in is on record. */
  readonly also?: (tx: WriteTx, seq: number, slice: ImportSlice) => Promise<void>;
};

export type Rooms = {
  /** Runs `work` alone in the text's queue. Opens the room if need be. */
  hold<T>(textId: string, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** The live wording, from the cache by paragraph. */
  wording(textId: string): Promise<Wording>;
  /** Wording with carries and attribution as they are now, for compare and authorship. */
  inside(textId: string): Promise<
    Wording & {
      readonly carries: readonly Carry[];
      /** What restorations put beside the same words in another place: authorship follows these too. */
      readonly copies: readonly Carry[];
      readonly attribution: Attribution;
      readonly locks: ReadonlySet<string>;
      /** What nobody decided to delete of a deleted paragraph. */
      readonly lateWords: (paragraph: Paragraph) => readonly LateRun[];
    }
  >;
  /** The live wording as readers see it: cached values and HTML by paragraph. */
  paper(textId: string): Promise<{ readonly seq: number; readonly paragraphs: readonly PaperParagraph[] }>;
  /** What changed on paper after `seq`, or null when that is too long ago: fetch the whole. */
  paperAfter(
    textId: string,
    seq: number,
  ): Promise<{ readonly seq: number; readonly delta: PaperDelta } | null>;
  /**
   * The text after row `seq` of its log, with authorship as it was then; null when there is no such row. Read from the
   * log in slices: takes up to a few seconds for a long text.
   */
  wordingAt(
    textId: string,
    seq: number,
  ): Promise<(Wording & { readonly carries: readonly Carry[]; readonly attribution: Attribution }) | null>;
  /** Every wording that a paragraph had, oldest first, with who and when; one entry per person and minute. */
  lifeOf(textId: string, paragraphId: string): Promise<readonly LifeEntry[]>;
  /** The first damaged row of the text's log, up to which it is read-only; null when the log is whole. */
  damagedAt(textId: string): Promise<number | null>;
  /** Takes a drafter's page in; throws when there is no such text. */
  join(textId: string, peer: Peer): Promise<Seat>;
  /** Closes the pages of a person (in one text, or all; of one login, or all) with `CLOSE.notAllowed`. */
  withdraw(which: { readonly personId: string; readonly textId?: string; readonly loginId?: string }): void;
  /** Called at most twice a second per text with what changed. */
  onPaper(listener: (textId: string, seq: number) => void): void;
  /** Names who is there, for `/metrics` and the chair. */
  counts(): { readonly rooms: number; readonly peers: number; readonly updates: number };
  /** Tells every page to come back after a random pause, flushes, closes. */
  close(): Promise<void>;
};

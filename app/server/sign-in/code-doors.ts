/** Authenticator codes as routes ask for them: the second page of signing in, and turning one's own on and off. */
import type { CodesSetup, OwnCodes, SignIn } from "#app/commands/context.ts";
import { type TypedCode, readCode } from "#app/rules/codes.ts";
import { PASSWORD_MAX_LENGTH } from "#app/rules/passwords.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Browsers } from "./browsers.ts";
import { CHALLENGE_COOKIE } from "./code-challenge.ts";
import { createCodeLimit } from "./code-limit.ts";
import type { Codes } from "./codes.ts";
import { deviceOf, isRejected } from "./device.ts";
import type { Library } from "./library.ts";
import { readCookie } from "./logins.ts";
import { type Patience, networkOf } from "./patience.ts";
import type { EndedLogin, SignInPeople } from "./people.ts";
import type { PasswordWork } from "./work.ts";

export type CodeDoorOptions = {
  readonly library: Library;
  readonly codes: Codes;
  readonly people: SignInPeople;
  readonly patience: Patience;
  readonly work: PasswordWork;
  readonly browsers: Browsers;
  readonly ended: (login: EndedLogin) => void;
  readonly now: () => number;
  /** Does work that checks a password when it is its turn; null is a wrong password. */
  readonly inPasswordLine: <T>(
    address: string,
    request: Request,
    account: { readonly typed: string; readonly email: string },
    work: () => Promise<T | Refusal | null>,
  ) => Promise<T | Refusal | null>;
  /** The answer to whoever is in. */
  readonly entered: (
    request: Request,
    login: { readonly to: string; readonly cookies: readonly string[]; readonly email: string },
  ) => Promise<Response>;
  readonly sentAway: (refusal: Refusal) => Refusal;
};

type Doors = Pick<SignIn, "withCode" | "owesCode" | "provePassword" | "codes">;
type Account = { readonly accountId: string; readonly email: string };
type Begun = CodesSetup & { readonly until: number };

/** What was shown can be confirmed for so long. */
const SETUP_MS = 10 * 60_000;
const MOST_BEGUN = 1_000;
const WRONG_CODE = refuse("invalid", "check-fields", { fields: { code: "code-wrong" } });
const WRONG_PASSWORD = refuse("invalid", "check-fields", {
  fields: { "current-password": "password-current" },
});
/** The password is to be given again: too long ago, too many wrong codes, or kept out meanwhile. */
const BEGIN_AGAIN = refuse("rule", "code-again");

/** `address` is the browser's, from the connection. */
export function createCodeDoors(options: CodeDoorOptions): (address: string) => Doors {
  const { library, codes, people, browsers } = options;
  const limit = createCodeLimit(options.now);
  /** What was begun and is not confirmed yet, by login: nobody else is shown it again. */
  const begun = new Map<string, Begun>();

  /** Nothing of the request but who owes the code: the login that the browser has plays no part. */
  function challengeOf(request: Request): Headers {
    const headers = deviceOf(request);
    const { name } = library.context.createAuthCookie(CHALLENGE_COOKIE);
    const value = readCookie(request.headers.get("cookie") ?? "", name);
    if (value !== null) headers.set("cookie", `${name}=${value}`);
    return headers;
  }

  /** The account that the browser's password was right for; null when there is none, or it is kept out. */
  async function owing(request: Request): Promise<Account | null> {
    const { accountId } = await library.api.findChallenge({ headers: challengeOf(request) });
    const person = accountId === null ? null : await people.findByAccount(accountId);
    if (accountId === null || person === null || person.isSuspended) return null;
    const user = await library.store.findUserById(accountId);
    return user ? { accountId, email: user.email } : null;
  }

  /** In line with other attempts at the account's codes, and not more than the limit allows. */
  async function inCodeLine<T>(
    address: string,
    request: Request,
    attempt: Account & { readonly typed: TypedCode },
    work: () => Promise<T | Refusal | null>,
  ): Promise<T | Refusal> {
    const { accountId, email, typed } = attempt;
    if (!(await codes.isReadable(accountId))) return refuse("unavailable", "codes-unreadable");
    const knownBrowser = browsers.known(request, email);
    const key = `${accountId} ${knownBrowser ?? ""}`;
    const limited = async (): Promise<T | Refusal | null> => {
      // Nobody guesses a recovery code: it stays a way in.
      const restsMs = typed.kind === "code" ? limit.attempt(key) : 0;
      if (restsMs > 0)
        return refuse("too-many", "code-rests", { values: { count: Math.ceil(restsMs / 60_000) } });
      return work();
    };
    const line = { email: `codes of ${accountId}`, network: networkOf(address), knownBrowser };
    const done = await options.patience.inLine(line, limited, request.signal);
    if (done === null) return WRONG_CODE;
    if (!isRefusal(done)) limit.succeeded(key);
    return done;
  }

  async function withCode(
    address: string,
    request: Request,
    form: { readonly code: string; readonly to: string },
  ): Promise<Refusal | Response> {
    const account = await owing(request);
    if (account === null) return options.sentAway(BEGIN_AGAIN);
    const typed = readCode(form.code);
    const cookies = await inCodeLine(address, request, { ...account, typed }, () =>
      enter(request, account.accountId, typed),
    );
    if (isRefusal(cookies)) return options.sentAway(cookies);
    if (typed.kind === "recovery") {
      const left = (await codes.left(account.accountId)) ?? 0;
      await people.usedRecoveryCode(account.accountId, left);
    }
    return options.entered(request, { to: form.to, cookies, email: account.email });
  }

  /** The cookies of a new login; null for a wrong code and one that was used alike. */
  async function enter(
    request: Request,
    accountId: string,
    typed: TypedCode,
  ): Promise<readonly string[] | Refusal | null> {
    const headers = challengeOf(request);
    try {
      if (typed.kind === "recovery") {
        const body = { code: typed.code };
        const made = await library.api.verifyBackupCode({ body, headers, returnHeaders: true });
        return made.headers.getSetCookie();
      }
      // One that was used before is counted by the library as a wrong one.
      const body = { code: (await codes.use(accountId, typed.code)) ? typed.code : "" };
      const made = await library.api.verifyTOTP({ body, headers, returnHeaders: true });
      return made.headers.getSetCookie();
    } catch (error) {
      if (!isRejected(error)) throw error;
      return (await owing(request)) === null ? BEGIN_AGAIN : null;
    }
  }

  async function accountOf(personId: string): Promise<Account | null> {
    const accountId = (await people.find(personId))?.accountId ?? null;
    const user = accountId === null ? null : await library.store.findUserById(accountId);
    return user ? { accountId: user.id, email: user.email } : null;
  }

  /** Does `work`, which checks the person's password, and refuses at its field what `work` answers with null. */
  async function withOwnPassword<T>(
    address: string,
    request: Request,
    personId: string,
    work: (account: Account) => Promise<T | null>,
  ): Promise<T | Refusal> {
    const account = await accountOf(personId);
    if (account === null) return refuse("rule", "person-without-login");
    const { email } = account;
    const done = await options.inPasswordLine(address, request, { typed: email, email }, () => work(account));
    return done ?? WRONG_PASSWORD;
  }

  async function isPassword(accountId: string, password: string): Promise<true | null> {
    const hash = (await library.store.findCredentialAccount(accountId))?.password;
    const isRight = hash && (await options.work.verify({ hash, password: shortened(password) }));
    return isRight ? true : null;
  }

  function keepBegun(loginId: string, setup: CodesSetup): void {
    begun.delete(loginId);
    begun.set(loginId, { ...setup, until: options.now() + SETUP_MS });
    const [oldest] = begun.keys();
    if (begun.size > MOST_BEGUN && oldest !== undefined) begun.delete(oldest);
  }

  function findBegun(loginId: string): CodesSetup | null {
    const found = begun.get(loginId);
    if (found === undefined) return null;
    if (found.until > options.now()) return { address: found.address, secret: found.secret };
    begun.delete(loginId);
    return null;
  }

  const ownCodes = (address: string): OwnCodes => ({
    begun: findBegun,
    begin: (request, { personId, loginId, password }) =>
      withOwnPassword(address, request, personId, async ({ accountId }) => {
        if ((await codes.left(accountId)) !== null) return refuse("conflict", "codes-on");
        const body = { password: shortened(password), method: "totp" as const };
        const made = await unlessRejected(() =>
          library.api.enableTwoFactor({ body, headers: ownHeaders(request) }),
        );
        if (made === null || !("totpURI" in made)) return null;
        const secret = new URL(made.totpURI).searchParams.get("secret") ?? "";
        const setup = { address: made.totpURI, secret };
        keepBegun(loginId, setup);
        return setup;
      }),
    async turnOn(request, { personId, loginId, code }) {
      const account = await accountOf(personId);
      if (account === null || findBegun(loginId) === null) return refuse("rule", "codes-begin-again");
      const { accountId } = account;
      const typed = readCode(code);
      const before = await library.store.listSessions(accountId);
      const cookies = await inCodeLine(address, request, { ...account, typed }, async () => {
        if (typed.kind !== "code" || !(await codes.use(accountId, typed.code))) return null;
        const asked = {
          body: { code: typed.code },
          headers: ownHeaders(request),
          returnHeaders: true,
        } as const;
        const made = await unlessRejected(() => library.api.verifyTOTP(asked));
        return made && made.headers.getSetCookie();
      });
      if (isRefusal(cookies)) return cookies;
      begun.delete(loginId);
      // Whoever came in by the password alone is out; this browser has a new login.
      for (const login of before) {
        await library.store.deleteSession(login.token);
        options.ended({ personId, loginId: login.id });
      }
      const { backupCodes } = await library.api.viewBackupCodes({ body: { userId: accountId } });
      return { cookies, recoveryCodes: backupCodes };
    },
    renew: (request, { personId, password }) =>
      withOwnPassword(address, request, personId, async ({ accountId }) => {
        if ((await codes.left(accountId)) === null) return refuse("conflict", "codes-off");
        const asked = { body: { password: shortened(password) }, headers: ownHeaders(request) };
        const made = await unlessRejected(() => library.api.generateBackupCodes(asked));
        return made && { recoveryCodes: made.backupCodes };
      }),
    async turnOff(request, { personId, password, code }) {
      const proof = await withOwnPassword(address, request, personId, ({ accountId }) =>
        isPassword(accountId, password),
      );
      if (isRefusal(proof)) return proof;
      const account = await accountOf(personId);
      if (account === null || (await codes.left(account.accountId)) === null) {
        return refuse("conflict", "codes-off");
      }
      const { accountId } = account;
      const typed = readCode(code);
      const isRight = await inCodeLine(address, request, { ...account, typed }, async () => {
        if (typed.kind === "code") return (await codes.use(accountId, typed.code)) ? true : null;
        const body = { code: typed.code, disableSession: true };
        const asked = { body, headers: ownHeaders(request) };
        return (await unlessRejected(() => library.api.verifyBackupCode(asked))) && true;
      });
      if (isRefusal(isRight)) return isRight;
      await codes.turnOff(accountId);
      return null;
    },
  });

  return (address) => ({
    withCode: (request, form) => withCode(address, request, form),
    owesCode: async (request) => (await owing(request)) !== null,
    async provePassword(request, { personId, password }) {
      const proof = await withOwnPassword(address, request, personId, ({ accountId }) =>
        isPassword(accountId, password),
      );
      return isRefusal(proof) ? proof : null;
    },
    codes: ownCodes(address),
  });
}

/** With the login that the browser has. */
function ownHeaders(request: Request): Headers {
  const headers = deviceOf(request);
  headers.set("cookie", request.headers.get("cookie") ?? "");
  return headers;
}

function shortened(password: string): string {
  return password.slice(0, PASSWORD_MAX_LENGTH);
}

/** What the library answers, or null when it says no. */
async function unlessRejected<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isRejected(error)) return null;
    throw error;
  }
}

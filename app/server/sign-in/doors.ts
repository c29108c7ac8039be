/** Signing in and out as routes ask for it: answers with cookies, equal and slow where they must not tell anything. */
import type { SignIn } from "#app/commands/context.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { PASSWORD_MAX_LENGTH } from "#app/rules/passwords.ts";
import { isEmail } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { type Browsers, newRandom } from "./browsers.ts";
import { CHALLENGE_COOKIE } from "./code-challenge.ts";
import { type CodeDoorOptions, createCodeDoors } from "./code-doors.ts";
import type { Codes } from "./codes.ts";
import { deviceOf, isRejected } from "./device.ts";
import type { Library } from "./library.ts";
import type { Logins } from "./logins.ts";
import { type Attempt, type Patience, networkOf } from "./patience.ts";
import type { EndedLogin, SignInPeople } from "./people.ts";
import type { PasswordWork } from "./work.ts";

/** Makes a login for an account; the exercise's way in. */
export type EnterAccount = (accountId: string, headers: Headers) => Promise<Headers>;

export type DoorOptions = {
  readonly library: Library;
  readonly logins: Logins;
  readonly people: SignInPeople;
  readonly patience: Patience;
  readonly work: PasswordWork;
  readonly browsers: Browsers;
  readonly codes: Codes;
  readonly now: () => number;
  readonly ended: (login: EndedLogin) => void;
  readonly counted: (what: "login" | "refused") => void;
  /** Null in production. */
  readonly enterAccount: EnterAccount | null;
};

type PasswordForm = Parameters<SignIn["withPassword"]>[1];

const LONGEST_EMAIL = FIELDS.person.email.longest;
/** Where whoever has given the password, and has authenticator codes on, gives a code. */
const CODE_PAGE = "/sign-in/code";
/** Looked up, and not found, in place of what is no address: the same work is done. */
const NOBODY = "nobody@chapeau.invalid";

/** `address` is the browser's, from the connection. */
export function createSignIn(options: DoorOptions): (address: string) => SignIn {
  const { library, logins, people, browsers } = options;

  /** Ends the login that the browser had before, so that none is left behind without a cookie. */
  async function endPrevious(request: Request): Promise<void> {
    const cookies = request.headers.get("cookie") ?? undefined;
    const viewer = await logins.viewerOf(cookies);
    const token = logins.tokenOf(cookies);
    if (viewer.kind !== "person" || token === null) return;
    await library.store.deleteSession(decodeURIComponent(token).split(".", 1)[0] ?? "");
    options.ended({ personId: viewer.personId, loginId: viewer.loginId });
  }

  async function withPassword(
    address: string,
    request: Request,
    form: PasswordForm,
  ): Promise<Refusal | Response> {
    const typed = form.email.trim().toLowerCase();
    const email = isEmail(typed) ? typed : NOBODY;
    const password = form.password.slice(0, PASSWORD_MAX_LENGTH);
    const account = { typed, email, proven: form.proven === true };
    const given = await inPasswordLine(address, request, account, () =>
      tryPassword(request, email, password),
    );
    if (given === null) return sentAway(refuse("invalid", "sign-in-wrong"));
    if (isRefusal(given)) return sentAway(given);
    if (given.owes === "code") {
      return redirect(`${CODE_PAGE}?to=${encodeURIComponent(safePath(form.to))}`, given.cookies);
    }
    await endPrevious(request);
    options.counted("login");
    return redirect(form.to, [...given.cookies, browsers.cookie(email)]);
  }

  /** Does `work`, which checks a password, when it is its turn; null from it is a wrong one. Rules SI4 to SI6, SI10. */
  function inPasswordLine<T>(
    address: string,
    request: Request,
    account: { readonly typed: string; readonly email: string; readonly proven?: boolean },
    work: () => Promise<T | Refusal | null>,
  ): Promise<T | Refusal | null> {
    const { typed, email, proven = false } = account;
    const attempt: Attempt = {
      email: typed.slice(0, LONGEST_EMAIL),
      network: networkOf(address),
      // Whoever has just proven who they are waits in no line: theirs is new.
      knownBrowser: proven ? newRandom() : browsers.known(request, email),
    };
    const place = { network: attempt.network, account: email, isKnown: attempt.knownBrowser !== null };
    return options.patience.inLine(attempt, () => options.work.turns.take(place, work), request.signal);
  }

  function sentAway(refusal: Refusal): Refusal {
    options.counted("refused");
    return refusal;
  }

  /**
   * The cookies of a new login, or of whoever still owes a code; or null: for an unknown address, a wrong password and a
   * suspended person alike.
   */
  async function tryPassword(
    request: Request,
    email: string,
    password: string,
  ): Promise<{ readonly owes: "code" | null; readonly cookies: readonly string[] } | null> {
    const headers = deviceOf(request);
    try {
      const made = await library.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
      const cookies = made.headers.getSetCookie();
      const user = (await library.store.findUserByEmail(email))?.user;
      const person = user ? await people.findByAccount(user.id) : null;
      const isIn = person !== null && !person.isSuspended;
      if (isOwing(made.response)) {
        if (!isIn && user) await options.codes.endChallenges(user.id);
        // The browser keeps the login that it had until the code is right.
        const owed = cookies.filter((cookie) => cookie.split("=", 1)[0]?.endsWith(`.${CHALLENGE_COOKIE}`));
        return isIn ? { owes: "code", cookies: owed } : null;
      }
      if (isIn) return { owes: null, cookies };
      await library.store.deleteSession(made.response.token);
      return null;
    } catch (error) {
      if (isRejected(error)) return null;
      throw error;
    }
  }

  async function enter(
    enterAccount: EnterAccount,
    request: Request,
    form: { readonly personId: string; readonly to: string },
  ): Promise<Refusal | Response> {
    const person = await people.find(form.personId);
    if (person === null || person.isSuspended) return refuse("not-found", "not-there");
    const accountId = person.accountId ?? (await accountOfExercise(person.personId, person.name));
    await endPrevious(request);
    const made = await enterAccount(accountId, deviceOf(request));
    options.counted("login");
    return redirect(form.to, made.getSetCookie());
  }

  /** An account that no password opens. A start that was cut short may have left one that is not linked yet. */
  async function accountOfExercise(personId: string, name: string): Promise<string> {
    const email = `${personId.toLowerCase()}@exercise.invalid`;
    const left = await library.store.findUserByEmail(email);
    const accountId =
      left?.user.id ??
      (await library.store.createUser({ email, name, emailVerified: false }, { method: "anonymous" })).id;
    await people.link(personId, accountId);
    return accountId;
  }

  async function signOut(request: Request, to: string): Promise<Response> {
    await endPrevious(request);
    const headers = new Headers({ cookie: request.headers.get("cookie") ?? "" });
    const cleared = await library.api.signOut({ headers, returnHeaders: true });
    return redirect(to, cleared.headers.getSetCookie());
  }

  async function signOutEverywhere(request: Request, to: string): Promise<Response> {
    const viewer = await logins.viewerOf(request.headers.get("cookie") ?? undefined);
    if (viewer.kind === "person") {
      const person = await people.find(viewer.personId);
      const accountId = person?.accountId ?? null;
      for (const login of accountId === null ? [] : await library.store.listSessions(accountId)) {
        await library.store.deleteSession(login.token);
        options.ended({ personId: viewer.personId, loginId: login.id });
      }
    }
    return signOut(request, to);
  }

  const codeDoors = createCodeDoors({
    ...options,
    inPasswordLine,
    async entered(request, { to, cookies, email }) {
      await endPrevious(request);
      options.counted("login");
      return redirect(to, [...cookies, browsers.cookie(email)]);
    },
    sentAway,
  } satisfies CodeDoorOptions);
  const { enterAccount } = options;
  return (address) => ({
    withPassword: (request, form) => withPassword(address, request, form),
    ...codeDoors(address),
    enter: enterAccount === null ? null : (request, form) => enter(enterAccount, request, form),
    signOut,
    signOutEverywhere,
  });
}

/** What the library answers in place of a login to whoever has authenticator codes on. */
function isOwing(response: object): boolean {
  return "twoFactorRedirect" in response && response.twoFactorRedirect === true;
}

function redirect(to: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: safePath(to) });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** `to` when it is a path of this installation, else `/`. */
function safePath(to: string): string {
  if (!to.startsWith("/") || !URL.canParse(to, "http://here")) return "/";
  const url = new URL(to, "http://here");
  const isHere = url.origin === "http://here" && !url.pathname.startsWith("//");
  return isHere ? url.pathname + url.search + url.hash : "/";
}

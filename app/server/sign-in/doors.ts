/** Signing in and out as routes ask for it: answers with cookies, equal and slow where they must not tell anything. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SignIn } from "#app/commands/context.ts";
import { FIELDS, oneLine } from "#app/rules/fields.ts";
import { PASSWORD_MAX_LENGTH } from "#app/rules/passwords.ts";
import { isEmail } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Library } from "./library.ts";
import { type Logins, readCookie } from "./logins.ts";
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
  readonly secret: string;
  readonly secure: boolean;
  readonly ended: (login: EndedLogin) => void;
  readonly counted: (what: "login" | "refused") => void;
  /** Null in production. */
  readonly enterAccount: EnterAccount | null;
};

type PasswordForm = Parameters<SignIn["withPassword"]>[1];

const LONGEST_EMAIL = FIELDS.person.email.longest;
const LONGEST_DEVICE = 300;
const BROWSER_COOKIE = "chapeau.browser";
const BROWSER_SECONDS = 180 * 24 * 3600;
/** Looked up, and not found, in place of what is no address: the same work is done. */
const NOBODY = "nobody@chapeau.invalid";

/** `address` is the browser's, from the connection. */
export function createSignIn(options: DoorOptions): (address: string) => SignIn {
  const { library, logins, people } = options;

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
    const attempt: Attempt = {
      email: typed.slice(0, LONGEST_EMAIL),
      network: networkOf(address),
      // Whoever has just proven who they are waits in no line: theirs is new.
      knownBrowser: form.proven ? newRandom() : knownBrowser(request, email),
    };
    const place = { network: attempt.network, account: email, isKnown: attempt.knownBrowser !== null };
    const password = form.password.slice(0, PASSWORD_MAX_LENGTH);
    const cookies = await options.patience.inLine(
      attempt,
      () => options.work.turns.take(place, () => tryPassword(request, email, password)),
      request.signal,
    );
    if (cookies === null) return sentAway(refuse("invalid", "sign-in-wrong"));
    if (isRefusal(cookies)) return sentAway(cookies);
    await endPrevious(request);
    options.counted("login");
    return redirect(form.to, [...cookies, browserCookie(email)]);
  }

  function sentAway(refusal: Refusal): Refusal {
    options.counted("refused");
    return refusal;
  }

  /** The cookies of a new login, or null: for an unknown address, a wrong password and a suspended person alike. */
  async function tryPassword(request: Request, email: string, password: string): Promise<string[] | null> {
    const headers = deviceOf(request);
    try {
      const made = await library.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
      const person = await people.findByAccount(made.response.user.id);
      if (person !== null && !person.isSuspended) return made.headers.getSetCookie();
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

  function browserMark(random: string, email: string): string {
    return createHmac("sha256", options.secret).update(`browser ${random} ${email}`).digest("base64url");
  }

  /** Signed, so that nobody can claim to be the browser of somebody else's account. */
  function knownBrowser(request: Request, email: string): string | null {
    const [random = "", mark = ""] = (
      readCookie(request.headers.get("cookie") ?? "", BROWSER_COOKIE) ?? ""
    ).split(".");
    const wanted = Buffer.from(browserMark(random, email));
    const given = Buffer.from(mark);
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? random : null;
  }

  function browserCookie(email: string): string {
    const random = newRandom();
    const secure = options.secure ? "; Secure" : "";
    return `${BROWSER_COOKIE}=${random}.${browserMark(random, email)}; Path=/; Max-Age=${BROWSER_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
  }

  const { enterAccount } = options;
  return (address) => ({
    withPassword: (request, form) => withPassword(address, request, form),
    enter: enterAccount === null ? null : (request, form) => enter(enterAccount, request, form),
    signOut,
    signOutEverywhere,
  });
}

function newRandom(): string {
  return randomBytes(12).toString("base64url");
}

/** What the list of logins will say of the browser. */
function deviceOf(request: Request): Headers {
  const device = oneLine(request.headers.get("user-agent") ?? "").slice(0, LONGEST_DEVICE);
  return new Headers({ "user-agent": device });
}

/** better-auth says no by an error with a status. */
function isRejected(error: unknown): boolean {
  const code = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
  return code >= 400 && code < 500;
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

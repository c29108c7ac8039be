/**
 * From a cookie to a viewer, thousands of times a second. That a cookie is genuine is verified by better-auth once and
 * remembered; whether its login is still there and what its person may do is read again every two seconds, and at once
 * when rights change or a login ends. Rule SI7.
 */
import type { Viewer } from "#app/rules/viewer.ts";
import type { Library } from "./library.ts";
import type { SignInPeople } from "./people.ts";

export type Logins = {
  /** The viewer of a `Cookie` header; `public` without a login, with a wrong one or one that has ended. */
  viewerOf(cookies: string | undefined): Promise<Viewer>;
  /** The same when it is known without asking, else null. */
  known(cookies: string | undefined): Viewer | null;
  /** The value of the login's cookie, or null. */
  tokenOf(cookies: string | undefined): string | null;
  dropPerson(personId: string): void;
  dropLogin(loginId: string): void;
};

/** `hasCodes`: whether the person has authenticator codes on. */
export type FindViewer = (login: {
  readonly personId: string;
  readonly loginId: string;
  readonly hasCodes: boolean;
}) => Promise<Viewer>;

type Verified = {
  readonly loginId: string;
  readonly personId: string;
  readonly token: string;
  readonly expiresAt: number;
  seenAt: number;
};
type Kept = { readonly viewer: Viewer; readonly until: number };

const KEPT_MS = 2_000;
const SEEN_EVERY_MS = 10 * 60_000;
const MOST_KEPT = 20_000;
const PUBLIC: Viewer = { kind: "public" };

export function createLogins(options: {
  readonly library: Library;
  readonly people: SignInPeople;
  readonly findViewer: FindViewer;
  readonly now: () => number;
}): Logins {
  const { library, people, now } = options;
  const cookieName = library.context.authCookies.sessionToken.name;
  const kept = new Map<string, Kept>();
  const verified = new Map<string, Verified>();
  const asked = new Map<string, Promise<Viewer>>();
  // What was read before a change must not be kept after it.
  let changes = 0;

  async function verify(cookie: string): Promise<Verified | null> {
    const headers = new Headers({ cookie: `${cookieName}=${cookie}` });
    const found = await library.api.getSession({ headers, query: { disableRefresh: true } });
    const person = found === null ? null : await people.findByAccount(found.session.userId);
    if (found === null || person === null) return null;
    const { id: loginId, token, expiresAt, updatedAt } = found.session;
    const times = { expiresAt: expiresAt.getTime(), seenAt: updatedAt.getTime() };
    const login = { loginId, personId: person.personId, token, ...times };
    put(verified, cookie, login);
    return login;
  }

  async function ask(cookie: string): Promise<Viewer> {
    const login = verified.get(cookie) ?? (await verify(cookie));
    if (login === null) return PUBLIC;
    const state = library.loginState(login.token);
    if (login.expiresAt <= now() || state === null) {
      verified.delete(cookie);
      return PUBLIC;
    }
    if (now() - login.seenAt > SEEN_EVERY_MS) {
      login.seenAt = now();
      await library.store.updateSession(login.token, { updatedAt: new Date(login.seenAt) });
    }
    const { personId, loginId } = login;
    return options.findViewer({ personId, loginId, hasCodes: state.hasCodes });
  }

  async function askAndKeep(token: string): Promise<Viewer> {
    const before = changes;
    try {
      const viewer = await ask(token);
      if (changes === before) {
        put(kept, token, { viewer, until: now() + KEPT_MS });
      }
      return viewer;
    } finally {
      asked.delete(token);
    }
  }

  function tokenOf(cookies: string | undefined): string | null {
    return cookies === undefined ? null : readCookie(cookies, cookieName);
  }

  function drop(isHit: (viewer: Extract<Viewer, { kind: "person" }>) => boolean): void {
    changes += 1;
    asked.clear();
    for (const [token, { viewer }] of kept) {
      if (viewer.kind === "person" && isHit(viewer)) kept.delete(token);
    }
  }

  function known(token: string): Viewer | null {
    const hit = kept.get(token);
    if (hit === undefined) return null;
    if (hit.until > now()) return hit.viewer;
    kept.delete(token);
    return null;
  }

  return {
    tokenOf,
    known(cookies) {
      const token = tokenOf(cookies);
      return token === null ? PUBLIC : known(token);
    },
    async viewerOf(cookies) {
      const token = tokenOf(cookies);
      if (token === null) return PUBLIC;
      const viewer = known(token);
      if (viewer !== null) return viewer;
      const running = asked.get(token) ?? askAndKeep(token);
      asked.set(token, running);
      return running;
    },
    dropPerson: (personId) => drop((viewer) => viewer.personId === personId),
    dropLogin: (loginId) => drop((viewer) => viewer.loginId === loginId),
  };
}

/** The oldest goes first when there are too many. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_KEPT && oldest !== undefined) map.delete(oldest);
}

/** The raw value of one cookie in a `Cookie` header, or null. */
export function readCookie(cookies: string, name: string): string | null {
  for (const part of cookies.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/**
 * From a cookie to a viewer, thousands of times a second: what better-auth verified and the database said is kept for
 * two seconds, and dropped at once when rights change or a login ends. Rule SI7.
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

type Kept = { readonly viewer: Viewer; readonly until: number };

const KEPT_MS = 2_000;
const SEEN_EVERY_MS = 10 * 60_000;
const MOST_KEPT = 20_000;
const PUBLIC: Viewer = { kind: "public" };

export function createLogins(options: {
  readonly library: Library;
  readonly people: SignInPeople;
  readonly findViewer: (login: { readonly personId: string; readonly loginId: string }) => Promise<Viewer>;
  readonly now: () => number;
}): Logins {
  const { library, people, now } = options;
  const cookieName = library.context.authCookies.sessionToken.name;
  const kept = new Map<string, Kept>();
  const asked = new Map<string, Promise<Viewer>>();
  // What was read before a change must not be kept after it.
  let changes = 0;

  async function ask(token: string): Promise<Viewer> {
    const headers = new Headers({ cookie: `${cookieName}=${token}` });
    const found = await library.api.getSession({ headers, query: { disableRefresh: true } });
    if (found === null) return PUBLIC;
    const { session } = found;
    const person = await people.findByAccount(session.userId);
    if (person === null || person.isSuspended) return PUBLIC;
    if (now() - session.updatedAt.getTime() > SEEN_EVERY_MS) {
      await library.store.updateSession(session.token, { updatedAt: new Date(now()) });
    }
    return options.findViewer({ personId: person.personId, loginId: session.id });
  }

  async function askAndKeep(token: string): Promise<Viewer> {
    const before = changes;
    try {
      const viewer = await ask(token);
      if (changes === before) {
        kept.set(token, { viewer, until: now() + KEPT_MS });
        const [oldest] = kept.keys();
        if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
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

/** The raw value of one cookie in a `Cookie` header, or null. */
export function readCookie(cookies: string, name: string): string | null {
  for (const part of cookies.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

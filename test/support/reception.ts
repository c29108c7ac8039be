/** A hall whose people sign in for real: the sign-in desk over the same database, and browsers with cookies. */
import { onTestFinished } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { type SignInDesk, openSignIn } from "#app/server/sign-in/open.ts";
import { type EndedLogin, signInPeople } from "#app/server/sign-in/people.ts";
import { systemTimers } from "#collab/server/timers.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { type Hall, openHall } from "./people.ts";
import { SECRET, cookiesOf } from "./server.ts";

/** What a loader or action answered, as a browser sees it. */
export type Answered = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly location: string | null;
  readonly cookie: string;
};

export type Reception = Hall & {
  readonly desk: SignInDesk;
  /** Logins that have ended, in order. */
  readonly ended: readonly EndedLogin[];
  /** Who the server takes this browser's person for. */
  viewerOf(cookie: string): Promise<Viewer>;
  /** The context of a person who is signed in somewhere, or of a browser by its cookie. */
  at(who: { readonly personId: string | null } | { readonly cookie: string }): Promise<AppLoadContext>;
};

/** `now` of sign-in, where authenticator codes go by the clock of the machine. */
export async function openReception(options: { readonly now?: () => number } = {}): Promise<Reception> {
  const hall = await openHall();
  const { now, newId } = await hall.as(null);
  const ended: EndedLogin[] = [];
  const desk = await openSignIn({
    folder: hall.db.folder,
    mode: "production",
    secret: SECRET,
    origin: "http://here",
    secure: false,
    people: signInPeople(hall.db, now, (personId) => hall.tell({ kind: "person", personId }, "account")),
    findViewer: (login) => findViewer(hall.db.read, login),
    timers: systemTimers(options.now ?? now),
    newId,
    ended: (login) => void ended.push(login),
    counted: () => undefined,
  });
  onTestFinished(() => desk.close());
  const viewerOf = (cookie: string) => desk.logins.viewerOf(cookie);
  return {
    ...hall,
    desk,
    ended,
    viewerOf,
    async at(who) {
      const context = await hall.as("personId" in who ? who.personId : null);
      const viewer = "cookie" in who ? await viewerOf(who.cookie) : context.viewer;
      const notices: AppLoadContext["notices"] = {
        tell: context.notices.tell,
        rightsChanged(personId) {
          context.notices.rightsChanged(personId);
          desk.logins.dropPerson(personId);
        },
      };
      const signIn = desk.signIn("192.0.2.7");
      return { ...context, viewer, notices, accounts: desk.accounts, signIn, mode: "production" };
    },
  };
}

type Handler = (args: {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly context: AppLoadContext;
}) => unknown;

type Asked = {
  readonly context: AppLoadContext;
  readonly params?: Readonly<Record<string, string>>;
  readonly cookie?: string;
};

/** What the page's loader answers. */
export function show(loader: unknown, { context, params = {}, cookie = "" }: Asked): Promise<Answered> {
  const request = new Request("http://here/", { headers: { cookie, "user-agent": "a test" } });
  return answerOf(() => (loader as Handler)({ request, params, context }));
}

/** What the page's action answers to a form; a field with several values is a list. */
export function submit(
  action: unknown,
  fields: Readonly<Record<string, string | readonly string[]>>,
  { context, params = {}, cookie = "" }: Asked,
): Promise<Answered> {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  const headers = { cookie, "user-agent": "a test" };
  const request = new Request("http://here/", { method: "POST", body, headers });
  return answerOf(() => (action as Handler)({ request, params, context }));
}

async function answerOf(ask: () => unknown): Promise<Answered> {
  let given: unknown;
  try {
    given = await ask();
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    given = thrown;
  }
  if (given instanceof Response) {
    const words = await given.text();
    const body = words === "" ? {} : (JSON.parse(words) as Answered["body"]);
    return { status: given.status, body, location: given.headers.get("location"), cookie: cookiesOf(given) };
  }
  const { data, init } = isWithStatus(given) ? given : { data: given, init: null };
  const cookie = cookiesOf(new Response(null, { headers: init?.headers ?? {} }));
  return { status: init?.status ?? 200, body: data as Answered["body"], location: null, cookie };
}

/** What Remix's `data()` makes. */
function isWithStatus(value: unknown): value is {
  readonly data: unknown;
  readonly init: { readonly status?: number; readonly headers?: HeadersInit } | null;
} {
  return typeof value === "object" && value !== null && "type" in value && "data" in value && "init" in value;
}

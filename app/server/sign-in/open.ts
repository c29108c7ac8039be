/** Sign-in put together: the library on its file, logins, accounts and the doors for routes. */
import type { Accounts, SignIn } from "#app/commands/context.ts";
import type { Timers } from "#collab/server/timers.ts";
import { createAccounts } from "./accounts.ts";
import { createBrowsers } from "./browsers.ts";
import { createCodes } from "./codes.ts";
import { createSignIn, type EnterAccount } from "./doors.ts";
import { openLibrary } from "./library.ts";
import { createLogins, type FindViewer, type Logins } from "./logins.ts";
import { createPatience } from "./patience.ts";
import type { EndedLogin, SignInPeople } from "./people.ts";
import { createPasswordWork, type PasswordWork } from "./work.ts";

export type SignInDesk = {
  readonly accounts: Accounts;
  readonly logins: Logins;
  readonly work: PasswordWork;
  /** For a browser at this address. */
  readonly signIn: (address: string) => SignIn;
  close(): void;
};

export async function openSignIn(options: {
  readonly folder: string;
  readonly mode: "exercise" | "production";
  readonly secret: string;
  readonly origin: string;
  readonly secure: boolean;
  readonly people: SignInPeople;
  readonly findViewer: FindViewer;
  readonly timers: Timers;
  readonly newId: () => string;
  readonly ended: (login: EndedLogin) => void;
  readonly counted: (what: "login" | "refused") => void;
}): Promise<SignInDesk> {
  const { people, timers, secret, secure } = options;
  const work = createPasswordWork();
  // The only line that leads to the exercise's door.
  const entry = options.mode === "exercise" ? (await import("./exercise-entry.ts")).exerciseEntry() : null;
  const library = await openLibrary({ ...options, work, plugins: entry === null ? [] : [entry] });
  const logins = createLogins({ library, people, findViewer: options.findViewer, now: () => timers.now() });
  const ended = (login: EndedLogin): void => {
    logins.dropLogin(login.loginId);
    options.ended(login);
  };
  const enterAccount: EnterAccount | null =
    entry === null
      ? null
      : async (accountId, headers) => {
          // The library's type does not know of endpoints that plugins added at run time.
          const api = library.api as unknown as {
            enterExercise(call: object): Promise<{ headers: Headers; response: { entered: boolean } }>;
          };
          const made = await api.enterExercise({ body: { accountId }, headers, returnHeaders: true });
          return made.headers;
        };
  const codes = createCodes({ library, now: () => timers.now() });
  const accounts = createAccounts({ library, people, work, codes, ended });
  const signIn = createSignIn({
    library,
    logins,
    people,
    patience: createPatience(timers),
    work,
    browsers: createBrowsers({ secret, secure }),
    codes,
    now: () => timers.now(),
    ended,
    counted: options.counted,
    enterAccount,
  });
  return { accounts, logins, work, signIn, close: library.close };
}

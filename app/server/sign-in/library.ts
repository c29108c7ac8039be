/** better-auth, on a file and a connection of its own, so that its writes never wait on the domain's queue. */
import path from "node:path";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "#app/rules/passwords.ts";
import { openConnection } from "#db/connection.ts";
import type { PasswordWork } from "./work.ts";

const SIGN_IN_FILE = "sign-in.db";
const COOKIE_PREFIX = "chapeau";
const LOGIN_SECONDS = 14 * 24 * 3600;

export type LibraryOptions = {
  readonly folder: string;
  readonly secret: string;
  readonly origin: string;
  /** Cookies for HTTPS alone. */
  readonly secure: boolean;
  readonly newId: () => string;
  readonly work: PasswordWork;
  readonly plugins?: BetterAuthPlugin[];
};

export type Library = Awaited<ReturnType<typeof openLibrary>>;

/** Opens `sign-in.db`, brings its tables up to date. Nothing of it answers HTTP by itself: our routes call it. */
export async function openLibrary(options: LibraryOptions) {
  const connection = openConnection(path.join(options.folder, SIGN_IN_FILE));
  const settings = {
    database: connection,
    baseURL: options.origin,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
      password: { hash: options.work.hash, verify: options.work.verify },
    },
    session: { expiresIn: LOGIN_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: options.secure,
      defaultCookieAttributes: { sameSite: "lax" as const, httpOnly: true },
      // Addresses of the people in the room are not kept.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => options.newId() },
    },
    plugins: options.plugins ?? [],
  };
  try {
    const { runMigrations } = await getMigrations(settings);
    await runMigrations();
    const auth = betterAuth(settings);
    const context = await auth.$context;
    const login = connection.prepare<[string], number>("SELECT 1 FROM session WHERE token = ?").pluck();
    return {
      api: auth.api,
      context,
      store: context.internalAdapter,
      /** Whether a login that was verified before has not been ended since. */
      isThere: (token: string): boolean => login.get(token) === 1,
      close: () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

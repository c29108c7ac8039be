/** better-auth, on a file and a connection of its own, so that its writes never wait on the domain's queue. */
import { randomInt } from "node:crypto";
import path from "node:path";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { twoFactor } from "better-auth/plugins/two-factor";
import { CODE_STEP_MS, RECOVERY_CODES, recoveryCode } from "#app/rules/codes.ts";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "#app/rules/passwords.ts";
import { openConnection } from "#db/connection.ts";
import { codeChallenge } from "./code-challenge.ts";
import type { PasswordWork } from "./work.ts";

const SIGN_IN_FILE = "sign-in.db";
const COOKIE_PREFIX = "chapeau";
const LOGIN_SECONDS = 14 * 24 * 3600;
/** From the password to the code. */
const CODE_WITHIN_SECONDS = 10 * 60;

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
    plugins: [
      twoFactor({
        issuer: `Chapeau ${new URL(options.origin).hostname}`,
        totpOptions: { digits: 6, period: CODE_STEP_MS / 1000 },
        backupCodeOptions: {
          storeBackupCodes: "encrypted",
          customBackupCodesGenerate: () =>
            Array.from({ length: RECOVERY_CODES }, () => recoveryCode((limit) => randomInt(limit))),
        },
        twoFactorCookieMaxAge: CODE_WITHIN_SECONDS,
        // Ten wrong codes must not keep the person out as well: see `code-limit.ts`.
        accountLockout: { enabled: false },
      }),
      codeChallenge(),
      ...(options.plugins ?? []),
    ],
  };
  try {
    const { runMigrations } = await getMigrations(settings);
    await runMigrations();
    const auth = betterAuth(settings);
    const context = await auth.$context;
    const login = connection
      .prepare<[string], number | null>(
        'SELECT "user"."twoFactorEnabled" FROM session JOIN "user" ON "user".id = session."userId" WHERE session.token = ?',
      )
      .pluck();
    const claim = connection.prepare<[number, string, number]>(
      'UPDATE "twoFactor" SET "lastStep" = ? WHERE "userId" = ? AND ("lastStep" IS NULL OR "lastStep" < ?)',
    );
    return {
      api: auth.api,
      context,
      store: context.internalAdapter,
      /** Of a login that was verified before: null when it has been ended since. */
      loginState(token: string): { readonly hasCodes: boolean } | null {
        const state = login.get(token);
        return state === undefined ? null : { hasCodes: state === 1 };
      },
      /** Says once that the code of this half minute, counted from 1970, has been used: false when it or a later one was. */
      claimStep: (accountId: string, step: number): boolean => claim.run(step, accountId, step).changes === 1,
      close: () => void connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

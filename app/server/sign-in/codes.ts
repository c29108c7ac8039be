/** What is kept of people's authenticator codes, encrypted by better-auth with the secret of the installation. */
import { createOTP } from "@better-auth/utils/otp";
import { symmetricDecrypt } from "better-auth/crypto";
import { CODE_STEP_MS, CODE_STEPS_ASIDE } from "#app/rules/codes.ts";
import type { Library } from "./library.ts";

export type Codes = {
  /** How many recovery codes are left; null for whoever has no codes on. */
  left(accountId: string): Promise<number | null>;
  /** The accounts that have codes on. */
  listAccounts(): Promise<ReadonlySet<string>>;
  /**
   * Whether it is the code of this half minute, the one before or the one after, and the first use of it or of any
   * later one: a second answer is never yes. Throws when the secret cannot be read: see `isReadable`.
   */
  use(accountId: string, code: string): Promise<boolean>;
  /** False after the secret of the installation was changed: then only a one-time link helps. */
  isReadable(accountId: string): Promise<boolean>;
  turnOff(accountId: string): Promise<void>;
  /** Ends every sign-in that waits for a code: the password that it began with is another now. */
  endChallenges(accountId: string): Promise<void>;
};

/** As the library's table has it. */
type Row = { readonly secret: string; readonly backupCodes: string; readonly verified: boolean | null };

export function createCodes(options: { readonly library: Library; readonly now: () => number }): Codes {
  const { library, now } = options;
  const { adapter, secretConfig } = library.context;
  const ofAccount = (accountId: string) => [{ field: "userId", value: accountId }];

  const find = (accountId: string) =>
    adapter.findOne<Row>({ model: "twoFactor", where: ofAccount(accountId) });

  const read = (data: string) => symmetricDecrypt({ key: secretConfig, data });

  async function endChallenges(accountId: string): Promise<void> {
    const where = [
      { field: "value", value: accountId },
      { field: "identifier", operator: "starts_with" as const, value: "2fa-" },
    ];
    await adapter.deleteMany({ model: "verification", where });
  }

  return {
    endChallenges,
    async left(accountId) {
      const row = await find(accountId);
      if (!row?.verified) return null;
      const codes: unknown = JSON.parse(await read(row.backupCodes));
      return Array.isArray(codes) ? codes.length : 0;
    },
    async listAccounts() {
      const where = [{ field: "twoFactorEnabled", value: true }];
      const users = await adapter.findMany<{ id: string }>({ model: "user", where, limit: 100_000 });
      return new Set(users.map(({ id }) => id));
    },
    async use(accountId, code) {
      const row = await find(accountId);
      if (!row) return false;
      const otp = createOTP(await read(row.secret), { digits: 6, period: CODE_STEP_MS / 1000 });
      const current = Math.floor(now() / CODE_STEP_MS);
      let matched: number | null = null;
      // All are compared, so that the time tells nothing.
      for (let step = current - CODE_STEPS_ASIDE; step <= current + CODE_STEPS_ASIDE; step += 1) {
        if ((await otp.hotp(step)) === code) matched = step;
      }
      return matched !== null && library.claimStep(accountId, matched);
    },
    async isReadable(accountId) {
      const row = await find(accountId);
      if (!row) return true;
      try {
        await read(row.secret);
        return true;
      } catch {
        return false;
      }
    },
    async turnOff(accountId) {
      await library.store.updateUser(accountId, { twoFactorEnabled: false });
      await adapter.deleteMany({ model: "twoFactor", where: ofAccount(accountId) });
      await endChallenges(accountId);
    },
  };
}

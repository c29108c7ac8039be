/** What commands may do with accounts: set a password, list and end logins, turn authenticator codes off. */
import type { Accounts } from "#app/commands/context.ts";
import { checkPassword } from "#app/rules/passwords.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Codes } from "./codes.ts";
import type { Library } from "./library.ts";
import type { EndedLogin, SignInPeople } from "./people.ts";
import type { PasswordWork } from "./work.ts";

/** `ended` hears of every login that is ended here, after it is. */
export function createAccounts(options: {
  readonly library: Library;
  readonly people: SignInPeople;
  readonly work: PasswordWork;
  readonly codes: Codes;
  readonly ended: (login: EndedLogin) => void;
}): Accounts {
  const { codes } = options;
  const { store } = options.library;
  /** By person: ends when everybody who waits has had their turn. */
  const turns = new Map<string, Promise<unknown>>();

  /** What is done to the account of one person happens one after the other. */
  async function inTurn<T>(personId: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(personId) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(personId, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(personId) === mine) turns.delete(personId);
    }
  }

  async function endLogins(accountId: string, isHit: (loginId: string) => boolean): Promise<void> {
    const person = await options.people.findByAccount(accountId);
    for (const login of await store.listSessions(accountId)) {
      if (!isHit(login.id)) continue;
      await store.deleteSession(login.token);
      if (person !== null) options.ended({ personId: person.personId, loginId: login.id });
    }
  }

  /** The account of a person, made if there is none; null when the address belongs to another person's account. */
  async function accountFor(personId: string, email: string, name: string): Promise<string | null> {
    const person = await options.people.find(personId);
    const sameAddress = await store.findUserByEmail(email);
    const owner = sameAddress === null ? null : await options.people.findByAccount(sameAddress.user.id);
    if (owner !== null && owner.personId !== personId) return null;
    const accountId = person?.accountId ?? sameAddress?.user.id ?? null;
    if (accountId === null)
      return (await store.createUser({ email, name, emailVerified: true }, { method: "email-password" })).id;
    await store.updateUser(accountId, { email, name });
    return accountId;
  }

  return {
    async setPassword({ personId, email, name, password, stillMay, afterwards }) {
      const wrong = checkPassword(password, { name, email });
      if (wrong !== null) return wrong;
      // Whoever sets a password has signed in, or holds a one-time link.
      const place = { network: "", account: personId, isKnown: true };
      const hash = await options.work.turns.take(place, () => options.work.hash(password));
      if (isRefusal(hash)) return hash;
      return inTurn(personId, async () => {
        const refused = await stillMay?.();
        if (refused) return refused;
        const accountId = await accountFor(personId, email.trim().toLowerCase(), name);
        if (accountId === null)
          return refuse("conflict", "email-taken", { fields: { email: "email-taken" } });
        const credential = await store.findCredentialAccount(accountId);
        if (credential === null) {
          await store.linkAccount({ userId: accountId, providerId: "credential", accountId, password: hash });
        } else {
          await store.updatePassword(accountId, hash);
        }
        // Whoever knew the old password is out, and so is whoever has given it and owes a code.
        await endLogins(accountId, () => true);
        await codes.endChallenges(accountId);
        const late = await afterwards?.(accountId);
        return late ?? { accountId };
      });
    },
    async signOut(accountId, loginId) {
      await endLogins(accountId, (id) => loginId === undefined || id === loginId);
      if (loginId === undefined) await codes.endChallenges(accountId);
    },
    recoveryCodesLeft: codes.left,
    listWithCodes: codes.listAccounts,
    turnOffCodes: codes.turnOff,
    async listLogins(accountId) {
      const logins = await store.listSessions(accountId, { onlyActiveSessions: true });
      return logins.map((login) => ({
        loginId: login.id,
        at: login.createdAt.getTime(),
        seenAt: login.updatedAt.getTime(),
        device: login.userAgent ?? "",
      }));
    },
  };
}

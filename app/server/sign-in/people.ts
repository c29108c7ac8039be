/** What sign-in needs to know of persons: a view on the domain's rows, so that the two files meet in one place. */
import { type SQL, eq } from "drizzle-orm";
import type { Database } from "#db/database.ts";
import { person } from "#db/schema/people.ts";

export type SignInPerson = {
  readonly personId: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly isSuspended: boolean;
};

export type SignInPeople = {
  find(personId: string): Promise<SignInPerson | null>;
  findByAccount(accountId: string): Promise<SignInPerson | null>;
  /** Links a person of the exercise with the account that its first login made. */
  link(personId: string, accountId: string): Promise<void>;
};

/** A login (network session) that has ended: its streams and sockets close. */
export type EndedLogin = { readonly personId: string; readonly loginId: string };

/** Persons as the domain's rows have them. */
export function signInPeople(db: Database): SignInPeople {
  const first = async (which: SQL): Promise<SignInPerson | null> => {
    const [row] = await db.read.select().from(person).where(which).limit(1);
    return row === undefined
      ? null
      : {
          personId: row.id,
          name: row.name,
          accountId: row.accountId,
          isSuspended: row.suspendedAt !== null,
        };
  };
  return {
    find: (personId) => first(eq(person.id, personId)),
    findByAccount: (accountId) => first(eq(person.accountId, accountId)),
    async link(personId, accountId) {
      await db.write(async (tx) => {
        await tx.update(person).set({ accountId }).where(eq(person.id, personId));
      });
    },
  };
}

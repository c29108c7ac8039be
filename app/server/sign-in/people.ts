/** What sign-in needs to know of persons: a view on the domain's rows, so that the two files meet in one place. */
import type { Database } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson, findPersonByAccount, linkAccount, type PersonRow } from "#db/stores/person.ts";

type SignInPerson = {
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
  /** Puts on record, and tells the person, that a recovery code has let somebody in; `left` are unused. */
  usedRecoveryCode(accountId: string, left: number): Promise<void>;
};

/** A login (network session) that has ended: its streams and sockets close. */
export type EndedLogin = { readonly personId: string; readonly loginId: string };

/** Persons as the domain's rows have them; `tell` tells one that something of their account has changed. */
export function signInPeople(
  db: Database,
  now: () => number,
  tell: (personId: string) => void,
): SignInPeople {
  return {
    find: async (personId) => seen(await findPerson(db.read, personId)),
    findByAccount: async (accountId) => seen(await findPersonByAccount(db.read, accountId)),
    link: (personId, accountId) =>
      db.write(async (tx) => {
        await linkAccount(tx, personId, accountId);
        const act = { act: "enterFirst", thing: "person", thingId: personId };
        await appendEvent(tx, { at: now(), by: { personId }, ...act });
      }),
    async usedRecoveryCode(accountId, left) {
      const person = await findPersonByAccount(db.read, accountId);
      if (person === null) return;
      const personId = person.id;
      const act = { act: "useRecoveryCode", thing: "person", thingId: personId, detail: { left } };
      await db.write((tx) => appendEvent(tx, { at: now(), by: { personId }, ...act }));
      tell(personId);
    },
  };
}

function seen(row: PersonRow | null): SignInPerson | null {
  if (row === null) return null;
  const { id: personId, name, accountId, suspendedAt } = row;
  return { personId, name, accountId, isSuspended: suspendedAt !== null };
}

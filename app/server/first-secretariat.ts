/** In production nobody can invite the first person of the secretariat but whoever starts the process. Rule SI9. */
import { writeLink } from "#app/commands/issue-link.ts";
import type { Database } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertPerson, listPeople } from "#db/stores/person.ts";

/**
 * A one-time link for the first account of the secretariat, or null when somebody has one. Only its hash is kept, so
 * each start makes a new link and ends the one before. Whoever follows it says who they are.
 */
export async function inviteFirstSecretariat(parts: {
  readonly db: Database;
  /** Milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly newToken: () => string;
  readonly origin: string;
}): Promise<string | null> {
  const { db, now, newId } = parts;
  const secretariat = (await listPeople(db.read)).filter((one) => one.secretariat);
  if (secretariat.some((one) => one.accountId !== null)) return null;
  return db.write(async (tx) => {
    const at = now();
    const personId = secretariat[0]?.id ?? newId();
    if (secretariat.length === 0) {
      const nothingYet = { email: null, accountId: null, suspendedAt: null };
      await insertPerson(tx, {
        id: personId,
        name: "Secretariat",
        secretariat: true,
        createdAt: at,
        ...nothingYet,
      });
    }
    const { address } = await writeLink(tx, parts, { personId, purpose: "invitation", issuedBy: null });
    await appendEvent(tx, {
      at,
      by: { personId: null },
      act: "invitePerson",
      thing: "person",
      thingId: personId,
    });
    return address;
  });
}

/** In production nobody can invite the first person of the secretariat but whoever starts the process. Rule SI9. */
import { createHash } from "node:crypto";
import type { Database } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertLink } from "#db/stores/one-time-link.ts";
import { insertPerson, listPeople } from "#db/stores/person.ts";

const GOOD_FOR_MS = 7 * 24 * 3600 * 1000;

/**
 * The path of a one-time link for the first account of the secretariat, or null when somebody has one. Only its hash is
 * kept, so each start makes a new link and ends the one before.
 */
export async function inviteFirstSecretariat(options: {
  readonly db: Database;
  /** Milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly newToken: () => string;
}): Promise<string | null> {
  const { db, now, newId } = options;
  const secretariat = (await listPeople(db.read)).filter((one) => one.secretariat);
  if (secretariat.some((one) => one.accountId !== null)) return null;
  const token = options.newToken();
  const tokenHash = createHash("sha256").update(token).digest("hex");
  const at = now();
  await db.write(async (tx) => {
    const personId = secretariat[0]?.id ?? newId();
    if (secretariat.length === 0) {
      const nobody = { email: null, accountId: null, suspendedAt: null };
      await insertPerson(tx, {
        id: personId,
        name: "Secretariat",
        secretariat: true,
        createdAt: at,
        ...nobody,
      });
    }
    await insertLink(tx, {
      id: newId(),
      tokenHash,
      personId,
      purpose: "invitation",
      issuedBy: null,
      issuedAt: at,
      expiresAt: at + GOOD_FOR_MS,
      usedAt: null,
    });
    await appendEvent(tx, { at, by: { personId: null }, act: "invite", thing: "person", thingId: personId });
  });
  return `/links/${token}`;
}

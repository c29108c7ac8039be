/** One-time links: kept as hashes, used once, for a limited time. */
import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Reading, WriteTx } from "#db/database.ts";
import { oneTimeLink, person } from "#db/schema/people.ts";

export type OneTimeLinkRow = typeof oneTimeLink.$inferSelect;

/** A link that can still be used. */
export async function findUsableLink(
  db: Reading,
  { tokenHash, now }: { readonly tokenHash: string; readonly now: number },
): Promise<OneTimeLinkRow | null> {
  const [row] = await db
    .select()
    .from(oneTimeLink)
    .where(
      and(eq(oneTimeLink.tokenHash, tokenHash), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now)),
    );
  return row ?? null;
}

/** A new link ends the person's older ones. */
export async function insertLink(tx: WriteTx, row: OneTimeLinkRow): Promise<void> {
  await endLinksOf(tx, row.personId, row.issuedAt);
  await tx.insert(oneTimeLink).values(row);
}

/** Who issued links of these people, by whose links they are: the last one's name. */
export async function listIssuers(
  db: Reading,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ personId: oneTimeLink.personId, name: person.name })
    .from(oneTimeLink)
    .innerJoin(person, eq(person.id, oneTimeLink.issuedBy))
    .where(inArray(oneTimeLink.personId, [...personIds]))
    .orderBy(asc(oneTimeLink.issuedAt));
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}

/** Ends every link of a person that could still be used. */
export async function endLinksOf(tx: WriteTx, personId: string, at: number): Promise<void> {
  await tx
    .update(oneTimeLink)
    .set({ usedAt: at })
    .where(and(eq(oneTimeLink.personId, personId), isNull(oneTimeLink.usedAt)));
}

/** Ends the links of a person that could still be used and that somebody outside the secretariat issued; tells which. */
export async function endLinksFromOutside(tx: WriteTx, personId: string, at: number): Promise<string[]> {
  const open = await tx
    .select({ id: oneTimeLink.id })
    .from(oneTimeLink)
    .innerJoin(person, eq(person.id, oneTimeLink.issuedBy))
    .where(
      and(eq(oneTimeLink.personId, personId), isNull(oneTimeLink.usedAt), eq(person.secretariat, false)),
    );
  const ids = open.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.update(oneTimeLink).set({ usedAt: at }).where(inArray(oneTimeLink.id, ids));
  }
  return ids;
}

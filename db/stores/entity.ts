/** States, observer States, unions, organizations; and the invented States of an exercise. */
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity } from "#db/schema/people.ts";

export type EntityRow = typeof entity.$inferSelect;

export async function findEntity(db: Reading, entityId: string): Promise<EntityRow | null> {
  return one(db).get({ entityId }) ?? null;
}

const one = builtOnce((db) =>
  db
    .select()
    .from(entity)
    .where(eq(entity.id, sql.placeholder("entityId")))
    .prepare(),
);

/** By the code used inside brackets ("FRA", "EU"). */
export async function findEntityByCode(db: Reading, code: string): Promise<EntityRow | null> {
  const [row] = await db.select().from(entity).where(eq(entity.code, code)).limit(1);
  return row ?? null;
}

/** In United Nations English alphabetical order; of some kinds, of some ids, or all. */
export async function listEntities(
  db: Reading,
  which: { readonly kinds?: readonly EntityRow["kind"][]; readonly ids?: readonly string[] } = {},
): Promise<EntityRow[]> {
  const { kinds, ids } = which;
  const form = `${kinds ? "of kinds" : ""} ${ids ? "of ids" : ""}` as const;
  return listedBy(db, form).all({ kinds: listed(kinds ?? []), ids: listed(ids ?? []) });
}

const listedBy = builtOnce((db, form: `${"" | "of kinds"} ${"" | "of ids"}`) =>
  db
    .select()
    .from(entity)
    .where(
      and(
        form.startsWith("of kinds") ? isListed(entity.kind, "kinds") : undefined,
        form.endsWith("of ids") ? isListed(entity.id, "ids") : undefined,
      ),
    )
    .orderBy(asc(entity.alphabet), asc(entity.id))
    .prepare(),
);

/** Some at a time, behind the one with this id; "" for the first: a long list holds nobody up. */
export async function listEntitiesAfter(db: Reading, id: string, limit: number): Promise<EntityRow[]> {
  return db.select().from(entity).where(gt(entity.id, id)).orderBy(asc(entity.id)).limit(limit);
}

/** Adds an entity, or brings its names and kind up to date. */
export async function putEntity(tx: WriteTx, row: typeof entity.$inferInsert): Promise<void> {
  const { id: _id, ...facts } = row;
  await tx.insert(entity).values(row).onConflictDoUpdate({ target: entity.id, set: facts });
}

/** Takes a corrected entity over as it is to stand. */
export async function changeEntity(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<EntityRow, "id">>,
): Promise<void> {
  await tx.update(entity).set(change).where(eq(entity.id, id));
}

/** The one row that says what this installation is. */
import { builtOnce } from "#db/built-once.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { installation } from "#db/schema/session.ts";

export type InstallationRow = typeof installation.$inferSelect;

/** Null on an empty data folder. */
export async function findInstallation(db: Reading): Promise<InstallationRow | null> {
  return only(db).get() ?? null;
}

const only = builtOnce((db) => db.select().from(installation).limit(1).prepare());

/** Since when the secretariat and officers act only with authenticator codes; null: they need none. */
export async function requireCodesSince(tx: WriteTx, at: number | null): Promise<void> {
  await tx.update(installation).set({ codesRequiredAt: at });
}

/** Once, when the data folder is new. What it is never changes: an exercise does not become a real session. */
export async function insertInstallation(
  tx: WriteTx,
  facts: Pick<InstallationRow, "bodyName" | "mode" | "createdAt">,
): Promise<void> {
  await tx.insert(installation).values({ id: 1, ...facts });
}

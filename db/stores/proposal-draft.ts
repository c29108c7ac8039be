/** Draft proposals: a delegation's own, of which nobody else knows. */
import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { DISCARDED } from "#app/rules/positions.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { proposalDraft } from "#db/schema/proposal.ts";
import { text } from "#db/schema/text.ts";

export type ProposalDraftRow = typeof proposalDraft.$inferSelect;

/** Drafts on a text of the delegations that are named, which are neither released nor given up; the newest first. */
export async function listProposalDrafts(
  db: Reading,
  { textId, delegationIds }: { readonly textId: string; readonly delegationIds: readonly string[] },
): Promise<ProposalDraftRow[]> {
  if (delegationIds.length === 0) return [];
  return db
    .select()
    .from(proposalDraft)
    .where(
      and(
        eq(proposalDraft.textId, textId),
        inArray(proposalDraft.delegationId, [...delegationIds]),
        isNull(proposalDraft.releasedAs),
      ),
    )
    .orderBy(desc(proposalDraft.editedAt));
}

/** Drafts of a delegation on all texts of its session, with the names of their texts; the newest first. */
export async function listOwnProposalDrafts(
  db: Reading,
  delegationId: string,
): Promise<(ProposalDraftRow & { readonly textTitle: string; readonly editedByName: string })[]> {
  const rows = await db
    .select({ row: proposalDraft, textTitle: text.title, editedByName: person.name })
    .from(proposalDraft)
    .innerJoin(text, eq(text.id, proposalDraft.textId))
    .innerJoin(person, eq(person.id, proposalDraft.editedBy))
    .where(and(eq(proposalDraft.delegationId, delegationId), isNull(proposalDraft.releasedAs)))
    .orderBy(desc(proposalDraft.editedAt));
  return rows.map(({ row, ...named }) => ({ ...row, ...named }));
}

/** A draft by its id, only for a delegation of `delegationIds`: for everybody else there is none. */
export async function findProposalDraft(
  db: Reading,
  { id, delegationIds }: { readonly id: string; readonly delegationIds: readonly string[] },
): Promise<ProposalDraftRow | null> {
  if (delegationIds.length === 0) return null;
  const [row] = await db
    .select()
    .from(proposalDraft)
    .where(and(eq(proposalDraft.id, id), inArray(proposalDraft.delegationId, [...delegationIds])));
  return row ?? null;
}

export async function insertProposalDraft(
  tx: WriteTx,
  row: typeof proposalDraft.$inferInsert,
): Promise<void> {
  await tx.insert(proposalDraft).values(row);
}

export async function changeProposalDraft(
  tx: WriteTx,
  id: string,
  change: Partial<Omit<ProposalDraftRow, "id" | "delegationId">>,
): Promise<void> {
  await tx.update(proposalDraft).set(change).where(eq(proposalDraft.id, id));
}

/** Ends a draft without releasing it: nothing of its words is kept, and who ended it and when is. */
export async function discardProposalDraftRow(
  tx: WriteTx,
  id: string,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  await changeProposalDraft(tx, id, {
    wording: "",
    reason: "",
    bridges: [],
    sponsorIds: [],
    exceptions: [],
    basis: { seq: 0, paragraph: null, after: null },
    releasedAs: DISCARDED,
    editedBy: by,
    editedAt: at,
  });
}

/** Released proposals, their sponsors and withdrawals: rows that never change, each query scoped to who reads. */
import { type AnyColumn, and, asc, desc, eq, gte, inArray, or, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { type Language, nameIn } from "#app/rules/language.ts";
import { type ProposalReader, type ProposalState, proposalState } from "#app/rules/proposals.ts";
import { type AnchoredRow, rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup } from "#db/schema/people.ts";
import { proposal, type ProposalBasis, proposalSponsor, proposalWithdrawal } from "#db/schema/proposal.ts";

type ProposalRow = typeof proposal.$inferSelect;
type ProposalRowSaid = Pick<ProposalRow, "versionId" | "basis">;

export type ProposalInList = Omit<ProposalRow, "basis" | "contentHash"> & {
  /** Null where the wording that it is against is not the reader's (rule PR11). */
  readonly basis: ProposalBasis | null;
  readonly entityName: string;
  readonly entityCode: string;
  readonly groupCode: string | null;
  readonly state: ProposalState;
  /** Null until it is withdrawn. */
  readonly withdrawal: { readonly reason: string; readonly withdrawnAt: number } | null;
  /** The proposal that took its place, where the reader may know of it. */
  readonly supersededBy: string | null;
  /** Those that have confirmed, in English alphabetical order. */
  readonly sponsors: readonly {
    readonly delegationId: string;
    readonly code: string;
    readonly name: string;
    readonly confirmedAt: number;
  }[];
};

const newer = alias(proposal, "newer");

type Columns = Readonly<Record<"textId" | "audienceNumber" | "delegationId", AnyColumn>>;

/** Rule PR10: the condition of every query on them. */
function readable(reader: ProposalReader, of: Columns = proposal): SQL | undefined {
  const { textId, fromAudience, delegationIds } = reader;
  return and(
    eq(of.textId, textId),
    or(
      gte(of.audienceNumber, fromAudience),
      delegationIds.length === 0 ? undefined : inArray(of.delegationId, [...delegationIds]),
    ),
  );
}

type Asking = { readonly reader: ProposalReader; readonly language?: Language };

/** Released proposals of a text that the reader may know of, newest first. */
export async function listProposals(
  db: Reading,
  {
    reader,
    paragraphId,
    delegationId,
    language = "en",
  }: Asking & { readonly paragraphId?: string | undefined; readonly delegationId?: string | undefined },
): Promise<ProposalInList[]> {
  return listWhere(
    db,
    { reader, language },
    and(
      paragraphId === undefined ? undefined : eq(proposal.paragraphId, paragraphId),
      delegationId === undefined ? undefined : eq(proposal.delegationId, delegationId),
    ),
  );
}

/** One of them; null where there is none or it is not the reader's. */
export async function findProposal(
  db: Reading,
  { reader, id, language = "en" }: Asking & { readonly id: string },
): Promise<ProposalInList | null> {
  return (await listWhere(db, { reader, language }, eq(proposal.id, id)))[0] ?? null;
}

async function listWhere(
  db: Reading,
  { reader, language }: Required<Asking>,
  which: SQL | undefined,
): Promise<ProposalInList[]> {
  const rows = await db
    .select({
      row: proposal,
      names: entity.names,
      entityCode: entity.code,
      groupCode: entityGroup.code,
      supersededBy: newer.id,
      withdrawn: proposalWithdrawal,
    })
    .from(proposal)
    .innerJoin(entity, eq(entity.id, proposal.entityId))
    .leftJoin(entityGroup, eq(entityGroup.id, proposal.groupId))
    .leftJoin(newer, and(eq(newer.supersedes, proposal.id), readable(reader, newer)))
    .leftJoin(proposalWithdrawal, eq(proposalWithdrawal.proposalId, proposal.id))
    .where(and(readable(reader), which))
    .orderBy(desc(proposal.releasedAt), desc(proposal.id));
  const ids = rows.map(({ row }) => row.id);
  const sponsors = Map.groupBy(await listSponsors(db, ids, language), ({ proposalId }) => proposalId);
  const known = await listKnown(
    db,
    reader,
    rows.flatMap(({ row }) => [...row.bridges, ...(row.supersedes === null ? [] : [row.supersedes])]),
  );
  return rows.map(({ row, names, withdrawn, ...more }) => ({
    ...withoutHash(row),
    ...more,
    entityName: nameIn(names, language),
    state: proposalState({
      withdrawnAt: withdrawn?.withdrawnAt ?? null,
      supersededBy: more.supersededBy,
    }),
    withdrawal: withdrawn && { reason: withdrawn.reason, withdrawnAt: withdrawn.withdrawnAt },
    sponsors: (sponsors.get(row.id) ?? []).map(({ delegationId, code, name, confirmedAt }) => ({
      delegationId,
      code,
      name,
      confirmedAt,
    })),
    // Rule PR13: who was asked is between the two.
    sponsorIds: reader.delegationIds.includes(row.delegationId)
      ? row.sponsorIds
      : row.sponsorIds.filter((asked) => reader.delegationIds.includes(asked)),
    basis: readsBasis(reader, row) ? row.basis : null,
    // Rule PR11.
    bridges: row.bridges.filter((id) => known.has(id)),
    supersedes: row.supersedes !== null && known.has(row.supersedes) ? row.supersedes : null,
  }));
}

function withoutHash({ contentHash: _hash, ...row }: ProposalRow): Omit<ProposalRow, "contentHash"> {
  return row;
}

function readsBasis(
  { versionIds, liveFrom }: ProposalReader,
  { versionId, basis }: ProposalRowSaid,
): boolean {
  if (versionId !== null) return versionIds.includes(versionId);
  return liveFrom !== null && basis.seq >= liveFrom;
}

async function listKnown(db: Reading, reader: ProposalReader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: proposal.id })
    .from(proposal)
    .where(and(inArray(proposal.id, [...new Set(ids)]), readable(reader)));
  return new Set(rows.map(({ id }) => id));
}

async function listSponsors(db: Reading, ids: readonly string[], language: Language) {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ row: proposalSponsor, code: entity.code, names: entity.names })
    .from(proposalSponsor)
    .innerJoin(entity, eq(entity.id, proposalSponsor.entityId))
    .where(inArray(proposalSponsor.proposalId, [...ids]))
    .orderBy(asc(entity.alphabet));
  return rows.map(({ row, code, names }) => ({
    proposalId: row.proposalId,
    delegationId: row.delegationId,
    code,
    name: nameIn(names, language),
    confirmedAt: row.confirmedAt,
  }));
}

/** Writes the row with its hash; the caller anchors it with the event that made it. */
export async function insertProposal(
  tx: WriteTx,
  row: AnchoredRow<"proposal">,
): Promise<{ readonly sha256: string }> {
  const sha256 = rowHash("proposal", row);
  await tx.insert(proposal).values({ ...row, contentHash: sha256 });
  return { sha256 };
}

/** Writes the row; the caller anchors it by the hash that is returned. */
export async function insertSponsor(
  tx: WriteTx,
  row: AnchoredRow<"proposal_sponsor">,
): Promise<{ readonly sha256: string }> {
  await tx.insert(proposalSponsor).values(row);
  return { sha256: rowHash("proposal_sponsor", row) };
}

/** Writes the row; the caller anchors it by the hash that is returned. */
export async function insertProposalWithdrawal(
  tx: WriteTx,
  row: AnchoredRow<"proposal_withdrawal">,
): Promise<{ readonly sha256: string }> {
  await tx.insert(proposalWithdrawal).values(row);
  return { sha256: rowHash("proposal_withdrawal", row) };
}

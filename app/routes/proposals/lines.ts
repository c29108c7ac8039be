/** Proposals as lists show them. */
import type { ProposalLine } from "#app/components/proposal/proposal-list.tsx";
import type { ProposalInList } from "#db/stores/proposal.ts";

/** Long wordings are read on the proposal's own page. */
const LONGEST = 300;

export function proposalLine(row: ProposalInList): ProposalLine {
  const words = row.wording === "" ? row.reason : row.wording;
  return {
    id: row.id,
    kind: row.kind,
    paragraph: row.basis?.paragraph ?? null,
    after: row.basis?.after ?? null,
    entityName: row.entityName,
    entityCode: row.entityCode,
    groupCode: row.groupCode,
    state: row.state,
    words: words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words,
    sponsors: row.sponsors.map(({ code }) => code),
    at: row.releasedAt,
  };
}

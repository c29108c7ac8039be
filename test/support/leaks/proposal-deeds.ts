/** What becomes of a proposal, from its draft to its end, on a text for all delegations. */
import { draftProposal } from "#app/commands/draft-proposal.ts";
import { editProposalDraft } from "#app/commands/edit-proposal-draft.ts";
import { releaseProposal } from "#app/commands/release-proposal.ts";
import { discardProposalDraft, reviewProposal } from "#app/commands/review-proposal.ts";
import { confirmSponsorship, withdrawProposal } from "#app/commands/withdraw-proposal.ts";
import { done } from "#test/support/people.ts";
import { ofDelegation } from "./delegation-things.ts";
import type { Planted } from "./planted.ts";
import type { Deed } from "./quiet.ts";

export function deedsOfProposals({ house, known }: Planted): Deed[] {
  const ours = ofDelegation(house, "a", "readDrafts");
  const text = known.texts[2];
  if (!text) throw new Error("there is no text for all delegations");
  const { id: textId, may: reads } = text;
  const words = {
    delegationId: house.delegations.a,
    textId,
    kind: "add" as const,
    paragraphId: null,
    afterId: null,
    bridges: [],
    wording: "Decides to meet again;",
    reason: "",
    sponsorIds: [house.delegations.b],
    groupId: null,
    exceptions: [],
    versionId: null,
  };
  let draftId = "";
  let proposalId = "";
  const head = () => house.as("a-head");
  const begin = async () => ({ draftId } = done(await draftProposal(await head(), words)));
  return [
    { what: "a proposal is drafted", by: draftProposal, may: ours, work: begin },
    {
      what: "a draft proposal is edited",
      by: editProposalDraft,
      may: ours,
      work: async () => done(await editProposalDraft(await head(), { ...words, draftId, edition: 1 })),
    },
    {
      what: "a draft proposal is reviewed",
      by: reviewProposal,
      may: ours,
      work: async () => done(await reviewProposal(await head(), { draftId, edition: 2 })),
    },
    {
      what: "a proposal is released",
      by: releaseProposal,
      may: reads,
      fewer: { drafts: ours },
      work: async () => ({ proposalId } = done(await releaseProposal(await head(), { draftId, edition: 2 }))),
    },
    {
      what: "a proposal is sponsored",
      by: confirmSponsorship,
      may: reads,
      work: async () => {
        const delegationId = house.delegations.b;
        done(await confirmSponsorship(await house.as("b-head"), { textId, proposalId, delegationId }));
      },
    },
    {
      what: "a proposal is withdrawn",
      by: withdrawProposal,
      may: reads,
      work: async () =>
        done(await withdrawProposal(await head(), { textId, proposalId, reason: "Overtaken" })),
    },
    { what: "another proposal is drafted", by: draftProposal, may: ours, work: begin },
    {
      what: "a draft proposal is given up",
      by: discardProposalDraft,
      may: ours,
      work: async () => done(await discardProposalDraft(await head(), { draftId, edition: 1 })),
    },
  ];
}

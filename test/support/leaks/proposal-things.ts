/** Proposals on texts: drafts that are their delegation's alone, and released ones for whoever reads their text. */
import { draftProposal } from "#app/commands/draft-proposal.ts";
import { releaseProposal } from "#app/commands/release-proposal.ts";
import { reviewProposal } from "#app/commands/review-proposal.ts";
import { withdrawProposal } from "#app/commands/withdraw-proposal.ts";
import { permissions } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { done } from "#test/support/people.ts";
import { ofDelegation, type Private } from "./delegation-things.ts";
import { type House, type Letter, LETTERS, writerOf } from "./house.ts";

type ProposalThings = {
  readonly drafts: readonly Private[];
  readonly proposals: readonly (Private & { readonly textId: string })[];
};

/** Places of the texts for one delegation alone, for all of them, and for the public, that are shown live. */
const [NAMED, ALL, PUBLIC] = [1, 2, 4] as const;

export async function plantProposals(house: House, texts: readonly Private[]): Promise<ProposalThings> {
  const { marks } = house;
  const drafts: Private[] = [];
  const proposals: (Private & { readonly textId: string })[] = [];
  const textAt = (place: number): Private => {
    const text = texts[place];
    if (!text) throw new Error(`there is no text ${place}`);
    return text;
  };
  const draft = async (
    letter: Letter,
    text: Private,
    {
      what,
      by,
      at,
    }: { readonly what: string; readonly by: (viewer: Viewer) => boolean; readonly at: string },
  ): Promise<string> => {
    const own = ofDelegation(house, letter, "readDrafts");
    const mark = (field: string) =>
      marks.plant({ what: `${letter}: ${field} of ${what}`, may: by, at: [at] });
    const id = () => marks.plant({ what: `${letter}: id of a draft, ${what}`, may: own, isId: true });
    const { draftId } = done(
      await draftProposal(await house.as(writerOf(letter), id), {
        delegationId: house.delegations[letter],
        textId: text.id,
        kind: "modify",
        paragraphId: "newest",
        afterId: null,
        bridges: [],
        wording: mark("wording"),
        reason: mark("reason"),
        sponsorIds: [house.delegations.c].filter((one) => one !== house.delegations[letter]),
        groupId: null,
        exceptions: [],
        versionId: null,
      }),
    );
    drafts.push({
      id: draftId,
      may: own,
      does: (act, viewer) =>
        permissions[act].on === "delegation" ? ofDelegation(house, letter, act)(viewer) : null,
    });
    return draftId;
  };
  const release = async (letter: Letter, text: Private, what: string) => {
    const reads = text.may;
    const draftId = await draft(letter, text, { what, by: reads, at: "proposal" });
    const head = `${letter}-head`;
    done(await reviewProposal(await house.as(head), { draftId, edition: 1 }));
    const id = () => marks.plant({ what: `${letter}: id of ${what}`, may: reads, isId: true });
    const { proposalId } = done(await releaseProposal(await house.as(head, id), { draftId, edition: 1 }));
    proposals.push({ ...text, id: proposalId, textId: text.id });
    return proposalId;
  };

  for (const letter of LETTERS) {
    const by = ofDelegation(house, letter, "readDrafts");
    await draft(letter, textAt(ALL), { what: "a draft proposal", by, at: "proposal-draft" });
    const what = "a draft proposal that is reviewed";
    const draftId = await draft(letter, textAt(ALL), { what, by, at: "proposal-draft" });
    done(await reviewProposal(await house.as(`${letter}-head`), { draftId, edition: 1 }));
  }
  await release("a", textAt(NAMED), "a proposal on a text for few");
  await release("b", textAt(PUBLIC), "a proposal on a text for everybody");
  const proposalId = await release("a", textAt(ALL), "a proposal that is withdrawn");
  const reason = marks.plant({
    what: "reason of a proposal's withdrawal",
    may: textAt(ALL).may,
    at: ["proposal"],
  });
  const which = { textId: textAt(ALL).id, proposalId };
  done(await withdrawProposal(await house.as("a-head"), { ...which, reason }));
  return { drafts, proposals };
}

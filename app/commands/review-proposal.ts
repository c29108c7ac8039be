/** A second pair of eyes has read a draft proposal: its head may release it. Or it is given up. */
import { may } from "#app/rules/permissions.ts";
import { mayReview } from "#app/rules/proposals.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changeProposalDraft,
  discardProposalDraftRow,
  findProposalDraft,
} from "#db/stores/proposal-draft.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";

type Which = { readonly draftId: string; readonly edition: number };

/** Rule PR8. Refused as "rule" to an editor who wrote it last, and as "conflict" when it is not as the page showed it. */
export async function reviewProposal(
  context: CommandContext,
  input: Which,
): Promise<Refusal | { readonly draftId: string }> {
  const which = { ...input, act: "draft", find: findProposalDraft } as const;
  return actOnDraft(context, which, async (tx, draft, { by, at, session }) => {
    const { id: draftId, delegationId } = draft;
    const thing = { kind: "delegation", sessionId: session.id, delegationId } as const;
    const isHead = may("release", context.viewer, thing) === true;
    if (!mayReview({ personId: by.personId, isHead }, draft)) return refuse("rule", "proposal-review-own");
    await changeProposalDraft(tx, draftId, { reviewedBy: by.personId, reviewedAt: at });
    const act = { act: "reviewProposal", thing: "proposal_draft", thingId: draftId };
    await appendEvent(tx, { at, by, ...act, detail: { edition: draft.edition } });
    return { draftId };
  });
}

/** Refused as "conflict" when a colleague changed the draft since the page was made, or it is no longer open. */
export async function discardProposalDraft(
  context: CommandContext,
  input: Which,
): Promise<Refusal | { readonly draftId: string }> {
  const which = { ...input, act: "draft", find: findProposalDraft } as const;
  return actOnDraft(context, which, async (tx, draft, { by, at }) => {
    await discardProposalDraftRow(tx, draft.id, { by: by.personId, at });
    const act = { act: "discardProposalDraft", thing: "proposal_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act });
    return { draftId: draft.id };
  });
}

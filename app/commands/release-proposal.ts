/** The head of a delegation releases a proposal as it was reviewed: from now on it never changes. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeProposalDraft, findProposalDraft } from "#db/stores/proposal-draft.ts";
import { insertProposal } from "#db/stores/proposal.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { ownDelegations } from "./draft-door.ts";
import { faultOfPredecessor, stillThere } from "./draft-proposal.ts";
import { checkProposal, findProposalText, findProposalWording, proposalRowOf } from "./proposal-ground.ts";
import { membersKeyOf } from "./statement-ground.ts";

/**
 * Makes a row that never changes, anchored by its event. Refused as "rule" when the draft is not reviewed, as "conflict"
 * when it, the members of its group or what it supersedes are not what the head has read, and with `fields` where what
 * it is about is not there any more. What it is compared with is the wording as it was when the draft was saved.
 */
export async function releaseProposal(
  context: CommandContext,
  input: {
    readonly draftId: string;
    /** The edition that the head has read. */
    readonly edition: number;
    /** `membersKeyOf` the members that the head has read as going along; absent: whoever they are. */
    readonly members?: string;
  },
): Promise<Refusal | { readonly proposalId: string }> {
  const own = { id: input.draftId, delegationIds: ownDelegations(context) };
  const found = await findProposalDraft(context.db.read, own);
  if (!found) return refuse("not-found", "not-there");
  const text = await findProposalText(context.db.read, context.viewer, found.textId);
  if (!text) return refuse("not-found", "not-there");
  const wording = await findProposalWording(context, text, found.versionId);
  const proposalId = context.newId();
  const which = { ...input, act: "release", find: findProposalDraft } as const;
  const released = await actOnDraft(context, which, async (tx, draft, admitted) => {
    const { session, entity, by, at } = admitted;
    if (draft.reviewedAt === null) return refuse("rule", "proposal-not-reviewed");
    const still = await stillThere(tx, context, { text, sessionId: session.id });
    if (isRefusal(still)) return still;
    const { reader, audienceNumber } = still;
    const checked = await checkProposal(tx, draft, { ...admitted, reader, wording });
    if (isRefusal(checked)) return checked;
    const isSameGroup = input.members === undefined || input.members === membersKeyOf(checked.alignedIds);
    if (!isSameGroup) return refuse("conflict", "group-changed");
    const { supersedes, basis } = draft;
    const { delegationId } = by;
    const barred = await faultOfPredecessor(tx, { reader, supersedes, delegationId });
    if (barred) return barred;
    const { sha256 } = await insertProposal(tx, {
      ...proposalRowOf(checked.words),
      id: proposalId,
      sessionId: session.id,
      delegationId,
      entityId: entity.id,
      basis,
      supersedes,
      audienceNumber,
      releasedBy: by.personId,
      releasedAt: at,
    });
    await changeProposalDraft(tx, draft.id, { releasedAs: proposalId });
    const { textId, groupId } = checked.words;
    const aligned = groupId === null ? {} : { aligned: checked.alignedIds };
    await appendEvent(tx, {
      at,
      by,
      act: "releaseProposal",
      thing: "proposal",
      thingId: proposalId,
      sessionId: session.id,
      detail: { textId, groupId, ...aligned, sha256 },
    });
    return { textId, sessionId: session.id };
  });
  if (isRefusal(released)) return released;
  const { textId, sessionId } = released;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `proposals:${textId}`);
  return { proposalId };
}

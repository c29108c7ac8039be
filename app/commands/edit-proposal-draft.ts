/** A colleague changes a draft proposal; whatever was reviewed is to be reviewed again. */
import type { ProposalWords } from "#app/rules/proposals.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { changeProposalDraft, findProposalDraft } from "#db/stores/proposal-draft.ts";
import type { CommandContext } from "./context.ts";
import { actOnDraft } from "./draft-act.ts";
import { stillThere } from "./draft-proposal.ts";
import { checkProposal, findProposalText, findProposalWording, proposalRowOf } from "./proposal-ground.ts";

/**
 * Refused as "conflict" when the draft is not as the form showed it, and with `fields` for what is not as its kind needs
 * it. It stays on its text, and in the place of what it is to supersede.
 */
export async function editProposalDraft(
  context: CommandContext,
  input: ProposalWords & {
    readonly draftId: string;
    /** The edition that the form showed. */
    readonly edition: number;
  },
): Promise<Refusal | { readonly edition: number }> {
  const text = await findProposalText(context.db.read, context.viewer, input.textId);
  if (!text) return refuse("not-found", "not-there");
  const wording = await findProposalWording(context, text, input.versionId);
  const which = { ...input, act: "draft", find: findProposalDraft } as const;
  return actOnDraft(context, which, async (tx, draft, admitted) => {
    if (draft.textId !== input.textId) return refuse("not-found", "not-there");
    const still = await stillThere(tx, context, { text, sessionId: admitted.session.id });
    if (isRefusal(still)) return still;
    const checked = await checkProposal(tx, input, { ...admitted, reader: still.reader, wording });
    if (isRefusal(checked)) return checked;
    const { by, at } = admitted;
    const edition = draft.edition + 1;
    await changeProposalDraft(tx, draft.id, {
      ...proposalRowOf(checked.words),
      basis: checked.basis,
      editedBy: by.personId,
      editedAt: at,
      edition,
      reviewedBy: null,
      reviewedAt: null,
    });
    const act = { act: "editProposalDraft", thing: "proposal_draft", thingId: draft.id };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { edition };
  });
}

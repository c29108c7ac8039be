/** A delegation begins to write a proposal on a text, of its own or in the place of one. Nobody else learns of it. */
import type { ProposalWords } from "#app/rules/proposals.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findProposal } from "#db/stores/proposal.ts";
import { insertProposalDraft } from "#db/stores/proposal-draft.ts";
import { findViewer } from "#db/stores/viewer.ts";
import type { CommandContext } from "./context.ts";
import { beginDraft, newDraft } from "./draft-act.ts";
import {
  checkProposal,
  findProposalText,
  findProposalWording,
  type ProposalText,
  proposalRowOf,
} from "./proposal-ground.ts";

/**
 * For editors and head of the delegation. Refused with `fields` for what is not as its kind needs it, "not there" where
 * the person does not read the text, and as "conflict" where what it is to supersede does not stand.
 */
export async function draftProposal(
  context: CommandContext,
  input: ProposalWords & {
    readonly delegationId: string;
    /** The delegation's own released proposal whose place it is to take. */
    readonly supersedes?: string | null;
  },
): Promise<Refusal | { readonly draftId: string }> {
  const { delegationId, supersedes = null } = input;
  const text = await findProposalText(context.db.read, context.viewer, input.textId);
  if (!text) return refuse("not-found", "not-there");
  const wording = await findProposalWording(context, text, input.versionId);
  const draftId = context.newId();
  const refused = await beginDraft(context, delegationId, async (tx, admitted) => {
    const { by, at } = admitted;
    const still = await stillThere(tx, context, { text, sessionId: admitted.session.id });
    if (isRefusal(still)) return still;
    const { reader } = still;
    const checked = await checkProposal(tx, input, { ...admitted, reader, wording });
    if (isRefusal(checked)) return checked;
    const barred = await faultOfPredecessor(tx, { reader, supersedes, delegationId });
    if (barred) return barred;
    const row = { ...proposalRowOf(checked.words), basis: checked.basis, supersedes };
    await insertProposalDraft(tx, { ...row, ...newDraft(draftId, admitted) });
    // Of no session: what a delegation prepares is not among the session's acts.
    const act = { act: "draftProposal", thing: "proposal_draft", thingId: draftId };
    await appendEvent(tx, { at, by, ...act });
    return null;
  });
  return refused ?? { draftId };
}

/** The text as it is in the transaction of the act: rights may have ended, and it is of the delegation's session. */
export async function stillThere(
  tx: WriteTx,
  { viewer }: Pick<CommandContext, "viewer">,
  { text, sessionId }: { readonly text: Pick<ProposalText, "door">; readonly sessionId: string },
): Promise<Refusal | ProposalText> {
  const now = viewer.kind === "person" ? await findViewer(tx, viewer) : viewer;
  const found = await findProposalText(tx, now, text.door.textId);
  return found?.door.sessionId === sessionId ? found : refuse("not-found", "not-there");
}

/** Rule PR15. Null where nothing is superseded, or what is may be. */
export async function faultOfPredecessor(
  tx: WriteTx,
  {
    reader,
    supersedes,
    delegationId,
  }: Pick<ProposalText, "reader"> & {
    readonly supersedes: string | null;
    readonly delegationId: string;
  },
): Promise<Refusal | null> {
  if (supersedes === null) return null;
  const found = await findProposal(tx, { reader, id: supersedes });
  if (found?.delegationId !== delegationId) return refuse("not-found", "not-there");
  return found.state === "released" ? null : refuse("conflict", `proposal-${found.state}`);
}

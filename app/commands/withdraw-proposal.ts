/** What happens to a released proposal: its delegation withdraws it, and those that were asked sponsor it. */
import { cleanFields } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { faultsOfProposalWithdrawal } from "#app/rules/proposals.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  findProposal,
  insertProposalWithdrawal,
  insertSponsor,
  type ProposalInList,
} from "#db/stores/proposal.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, type DraftDoor } from "./draft-door.ts";
import { stillThere } from "./draft-proposal.ts";
import { findProposalText } from "./proposal-ground.ts";
import { noLonger } from "./still-may.ts";

type Which = { readonly textId: string; readonly proposalId: string };

/** Rule PR14. By the head of its delegation; refused as "conflict" when it does not stand any more. */
export async function withdrawProposal(
  context: CommandContext,
  input: Which & { readonly reason: string },
): Promise<Refusal | { readonly proposalId: string }> {
  const { proposalId } = input;
  const { reason } = cleanFields("proposalWithdrawal", { reason: input.reason });
  return actOnProposal(context, input, {
    act: "withdrawProposal",
    delegationOf: (found) => found.delegationId,
    work: async (tx, { by, at }) => {
      const fields = faultsOfProposalWithdrawal({ reason });
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const row = { proposalId, reason, withdrawnBy: by.personId, withdrawnAt: at };
      return { act: "withdrawProposal", ...(await insertProposalWithdrawal(tx, row)) };
    },
  });
}

/** Rule PR13. By the head of a delegation that was asked; refused as "conflict" when it has confirmed already. */
export async function confirmSponsorship(
  context: CommandContext,
  input: Which & { readonly delegationId: string },
): Promise<Refusal | { readonly proposalId: string }> {
  const { proposalId, delegationId } = input;
  return actOnProposal(context, input, {
    act: "sponsorProposal",
    // Whoever does not know that it was asked is told the same as whoever was not.
    delegationOf: (found) => (found.sponsorIds.includes(delegationId) ? delegationId : null),
    work: async (tx, { by, at, entity }, found) => {
      if (found.sponsors.some((one) => one.delegationId === delegationId)) {
        return refuse("conflict", "proposal-sponsored");
      }
      const row = {
        proposalId,
        delegationId,
        entityId: entity.id,
        confirmedBy: by.personId,
        confirmedAt: at,
      };
      return { act: "confirmSponsorship", ...(await insertSponsor(tx, row)) };
    },
  });
}

type Done = { readonly act: string; readonly sha256: string };

/** By the head of the delegation that `delegationOf` names, on a proposal that stands; told to the text's readers. */
async function actOnProposal(
  context: CommandContext,
  { textId, proposalId }: Which,
  how: {
    readonly act: "withdrawProposal" | "sponsorProposal";
    readonly delegationOf: (found: ProposalInList) => string | null;
    readonly work: (
      tx: WriteTx,
      who: DraftDoor & { readonly at: number },
      found: ProposalInList,
    ) => Promise<Refusal | Done>;
  },
): Promise<Refusal | { readonly proposalId: string }> {
  const text = await findProposalText(context.db.read, context.viewer, textId);
  const shown = text && (await findProposal(context.db.read, { reader: text.reader, id: proposalId }));
  if (!text || !shown) return refuse("not-found", "not-there");
  const allowed = may(how.act, context.viewer, { kind: "text", door: text.door });
  if (allowed !== true) return allowed;
  if (context.viewer.kind !== "person") return refuse("sign-in", "sign-in");
  const delegationId = how.delegationOf(shown);
  // It is there for whoever reads it: who is not of the delegation is told that this is not theirs.
  const isTheirs = context.viewer.delegates.some((seat) => seat.delegationId === delegationId);
  if (delegationId === null || !isTheirs) return refuse("not-allowed", "not-allowed");
  const admitted = await admitToDelegation(context, "release", delegationId);
  if (isRefusal(admitted)) return admitted;
  const at = context.now();
  const sessionId = admitted.session.id;
  const result = await context.db.write(async (tx) => {
    const thing = { kind: "delegation", sessionId, delegationId } as const;
    const late = await noLonger(tx, { act: "release", viewer: context.viewer, thing });
    if (late) return late;
    const still = await stillThere(tx, context, { text, sessionId });
    if (isRefusal(still)) return still;
    const found = await findProposal(tx, { reader: still.reader, id: proposalId });
    if (!found) return refuse("not-found", "not-there");
    if (found.state !== "released") return refuse("conflict", `proposal-${found.state}`);
    const done = await how.work(tx, { ...admitted, at }, found);
    if (isRefusal(done)) return done;
    const { act, sha256 } = done;
    const detail = { textId, delegationId, sha256 };
    const { by } = admitted;
    await appendEvent(tx, { at, by, act, thing: "proposal", thingId: proposalId, sessionId, detail });
    return { proposalId, found, since: still.since };
  });
  if (isRefusal(result)) return result;
  tellReaders(context, { textId, sessionId }, result);
  return { proposalId };
}

/** Rule PR10: whoever was let in later does not read it, and hears nothing of it. */
function tellReaders(
  { notices }: CommandContext,
  text: { readonly textId: string; readonly sessionId: string },
  { found, since }: { readonly found: ProposalInList; readonly since: number },
): void {
  const topic = `proposals:${text.textId}`;
  if (found.audienceNumber >= since) {
    notices.tell({ kind: "text", ...text, who: "readers" }, topic);
    return;
  }
  notices.tell({ kind: "text", ...text, who: "bureau" }, topic);
  notices.tell({ kind: "delegation", delegationId: found.delegationId }, topic);
}

/** The head of a delegation makes a new link for one of its people whose invitation was lost. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { findDelegate } from "#db/stores/delegate.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson } from "#db/stores/person.ts";
import { findViewer } from "#db/stores/viewer.ts";
import type { CommandContext } from "./context.ts";
import type { Invitation } from "./invite-person.ts";
import { writeLink } from "./issue-link.ts";
import { admitToSeats } from "./seat.ts";

/**
 * Rule PE16: refused to all but its heads, for whoever has followed a link already, whose account a head has no part in,
 * and for whoever is suspended, has no address, or has duties beyond this delegation: to follow the link would be to take
 * those over. Which of these it is, is not for a head to know.
 */
export async function renewInvitation(
  context: CommandContext,
  input: { readonly delegateId: string },
): Promise<Refusal | (Invitation & { readonly name: string })> {
  const found = await findDelegate(context.db.read, input.delegateId);
  if (!found) return refuse("not-found", "not-there");
  const { delegationId, personId } = found;
  const admitted = await admitToSeats(context, "manageDelegates", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { delegation, by, late } = admitted;
  const { sessionId, entityId } = delegation;
  const at = context.now();
  const done = await context.db.write(async (tx) => {
    const refusal = await late(tx);
    if (refusal) return refusal;
    if (!(await findDelegate(tx, found.id))) return refuse("not-found", "not-there");
    const person = await findPerson(tx, personId);
    if (person?.accountId) return refuse("conflict", "invitation-followed");
    const isHeads = person?.email && person.suspendedAt === null;
    if (!isHeads || (await hasOtherDuties(tx, { personId, entityId }))) {
      return refuse("rule", "invitation-not-here");
    }
    const link = await writeLink(tx, context, { personId, purpose: "invitation", issuedBy: by.personId });
    const what = { act: "renewInvitation", thing: "person", thingId: personId, sessionId };
    await appendEvent(tx, { at, by, ...what, detail: { delegationId } });
    return { personId, name: person.name, ...link };
  });
  if (!isRefusal(done)) context.notices.tell({ kind: "secretariat" }, "people");
  return done;
}

/** An office, a pen, or a seat for another entity, in whatever session. */
async function hasOtherDuties(
  db: Reading,
  { personId, entityId }: { readonly personId: string; readonly entityId: string },
): Promise<boolean> {
  // As with codes: without them the rights of an office may rest, and would not be seen.
  const theirs = await findViewer(db, { personId, loginId: "", hasCodes: true });
  if (theirs.kind !== "person") return true;
  const { secretariat, offices, drafts, delegates } = theirs;
  const isElsewhere = delegates.some((seat) => seat.entityId !== entityId);
  return secretariat || offices.length > 0 || drafts.length > 0 || isElsewhere;
}

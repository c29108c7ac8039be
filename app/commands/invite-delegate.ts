/** The head of a delegation invites somebody by a one-time link, straight into a seat of the delegation. */
import { cleanFields } from "#app/rules/fields.ts";
import { personProblems } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { DelegateRow } from "#db/stores/delegate.ts";
import { findPerson, findPersonByEmail } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { type Invitation, writeInvitation } from "./invite-person.ts";
import { admitToSeats, takeSeat } from "./seat.ts";

/**
 * Rule PE11: refused to all but its heads. An address that somebody has is refused with "email-not-here" and no word on
 * whose it is, or that it is anybody's (rules PE1, PE10 and PE19).
 */
export async function inviteDelegate(
  context: CommandContext,
  input: {
    readonly delegationId: string;
    readonly name: string;
    readonly email: string;
    readonly role: DelegateRow["role"];
  },
): Promise<Refusal | Invitation> {
  const { delegationId, name, email, role } = cleanFields("person", input);
  const admitted = await admitToSeats(context, "manageDelegates", delegationId);
  if (isRefusal(admitted)) return admitted;
  const { delegation, by, late } = admitted;
  const fields = personProblems({ name, email });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const at = context.now();
  const personId = context.newId();
  const delegateId = context.newId();
  const done = await context.db.write(async (tx) => {
    const refusal = await late(tx);
    if (refusal) return refusal;
    if (await findPersonByEmail(tx, email)) {
      return refuse("conflict", "check-fields", { fields: { email: "email-not-here" } });
    }
    const invited = { personId, name, email, secretariat: false, entityId: delegation.entityId };
    const link = await writeInvitation(tx, context, { ...invited, by });
    const person = await findPerson(tx, personId);
    const refused = await takeSeat(tx, { delegateId, delegation, person, role, by, at });
    if (refused) throw new Error(`somebody new could not take a seat: ${JSON.stringify(refused)}`);
    return { personId, ...link };
  });
  if (isRefusal(done)) return done;
  context.notices.tell({ kind: "secretariat" }, "people");
  context.notices.tell({ kind: "session", sessionId: delegation.sessionId }, "delegations");
  return done;
}

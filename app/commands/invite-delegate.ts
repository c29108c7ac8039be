/** The head of a delegation invites somebody by a one-time link, straight into a seat of the delegation. */
import { cleanFields } from "#app/rules/fields.ts";
import { addressOf, doubleAddress, personProblems } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { DelegateRow } from "#db/stores/delegate.ts";
import { findPerson, findPersonByEmail, listPeopleOfEntity } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { type Invitation, writeInvitation } from "./invite-person.ts";
import { admitToSeats, takeSeat } from "./seat.ts";

/**
 * Rule PE11: refused to all but its heads, and with "email-ours" for an address of one of the delegation's own people,
 * whom a head can seat (rule PE10). An address of anybody else is taken like one that nobody has (rule PE19): the person
 * whose it is stays as they are, and the secretariat is told by its list.
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
    const ours = await listPeopleOfEntity(tx, delegation.entityId);
    if (ours.some((person) => addressOf(person) === email.toLowerCase())) {
      return refuse("conflict", "check-fields", { fields: { email: "email-ours" } });
    }
    const isTaken = (await findPersonByEmail(tx, email)) !== null;
    const address = isTaken ? doubleAddress(email, personId) : email;
    const { entityId } = delegation;
    const invited = { personId, name, email: address, secretariat: false, entityId };
    const link = await writeInvitation(tx, context, { ...invited, by });
    const person = await findPerson(tx, personId);
    const refused = await takeSeat(tx, { delegateId, delegation, person, role, by, at });
    if (refused) throw new Error(`somebody new could not take a seat: ${JSON.stringify(refused)}`);
    return { personId, ...link };
  });
  if (isRefusal(done)) return done;
  context.notices.tell({ kind: "secretariat" }, "people");
  context.notices.tell({ kind: "taking-part", sessionId: delegation.sessionId }, "delegations");
  return done;
}

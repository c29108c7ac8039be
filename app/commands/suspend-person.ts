/** A person is kept out, or let in again. Every login of theirs ends at once, and links that were not used yet. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLinksOf } from "#db/stores/one-time-link.ts";
import { findPerson, suspendPerson as write } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";

/** Nobody suspends themselves: the last of the secretariat would be locked out (rule PE5). */
export async function suspendPerson(
  context: CommandContext,
  input: { readonly personId: string; readonly suspended: boolean },
): Promise<Refusal | { readonly personId: string }> {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const { personId, suspended } = input;
  if (by.personId === personId) return refuse("rule", "suspend-self");
  const at = context.now();
  const person = await context.db.write(async (tx) => {
    const found = await findPerson(tx, personId);
    if (!found) return refuse("not-found", "not-there");
    await write(tx, personId, suspended ? at : null);
    if (suspended) await endLinksOf(tx, personId, at);
    const act = suspended ? "suspendPerson" : "resumePerson";
    await appendEvent(tx, { at, by, act, thing: "person", thingId: personId });
    return found;
  });
  if (isRefusal(person)) return person;
  if (suspended && person.accountId !== null) await context.accounts.signOut(person.accountId);
  context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "secretariat" }, "people");
  return { personId };
}

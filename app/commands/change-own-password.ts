/** One's own password is changed: every login of the person ends, and links that were not used yet (rule PE6). */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLinksOf } from "#db/stores/one-time-link.ts";
import { findPerson, linkAccount } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";

/** Refused for a weak password, and for people of the exercise, who have none. */
export async function changeOwnPassword(
  context: CommandContext,
  input: { readonly password: string },
): Promise<Refusal | { readonly email: string }> {
  const { viewer } = context;
  if (viewer.kind === "public") return refuse("sign-in", "sign-in");
  const { personId } = viewer;
  const allowed = may("manageOwnAccount", viewer, { kind: "account", personId });
  if (allowed !== true) return allowed;
  const person = await findPerson(context.db.read, personId);
  if (!person || person.email === null) return refuse("rule", "person-without-login");
  const { email, name } = person;
  const set = await context.accounts.setPassword({ personId, email, name, password: input.password });
  if (isRefusal(set)) return set;
  const at = context.now();
  const by = { personId, delegationId: null };
  const refused = await context.db.write(async (tx) => {
    await linkAccount(tx, personId, set.accountId);
    await endLinksOf(tx, personId, at);
    await appendEvent(tx, { at, by, act: "changeOwnPassword", thing: "person", thingId: personId });
    return null;
  });
  if (refused) return refused;
  return { email };
}

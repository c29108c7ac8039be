/** A forgotten password, or lost authenticator codes, are mended by a one-time link that the secretariat issues. */
import { isDouble } from "#app/rules/people.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import type { Invitation } from "./invite-person.ts";
import { writeLink } from "./issue-link.ts";
import { byOf } from "./who.ts";

/**
 * `turnsOffCodes`: whoever follows it has no authenticator codes any more (rule SI17); other links leave them as they
 * are. Refused for a person without an address (of the exercise), for one who is suspended (rule PE2), and for one whom
 * a head invited by somebody else's address (rule PE19).
 */
export async function issuePasswordLink(
  context: CommandContext,
  input: { readonly personId: string; readonly turnsOffCodes?: boolean },
): Promise<Refusal | Invitation> {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const at = context.now();
  const { personId, turnsOffCodes = false } = input;
  const done = await context.db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) return refuse("not-found", "not-there");
    if (person.email === null || person.suspendedAt !== null) return refuse("rule", "person-without-login");
    if (isDouble(person)) return refuse("rule", "person-double");
    const mends = turnsOffCodes ? "codes" : "password";
    const purpose = person.accountId === null ? "invitation" : mends;
    const link = await writeLink(tx, context, { personId, purpose, issuedBy: by.personId });
    await appendEvent(tx, {
      at,
      by,
      act: "issuePasswordLink",
      thing: "person",
      thingId: personId,
      detail: { purpose },
    });
    return { personId, ...link };
  });
  if (isRefusal(done)) return done;
  context.notices.tell({ kind: "person", personId }, "account");
  context.notices.tell({ kind: "secretariat" }, "people");
  return done;
}

/** A forgotten password is mended by a one-time link that the secretariat issues. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import type { Invitation } from "./invite-person.ts";
import { writeLink } from "./issue-link.ts";
import { byOf } from "./who.ts";

/** Refused for a person without an address (of the exercise) and for one who is suspended (rule PE2). */
export async function issuePasswordLink(
  context: CommandContext,
  input: { readonly personId: string },
): Promise<Refusal | Invitation> {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const at = context.now();
  const { personId } = input;
  const done = await context.db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) return refuse("not-found", "not-there");
    if (person.email === null || person.suspendedAt !== null) return refuse("rule", "person-without-login");
    const purpose = person.accountId === null ? "invitation" : "password";
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
  if (!isRefusal(done)) context.notices.tell({ kind: "secretariat" }, "people");
  return done;
}

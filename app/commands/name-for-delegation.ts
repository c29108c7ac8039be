/** The secretariat says for which delegation a person was invited: its heads may seat them from then on. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findPerson, namePersonFor } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";

/** Gives no seat and no right: rule PE11. `entityId` null: for no delegation any more. */
export async function nameForDelegation(
  context: CommandContext,
  input: { readonly personId: string; readonly entityId: string | null },
): Promise<Refusal | { readonly personId: string }> {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const at = context.now();
  const { personId, entityId } = input;
  const refused = await context.db.write(async (tx) => {
    if (!(await findPerson(tx, personId))) {
      return refuse("invalid", "check-fields", { fields: { person: "person-not-there" } });
    }
    if (entityId !== null && !(await findEntity(tx, entityId))) {
      return refuse("invalid", "check-fields", { fields: { for: "entity-not-there" } });
    }
    await namePersonFor(tx, personId, entityId);
    const what = { act: "nameForDelegation", thing: "person", thingId: personId };
    await appendEvent(tx, { at, by, ...what, detail: { entityId } });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "secretariat" }, "people");
  return { personId };
}

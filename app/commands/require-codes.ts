/** The secretariat says whether it and the officers of sessions need authenticator codes. */
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findInstallation, requireCodesSince } from "#db/stores/installation.ts";
import { listPeopleWithOffice } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";

/**
 * Rule SI16: refused in an exercise, whose people have no passwords, and to whoever has no codes themselves: the rights
 * of their own office would rest.
 */
export async function requireCodes(
  context: CommandContext,
  input: { readonly required: boolean },
): Promise<Refusal | null> {
  const { viewer } = context;
  const allowed = may("requireCodes", viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(viewer, null);
  if (isRefusal(by)) return by;
  const { required } = input;
  if (required && viewer.kind === "person" && !viewer.hasCodes) return refuse("rule", "codes-own-first");
  const at = context.now();
  const done = await context.db.write(async (tx) => {
    const installation = await findInstallation(tx);
    if (installation?.mode !== "production") return refuse("rule", "codes-not-in-exercise");
    if ((installation.codesRequiredAt !== null) === required) return new Set<string>();
    await requireCodesSince(tx, required ? at : null);
    const what = { act: "requireCodes", thing: "installation", thingId: "codes", detail: { required } };
    await appendEvent(tx, { at, by, ...what });
    return listPeopleWithOffice(tx);
  });
  if (isRefusal(done)) return done;
  for (const personId of done) context.notices.rightsChanged(personId);
  context.notices.tell({ kind: "secretariat" }, "people");
  return null;
}

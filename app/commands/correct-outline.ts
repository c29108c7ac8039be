/** The secretariat corrects the agenda by subject from which provisional agendas are made. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { parseOutline } from "#app/rules/outline.ts";
import { type Fields, changesBetween, reasonProblems } from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { OUTLINE_ID, findOutline } from "#db/reference/outline.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

/**
 * `outline`: an item in each line ("5 (c) How international law applies | sovereignty"). Refused to all but the
 * secretariat, for a line that cannot be read, and when nothing differs. Agendas that were made from it stay.
 */
export async function correctOutline(
  context: CommandContext,
  input: { readonly outline: string; readonly reason: string; readonly seen?: number },
): Promise<Refusal | null> {
  const { outline, reason, seen } = cleanFields("outline", input);
  return actOnReference(context, {
    permission: "manageCalendar",
    name: "correctOutline",
    topic: "calendar",
    work: async (tx, acting) => {
      const parsed = parseOutline(outline);
      const fields = {
        ...("wrong" in parsed ? { outline: parsed.wrong } : {}),
        ...faultsOfLength("outline", { outline, reason }),
        ...reasonProblems(reason),
      };
      if ("wrong" in parsed || Object.keys(fields).length > 0) {
        return refuse("invalid", "check-fields", { fields });
      }
      const before = await findOutline(tx);
      const gone: Fields = Object.fromEntries(
        Object.keys(before)
          .filter((number) => !(number in parsed.fields))
          .map((number) => [number, null]),
      );
      const changes = changesBetween(before, { ...parsed.fields, ...gone });
      const about = { thing: "calendar", thingId: OUTLINE_ID, changes, reason, acting, seen } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      return { result: null, thing: "calendar", thingId: OUTLINE_ID, detail: kept };
    },
  });
}

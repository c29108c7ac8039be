/** The secretariat keeps the public calendar: adds an entry, corrects one, takes one off. */
import { cleanFields } from "#app/rules/fields.ts";
import {
  type CalendarWords,
  type Fields,
  calendarProblems,
  changesBetween,
  cleanReason,
  reasonProblems,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { SESSION_KINDS } from "#app/rules/sessions.ts";
import { isZone } from "#app/rules/venue-offset.ts";
import {
  type CalendarRow,
  findCalendarEntry,
  listCalendar,
  putCalendarEntry,
  removeCalendarEntry,
} from "#db/stores/calendar.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

function calendarFields(row: CalendarRow): Fields {
  const { id: _id, order: _order, ...fields } = row;
  return fields;
}

/** `entryId` null adds an entry. Refused to all but the secretariat, for facts of no session, when nothing differs, and as "conflict" for an entry that is not on it any more. */
export async function correctCalendarEntry(
  context: CommandContext,
  input: CalendarWords & { readonly entryId: string | null; readonly seen?: number },
): Promise<Refusal | { readonly entryId: string }> {
  const { entryId, reason, seen, ...typed } = cleanFields("calendar", input);
  return actOnReference(context, {
    permission: "manageCalendar",
    name: entryId === null ? "addCalendarEntry" : "correctCalendarEntry",
    topic: "calendar",
    work: async (tx, acting) => {
      const before = entryId === null ? null : await findCalendarEntry(tx, entryId);
      if (entryId !== null && !before) return refuse("conflict", "calendar-entry-gone");
      const kind = SESSION_KINDS.find((one) => one === typed.kind);
      const problems = calendarProblems({ ...typed, reason }, isZone);
      const fields = { ...problems, ...(kind ? {} : { kind: "required" }) };
      if (!kind || Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const order = before?.order ?? Math.max(0, ...(await listCalendar(tx)).map((one) => one.order)) + 1;
      const row = { ...typed, kind, id: entryId ?? context.newId(), order };
      const changes = {
        ...(before ? {} : { recorded: { before: false, after: true } }),
        ...changesBetween(before ? calendarFields(before) : {}, calendarFields(row)),
      };
      const about = { thing: "calendar", thingId: row.id, changes, reason, acting, seen } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      await putCalendarEntry(tx, row);
      return { result: { entryId: row.id }, thing: "calendar", thingId: row.id, detail: kept };
    },
  });
}

/** Refused to all but the secretariat and without a reason. Sessions that were made from it stay. */
export async function takeOffCalendar(
  context: CommandContext,
  input: { readonly entryId: string; readonly reason: string },
): Promise<Refusal | null> {
  const { entryId, reason } = cleanReason(input);
  return actOnReference(context, {
    permission: "manageCalendar",
    name: "takeOffCalendar",
    topic: "calendar",
    work: async (tx, acting) => {
      if (!(await findCalendarEntry(tx, entryId))) return refuse("conflict", "calendar-entry-gone");
      const fields = reasonProblems(reason);
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const changes = { recorded: { before: true, after: false } };
      const about = { thing: "calendar", thingId: entryId, changes, reason, acting } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      await removeCalendarEntry(tx, entryId);
      return { result: null, thing: "calendar", thingId: entryId, detail: kept };
    },
  });
}

/** What the calendar's page shows. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { type OutlineBranch, outlineLines, outlineTree } from "#app/rules/outline.ts";
import { may } from "#app/rules/permissions.ts";
import { correctionLines } from "#app/routes/reference/lines.ts";
import { findOutline } from "#db/reference/outline.ts";
import { listCalendar } from "#db/stores/calendar.ts";
import { findNewestCorrection } from "#db/stores/reference-correction.ts";
import { listSessions } from "#db/stores/session.ts";
import { listTopics } from "#db/stores/topic.ts";

/** An item of the outline, its topics told apart from subjects that are none. */
export type OutlineShown = {
  readonly number: string;
  readonly title: string;
  readonly topics: readonly { readonly id: string; readonly title: string }[];
  readonly subjects: readonly string[];
  readonly items: readonly OutlineShown[];
};

export async function loadCalendarPage(context: AppLoadContext, search: URLSearchParams) {
  const db = context.db.read;
  const isExercise = context.mode === "exercise";
  const mayManage = may("manageCalendar", context.viewer, { kind: "installation" }) === true;
  const rows = await listCalendar(db);
  const sessions = await listSessions(db);
  const topics = await listTopics(db);
  const outline = await findOutline(db);
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const shown = ({ number, title, topics: named, items }: OutlineBranch): OutlineShown => ({
    number,
    title,
    // An exercise has topics of its own: of the real ones only the names are shown.
    topics: isExercise ? [] : named.flatMap((id) => entry(titles, id)),
    subjects: named.flatMap((id) => {
      const known = titles.get(id);
      if (known === undefined) return [id];
      return isExercise ? [known] : [];
    }),
    items: items.map(shown),
  });
  const chosen = mayManage ? rows.find(({ id }) => id === search.get("entry")) : undefined;
  const entries = rows.map(({ order: _order, ...row }) => ({
    ...row,
    // The officers of the real body are no part of an exercise.
    note: isExercise ? "" : row.note,
    sessions: sessions
      .filter(({ calendarId }) => calendarId === row.id)
      .map(({ id, title }) => ({ id, title })),
  }));
  return {
    isExercise,
    mayManage,
    mayCreate: may("createSession", context.viewer, { kind: "installation" }) === true,
    entries,
    chosen: chosen
      ? { ...chosen, seen: await findNewestCorrection(db, { thing: "calendar", thingId: chosen.id }) }
      : null,
    outlineSeen: await findNewestCorrection(db, { thing: "calendar", thingId: "agenda" }),
    zones: mayManage ? Intl.supportedValuesOf("timeZone") : [],
    outline: outlineTree(outline).map(shown),
    outlineLines: mayManage ? outlineLines(outline).join("\n") : "",
    corrections: await correctionLines(context, { thing: "calendar" }, { named: true }),
  };
}

function entry(titles: ReadonlyMap<string, string>, id: string): { id: string; title: string }[] {
  const title = titles.get(id);
  return title === undefined ? [] : [{ id, title }];
}

export type EntryShown = NonNullable<Awaited<ReturnType<typeof loadCalendarPage>>["chosen"]>;

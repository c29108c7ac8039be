/** Corrections as pages show them. */
import type { CorrectionLine } from "#app/components/reference/correction-list.tsx";
import { nameIn, type Language } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import type { Value } from "#app/rules/reference.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import { listCalendar } from "#db/stores/calendar.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listGroups } from "#db/stores/group.ts";
import { type CorrectionInList, listCorrectionHistory } from "#db/stores/reference-correction.ts";
import { listTopics } from "#db/stores/topic.ts";

type Of = Parameters<typeof listCorrectionHistory>[1];

/**
 * Newest first. Who made them is named to the secretariat alone; everybody else reads that it was the secretariat.
 * `isAbout`: which of them; `named`: whether each says what it is about.
 */
export async function correctionLines(
  context: AppLoadContext,
  of: Of,
  {
    isAbout = () => true,
    named,
  }: { readonly isAbout?: (row: CorrectionInList) => boolean; readonly named: boolean },
): Promise<CorrectionLine[]> {
  const db = context.db.read;
  const rows = (await listCorrectionHistory(db, of)).filter(isAbout);
  if (rows.length === 0) return [];
  const names: Names = {
    entity: nameables(await listEntities(db), context.language),
    calendar: new Map((await listCalendar(db)).map(({ id, title }) => [id, title])),
    topic: new Map((await listTopics(db)).map(({ id, title }) => [id, title])),
    group: nameables(await listGroups(db), context.language),
  };
  const inWords = await inWordsOf(context);
  const showsNames = may("correctReference", context.viewer, { kind: "installation" }) === true;
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: showsNames ? row.byName : null,
    about: named || row.thing === "membership" ? aboutOf(row, names) : null,
    thing: row.thing,
    reason: row.reason,
    changes: Object.entries(row.value)
      .filter(([, { before, after }]) => before !== after)
      .map(([field, { before, after }]) => ({
        field,
        before: inWords(row.thingId, field, before),
        after: inWords(row.thingId, field, after),
      })),
  }));
}

/** How a value of a field is said: a group, a stance or a publication by its name, everything else as it is. */
export async function inWordsOf({
  db,
  language,
}: Pick<AppLoadContext, "db" | "language">): Promise<
  (thingId: string, field: string, value: Value) => Value
> {
  const groups = nameables(await listGroups(db.read), language);
  const scales = new Map((await listTopics(db.read)).map(({ id, scale }) => [id, scale]));
  return (thingId, field, value) => {
    const said = String(value);
    if (field === "regionalGroup") return groups.get(said) ?? value;
    if (field === "stance") {
      // Scales of two topics may have stances of one id.
      const [, topicId = ""] = thingId.split(" ");
      return scales.get(topicId)?.find(({ id }) => id === said)?.label ?? value;
    }
    return field === "via" ? (readInOf(value === null ? null : said)?.title ?? value) : value;
  };
}

type Names = Readonly<Record<"entity" | "group" | "calendar" | "topic", ReadonlyMap<string, string>>>;

function nameables(
  rows: readonly { readonly id: string; readonly names: { readonly en: string } }[],
  language: Language,
): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, names }) => [id, nameIn(names, language)]));
}

/** "Kenya, African States" for a membership, "Kenya, Sovereignty" for an editors' reading. */
function aboutOf({ thing, thingId, value }: CorrectionInList, names: Names): string {
  if (thing === "membership") {
    const [groupId = "", entityId = "", from = ""] = thingId.split(" ");
    const named = [names.entity.get(entityId) ?? entityId, names.group.get(groupId) ?? groupId];
    return [...named, ...(from === "" ? [] : [from])].join(", ");
  }
  if (thing === "reading") {
    const [entityId = "", topicId = ""] = thingId.split(" ");
    return [names.entity.get(entityId) ?? entityId, names.topic.get(topicId) ?? topicId].join(", ");
  }
  const title = value["title"]?.after;
  const said = typeof title === "string" ? title : "";
  return names[thing].get(thingId) ?? said;
}

/** Positions as comma-separated values (RFC 4180), one line for each entity and topic, for a spreadsheet. */
import type { TFunction } from "i18next";
import { languageOfSummary } from "#app/rules/positions.ts";
import { readingId } from "#app/rules/readings.ts";
import type { Fields } from "#app/rules/reference.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import type { Table, TablePlace } from "#app/routes/positions/load.ts";

/** Without it spreadsheets take the file for one in the system's own encoding. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A spreadsheet takes what begins so for a formula and runs it, its wide forms and after spaces too. */
const FORMULA = /^[\s\u00A0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r|%]/u;

/** Lines of fields as a file: every field quoted, and none of them a formula. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + lines.map((fields) => `${fields.map(fieldOf).join(",")}\r\n`).join("");
}

function fieldOf(words: string): string {
  const harmless = FORMULA.test(words) ? `'${words}` : words;
  return `"${harmless.replaceAll('"', '""')}"`;
}

type Asked = {
  /** The same positions with their words. */
  readonly said: readonly PositionInList[];
  /** Stances of the editors' readings that some of them answer, by the reading's id. */
  readonly readings: ReadonlyMap<string, string>;
  /** What the secretariat corrected in editors' readings, by `readingId`. */
  readonly corrected: ReadonlyMap<string, Fields>;
  /** Names of entities, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Of the area `record`. */
  readonly t: TFunction;
  readonly day: string;
};

/** What is said of each line, whoever it is about. */
const WHO = ["topic", "kind", "name", "code", "region", "whose", "groups"] as const;

/** What the record has of a position. */
const SAID = [
  "stance",
  "summary",
  "source",
  "symbol",
  "date",
  "address",
  "explicit",
  "note",
  "label",
  "correction",
  "behalf",
  "exceptions",
  "summaryLanguage",
  "excerpt",
  "excerptLanguage",
  "forum",
  "meeting",
  "readIn",
  "since",
  "id",
] as const;

/** The head of the columns, then the lines, in the order of the table. What is not recorded says so. */
export function positionLines(table: Table, asked: Asked): string[][] {
  const { said, t, day } = asked;
  const byId = new Map(said.map((one) => [one.id, one]));
  const lines = [[...WHO, ...SAID, "asOf" as const].map((name) => t(`csv.${name}`))];

  const groupNames = (ids: readonly (string | null)[]) =>
    ids.flatMap((id) => table.groupsById.get(id ?? "")?.code ?? []).join(" ");
  const wordsOf = (id: string | undefined) => {
    const row = byId.get(id ?? "");
    if (!row) return SAID.map((name) => (name === "stance" ? t("notRecorded") : ""));
    const words = wordsOfPosition(row, asked);
    return SAID.map((name) => words[name]);
  };

  table.topics.forEach((topic, at) => {
    for (const group of table.groups) {
      const who = [topic.title, t("csv.group"), group.name, group.code, ""];
      const id = group.positions[at]?.id;
      lines.push([...who, id === undefined ? "" : t("positions.key.own"), "", ...wordsOf(id), day]);
    }
    for (const row of table.sections.flatMap(({ rows }) => rows)) {
      const region = table.groupsById.get(row.regionId ?? "")?.name ?? "";
      const who = [topic.title, t("csv.entity"), row.name, row.code, region];
      for (const { id, manner, groupIds } of placedBy(row.places[at] ?? null)) {
        const whose = manner === null ? "" : t(`positions.key.${manner}`);
        lines.push([...who, whose, groupNames(groupIds), ...wordsOf(id), day]);
      }
    }
  });
  return lines;
}

function wordsOfPosition(
  row: PositionInList,
  { readings, corrected, names, t }: Asked,
): Readonly<Record<(typeof SAID)[number], string>> {
  const isReading = row.standing === "editors";
  const inWords = (language: string) => (language === "" ? "" : t([`language.${language}`, language]));
  // Editors quote nothing as the own words of a State.
  const excerpt = isReading ? "" : row.excerpt;
  return {
    stance: row.stanceLabel,
    summary: row.summary,
    source: row.sourceTitle,
    symbol: row.sourceSymbol,
    date: row.sourceDate,
    address: row.sourceUrl,
    explicit: row.explicit ? t("explicit") : t("implied"),
    note: isReading
      ? [
          t("readingLabel"),
          t([`confidence.${row.confidence}`, "confidence.other"], { confidence: row.confidence }),
        ].join(" ")
      : "",
    label: labelOf(row, readings, t),
    correction: isReading ? correctionOf(corrected.get(readingId(row)), t) : "",
    behalf: row.groupName === null ? "" : `${row.groupName} (${row.groupCode ?? ""})`,
    exceptions: (row.exceptions ?? []).map((id) => names.get(id) ?? id).join("; "),
    summaryLanguage: inWords(languageOfSummary(row)),
    excerpt,
    excerptLanguage: excerpt === "" ? "" : inWords(row.language),
    forum: row.sourceForum ?? "",
    meeting: row.meetingNumber === null ? "" : String(row.meetingNumber),
    readIn: readInOf(row.via)?.title ?? "",
    since: new Date(row.releasedAt).toISOString(),
    id: row.id,
  };
}

/** Whether these are own words or an editors' reading, and what own words do to a reading of the same document. */
function labelOf(row: PositionInList, readings: ReadonlyMap<string, string>, t: TFunction): string {
  if (row.standing === "editors") return t("reading");
  if (row.answers === null) return t("csv.ownWord");
  return t(readings.get(row.answers) === row.stance ? "csv.confirms" : "csv.corrects");
}

/** What the secretariat did to an editors' reading: "" for nothing. */
function correctionOf(fields: Fields | undefined, t: TFunction): string {
  const { recorded, ...facts } = fields ?? {};
  return [
    ...(Object.keys(facts).length > 0 ? [t("csv.bySecretariat")] : []),
    ...(recorded === true ? [t("csv.putBack")] : []),
  ].join("; ");
}

/** A line for own words or a reading, else one for each group that spoke. */
function placedBy(place: TablePlace | null) {
  if (place === null) return [{ id: undefined, manner: null, groupIds: [] }];
  if (place.own === null) {
    return place.with.map(({ id, groupId }) => ({ id, manner: place.manner, groupIds: [groupId] }));
  }
  const beside = place.manner === "differs" ? place.against : place.with;
  return [{ id: place.own.id, manner: place.manner, groupIds: beside.map(({ groupId }) => groupId) }];
}

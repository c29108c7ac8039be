/** Positions as comma-separated values (RFC 4180), one line for each entity and topic, for a spreadsheet. */
import type { TFunction } from "i18next";
import type { PositionInList } from "#db/stores/position.ts";
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
  /** Of the area `record`. */
  readonly t: TFunction;
  readonly day: string;
};

/** The head of the columns, then the lines, in the order of the table. What is not recorded says so. */
export function positionLines(table: Table, { said, t, day }: Asked): string[][] {
  const byId = new Map(said.map((one) => [one.id, one]));
  const columns = [
    "topic",
    "kind",
    "name",
    "code",
    "region",
    "whose",
    "groups",
    "stance",
    "summary",
    "source",
    "symbol",
    "date",
    "address",
    "explicit",
    "note",
    "asOf",
  ] as const;
  const lines = [columns.map((name) => t(`csv.${name}`))];

  const groupNames = (ids: readonly (string | null)[]) =>
    ids.flatMap((id) => table.groupsById.get(id ?? "")?.code ?? []).join(" ");
  const wordsOf = (id: string | undefined) => {
    const row = byId.get(id ?? "");
    if (!row) return [t("notRecorded"), "", "", "", "", "", "", ""];
    const note =
      row.standing === "own"
        ? ""
        : [
            t("readingLabel"),
            t([`confidence.${row.confidence}`, "confidence.other"], { confidence: row.confidence }),
          ].join(" ");
    const { stanceLabel, summary, sourceTitle, sourceSymbol, sourceDate, sourceUrl } = row;
    const stated = row.explicit ? t("explicit") : t("implied");
    return [stanceLabel, summary, sourceTitle, sourceSymbol, sourceDate, sourceUrl, stated, note];
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

/** A line for own words or a reading, else one for each group that spoke. */
function placedBy(place: TablePlace | null) {
  if (place === null) return [{ id: undefined, manner: null, groupIds: [] }];
  if (place.own === null) {
    return place.with.map(({ id, groupId }) => ({ id, manner: place.manner, groupIds: [groupId] }));
  }
  const beside = place.manner === "differs" ? place.against : place.with;
  return [{ id: place.own.id, manner: place.manner, groupIds: beside.map(({ groupId }) => groupId) }];
}

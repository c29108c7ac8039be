/**
 * The table as HTML, written as a string: 219 × 12 cells are too many to be drawn one by one, on the server and on a
 * phone. The page puts it in as it is; `table-host.tsx` gives it its keys.
 */
import type { TFunction } from "i18next";
import { plainDay } from "#app/components/record/plain-day.tsx";
import { MARKS } from "#app/components/record/stance.tsx";
import type { Ways } from "#app/components/record/ways.ts";
import type { Manner } from "#app/rules/placing.ts";
import { escapeHtml } from "#collab/escape.ts";
import type { PlacedPosition } from "#db/stores/position-standing.ts";
import { cellId } from "./cell.ts";
import type { Named, Table, TablePlace, TableRow } from "./load.ts";

/** `t` of the area `record`, in `language`; `ways` to topics and entities. */
export function tableHtml(
  table: Table,
  { t, language, ways }: { readonly t: TFunction; readonly language: string; readonly ways: Ways },
) {
  const write = writerOf(table, { t, language, ways });
  const shown = table.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const corner = `<th scope="col"><span class="cap">${escapeHtml(t("positions.order", { count: shown }))}<br>${escapeHtml(t("positions.english"))}</span></th>`;
  const heads = table.topics.map(write.head).join("");
  const scales = `<tr class="sl"><th scope="row">${escapeHtml(t("positions.scale"))}</th>${table.topics.map(write.scale).join("")}</tr>`;
  const groups =
    table.groups.length === 0
      ? ""
      : write.title(t("positions.ofGroups")) +
        table.groups.map((group) => write.group(group, group.positions)).join("");
  const sections = table.sections
    .map(({ region, rows }) => {
      const counted = t("positions.shownCount", { count: rows.length });
      const isOnly = region === null && table.sections.length === 1;
      const title = isOnly && table.groups.length === 0 ? "" : write.title(nameOf(region, isOnly), counted);
      return title + rows.map(write.entity).join("");
    })
    .join("");
  function nameOf(region: Named | null, isOnly: boolean): string {
    if (region !== null) return region.name;
    return isOnly ? t("positions.allEntities") : t("positions.noRegion");
  }
  return `<table class="mx" style="--c:${table.topics.length}" aria-label="${escapeHtml(t("positions.title"))}"><thead><tr>${corner}${heads}</tr></thead><tbody>${scales}${groups}${sections}</tbody></table>`;
}

/** The same table with the cell marked that is shown beside it. */
export function withCell(html: string, id: string): string {
  const value = `value="${escapeHtml(id)}"`;
  return html.replace(value, () => `${value} aria-current="true"`);
}

function writerOf(
  table: Table,
  { t, language, ways }: { readonly t: TFunction; readonly language: string; readonly ways: Ways },
) {
  const none = `<td><span class="no">${escapeHtml(t("notRecorded"))}</span></td>`;
  const columns = table.topics.length + 1;
  const topicIds = table.topics.map(({ id }) => id);
  const places = table.topics.map(({ scale }) => new Map(scale.map(({ id }, at) => [id, at])));
  const labels = table.topics.map(
    ({ scale }) => new Map(scale.map(({ id, label }) => [id, escapeHtml(label)])),
  );
  const words = {
    via: escapeHtml(t("positions.via")),
    same: escapeHtml(t("positions.and")),
    differs: escapeHtml(t("positions.not")),
    reading: escapeHtml(t("reading")),
    implied: escapeHtml(t("implied")),
    comma: escapeHtml(t("chrome:comma")),
    scale: escapeHtml(t("positions.unfoldScale")),
  };
  const days = new Map<string, string>();
  const dayOf = (date: string): string => {
    let written = days.get(date);
    if (written === undefined) {
      written = escapeHtml(plainDay(language, date));
      days.set(date, written);
    }
    return written;
  };
  const sureness: Readonly<Record<string, string>> = {
    seen: escapeHtml(t("positions.seen")),
    known: escapeHtml(t("positions.known")),
  };

  /** Strokes in the number of the scale, and a mark at one of them. */
  function mark(at: number, stance: string, manner: Manner): string {
    const scale = places[at];
    return `<i class="mk ${MARKS[manner]}" style="--n:${scale?.size ?? 0};--p:${scale?.get(stance) ?? 0}"></i>`;
  }

  const groupCodes = new Map(
    [...table.groupsById].map(([id, { code }]) => [id, `<bdi class="code grp">${escapeHtml(code)}</bdi>`]),
  );
  function codes(positions: readonly PlacedPosition[]): string {
    return positions.map(({ groupId }) => groupCodes.get(groupId ?? "") ?? "").join(" ");
  }

  function source(position: PlacedPosition): string {
    const { sourceSymbol, sourceTitle, sourceDate, standing, confidence, explicit } = position;
    const where =
      sourceSymbol === ""
        ? `<bdi>${escapeHtml(sourceTitle)}</bdi>`
        : `<bdi dir="ltr">${escapeHtml(sourceSymbol)}</bdi>`;
    const whose =
      standing === "own"
        ? ""
        : `<b>${words.reading}</b> (${sureness[confidence ?? ""] ?? escapeHtml(confidence ?? "")}). `;
    return ` <span class="s">${whose}${where}${words.comma}${dayOf(sourceDate)}${explicit ? "" : words.comma + words.implied}</span>`;
  }

  function word(at: number, stance: string): string {
    return ` <span class="w">${labels[at]?.get(stance) ?? escapeHtml(stance)}</span>`;
  }

  function button(which: Parameters<typeof cellId>[0], inside: string): string {
    return `<button name="show" value="${escapeHtml(cellId(which))}">${inside}</button>`;
  }

  function via(kind: "via" | "same" | "differs", positions: readonly PlacedPosition[]): string {
    if (positions.length === 0) return "";
    return ` <span class="via">${words[kind]} ${codes(positions)}</span>`;
  }

  function cell(entityId: string, place: TablePlace | null, at: number): string {
    if (place === null) return none;
    const { own, manner } = place;
    const beside = via("same", place.with) + via("differs", place.against);
    const inside =
      own === null
        ? place.with
            .map(
              (one) => mark(at, one.stance, "via") + via("via", [one]) + word(at, one.stance) + source(one),
            )
            .join("")
        : mark(at, own.stance, manner) + beside + word(at, own.stance) + source(own);
    return `<td>${button({ topicId: topicIds[at] ?? "", entityId }, inside)}</td>`;
  }

  return {
    head({ id, question, title }: Table["topics"][number]): string {
      return `<th scope="col"><a class="q" href="${escapeHtml(ways.topic(id))}" title="${escapeHtml(question)}">${escapeHtml(title)}</a></th>`;
    },
    /** The topic's own scale, and how many stand where. */
    scale(topic: Table["topics"][number], at: number): string {
      const rows = table.sections.flatMap((section) => section.rows);
      const counts = countsIn(rows, at);
      const lines = topic.scale.map(
        ({ id, label }, place) =>
          `<li><span>${place + 1} <bdi>${escapeHtml(label)}</bdi></span><span>${escapeHtml(sayCount(counts.get(id), t))}</span></li>`,
      );
      const missing = rows.filter(({ places: cells }) => cells[at] === null).length;
      lines.push(`<li><span>${escapeHtml(t("notRecorded"))}</span><span>${missing}</span></li>`);
      return `<td><details class="fold"><summary>${words.scale}</summary><ol>${lines.join("")}</ol></details></td>`;
    },
    title(name: string, counted = ""): string {
      return `<tr class="rg"><th colspan="${columns}" scope="rowgroup"><span>${escapeHtml(name)} <span class="n">${escapeHtml(counted)}</span></span></th></tr>`;
    },
    group({ id, name, code }: Named, positions: readonly (PlacedPosition | null)[]): string {
      const cells = positions.map((one, at) => {
        if (one === null) return none;
        const inside = mark(at, one.stance, "own") + word(at, one.stance) + source(one);
        return `<td>${button({ topicId: one.topicId, entityId: id, isGroup: true }, inside)}</td>`;
      });
      return `<tr><th scope="row">${escapeHtml(name)} <bdi class="code grp">${escapeHtml(code)}</bdi></th>${cells.join("")}</tr>`;
    },
    entity({ id, name, code, role, places: cells }: TableRow): string {
      const beside =
        role === null ? "" : ` <span class="cap">${escapeHtml(t([`entity.role.${role}`, role]))}</span>`;
      return `<tr><th scope="row"><a class="entity-name" href="${escapeHtml(ways.entity(id))}">${escapeHtml(name)}</a> <bdi class="code">${escapeHtml(code)}</bdi>${beside}</th>${cells.map((place, at) => cell(id, place, at)).join("")}</tr>`;
    },
  };
}

type Count = { own: number; via: number; read: number };

/** How many stand at each place of one column; readings and groups apart, so that nothing is added up as own words. */
function countsIn(rows: readonly TableRow[], at: number): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  const add = (stance: string, whose: keyof Count) => {
    const count = counts.get(stance) ?? { own: 0, via: 0, read: 0 };
    count[whose] += 1;
    counts.set(stance, count);
  };
  for (const { places } of rows) {
    const place = places[at];
    if (!place) continue;
    if (place.own) add(place.own.stance, place.own.standing === "own" ? "own" : "read");
    else for (const stance of new Set(place.with.map((one) => one.stance))) add(stance, "via");
  }
  return counts;
}

function sayCount(count: Count | undefined, t: TFunction): string {
  const parts = [
    ...(count && count.own > 0 ? [t("positions.countOwn", { number: count.own })] : []),
    ...(count && count.via > 0 ? [t("positions.countVia", { number: count.via })] : []),
    ...(count && count.read > 0 ? [t("positions.countRead", { number: count.read })] : []),
  ];
  return parts.length === 0 ? "0" : parts.join(t("chrome:comma"));
}

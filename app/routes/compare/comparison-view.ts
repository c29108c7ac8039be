/** A comparison as the page draws it: formatted pieces, names instead of ids, filtered as asked. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { ChangeView, MakerView, Piece, RowView, SideView } from "#app/components/text/compare-rows.tsx";
import {
  type Change,
  type ChangeKind,
  type Comparison,
  filterComparison,
  makersIn,
  type Row,
  type Segment,
  type Side,
} from "#collab/compare.ts";
import { type Paragraph, plainWords, type TextDocument } from "#collab/document.ts";
import { openingLength } from "#collab/openings.ts";
import { type Author, type AuthorId, authorsOf } from "#app/routes/text/authors.ts";

export type Filter = {
  /** "person:ID" or "delegation:ID"; "" for everyone. */
  readonly by: string;
  readonly kind: ChangeKind | "";
};

/** The comparison with only the changes asked for. Numbers stay as they were. */
export function filtered(comparison: Comparison, filter: Filter): Comparison {
  const [sort, id] = filter.by.split(":");
  let found = comparison;
  if (id && (sort === "person" || sort === "delegation")) found = filterComparison(found, { [sort]: id });
  if (filter.kind === "") return found;
  const changes = found.changes.filter((change) => change.kind === filter.kind);
  const kept = new Set(changes.map((change) => change.no));
  const rows = found.rows
    .map((row) => ({ ...row, changes: row.changes.filter((no) => kept.has(no)) }))
    .filter((row) => row.changes.length > 0);
  return {
    changes,
    rows,
    totals: { ...found.totals, changes: changes.length, changedParagraphs: rows.length },
  };
}

type Stretch = { readonly to: number; readonly em: boolean; readonly strong: boolean };

/** Where a paragraph is in italics or bold, by places in which a footnote reference counts as one character. */
function stretchesOf(paragraph: Paragraph): Stretch[] {
  const opening = openingLength(paragraph.role, plainWords(paragraph));
  const stretches: Stretch[] = [];
  let at = 0;
  let read = 0;
  for (const span of paragraph.spans) {
    const length = span.kind === "words" ? span.text.length : 1;
    const em = span.kind === "words" && span.em === true;
    const strong = span.kind === "words" && span.strong === true;
    const inOpening = Math.min(Math.max(opening - read, 0), length);
    if (inOpening > 0) stretches.push({ to: at + inOpening, em: true, strong });
    if (inOpening < length) stretches.push({ to: at + length, em, strong });
    at += length;
    if (span.kind !== "note") read += length;
  }
  return stretches;
}

class Formats {
  readonly #paragraphs: ReadonlyMap<string, Paragraph>;
  readonly #stretches = new Map<string, Stretch[]>();

  constructor(document: TextDocument) {
    this.#paragraphs = new Map(document.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  }

  cut(side: Side | null, segment: Segment, at: number): Piece[] {
    const base = { kind: segment.kind, no: segment.no };
    if (segment.note !== undefined || !side)
      return [{ ...base, text: segment.text, em: false, strong: false }];
    const end = at + segment.text.length;
    const pieces: Piece[] = [];
    let from = at;
    for (const { to, em, strong } of this.#of(side.id)) {
      if (to <= from) continue;
      const stop = Math.min(to, end);
      pieces.push({ ...base, text: segment.text.slice(from - at, stop - at), em, strong });
      from = stop;
      if (from >= end) break;
    }
    if (from < end) pieces.push({ ...base, text: segment.text.slice(from - at), em: false, strong: false });
    return pieces;
  }

  #of(id: string): Stretch[] {
    let stretches = this.#stretches.get(id);
    const paragraph = this.#paragraphs.get(id);
    if (!stretches) this.#stretches.set(id, (stretches = paragraph ? stretchesOf(paragraph) : []));
    return stretches;
  }
}

function sideView(side: Side | null): SideView | null {
  return side && { id: side.id, label: side.label, level: side.level, dir: side.dir, part: side.part };
}

function rowView(row: Row, formats: { readonly a: Formats; readonly b: Formats }): RowView {
  const pieces = row.segments.flatMap((segment) =>
    segment.kind === "del" || !row.b
      ? formats.a.cut(row.a, segment, segment.atA)
      : formats.b.cut(row.b, segment, segment.atB),
  );
  return { a: sideView(row.a), b: sideView(row.b), pieces, changes: row.changes };
}

function changeView(change: Change, authors: (id: AuthorId) => Author): ChangeView {
  const makers = change.makers.map((maker): MakerView => ({ ...authors(maker), at: maker.at }));
  const { no, kind, paragraphId, labelA, labelB, removed, inserted } = change;
  return { no, kind, paragraphId, labelA, labelB, removed, inserted, makers };
}

export type WhoOption = { readonly value: string; readonly name: string };

/** Rows and changes for the page, and whom the filter can name (of the whole comparison). */
export async function comparisonView(
  context: AppLoadContext,
  input: {
    readonly sessionId: string;
    readonly comparison: Comparison;
    readonly filter: Filter;
    readonly whole: boolean;
    readonly a: TextDocument;
    readonly b: TextDocument;
  },
) {
  const { comparison, filter } = input;
  const makers = makersIn(comparison);
  const authors = await authorsOf(context, input.sessionId, makers);
  const shown = filtered(comparison, filter);
  const formats = { a: new Formats(input.a), b: new Formats(input.b) };
  const kept = new Set(shown.changes.map((change) => change.no));
  const rows = input.whole
    ? comparison.rows.map((row) => ({ ...row, changes: row.changes.filter((no) => kept.has(no)) }))
    : shown.rows.filter((row) => row.changes.length > 0);
  return {
    rows: rows.map((row) => rowView(row, formats)),
    changes: shown.changes.map((change) => changeView(change, authors)),
    totals: shown.totals,
    ...whoOptions(makers, authors),
  };
}

function whoOptions(
  makers: ReturnType<typeof makersIn>,
  authors: (id: AuthorId) => Author,
): { readonly persons: WhoOption[]; readonly delegations: WhoOption[] } {
  const persons = new Map<string, string>();
  const delegations = new Map<string, string>();
  for (const maker of makers) {
    const { name, siglum } = authors(maker);
    if (maker.person !== null) persons.set(maker.person, `${name} ${siglum}`.trim());
    if (maker.delegation !== null) delegations.set(maker.delegation, siglum);
  }
  const options = (of: string, names: ReadonlyMap<string, string>): WhoOption[] =>
    [...names]
      .map(([id, name]) => ({ value: `${of}:${id}`, name }))
      .sort((x, y) => (x.name < y.name ? -1 : 1));
  return { persons: options("person", persons), delegations: options("delegation", delegations) };
}

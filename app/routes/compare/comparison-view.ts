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
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { type Author, type AuthorId, authorsOf } from "#app/routes/text/authors.ts";
import { cutByFormat, stretchesOf } from "#app/routes/text/formats.ts";

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

class Formats {
  readonly #paragraphs: ReadonlyMap<string, Paragraph>;
  readonly #stretches = new Map<string, ReturnType<typeof stretchesOf>>();

  constructor(document: TextDocument) {
    this.#paragraphs = new Map(document.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  }

  cut(side: Side | null, segment: Segment, at: number): Piece[] {
    const base = { kind: segment.kind, no: segment.no };
    if (segment.note !== undefined || !side)
      return [{ ...base, text: segment.text, em: false, strong: false }];
    const range = { from: at, to: at + segment.text.length };
    return cutByFormat(this.#of(side.id), range).map(({ from, to, em, strong }) => ({
      ...base,
      text: segment.text.slice(from - at, to - at),
      em,
      strong,
    }));
  }

  #of(id: string): ReturnType<typeof stretchesOf> {
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

type Authors = (id: AuthorId) => Author;

/** Makers who are told as one, two people of a delegation for instance, are told once, at the later time. */
function changeView(change: Change, authors: Authors): ChangeView {
  const told = new Map<string, MakerView>();
  for (const maker of change.makers) {
    const { key, name, siglum } = authors(maker);
    told.set(key, { key, name, siglum, at: Math.max(maker.at, told.get(key)?.at ?? 0) });
  }
  const makers = [...told.values()];
  const { no, kind, paragraphId, labelA, labelB, removed, inserted } = change;
  return { no, kind, paragraphId, labelA, labelB, removed, inserted, makers };
}

export type WhoOption = { readonly value: string; readonly name: string };

/** The comparison as it may be searched: whoever is not told by name is in it without. */
function asTold(comparison: Comparison, authors: Authors): Comparison {
  const changes = comparison.changes.map((change) => ({
    ...change,
    makers: change.makers.map((maker) => ({ ...maker, person: authors(maker).person })),
  }));
  return { ...comparison, changes };
}

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
  const shown = filtered(asTold(comparison, authors), filter);
  const formats = { a: new Formats(input.a), b: new Formats(input.b) };
  const kept = new Set(shown.changes.map((change) => change.no));
  const rows = input.whole
    ? comparison.rows.map((row) => ({ ...row, changes: row.changes.filter((no) => kept.has(no)) }))
    : shown.rows.filter((row) => row.changes.length > 0);
  return {
    rows: rows.map((row) => rowView(row, formats)),
    changes: comparison.changes.filter(({ no }) => kept.has(no)).map((change) => changeView(change, authors)),
    totals: shown.totals,
    ...whoOptions(makers, authors),
  };
}

function whoOptions(
  makers: ReturnType<typeof makersIn>,
  authors: Authors,
): { readonly persons: WhoOption[]; readonly delegations: WhoOption[] } {
  const persons = new Map<string, string>();
  const delegations = new Map<string, string>();
  for (const maker of makers) {
    const { person, name, siglum } = authors(maker);
    if (person !== null) persons.set(person, `${name} ${siglum}`.trim());
    if (maker.delegation !== null) delegations.set(maker.delegation, siglum);
  }
  const options = (of: string, names: ReadonlyMap<string, string>): WhoOption[] =>
    [...names]
      .map(([id, name]) => ({ value: `${of}:${id}`, name }))
      .sort((x, y) => (x.name < y.name ? -1 : 1));
  return { persons: options("person", persons), delegations: options("delegation", delegations) };
}

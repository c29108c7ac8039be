/** The numbers that paragraphs have on paper, and what each was called on the paper before. Rules LB15 and LB16. */
import type { TextDocument } from "./document.ts";
import { encodePath, pathsOf } from "./label-paths.ts";
import { labelsOf } from "./labels.ts";

/**
 * In reading order, as if there were no paper yet: what was inserted is then a paragraph like any other, but for what
 * belongs to an alternative.
 */
function uncounted({ paragraphs }: TextDocument): TextDocument["paragraphs"] {
  const relations = new Map(paragraphs.map(({ id, relation }) => [id, relation]));
  /** What was inserted after an alternative belongs to it. */
  const belongs = (id: string, steps = 0): boolean => {
    const relation = relations.get(id) ?? null;
    if (relation === null || steps > paragraphs.length) return false;
    return relation.kind === "alternative" || belongs(relation.to, steps + 1);
  };
  return paragraphs.map(({ id, role, level, relation, dir, order, spans }) => {
    const kept = belongs(id) ? relation : null;
    return { id, role, level, relation: kept, dir, order, spans };
  });
}

/** The number of each paragraph that is numbered, in writing, by id. `anew`: whatever it was before. */
export function numbersOf(
  document: TextDocument,
  { anew }: { readonly anew: boolean },
): ReadonlyMap<string, string> {
  const paragraphs = anew ? uncounted(document) : document.paragraphs;
  const paths = pathsOf(document.kind, paragraphs, anew ? [] : document.taken);
  return new Map([...paths].map(([id, path]) => [id, encodePath(path)]));
}

/** The text as it would be called if its paragraphs were numbered anew. */
export function numberedAnew(document: TextDocument): TextDocument {
  return { ...document, paragraphs: uncounted(document), taken: [] };
}

/** Whether paragraphs of this text, or deleted ones, have numbers on paper. */
export function hasNumbers({ paragraphs, taken = [] }: TextDocument): boolean {
  return taken.length > 0 || paragraphs.some(({ frozen }) => frozen !== undefined);
}

export type Renamed = { readonly id: string; readonly from: string; readonly to: string };

/** Paragraphs of both wordings that are called otherwise in the second, in its order; footnotes are left out. */
export function renamedIn(before: TextDocument, after: TextDocument): Renamed[] {
  const old = labelsOf(before);
  const now = labelsOf(after);
  return after.paragraphs.flatMap(({ id, role }) => {
    const from = old.get(id)?.short ?? "";
    const to = now.get(id)?.short ?? "";
    return role === "footnote" || from === "" || to === "" || from === to ? [] : [{ id, from, to }];
  });
}

/** The first `most` of them and how many more there are; null of none. */
export function someOf(
  renamed: readonly Renamed[],
  most: number,
): { readonly some: readonly Renamed[]; readonly more: number } | null {
  if (renamed.length === 0) return null;
  return { some: renamed.slice(0, most), more: Math.max(0, renamed.length - most) };
}

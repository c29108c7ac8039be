/** Y.Doc → the text as a plain value. */
import type * as Y from "yjs";
import type { Convention, Paragraph, Span, TextDocument, TextKind } from "./document.ts";
import { joinRanges } from "./id-ranges.ts";
import { FROZEN, isRole, MAX_LEVEL, PARAGRAPHS, paragraphsOf, wordsOf } from "./model.ts";
import type { Direction, IdRange, ParagraphMap, Relation, Role } from "./model.ts";
import { compareOrder, DEFAULT_ORDER } from "./order.ts";
import { isBracketEmbed, isFootnoteEmbed, isReferenceEmbed, rangeOf, runsOf } from "./runs.ts";
import type { Run } from "./runs.ts";

export type ParagraphFacts = {
  readonly role: Role;
  readonly level: number;
  readonly relation: Relation;
  /** Its number on paper, see `label-paths.ts`; null before a version is issued with it. */
  readonly frozen: string | null;
  readonly dir: Direction;
  readonly order: string;
  readonly deleted: boolean;
};

export function isRelation(value: unknown): value is Exclude<Relation, null> {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "after" || value.kind === "alternative") &&
    "to" in value &&
    typeof value.to === "string"
  );
}

/**
 * The fields of a paragraph. A key may be absent for a moment while an update is incomplete, and every replica must
 * then read the same thing: plain, level 0, in the middle of the order.
 */
export function factsOf(map: ParagraphMap): ParagraphFacts {
  const role = map.get("role");
  const level = map.get("level");
  const relation = map.get("relation");
  const frozen = map.get(FROZEN);
  const dir = map.get("dir");
  const order = map.get("order");
  return {
    role: isRole(role) ? role : "plain",
    level: typeof level === "number" ? Math.min(Math.max(Math.trunc(level) || 0, 0), MAX_LEVEL) : 0,
    relation: isRelation(relation) ? { kind: relation.kind, to: relation.to } : null,
    frozen: typeof frozen === "string" ? frozen : null,
    dir: dir === "ltr" || dir === "rtl" ? dir : "auto",
    order: typeof order === "string" ? order : DEFAULT_ORDER,
    deleted: map.get("deleted") === true,
  };
}

function embedSpan(run: Run): Span | null {
  const ids = [rangeOf(run)];
  if (isFootnoteEmbed(run.content)) return { kind: "note", note: run.content.footnote, ids };
  if (isReferenceEmbed(run.content)) return { kind: "reference", to: run.content.paragraph, ids };
  if (isBracketEmbed(run.content))
    return { kind: "bracket", bracket: run.content.bracket, side: run.content.side, ids };
  return null;
}

/** The words of a paragraph as spans; neighbours with equal formatting are one span. Unknown embeds are left out. */
function spansOf(text: Y.Text): Span[] {
  const spans: Span[] = [];
  // Runs that look alike are gathered and joined once: a much edited paragraph has hundreds.
  let words = "";
  let ids: IdRange[] = [];
  let open: Run | null = null;
  const close = (): void => {
    if (open !== null) {
      const formats = {
        ...(open.em ? { em: true as const } : {}),
        ...(open.strong ? { strong: true as const } : {}),
      };
      spans.push({ kind: "words", text: words, ...formats, ids: joinRanges(ids) });
    }
    words = "";
    ids = [];
    open = null;
  };
  for (const run of runsOf(text)) {
    if (typeof run.content === "string") {
      if (open !== null && (open.em !== run.em || open.strong !== run.strong)) close();
      open = run;
      words += run.content;
      ids.push(rangeOf(run));
      continue;
    }
    const span = embedSpan(run);
    if (span === null) continue;
    close();
    spans.push(span);
  }
  close();
  return spans;
}

/** One paragraph as a value, hidden or not; null while its words are not there yet. */
export function projectParagraph(map: ParagraphMap, id: string): Paragraph | null {
  const text = wordsOf(map);
  if (text === null) return null;
  const { role, level, relation, frozen, dir, order } = factsOf(map);
  const base = { id, role, level, relation, dir, order, spans: spansOf(text) };
  return frozen === null ? base : { ...base, frozen };
}

type Placed = { readonly id: string; readonly order: string; readonly role: Role };

/** Body paragraphs by (order, id), then footnotes by (order, id). */
export function comparePlace(a: Placed, b: Placed): number {
  const footnotesLast = Number(a.role === "footnote") - Number(b.role === "footnote");
  return footnotesLast || compareOrder(a.order, b.order) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Ids of the paragraphs that are neither deleted nor incomplete, in reading order. */
export function liveIds(doc: Y.Doc): string[] {
  const placed: Placed[] = [];
  paragraphsOf(doc).forEach((map, id) => {
    if (wordsOf(map) === null) return;
    const { deleted, order, role } = factsOf(map);
    if (!deleted) placed.push({ id, order, role });
  });
  return placed.toSorted(comparePlace).map((place) => place.id);
}

/** The whole text as a value. */
export function projectDocument(doc: Y.Doc, kind: TextKind, convention?: Convention): TextDocument {
  const live: Paragraph[] = [];
  const deleted: Paragraph[] = [];
  paragraphsOf(doc).forEach((map, id) => {
    const paragraph = projectParagraph(map, id);
    if (paragraph !== null) (map.get("deleted") === true ? deleted : live).push(paragraph);
  });
  return gatherDocument({ kind, ...(convention ? { convention } : {}) }, live, deleted);
}

/** Numbers on paper of the paragraphs that are deleted. */
export function takenIn(doc: Y.Doc): string[] {
  const taken: string[] = [];
  paragraphsOf(doc).forEach((map) => {
    const { deleted, frozen } = factsOf(map);
    if (deleted && frozen !== null) taken.push(frozen);
  });
  return taken.toSorted();
}

/**
 * A text of these paragraphs, in any order. Of those that are deleted it keeps the words and the numbers, and those to
 * which others refer.
 */
export function gatherDocument(
  { kind, convention = "inserted" }: Pick<TextDocument, "kind" | "convention">,
  live: readonly Paragraph[],
  deleted: readonly Paragraph[],
): TextDocument {
  const targets = new Set<string>();
  for (const { spans } of live) for (const span of spans) if (span.kind === "reference") targets.add(span.to);
  const gone = deleted.filter(({ id, spans }) => spans.length === 0 && targets.has(id));
  const taken = deleted.flatMap(({ frozen }) => frozen ?? []).toSorted();
  return {
    kind,
    paragraphs: live.toSorted(comparePlace),
    hidden: deleted.filter(({ spans }) => spans.length > 0).toSorted(comparePlace),
    ...(gone.length === 0 ? {} : { gone: gone.toSorted(comparePlace) }),
    ...(taken.length === 0 ? {} : { taken }),
    ...(convention === "inserted" ? {} : { convention }),
  };
}

/** Ids of the paragraphs whose words or fields a transaction changed. Never touches `event.delta`, which writes. */
export function changedParagraphs(transaction: Y.Transaction): Set<string> {
  const ids = new Set<string>();
  const paragraphs: unknown = transaction.doc.getMap(PARAGRAPHS);
  for (const [type, keys] of transaction.changed) {
    if (type === paragraphs) {
      for (const key of keys) if (typeof key === "string") ids.add(key);
      continue;
    }
    const id = paragraphIdOf(type, paragraphs);
    if (id !== null) ids.add(id);
  }
  return ids;
}

type AnyType = Y.AbstractType<Y.YEvent<never>> | Y.Map<unknown>;

/** The paragraph that a `Y.Text` or paragraph map belongs to; null for anything else. */
export function paragraphIdOf(type: unknown, paragraphs: unknown): string | null {
  for (let at = type as AnyType | null; at !== null;) {
    const item: Y.Item | null = at._item;
    if (item === null) return null;
    if (item.parent === paragraphs) return item.parentSub;
    at = item.parent as AnyType | null;
  }
  return null;
}

/**
 * Where a paragraph stands in the numbering of its text, before it is written as a label.
 *
 * Numbers are counted until they freeze: when a version is issued each paragraph keeps its own, for people hold paper.
 * What is added later takes a mark from what it stands behind ("after": bis, ter, …) or what it would replace
 * ("alternative": alt), and no number of a paragraph, not of a deleted one either, is given twice.
 */
import type { TextKind } from "./document.ts";
import type { Relation, Role } from "./model.ts";

/** What a paragraph is to another one; `n` counts from 1 among those that are the same to the same one. */
export type Mark = { readonly kind: "after" | "alternative"; readonly n: number };
/** One number of a path, e.g. 7, or 7 with the mark "first after it". 0: before the first number that is frozen. */
export type Step = { readonly n: number; readonly marks: readonly Mark[] };
/** Paragraphs of one family are counted together. */
type Family = "pp" | "op" | "numbered" | "heading" | "annex";
export type LabelPath = {
  /** The annex it stands in; null in the body, and for an annex itself. */
  readonly annex: Step | null;
  readonly family: Family;
  /** From the outermost level inwards; never empty. */
  readonly steps: readonly [Step, ...Step[]];
};

/** What paths need to know of a paragraph. */
export type Numbered = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
  readonly relation?: Relation;
  /** Its path in writing when numbers froze, see `encodePath`. */
  readonly frozen?: string | undefined;
};

const FAMILY_OF: Partial<Record<Role, Family>> = {
  pp: "pp",
  op: "op",
  numbered: "numbered",
  recommendation: "numbered",
  heading: "heading",
  annex: "annex",
};
const MARK_SIGNS = { after: "+", alternative: "~" } as const;
/** Of one number. What stands behind a paragraph with so many is counted beside it: a label stays readable. */
const MOST_MARKS = 4;
const STEP = new RegExp(`^\\d{1,5}(?:[+~]\\d{1,5}){0,${MOST_MARKS}}$`);
const FAMILIES: readonly string[] = ["pp", "op", "numbered", "heading", "annex"];

function encodeStep({ n, marks }: Step): string {
  return `${n}${marks.map((mark) => `${MARK_SIGNS[mark.kind]}${mark.n}`).join("")}`;
}

/** "op:7+1.2" is the second sub-paragraph of the first paragraph after operative paragraph 7; "1/pp:3" is in annex 1. */
export function encodePath({ annex, family, steps }: LabelPath): string {
  return `${annex ? `${encodeStep(annex)}/` : ""}${family}:${steps.map(encodeStep).join(".")}`;
}

function decodeStep(written: string): Step | null {
  if (!STEP.test(written)) return null;
  const marks = [...written.matchAll(/([+~])(\d+)/g)].map(([, sign, n]): Mark => {
    return { kind: sign === MARK_SIGNS.after ? "after" : "alternative", n: Number(n) };
  });
  return { n: Number.parseInt(written, 10), marks };
}

function isFamily(name: string): name is Family {
  return FAMILIES.includes(name);
}

/** Null for anything that `encodePath` does not write. */
export function decodePath(written: string): LabelPath | null {
  const [, place, family = "", rest = ""] = /^(?:([^/]*)\/)?(\w+):(.*)$/.exec(written) ?? [];
  const annex = place === undefined ? null : decodeStep(place);
  const [first, ...others] = rest.split(".").map(decodeStep);
  if (!isFamily(family) || !first || (place !== undefined && !annex)) return null;
  const steps = others.filter((step) => step !== null);
  return steps.length === others.length ? { annex, family, steps: [first, ...steps] } : null;
}

const ZERO: Step = { n: 0, marks: [] };

type Entry = {
  readonly id: string;
  readonly family: Family;
  readonly depth: number;
  /** The paragraph that it is a part of, or null. */
  readonly parent: Entry | null;
  readonly annex: Entry | null;
  readonly relation: Relation;
  readonly frozen: LabelPath | null;
};

/**
 * The paragraphs that are numbered, each with what it is a part of. Depth is counted from the levels above, not taken
 * from the level itself: a paragraph two levels below the one before it is its first sub-paragraph all the same.
 */
function entriesOf(kind: TextKind, paragraphs: readonly Numbered[]): Entry[] {
  const entries: Entry[] = [];
  const open = new Map<Family, { readonly level: number; readonly entry: Entry }[]>();
  let annex: Entry | null = null;
  for (const { id, role, level, relation = null, frozen } of paragraphs) {
    const family = FAMILY_OF[role];
    if (family === "heading") for (const each of ["pp", "op", "numbered"] as const) open.delete(each);
    if (family === undefined || (family === "heading" && kind !== "report")) continue;
    if (family === "annex") open.clear();
    const above = (open.get(family) ?? []).filter((each) => each.level < level);
    const parent = above.at(-1)?.entry ?? null;
    const decoded = frozen === undefined ? null : decodePath(frozen);
    const entry: Entry = {
      id,
      family,
      parent,
      relation,
      depth: above.length,
      annex: family === "annex" ? null : annex,
      frozen: decoded?.family === family && decoded.steps.length === above.length + 1 ? decoded : null,
    };
    open.set(family, [...above, { level, entry }]);
    if (family === "annex") annex = entry;
    entries.push(entry);
  }
  return entries;
}

/** The paragraph that an entry's relation names, when the two can be numbered together; null otherwise. */
function createTargets(entries: readonly Entry[]): (entry: Entry) => Entry | null {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const next = (entry: Entry): Entry | null => {
    if (entry.frozen !== null || entry.relation === null) return null;
    const target = byId.get(entry.relation.to) ?? null;
    const isAlike =
      target?.family === entry.family && target.depth === entry.depth && target.annex === entry.annex;
    return isAlike ? target : null;
  };
  const known = new Map<Entry, boolean>();
  /** Relations that lead back to where they began name nothing. */
  function ends(entry: Entry): boolean {
    const way = new Set<Entry>();
    let at: Entry | null = entry;
    while (at !== null && !way.has(at) && !known.has(at)) {
      way.add(at);
      at = next(at);
    }
    const isEnding = at === null || (known.get(at) ?? false);
    for (const each of way) known.set(each, isEnding);
    return isEnding;
  }
  return (entry) => (ends(entry) ? next(entry) : null);
}

/** How the paragraphs of one parent are counted. */
type Counting = {
  /** Whether one of them has a number that is frozen: what is new then takes a mark. */
  isFrozen: boolean;
  /** The last one with such a number that has been met. */
  behind: Entry | null;
  count: number;
};

/**
 * Paths of the paragraphs that are numbered, by id. `paragraphs` in reading order; `taken` are frozen paths, in writing,
 * of paragraphs that do not stand in the text any more.
 */
export function pathsOf(
  kind: TextKind,
  paragraphs: readonly Numbered[],
  taken: readonly string[] = [],
): ReadonlyMap<string, LabelPath> {
  const entries = entriesOf(kind, paragraphs);
  const targetOf = createTargets(entries);
  const paths = new Map<Entry, LabelPath>();
  const used = new Set<string>();
  /** On paper they belong to a paragraph, wherever it stands now. */
  const reserved = new Set([...taken, ...paragraphs.flatMap(({ frozen }) => frozen ?? [])]);
  const nextMark = new Map<string, number>();
  const countings = new Map<Entry | string, Counting>();

  function give(entry: Entry, path: LabelPath): boolean {
    const written = encodePath(path);
    if (used.has(written) || (reserved.has(written) && entry.frozen !== path)) return false;
    used.add(written);
    paths.set(entry, path);
    return true;
  }

  const annexOf = ({ annex }: Entry): Step | null => (annex && paths.get(annex)?.steps[0]) ?? null;

  function below(entry: Entry, step: Step): LabelPath {
    const above = entry.parent ? (paths.get(entry.parent)?.steps ?? []) : [];
    const [first = step, ...rest] = [...above, step];
    return { annex: annexOf(entry), family: entry.family, steps: [first, ...rest] };
  }

  function countingOf(entry: Entry): Counting {
    const group = entry.parent ?? `${entry.annex?.id ?? ""} ${entry.family}`;
    let counting = countings.get(group);
    if (!counting) countings.set(group, (counting = { isFrozen: false, behind: null, count: 0 }));
    return counting;
  }

  /** Counts a paragraph, or finds what it stands behind when its neighbours have numbers already. */
  function count(entry: Entry): Entry | null {
    const counting = countingOf(entry);
    if (counting.behind) return counting.behind;
    if (counting.isFrozen) {
      if (!give(entry, below(entry, ZERO))) mark(entry, below(entry, ZERO), "after");
      return null;
    }
    do counting.count += 1;
    while (!give(entry, below(entry, { n: counting.count, marks: [] })));
    return null;
  }

  function mark(entry: Entry, path: LabelPath, kind: Mark["kind"]): void {
    const base = withRoom(path);
    const key = `${encodePath(base)}${MARK_SIGNS[kind]}`;
    let n = nextMark.get(key) ?? 1;
    while (!give(entry, withMark(base, { kind, n }))) n += 1;
    nextMark.set(key, n + 1);
  }

  /** Entries of one depth: what is frozen or counted, and then what is called after another one, in reading order. */
  function numberAll(some: readonly Entry[]): void {
    const related = new Map<Entry, { readonly to: Entry; readonly kind: Mark["kind"] }>();
    for (const entry of some) {
      const { frozen } = entry;
      if (frozen && isBelow(frozen, below(entry, ZERO)) && give(entry, frozen)) {
        countingOf(entry).isFrozen = true;
      }
    }
    for (const entry of some) {
      const target = targetOf(entry);
      if (paths.has(entry)) countingOf(entry).behind = entry;
      else if (target) related.set(entry, { to: target, kind: entry.relation?.kind ?? "after" });
      else {
        const behind = count(entry);
        if (behind) related.set(entry, { to: behind, kind: "after" });
      }
    }
    for (const entry of related.keys()) {
      const way: Entry[] = [];
      let at: Entry | undefined = entry;
      while (at && !paths.has(at)) {
        way.push(at);
        at = related.get(at)?.to;
      }
      for (const each of way.toReversed()) {
        const { to, kind } = related.get(each) ?? { to: each, kind: "after" };
        mark(each, paths.get(to) ?? below(to, ZERO), kind);
      }
    }
  }

  // Annexes first, for everything in them is called after them; then from the outside inwards.
  numberAll(entries.filter(({ family }) => family === "annex"));
  const others = entries.filter(({ family }) => family !== "annex");
  const deepest = Math.max(0, ...others.map(({ depth }) => depth));
  for (let depth = 0; depth <= deepest; depth += 1)
    numberAll(others.filter((entry) => entry.depth === depth));
  return new Map([...paths].map(([{ id }, path]) => [id, path]));
}

/** Both stand below the same paragraph, in the same annex. */
function isBelow({ annex, steps }: LabelPath, other: LabelPath): boolean {
  const last = steps.length - 1;
  return (
    isSameStep(annex, other.annex) &&
    other.steps.length - 1 === last &&
    steps.every((step, depth) => depth === last || isSameStep(step, other.steps[depth] ?? null))
  );
}

function isSameStep(a: Step | null, b: Step | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  const isSame = ({ kind, n }: Mark, at: number): boolean =>
    b.marks[at]?.kind === kind && b.marks[at].n === n;
  return a.n === b.n && a.marks.length === b.marks.length && a.marks.every(isSame);
}

/** A path to which a mark can be added. */
function withRoom(path: LabelPath): LabelPath {
  const [first, ...rest] = path.steps;
  const last = rest.pop();
  const fit = ({ n, marks }: Step): Step => ({ n, marks: marks.slice(0, MOST_MARKS - 1) });
  return { ...path, steps: last ? [first, ...rest, fit(last)] : [fit(first)] };
}

/** The path of what stands behind, or for, the last number of a path. */
function withMark(path: LabelPath, mark: Mark): LabelPath {
  const [first, ...rest] = path.steps;
  const last = rest.pop();
  const marked = (step: Step): Step => ({ ...step, marks: [...step.marks, mark] });
  return { ...path, steps: last ? [first, ...rest, marked(last)] : [marked(first)] };
}

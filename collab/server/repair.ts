/**
 * Two carries of the same words at the same time make them twice. The server, which sees carries in the order of the
 * log, deletes every later copy in the same turn, as a row of its own.
 */
import { deleteStretches, hasCopies, isCarry, laterCopies } from "#collab/carry.ts";
import type { CarryRecord, Stretch } from "#collab/carry.ts";
import { CARRY_PREFIX, paragraphsOf } from "#collab/model.ts";
import { rootsOf } from "#collab/roots.ts";
import type * as Y from "yjs";
import type { Effect } from "./effect.ts";
import type { Gate } from "./gate.ts";
import { oddGlyphs } from "./glyphs.ts";
import type { LiveText } from "./live-text.ts";

export const REPAIR_ACT = "carried twice";
export const REPAIR_BRACKETS_ACT = "bracket without partner";

/** Carry records that came with an effect. */
export function carriesIn(doc: Y.Doc, effect: Effect): CarryRecord[] {
  const found: CarryRecord[] = [];
  for (const [to, { fields }] of effect.touched) {
    for (const key of fields) {
      if (!key.startsWith(CARRY_PREFIX)) continue;
      const value = paragraphsOf(doc).get(to)?.get(key);
      if (isCarry(value)) found.push({ ...value, key, to });
    }
  }
  return found;
}

/**
 * Paragraphs that an effect shows: their words may live elsewhere meanwhile. Told by the field and not by the act, for
 * a paragraph that was made and hidden in one edit is shown for the first time.
 */
export function shownBy(doc: Y.Doc, { touched }: Effect): string[] {
  const isShown = (id: string): boolean => paragraphsOf(doc).get(id)?.get("deleted") === false;
  return [...touched]
    .filter(([id, { created, fields }]) => !created && fields.has("deleted") && isShown(id))
    .map(([id]) => id);
}

/**
 * Of all records, in their order, those that are about the same words as the seeds, directly or through others. One
 * sweep over all ranges joins the records whose ranges overlap: after some restorations a long text has thousands.
 */
function relatedTo(seeds: ReadonlySet<CarryRecord>, all: readonly CarryRecord[]): CarryRecord[] {
  const parents = Int32Array.from(all, (_, at) => at);
  const groupOf = (at: number): number => {
    let top = at;
    while (parents[top] !== top) {
      // Shortens the way for whoever comes next.
      parents[top] = parents[parents[top] ?? top] ?? top;
      top = parents[top] ?? top;
    }
    return top;
  };
  const ranges = all.flatMap(({ src, dst }, at) =>
    [...src, ...dst].map(([client, clock, length]) => ({ client, clock, end: clock + length, at })),
  );
  ranges.sort((a, b) => a.client - b.client || a.clock - b.clock);
  let last = { client: -1, end: -1, at: -1 };
  for (const { client, clock, end, at } of ranges) {
    if (last.client === client && clock < last.end) {
      parents[groupOf(at)] = groupOf(last.at);
      last.end = Math.max(last.end, end);
    } else {
      last = { client, end, at };
    }
  }
  const wanted = new Set<number>();
  all.forEach((carry, at) => {
    if (seeds.has(carry)) wanted.add(groupOf(at));
  });
  return all.filter((_, at) => wanted.has(groupOf(at)));
}

/** From so many records on, as of a restoration, it is quicker to look at all words than to tell related ones apart. */
const MANY_RECORDS = 100;

/**
 * Deletes later copies of words that an accepted change made live twice; null when there are none.
 * @param before records that were accepted in the same turn, in their order
 * @param own that change's
 */
export function repairCopies(
  gate: Gate,
  {
    effect,
    live,
    before,
    own,
    locks,
    isCommand,
  }: {
    readonly effect: Effect;
    readonly live: Pick<LiveText, "carries" | "roots">;
    readonly before: readonly CarryRecord[];
    readonly own: readonly CarryRecord[];
    readonly locks: ReadonlySet<string>;
    /** What a command shows is shown with all its words: they go where else they stand. */
    readonly isCommand: boolean;
  },
): Effect | null {
  const doc = gate.copy();
  const carries = [...live.carries, ...before, ...own];
  const seeds = new Set(own);
  const shown = new Set(shownBy(doc, effect));
  if (shown.size > 0) {
    for (const carry of carries) if (shown.has(carry.from) || shown.has(carry.to)) seeds.add(carry);
  }
  if (seeds.size === 0) return null;
  const isMuch = seeds.size >= MANY_RECORDS;
  if (isMuch && !hasCopies(doc, carries, rootsOf([...before, ...own], live.roots()))) return null;
  const preferred = isCommand ? shown : new Set<string>();
  const copies = laterCopies(doc, relatedTo(seeds, carries), { preferred });
  return removed(
    gate,
    copies.filter(({ paragraph }) => !locks.has(paragraph)),
  );
}

/**
 * Takes away what accepted changes left of brackets: glyphs without a partner, and such as stand there twice. Null when
 * there are none.
 */
export function repairBrackets(
  gate: Gate,
  effects: readonly Effect[],
  locks: ReadonlySet<string>,
  unlocked?: ReadonlySet<string>,
): Effect | null {
  return removed(
    gate,
    oddGlyphs(gate.copy(), gate.glyphs(), { effects, locks, ...(unlocked ? { unlocked } : {}) }),
  );
}

function removed(gate: Gate, doomed: readonly Stretch[]): Effect | null {
  if (doomed.length === 0) return null;
  const verdict = gate.run((copy) => deleteStretches(copy, doomed, null), { respectLocks: true });
  if (verdict.kind === "refused") {
    throw new Error(`The gate refused a repair: ${verdict.refusal.code} in ${verdict.refusal.paragraphId}`);
  }
  return verdict.kind === "taken" ? verdict.effect : null;
}

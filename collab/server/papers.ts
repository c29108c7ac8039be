/**
 * The text as readers get it. Made anew at most twice a second however fast people type, and kept for a while, so that
 * what changed since any recent one is a comparison of values.
 */
import type { PaperDelta, PaperParagraph } from "#collab/paper.ts";
import { createPaperCache, paperDelta, paperParagraphs } from "#collab/paper.ts";
import { PAPER_EVERY_MS, PAPERS_KEPT } from "./limits.ts";
import type { LiveText } from "./live-text.ts";
import type { Timers } from "./timers.ts";

export type Papers = {
  /** Wording or locks have changed. */
  markChanged(): void;
  current(): { readonly seq: number; readonly paragraphs: readonly PaperParagraph[] };
  after(seq: number): { readonly seq: number; readonly delta: PaperDelta } | null;
  stop(): void;
};

type Paper = {
  readonly seq: number;
  paragraphs: readonly PaperParagraph[];
  /** Paragraphs that changed without a new sequence number (locks): named again to whoever asks. */
  readonly variants: Set<string>;
};

export function createPapers(options: {
  readonly live: () => LiveText;
  readonly locks: () => ReadonlySet<string>;
  readonly timers: Timers;
  readonly onPaper: (seq: number) => void;
}): Papers {
  const { live, locks, timers, onPaper } = options;
  const cache = createPaperCache();
  const kept = new Map<number, Paper>();
  let current: Paper | null = null;
  let isStale = true;
  let madeAt = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | null = null;
  let deltas = new Map<number, PaperDelta>();

  function make(): Paper {
    const text = live();
    const paragraphs = paperParagraphs(text.document(), { locks: locks(), lang: text.language, cache });
    const seq = text.seq();
    const previous = current;
    isStale = false;
    madeAt = timers.now();
    if (previous?.seq === seq) {
      for (const { id } of paperDelta(previous.paragraphs, paragraphs).set) previous.variants.add(id);
      previous.paragraphs = paragraphs;
      current = previous;
    } else {
      current = { seq, paragraphs, variants: new Set() };
      kept.set(seq, current);
      const [oldest] = kept.keys();
      if (kept.size > PAPERS_KEPT && oldest !== undefined) kept.delete(oldest);
    }
    deltas = new Map();
    return current;
  }

  function isDue(): boolean {
    return timers.now() - madeAt >= PAPER_EVERY_MS;
  }

  return {
    markChanged() {
      isStale = true;
      callOff ??= timers.after(Math.max(0, madeAt + PAPER_EVERY_MS - timers.now()), () => {
        callOff = null;
        if (isStale) make();
        onPaper(current?.seq ?? 0);
      });
    },
    current() {
      const paper = current === null || (isStale && isDue()) ? make() : current;
      return { seq: paper.seq, paragraphs: paper.paragraphs };
    },
    after(seq) {
      const now = this.current();
      const base = kept.get(seq);
      if (!base) return null;
      const known = deltas.get(seq);
      if (known) return { seq: now.seq, delta: known };
      const delta = paperDelta(base.paragraphs, now.paragraphs);
      const named = new Set(delta.set.map(({ id }) => id));
      const again =
        base.variants.size > 0
          ? now.paragraphs.flatMap(({ id, html }, at) => {
              if (!base.variants.has(id) || named.has(id)) return [];
              return [{ id, html, after: now.paragraphs[at - 1]?.id ?? null }];
            })
          : [];
      const whole = again.length > 0 ? { ...delta, set: [...delta.set, ...again] } : delta;
      deltas.set(seq, whole);
      return { seq: now.seq, delta: whole };
    },
    stop() {
      callOff?.();
      callOff = null;
    },
  };
}

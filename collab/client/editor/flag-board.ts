/** Sets of paragraphs with a mark in the gutter (locked, not yet saved, the caret in it), watched by their views. */

export type FlagBoard = {
  has(paragraphId: string): boolean;
  /** Replaces the set and tells the paragraphs that came or went. */
  set(paragraphIds: ReadonlySet<string>): void;
  watch(paragraphId: string, changed: () => void): () => void;
};

export function createFlagBoard(): FlagBoard {
  let flagged: ReadonlySet<string> = new Set();
  const watchers = new Map<string, () => void>();
  return {
    has: (paragraphId) => flagged.has(paragraphId),
    set(paragraphIds) {
      const before = flagged;
      flagged = new Set(paragraphIds);
      for (const id of before) if (!flagged.has(id)) watchers.get(id)?.();
      for (const id of flagged) if (!before.has(id)) watchers.get(id)?.();
    },
    watch(paragraphId, changed) {
      watchers.set(paragraphId, changed);
      return () => {
        if (watchers.get(paragraphId) === changed) watchers.delete(paragraphId);
      };
    },
  };
}

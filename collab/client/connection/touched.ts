/** Which paragraphs hold changes of this person that the room has not acknowledged. */
import * as Y from "yjs";

function paragraphsTouchedBy(transaction: Y.Transaction): string[] {
  const touched: string[] = [];
  if (!transaction.local) return touched;
  for (const type of transaction.changed.keys()) {
    for (let at: unknown = type; at instanceof Y.AbstractType; at = at._item?.parent) {
      const id = at._item?.parentSub;
      if (at instanceof Y.Map && typeof id === "string") touched.push(id);
    }
  }
  return touched;
}

export class Touched {
  readonly #all: Set<string>;
  /** False while changes of an earlier page wait of which nobody noted the paragraphs. */
  #isKnown: boolean;

  /** `inherited`: what was noted of changes of an earlier page that still wait; null when none do. */
  constructor(inherited: readonly string[] | null) {
    this.#all = new Set(inherited);
    this.#isKnown = inherited === null || inherited.length > 0;
  }

  /** All that this page knows of. */
  all(): ReadonlySet<string> {
    return this.#all;
  }

  /** The same, empty when they are not all known. */
  ids(): string[] {
    return this.#isKnown ? [...this.#all] : [];
  }

  /** Hears every transaction of the document. */
  readonly hear = (transaction: Y.Transaction): void => {
    for (const id of paragraphsTouchedBy(transaction)) this.#all.add(id);
  };

  /** Everything is acknowledged, or in the hands of somebody else. */
  clear(): void {
    this.#all.clear();
    this.#isKnown = true;
  }
}

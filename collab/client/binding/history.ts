/** One time-ordered stack of this person's own acts, words and structure alike. */
import { isEmptyAct, isWordsOnly, joinActs } from "./act.ts";
import type { Act } from "./act.ts";

const MAX_ENTRIES = 1_000;

export function createHistory({
  captureTimeoutMs,
  clock,
}: {
  /** Words typed within this time of each other are undone together. */
  readonly captureTimeoutMs: number;
  readonly clock: () => number;
}) {
  const undone: Act[] = [];
  const done: Act[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;

  function record(act: Act): void {
    if (isEmptyAct(act)) return;
    undone.length = 0;
    const now = clock();
    const last = done.at(-1);
    const isSoon = now - lastAt < captureTimeoutMs;
    if (last !== undefined && isSoon && isWordsOnly(last) && isWordsOnly(act))
      done[done.length - 1] = joinActs(last, act);
    else done.push(act);
    if (done.length > MAX_ENTRIES) done.shift();
    lastAt = isWordsOnly(act) ? now : Number.NEGATIVE_INFINITY;
  }

  /**
   * Takes acts from one stack until `invert` has changed something, and puts the inverse on the other. `invert` returns
   * null when an act may not be undone now (a locked paragraph); the act then stays where it is.
   */
  function step(direction: "undo" | "redo", invert: (act: Act) => Act | null): boolean {
    const [from, to] = direction === "undo" ? [done, undone] : [undone, done];
    lastAt = Number.NEGATIVE_INFINITY;
    for (let act = from.at(-1); act !== undefined; act = from.at(-1)) {
      const inverse = invert(act);
      if (inverse === null) return false;
      from.pop();
      if (isEmptyAct(inverse)) continue;
      to.push(inverse);
      return true;
    }
    return false;
  }

  return {
    record,
    step,
    /** The next typing is an entry of its own. */
    pause: (): void => {
      lastAt = Number.NEGATIVE_INFINITY;
    },
    mayUndo: (): boolean => done.length > 0,
    mayRedo: (): boolean => undone.length > 0,
  };
}

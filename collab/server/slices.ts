/** Long work is cut in pieces, so that nobody's keystroke waits for it. */
import { SLICE_MS } from "./limits.ts";

/** Lets everything that waits be done first. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Returns a function to await between pieces of work: it gives way when a slice has been used up. */
export function createSlices(ms: number = SLICE_MS): () => Promise<void> {
  let until = performance.now() + ms;
  return async () => {
    if (performance.now() < until) return;
    await giveWay();
    until = performance.now() + ms;
  };
}

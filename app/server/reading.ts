/** Reads files for import in a thread of its own: a long page takes a second, and nobody's keystroke waits for it. */
import { Worker } from "node:worker_threads";
import type { ReadImport } from "#app/commands/context.ts";
import type { Imported } from "#collab/read-words.ts";

/** A file that takes longer is made to be slow. */
const GIVE_UP_MS = 20_000;
const MEMORY_MB = 256;

/** One file after the other; null when a file cannot be read in time or memory. */
export function createReading(): ReadImport {
  let last: Promise<unknown> = Promise.resolve();
  return (file) => {
    const read = last.then(() => readInThread(file));
    last = read.catch(() => undefined);
    return read;
  };
}

function readInThread(file: Parameters<ReadImport>[0]): Promise<Imported | null> {
  const worker = new Worker(new URL("./reading-thread.ts", import.meta.url), {
    workerData: file,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise<Imported | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), GIVE_UP_MS);
    worker.once("message", (imported: Imported) => resolve(imported));
    // Out of memory, most likely: the file is refused, the server goes on.
    worker.once("error", () => resolve(null));
    worker.once("exit", () => {
      clearTimeout(timer);
      resolve(null);
    });
  }).finally(() => worker.terminate());
}

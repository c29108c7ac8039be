/** One queue per text: whatever has arrived is taken together, in order, and nothing else runs meanwhile. */
export type Queue<T> = {
  push(item: T): void;
  isRunning(): boolean;
  /** Resolves when everything that has been pushed so far is done. */
  settled(): Promise<void>;
};

/**
 * @param isAlone items that have a turn of their own
 * @param take runs one turn
 * @param onFault hears of a turn that threw; the queue goes on with the next
 */
export function createQueue<T>(options: {
  readonly isAlone: (item: T) => boolean;
  readonly take: (items: readonly T[]) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}): Queue<T> {
  let waiting: T[] = [];
  let running: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      const next = waiting;
      const alone = next.findIndex(options.isAlone);
      const taken = alone < 0 ? next : next.slice(0, Math.max(alone, 1));
      waiting = alone < 0 ? [] : next.slice(taken.length);
      try {
        await options.take(taken);
      } catch (error) {
        options.onFault(error);
      }
    }
    running = null;
  }

  return {
    push(item) {
      waiting.push(item);
      // At the end of this round of the event loop, so that what arrives together is taken together.
      running ??= new Promise<void>((resolve) => {
        setImmediate(() => {
          void runAll().then(resolve);
        });
      });
    },
    isRunning: () => running !== null,
    settled: () => running ?? Promise.resolve(),
  };
}

/** A refused copy that is still on the page. */
import type * as Y from "yjs";
import type { ReplicaStore } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";

const RENEW_MS = 500;

export type KeepUpOptions = {
  readonly asideId: string;
  readonly old: Y.Doc;
  readonly store: ReplicaStore;
  readonly clock: Clock;
  /** Hears of everything that goes to the device, at once; settles when it is there. */
  readonly onKeep: (kept: Promise<void>) => void;
};

/**
 * The refused copy stays on the page and is written in until the room's text has come, which may take as long as an
 * interruption: what is written meanwhile is kept with it. Returns how to stop.
 */
export function keepUpWith({ asideId, old, store, clock, onKeep }: KeepUpOptions): () => void {
  let callOff: (() => void) | null = null;
  let isNewer = false;
  let isStopped = false;
  /** Says that the device has everything; null when that has been said. */
  let arrive: (() => void) | null = null;

  function begin(): void {
    onKeep(
      new Promise<void>((resolve) => {
        arrive = resolve;
      }),
    );
  }

  function changed(): void {
    isNewer = true;
    if (arrive) return;
    begin();
    renewSoon();
  }

  function renewSoon(): void {
    callOff = clock.after(RENEW_MS, () => void renew());
  }

  async function renew(): Promise<void> {
    isNewer = false;
    const isThere = await store.renewAside(asideId, old).then(
      () => true,
      () => false,
    );
    if (isStopped) return;
    // More was written meanwhile, or the device has no room: once more.
    if (isNewer || !isThere) return renewSoon();
    arrive?.();
    arrive = null;
  }

  old.on("update", changed);
  // It was written in while it was being set aside.
  begin();
  void renew();
  return () => {
    isStopped = true;
    callOff?.();
    arrive?.();
    old.off("update", changed);
  };
}

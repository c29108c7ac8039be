/** A refused copy that is still on the page. */
import type * as Y from "yjs";
import type { ReplicaStore } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";

const RENEW_MS = 500;

/**
 * The refused copy stays on the page and is written in until the room's text has come, which may take as long as an
 * interruption: what is written meanwhile is kept with it. Returns how to stop.
 */
export function keepUpWith(asideId: string, old: Y.Doc, store: ReplicaStore, clock: Clock): () => void {
  let callOff: (() => void) | null = null;
  const changed = (): void => {
    callOff ??= clock.after(RENEW_MS, () => {
      callOff = null;
      void store.renewAside(asideId, old).catch(() => {});
    });
  };
  old.on("update", changed);
  return () => {
    callOff?.();
    old.off("update", changed);
  };
}

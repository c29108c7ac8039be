/** A refused copy on its way back into the text. */
import type * as Y from "yjs";
import type { ReplicaStore } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";
import type { Unsaved } from "./outbox.ts";

export type Recovery = {
  readonly old: Y.Doc;
  /** Null where the browser could not keep it. */
  readonly asideId: string | null;
  readonly code: string;
  readonly at: number;
  readonly unsaved: Unsaved | null;
};

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

/** All changes that wait, in refused copies and on the way. */
export function addUp(all: readonly (Unsaved | null)[]): Unsaved | null {
  const waiting = all.flatMap((one) => one ?? []);
  if (waiting.length === 0) return null;
  return {
    changes: waiting.reduce((sum, { changes }) => sum + changes, 0),
    since: Math.min(...waiting.map(({ since }) => since)),
  };
}

/**
 * Who is in the text and where their carets are. Name and siglum are the server's: a page says where its caret is and
 * nothing else. Changes are gathered and go with the next frame.
 */
import type { CaretJson, Presence, ServerPart } from "#collab/frames.ts";

export type PresenceBook = {
  enter(peer: number, who: { readonly name: string; readonly siglum: string }): void;
  /** True when it changed something. */
  moveCaret(peer: number, caret: CaretJson | null): boolean;
  leave(peer: number): void;
  /** Everybody, for a page that has just come in. */
  all(): Extract<ServerPart, { type: "presence" }>;
  /** What changed since it was last taken; null when nothing did. */
  take(): Extract<ServerPart, { type: "presence" }> | null;
};

export function createPresenceBook(): PresenceBook {
  const here = new Map<number, Presence>();
  const changed = new Set<number>();
  const left = new Set<number>();
  return {
    enter(peer, { name, siglum }) {
      here.set(peer, { peer, name, siglum, caret: null });
      changed.add(peer);
    },
    moveCaret(peer, caret) {
      const known = here.get(peer);
      if (!known || known.caret === caret) return false;
      here.set(peer, { ...known, caret });
      changed.add(peer);
      return true;
    },
    leave(peer) {
      if (!here.delete(peer)) return;
      changed.delete(peer);
      left.add(peer);
    },
    all: () => ({ type: "presence", here: [...here.values()], left: [] }),
    take() {
      if (changed.size === 0 && left.size === 0) return null;
      const part = {
        type: "presence" as const,
        here: [...changed].map((peer) => here.get(peer)).filter((one) => one !== undefined),
        left: [...left],
      };
      changed.clear();
      left.clear();
      return part;
    },
  };
}

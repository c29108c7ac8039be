/** The doors of texts for those who ask thousands of times a second: kept for a second, dropped when a notice names the text. */
import type { TextDoor } from "#app/rules/audience.ts";

export type TextDoors = {
  /** Null when there is no such text. */
  find(textId: string): Promise<TextDoor | null>;
  drop(textId: string): void;
};

const KEPT_MS = 1_000;
const MOST_KEPT = 5_000;

export function createTextDoors(options: {
  readonly find: (textId: string) => Promise<TextDoor | null>;
  readonly now: () => number;
}): TextDoors {
  const kept = new Map<string, { readonly door: Promise<TextDoor | null>; readonly until: number }>();
  return {
    find(textId) {
      const hit = kept.get(textId);
      if (hit !== undefined && hit.until > options.now()) return hit.door;
      const door = options.find(textId);
      kept.set(textId, { door, until: options.now() + KEPT_MS });
      door.catch(() => kept.delete(textId));
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return door;
    },
    drop: (textId) => void kept.delete(textId),
  };
}

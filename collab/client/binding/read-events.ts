/** What a transaction changed in the text, told by Yjs's events without their deltas, which write while they are read. */
import * as Y from "yjs";
import { isCarry } from "#collab/carry.ts";
import { CARRY_PREFIX, paragraphsOf } from "#collab/model.ts";
import type { Carry } from "#collab/model.ts";
import { paragraphIdOf } from "#collab/projection.ts";

export type TextEvents = {
  /** Texts whose words or formatting changed, by paragraph. */
  readonly texts: ReadonlyMap<string, Y.Text>;
  readonly carries: readonly Carry[];
  /** Whether paragraphs came, went, moved or changed their fields. */
  readonly isStructure: boolean;
};

const FIELD_KEYS = new Set(["order", "deleted", "role", "level", "relation", "frozen", "dir", "text"]);

export function readEvents(doc: Y.Doc, events: readonly unknown[]): TextEvents {
  const paragraphs = paragraphsOf(doc);
  const texts = new Map<string, Y.Text>();
  const carries: Carry[] = [];
  let isStructure = false;
  const readCarry = (map: Y.Map<unknown> | undefined, key: string): void => {
    const value = key.startsWith(CARRY_PREFIX) ? map?.get(key) : null;
    if (isCarry(value)) carries.push(value);
  };
  for (const event of events)
    if (event instanceof Y.YTextEvent) {
      const id = paragraphIdOf(event.target, paragraphs);
      if (id !== null) texts.set(id, event.target);
    } else if (event instanceof Y.YMapEvent) {
      const keys = [...(event.keysChanged as Set<string>)];
      const target: Y.Map<unknown> = event.target;
      if ((target as unknown) === paragraphs) {
        isStructure = true;
        // Of a new paragraph there is no event of its own.
        for (const map of keys.map((id) => paragraphs.get(id)))
          for (const key of map?.keys() ?? []) readCarry(map, key);
        continue;
      }
      for (const key of keys) {
        if (FIELD_KEYS.has(key)) isStructure = true;
        readCarry(target, key);
      }
    }
  return { texts, carries, isStructure };
}

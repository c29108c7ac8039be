/** Does again, as new edits, what a refused copy has and the room has not. */
import type * as Y from "yjs";
import { unitsOf } from "#collab/client/replica/difference.ts";
import { obstacleTo, replayUnit, sizeOf, untakenOf } from "#collab/client/replica/replay.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";

/** Larger units go alone: an edit may have 64 KiB. */
const BATCH_BYTES = 24 * 1024;

export type RedoOptions = {
  /** The refused copy, with the room's text brought into it. */
  readonly old: Y.Doc;
  /** The room's text, which is written in from now on. */
  readonly doc: Y.Doc;
  readonly locks: ReadonlySet<string>;
  /** Paragraphs that the gate refused, with its code: they are not tried again. */
  readonly refused: ReadonlyMap<string, string>;
  /** The code under which nothing is tried any more. */
  readonly hopeless: string | null;
  /** Units go one by one, so that the one at fault is known by its number. */
  readonly oneByOne: boolean;
  readonly newId: () => string;
  /** Sends what was written as one edit and returns its number. */
  readonly send: () => number | null;
};

/** An edit on its way, with the paragraphs that it changes. */
export type Batch = { readonly no: number; readonly paragraphIds: readonly string[] };

/** What could not be done again, and the edits that went to the room. */
export function redo(options: RedoOptions): {
  readonly untaken: readonly Untaken[];
  readonly batches: readonly Batch[];
} {
  const { old, doc, oneByOne } = options;
  const untaken: Untaken[] = [];
  const batches: Batch[] = [];
  let paragraphIds: string[] = [];
  let bytes = 0;
  const send = (): void => {
    const no = paragraphIds.length > 0 ? options.send() : null;
    if (no !== null) batches.push({ no, paragraphIds });
    paragraphIds = [];
    bytes = 0;
  };
  for (const unit of unitsOf(doc, old)) {
    const obstacle = options.hopeless ?? obstacleTo(unit, options.locks, options.refused);
    if (obstacle !== null) {
      untaken.push(...untakenOf(unit, obstacle));
      continue;
    }
    const size = sizeOf(unit);
    if (bytes + size > BATCH_BYTES) send();
    replayUnit(doc, unit, options.newId);
    paragraphIds.push(...unit.changes.map(({ id }) => id));
    bytes += size;
    if (oneByOne) send();
  }
  send();
  return { untaken, batches };
}

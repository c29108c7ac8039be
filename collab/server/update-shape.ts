/**
 * An update as it arrives: decoded, and held against what the gate's copy knows, without applying anything. Costs
 * microseconds, so it comes first.
 */
import * as Y from "yjs";
import { MAX_NEW_CLOCKS } from "./limits.ts";

export type DeleteRange = { readonly clock: number; readonly len: number };

export type UpdateShape = {
  /** Everything in the update, by client, in the order of clocks. */
  readonly byClient: ReadonlyMap<number, readonly Y.Item[]>;
  /** Items of which at least the end is new to the copy. */
  readonly fresh: readonly Y.Item[];
  /** Clients that have something new. */
  readonly clients: ReadonlySet<number>;
  readonly deletes: ReadonlyMap<number, readonly DeleteRange[]>;
};

/** `malformed`: no honest page sends it. `pending`: it builds on something that is not there. */
export type ShapeFault = "malformed" | "pending" | "outside-model";

const MAX_CLIENT = 0xffff_ffff;

/** Reads an update; never throws, and takes time in proportion to its bytes. */
export function readShape(update: Uint8Array, copy: Y.Doc): UpdateShape | ShapeFault {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return "malformed";
  }
  const byClient = new Map<number, Y.Item[]>();
  const ends = new Map<number, number>();
  const fresh: Y.Item[] = [];
  const clients = new Set<number>();
  let client = -1;
  let state = 0;
  let items: Y.Item[] = [];
  let added = 0;
  for (const struct of decoded.structs) {
    // Skips and collected rests of parents that were removed: the model never makes them.
    if (!(struct instanceof Y.Item)) return "outside-model";
    const { id, length } = struct;
    if (!Number.isSafeInteger(length) || length <= 0) return "malformed";
    if (id.client !== client) {
      if (byClient.has(id.client) || id.client > MAX_CLIENT) return "malformed";
      client = id.client;
      state = Y.getState(copy.store, client);
      items = [];
      byClient.set(client, items);
      if (id.clock > state) return "pending";
    } else if (id.clock !== ends.get(client)) {
      return "malformed";
    }
    const end = id.clock + length;
    items.push(struct);
    ends.set(client, end);
    if (end > state) {
      added += end - Math.max(id.clock, state);
      if (added > MAX_NEW_CLOCKS) return "malformed";
      fresh.push(struct);
      clients.add(client);
    }
  }
  for (const [of, ranges] of decoded.ds.clients) {
    const known = Math.max(Y.getState(copy.store, of), ends.get(of) ?? 0);
    let next = 0;
    for (const { clock, len } of ranges) {
      // Honest pages send deletions in order; overlapping ones would be gone through again and again.
      if (clock < next) return "malformed";
      next = clock + len;
      if (!(len > 0) || clock + len > known) return clock + len > known ? "pending" : "malformed";
    }
  }
  return { byClient, fresh, clients, deletes: decoded.ds.clients };
}

/** The item of the update that holds this id. */
export function findInUpdate(shape: UpdateShape, client: number, clock: number): Y.Item | null {
  const items = shape.byClient.get(client);
  if (!items) return null;
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (!item) return null;
    if (item.id.clock > clock) high = middle - 1;
    else if (item.id.clock + item.length <= clock) low = middle + 1;
    else return item;
  }
  return null;
}

/** The item of the copy that holds this id; null when the copy does not know it or has collected it. */
export function findInCopy(copy: Y.Doc, client: number, clock: number): Y.Item | null {
  if (clock < 0 || clock >= Y.getState(copy.store, client)) return null;
  const struct: unknown = Y.getItem(copy.store, Y.createID(client, clock));
  return struct instanceof Y.Item ? struct : null;
}

/** Visits every item of the copy that a range of ids touches, in order. */
export function eachInCopy(
  copy: Y.Doc,
  [client, clock, length]: readonly [number, number, number],
  visit: (item: Y.Item) => void,
): void {
  const structs = copy.store.clients.get(client);
  if (!structs) return;
  const end = Math.min(clock + length, Y.getState(copy.store, client));
  if (clock >= end) return;
  for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
    const struct = structs[at];
    if (!struct || struct.id.clock >= end) return;
    if (struct instanceof Y.Item) visit(struct);
  }
}

/** The deletions of an update that touch some ids of one client, in order. */
export function deletesIn(
  shape: UpdateShape,
  [client, clock, length]: readonly [number, number, number],
): readonly DeleteRange[] {
  const ranges = shape.deletes.get(client);
  if (!ranges) return [];
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range && range.clock + range.len <= clock) low = middle + 1;
    else high = middle;
  }
  const found: DeleteRange[] = [];
  for (let at = low; at < ranges.length; at += 1) {
    const range = ranges[at];
    if (!range || range.clock >= clock + length) break;
    found.push(range);
  }
  return found;
}

/** Whether an update deletes this id. */
export function isDeletedBy(shape: UpdateShape, client: number, clock: number): boolean {
  return deletesIn(shape, [client, clock, 1]).length > 0;
}

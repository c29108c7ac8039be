/**
 * Edits that the server has not acknowledged: those that wait to be sent and those on their way. "Saved" is said when
 * it is empty, and never otherwise.
 */
import * as Y from "yjs";

/** Changes that the log does not hold yet; `since` is when the oldest was made, in ms. */
export type Unsaved = { readonly changes: number; readonly since: number };

/** All changes that wait, in refused copies and on the way. */
export function addUp(all: readonly (Unsaved | null)[]): Unsaved | null {
  const waiting = all.flatMap((one) => one ?? []);
  if (waiting.length === 0) return null;
  return {
    changes: waiting.reduce((sum, { changes }) => sum + changes, 0),
    since: Math.min(...waiting.map(({ since }) => since)),
  };
}

type Pending = { changes: number; since: number };

export class Outbox {
  #waiting: { updates: Uint8Array[]; changes: number; since: number } | null = null;
  #flying: (Pending & { readonly no: number; readonly sentAt: number })[] = [];
  /** Changes made without a connection; the first edit after the next welcome carries them. */
  #ashore: Pending | null = null;
  #no = 0;

  /** One local change. Without a connection only the count is kept: the document holds the change. */
  add(update: Uint8Array | null, at: number): void {
    if (update === null) {
      this.#ashore = { changes: (this.#ashore?.changes ?? 0) + 1, since: this.#ashore?.since ?? at };
      return;
    }
    this.#waiting ??= { updates: [], changes: 0, since: at };
    this.#waiting.updates.push(update);
    this.#waiting.changes += 1;
  }

  hasWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** Takes all that waits as one edit, numbered. */
  take(at: number): { readonly no: number; readonly update: Uint8Array } | null {
    const waiting = this.#waiting;
    if (!waiting) return null;
    this.#waiting = null;
    this.#no += 1;
    this.#flying.push({ no: this.#no, changes: waiting.changes, since: waiting.since, sentAt: at });
    const [only] = waiting.updates;
    const update = waiting.updates.length === 1 && only ? only : Y.mergeUpdates(waiting.updates);
    return { no: this.#no, update };
  }

  /** Edits up to `no` are in the log. */
  saved(no: number): number {
    let changes = 0;
    while (this.#flying[0] && this.#flying[0].no <= no) changes += this.#flying.shift()?.changes ?? 0;
    return changes;
  }

  /** When the oldest edit on its way was sent, or null. */
  oldestSentAt(): number | null {
    return this.#flying[0]?.sentAt ?? null;
  }

  /** The connection broke: nothing of what is unacknowledged counts as sent. */
  strand(): void {
    this.#ashore = this.unsaved();
    this.#flying = [];
    this.#waiting = null;
    this.#no = 0;
  }

  /**
   * A connection begins: its first edit carries everything the server lacks. Null when the server turns out to have it
   * all, in which case nothing is unsaved.
   */
  begin(update: Uint8Array | null, at: number): { readonly no: number; readonly update: Uint8Array } | null {
    const before = this.unsaved();
    this.#ashore = null;
    this.#flying = [];
    this.#waiting = null;
    this.#no = 0;
    if (!update) return null;
    this.#waiting = {
      updates: [update],
      changes: Math.max(1, before?.changes ?? 1),
      since: before?.since ?? at,
    };
    return this.take(at);
  }

  /** Changes of an earlier page, known from the replica. */
  inherit(unsaved: Unsaved): void {
    this.#ashore = { ...unsaved };
  }

  unsaved(): Unsaved | null {
    const all: Pending[] = [...this.#flying];
    if (this.#waiting) all.push(this.#waiting);
    if (this.#ashore) all.push(this.#ashore);
    return addUp(all);
  }
}

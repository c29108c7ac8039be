/**
 * One database with one replica ("slot"). An open page holds its slot by a Web Lock, so that two pages of one person
 * never write into one. Without Web Locks (plain HTTP on a local network) pages share a slot, which y-indexeddb bears.
 */
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import type { KeptUnsaved } from "./replica.ts";
import { completed } from "./rows.ts";

const UNSAVED = "unsaved";
/** After a failed write the whole replica is written anew, at most so often. */
const MEND_MS = 5_000;

export const hasLocks = typeof navigator !== "undefined" && "locks" in navigator;

/** Holds the lock of that name until released; null when another page has it and keeps it for `waitMs`. */
export async function hold(name: string, waitMs = 0): Promise<(() => void) | null> {
  if (!hasLocks) return () => {};
  const options = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => {
          resolve(release);
        });
      })
      .catch((error: unknown) => {
        if (waitMs > 0) resolve(null);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

export async function databaseNames(prefix: string): Promise<string[]> {
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : [])).toSorted();
}

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, () => resolve());
  });
}

/** The note of unsaved changes, as it was written. */
function readNote(text: unknown): KeptUnsaved | null {
  const value: unknown = typeof text === "string" ? JSON.parse(text) : null;
  if (typeof value !== "object" || value === null || !("changes" in value && "since" in value)) return null;
  const { changes, since } = value;
  if (typeof changes !== "number" || typeof since !== "number") return null;
  const ids: unknown = "paragraphIds" in value ? value.paragraphIds : [];
  const paragraphIds = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  return { changes, since, paragraphIds };
}

export class Slot {
  readonly name: string;
  readonly #doc: Y.Doc;
  readonly #persistence: IndexeddbPersistence;
  readonly #release: () => void;
  readonly #tell: (kept: boolean) => void;
  #isKept = true;
  #isOver = false;
  #mendedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    name: string,
    doc: Y.Doc,
    persistence: IndexeddbPersistence,
    release: () => void,
    tell: (kept: boolean) => void,
  ) {
    this.name = name;
    this.#doc = doc;
    this.#persistence = persistence;
    this.#release = release;
    this.#tell = tell;
    const { db } = persistence;
    db?.addEventListener("abort", () => this.#failed());
    // The browser takes the database away, or a page without locks deletes it: writing there would throw from now on.
    for (const event of ["close", "versionchange"]) db?.addEventListener(event, () => this.#taken());
  }

  /** Fills `doc` and keeps it from now on; null when another page holds the slot. */
  static async open(
    name: string,
    doc: Y.Doc,
    tell: (kept: boolean) => void,
    waitMs = 0,
  ): Promise<Slot | null> {
    const release = await hold(name, waitMs);
    if (!release) return null;
    const persistence = new IndexeddbPersistence(name, doc);
    await persistence.whenSynced;
    return new Slot(name, doc, persistence, release, tell);
  }

  async unsaved(): Promise<KeptUnsaved | null> {
    return readNote(await this.#persistence.get(UNSAVED));
  }

  /**
   * Settles when the note is on the device, and with it every change of the document made before: transactions that
   * write into one store are done in the order in which they were begun, so the note's covers both. Rejects when it
   * cannot be kept.
   *
   * A transaction that is complete is out of the page's hands and written to the operating system: it outlives a tab
   * and a browser that are killed. A machine that loses its power may lose what was written in its last moments; to
   * have every keystroke flushed to the disk ("strict") costs more than that is worth.
   */
  async note(unsaved: KeptUnsaved | null): Promise<void> {
    if (this.#isOver) return;
    if (!this.#isKept) await this.#mend();
    try {
      const transaction = this.#transaction("custom", "updates");
      transaction.objectStore("custom").put(JSON.stringify(unsaved), UNSAVED);
      await completed(transaction);
    } catch (error) {
      // Told before the page hears that there is nothing more to wait for.
      this.#failed();
      throw error;
    }
  }

  /** Words of another slot: they are on the device when this settles, and in the document. */
  async add(update: Uint8Array): Promise<void> {
    await this.#write(update);
    Y.applyUpdate(this.#doc, update, this.#persistence);
  }

  async #write(update: Uint8Array): Promise<void> {
    const transaction = this.#transaction("updates");
    transaction.objectStore("updates").add(update);
    await completed(transaction);
  }

  #transaction(...stores: ("custom" | "updates")[]): IDBTransaction {
    const { db } = this.#persistence;
    if (!db) throw new Error("The slot is closed.");
    return db.transaction(stores, "readwrite");
  }

  #failed(): void {
    if (!this.#isKept || this.#isOver) return;
    this.#isKept = false;
    this.#tell(false);
  }

  #taken(): void {
    this.#failed();
    this.#isOver = true;
    void this.#persistence.destroy();
    this.#release();
  }

  /** Something is missing on the device since a write failed: everything is written at once. */
  async #mend(): Promise<void> {
    const now = Date.now();
    if (now - this.#mendedAt < MEND_MS) return;
    this.#mendedAt = now;
    await this.#write(Y.encodeStateAsUpdate(this.#doc));
    this.#isKept = true;
    this.#tell(true);
  }

  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#persistence.destroy();
    this.#release();
  }
}

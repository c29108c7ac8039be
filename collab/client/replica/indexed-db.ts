/**
 * Replicas in the browser's IndexedDB, one database for each person, text, schema version and open page ("slot"). A
 * page holds its slot by a Web Lock and takes over the slots of pages that are gone, so that two pages of one person
 * never write into one database. Without Web Locks (plain HTTP on a local network) pages share slot 0, which
 * y-indexeddb bears.
 */
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { SCHEMA_VERSION } from "#collab/model.ts";
import { AsideRows, answerOf } from "./aside-rows.ts";
import { NO_REPLICA_STORE } from "./replica.ts";
import type { Aside, KeptUnsaved, Replica, ReplicaStore } from "./replica.ts";
import type { Untaken } from "./replay.ts";

const PREFIX = "chapeau-text";
const UNSAVED = "unsaved";
const ASIDE = "aside";

export type ReplicaKey = { readonly personId: string; readonly textId: string };

function baseName({ personId, textId }: ReplicaKey): string {
  return `${PREFIX}/${SCHEMA_VERSION}/${personId}/${textId}/`;
}

async function databaseNames(prefix: string): Promise<string[]> {
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, () => resolve());
  });
}

const hasLocks = typeof navigator !== "undefined" && "locks" in navigator;

/** Holds the lock of that name until released; null when another page has it. */
async function hold(name: string): Promise<(() => void) | null> {
  if (!hasLocks) return () => {};
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => {
          resolve(release);
        });
      })
      .catch(reject);
  });
}

async function load(name: string, doc: Y.Doc): Promise<IndexeddbPersistence> {
  const persistence = new IndexeddbPersistence(name, doc);
  await persistence.whenSynced;
  return persistence;
}

/** The changes that were unacknowledged when the replica was last written. */
async function kept(persistence: IndexeddbPersistence): Promise<KeptUnsaved | null> {
  const text: unknown = await persistence.get(UNSAVED);
  const value: unknown = typeof text === "string" ? JSON.parse(text) : null;
  if (typeof value !== "object" || value === null || !("changes" in value && "since" in value)) return null;
  const { changes, since } = value;
  return typeof changes === "number" && typeof since === "number" ? { changes, since } : null;
}

function addUp(all: readonly KeptUnsaved[]): KeptUnsaved | null {
  if (all.length === 0) return null;
  return {
    changes: all.reduce((sum, { changes }) => sum + changes, 0),
    since: Math.min(...all.map(({ since }) => since)),
  };
}

/** Whether the browser lets this page keep anything. */
async function mayKeep(): Promise<boolean> {
  if (typeof indexedDB === "undefined" || typeof indexedDB.databases !== "function") return false;
  try {
    (await answerOf(indexedDB.open(`${PREFIX}-probe`))).close();
    return true;
  } catch {
    return false;
  }
}

/** The replicas of one person and text in this browser. */
export async function openReplicaStore(key: ReplicaKey): Promise<ReplicaStore> {
  return (await mayKeep()) ? new IndexedDbStore(baseName(key)) : NO_REPLICA_STORE;
}

type Slot = {
  readonly name: string;
  readonly persistence: IndexeddbPersistence;
  readonly release: () => void;
};

class IndexedDbStore implements ReplicaStore {
  readonly #base: string;
  readonly #asides: AsideRows;
  readonly #slots = new Map<Replica, Slot>();

  constructor(base: string) {
    this.#base = base;
    this.#asides = new AsideRows(`${base}${ASIDE}`);
  }

  async open(doc: Y.Doc): Promise<Replica> {
    try {
      const names = await this.#slotNames();
      const first = await this.#takeSlot(names, doc);
      const unsaved: KeptUnsaved[] = [];
      const own = await kept(first.persistence);
      if (own) unsaved.push(own);
      if (hasLocks) {
        for (const name of names) if (name !== first.name) unsaved.push(...(await this.#takeOver(name, doc)));
      }
      return this.#replica(first, addUp(unsaved));
    } catch {
      return NO_REPLICA_STORE.open(doc);
    }
  }

  async #slotNames(): Promise<string[]> {
    return (await databaseNames(`${this.#base}slot-`)).toSorted();
  }

  /** The first slot that no other page holds, or a new one. */
  async #takeSlot(names: readonly string[], doc: Y.Doc): Promise<Slot> {
    const candidates = hasLocks ? names : names.slice(-1);
    for (const name of candidates) {
      const release = await hold(name);
      if (release) return { name, release, persistence: await load(name, doc) };
    }
    return this.#newSlot(names, doc);
  }

  async #newSlot(names: readonly string[], doc: Y.Doc): Promise<Slot> {
    for (let number = 0; ; number += 1) {
      const name = `${this.#base}slot-${String(number).padStart(4, "0")}`;
      if (names.includes(name)) continue;
      const release = await hold(name);
      if (release) return { name, release, persistence: await load(name, doc) };
    }
  }

  /** What a page that is gone left behind comes into this page's replica. */
  async #takeOver(name: string, doc: Y.Doc): Promise<KeptUnsaved[]> {
    const release = await hold(name);
    if (!release) return [];
    const left = new Y.Doc();
    const persistence = await load(name, left);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(left), { name: "replica" });
    const unsaved = await kept(persistence);
    await persistence.destroy();
    await deleteDatabase(name);
    left.destroy();
    release();
    return unsaved ? [unsaved] : [];
  }

  #replica(slot: Slot, unsaved: KeptUnsaved | null): Replica {
    const { persistence, release } = slot;
    let closed = false;
    const replica: Replica = {
      kept: true,
      unsaved,
      noteUnsaved: (now) => {
        if (!closed) void persistence.set(UNSAVED, JSON.stringify(now));
      },
      close: async () => {
        if (closed) return;
        closed = true;
        await persistence.destroy();
        release();
      },
    };
    this.#slots.set(replica, slot);
    return replica;
  }

  async setAside(refused: Replica, doc: Y.Doc, aside: Omit<Aside, "id">): Promise<string | null> {
    const slot = this.#slots.get(refused);
    if (!slot) return null;
    const id = `${aside.at}-${doc.clientID}`;
    try {
      await this.#asides.keep({ ...aside, id, state: Y.encodeStateAsUpdate(doc) });
      await refused.close();
      await deleteDatabase(slot.name);
      return id;
    } catch {
      return null;
    }
  }

  async noteUntaken(id: string, untaken: readonly Untaken[]): Promise<void> {
    if (untaken.length === 0) return this.forget(id);
    const row = await this.#asides.find(id);
    if (row) await this.#asides.keep({ ...row, untaken });
  }

  async listAside(): Promise<readonly Aside[]> {
    const names = await databaseNames(`${this.#base}${ASIDE}`);
    if (names.length === 0) return [];
    return (await this.#asides.list()).map(({ id, at, code, paragraphId, untaken }) => ({
      id,
      at,
      code,
      paragraphId,
      untaken,
    }));
  }

  async loadAside(id: string, doc: Y.Doc): Promise<void> {
    const row = await this.#asides.find(id);
    if (row) Y.applyUpdate(doc, row.state, { name: "replica" });
  }

  async forget(id: string): Promise<void> {
    await this.#asides.remove(id);
  }
}

/**
 * Clears what this browser keeps of texts, at sign-out, whoever it belongs to. Replicas with changes that were not
 * acknowledged, refused copies and those of open pages stay; returns how many stayed.
 */
export async function clearReplicas(): Promise<number> {
  if (!(await mayKeep())) return 0;
  let stayed = 0;
  for (const name of await databaseNames(`${PREFIX}/`)) {
    if (await mayClear(name)) await deleteDatabase(name);
    else stayed += 1;
  }
  return stayed;
}

async function mayClear(name: string): Promise<boolean> {
  if (name.endsWith(`/${ASIDE}`)) {
    return (await new AsideRows(name).list()).length === 0;
  }
  const release = await hold(name);
  if (!release) return false;
  const doc = new Y.Doc();
  const persistence = await load(name, doc);
  const unsaved = await kept(persistence);
  await persistence.destroy();
  doc.destroy();
  release();
  return unsaved === null;
}

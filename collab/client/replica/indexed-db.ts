/**
 * Replicas in the browser's IndexedDB, one database for each person, text, schema version and open page ("slot"). A
 * page takes over the slots of pages that are gone. Refused copies are in a database beside them; each belongs to the
 * page that holds its lock. The ends of logs are kept for the whole browser: they say nothing about words or people,
 * and stay when somebody signs out.
 */
import * as Y from "yjs";
import { SCHEMA_VERSION } from "#collab/model.ts";
import { NO_REPLICA_STORE } from "./replica.ts";
import type { Aside, KeptRecord, KeptUnsaved, Replica, ReplicaStore } from "./replica.ts";
import type { Untaken } from "./replay.ts";
import { Rows, answerOf } from "./rows.ts";
import { databaseNames, deleteDatabase, hasLocks, hold, Slot } from "./slot.ts";

export const PREFIX = "chapeau-text";
const RECORDS = "chapeau-records";
const ASIDE = "aside";

export type ReplicaKey = { readonly personId: string; readonly textId: string };
export type AsideRow = Aside & { readonly state: Uint8Array };

function baseName({ personId, textId }: ReplicaKey): string {
  return `${PREFIX}/${SCHEMA_VERSION}/${personId}/${textId}/`;
}

export function slotPrefix(key: ReplicaKey): string {
  return `${baseName(key)}slot-`;
}

export function asideDatabase(key: ReplicaKey): string {
  return `${baseName(key)}${ASIDE}`;
}

function addUp(all: readonly KeptUnsaved[]): KeptUnsaved | null {
  if (all.length === 0) return null;
  return {
    changes: all.reduce((sum, { changes }) => sum + changes, 0),
    since: Math.min(...all.map(({ since }) => since)),
    // Where one does not know its paragraphs, none are known.
    paragraphIds: all.some(({ paragraphIds }) => paragraphIds.length === 0)
      ? []
      : [...new Set(all.flatMap(({ paragraphIds }) => paragraphIds))],
  };
}

/** Whether the browser lets this page keep anything. */
export async function mayKeep(): Promise<boolean> {
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
  return (await mayKeep()) ? new IndexedDbStore(key) : NO_REPLICA_STORE;
}

class IndexedDbStore implements ReplicaStore {
  readonly #key: ReplicaKey;
  readonly #asides: Rows<AsideRow>;
  readonly #records = new Rows<KeptRecord & { readonly id: string }>(RECORDS);
  readonly #slots = new Map<Replica, Slot>();
  /** Refused copies that this page has in hand, with what lets go of them. */
  readonly #held = new Map<string, () => void>();

  constructor(key: ReplicaKey) {
    this.#key = key;
    this.#asides = new Rows(asideDatabase(key));
  }

  async open(doc: Y.Doc, tell: (kept: boolean) => void): Promise<Replica> {
    try {
      const names = await databaseNames(slotPrefix(this.#key));
      const slot = await this.#takeSlot(names, doc, tell);
      let unsaved = await slot.unsaved();
      for (const name of hasLocks ? names : [])
        if (name !== slot.name) unsaved = await this.#takeOver(name, slot, unsaved);
      return this.#replica(slot, unsaved);
    } catch {
      return NO_REPLICA_STORE.open(doc, tell);
    }
  }

  /** The first slot that no other page holds, or a new one. */
  async #takeSlot(names: readonly string[], doc: Y.Doc, tell: (kept: boolean) => void): Promise<Slot> {
    for (const name of hasLocks ? names : names.slice(-1)) {
      const slot = await Slot.open(name, doc, tell);
      if (slot) return slot;
    }
    for (let number = 0; ; number += 1) {
      const name = `${slotPrefix(this.#key)}${String(number).padStart(4, "0")}`;
      const slot = names.includes(name) ? null : await Slot.open(name, doc, tell);
      if (slot) return slot;
    }
  }

  /** What a page that is gone left behind comes into this page's slot, and only then goes from where it was. */
  async #takeOver(name: string, into: Slot, before: KeptUnsaved | null): Promise<KeptUnsaved | null> {
    const left = new Y.Doc();
    const slot = await Slot.open(name, left, () => {});
    if (!slot) return before;
    try {
      const own = await slot.unsaved();
      const unsaved = addUp([before, own].flatMap((one) => one ?? []));
      await into.add(Y.encodeStateAsUpdate(left));
      await into.note(unsaved);
      await slot.close();
      await deleteDatabase(name);
      return unsaved;
    } catch {
      // No room for it: it stays where it is.
      return before;
    } finally {
      await slot.close();
      left.destroy();
    }
  }

  #replica(slot: Slot, unsaved: KeptUnsaved | null): Replica {
    const replica: Replica = {
      kept: true,
      unsaved,
      // A note that fails is told by the slot.
      noteUnsaved: (now) => slot.note(now).catch(() => {}),
      close: () => slot.close(),
    };
    this.#slots.set(replica, slot);
    return replica;
  }

  #lockOf(asideId: string): string {
    return `${asideDatabase(this.#key)}/${asideId}`;
  }

  async setAside(refused: Replica, doc: Y.Doc, aside: Omit<Aside, "id">): Promise<string | null> {
    const slot = this.#slots.get(refused);
    if (!slot) return null;
    const id = `${aside.at}-${doc.clientID}`;
    const release = await hold(this.#lockOf(id));
    try {
      await this.#asides.keep({ ...aside, id, state: Y.encodeStateAsUpdate(doc) });
      if (release) this.#held.set(id, release);
      await refused.close();
      await deleteDatabase(slot.name);
      return id;
    } catch {
      release?.();
      return null;
    }
  }

  async renewAside(id: string, doc: Y.Doc): Promise<void> {
    const state = Y.encodeStateAsUpdate(doc);
    await this.#asides.change(id, (row) => row && { ...row, state });
  }

  async noteUntaken(id: string, untaken: readonly Untaken[]): Promise<void> {
    if (untaken.length === 0) return this.forget(id);
    await this.#asides.change(id, (row) => row && { ...row, untaken });
  }

  async takeAsides(): Promise<readonly Aside[]> {
    if ((await databaseNames(asideDatabase(this.#key))).length === 0) return [];
    const taken: Aside[] = [];
    for (const { id } of await this.#asides.list()) {
      const release = this.#held.has(id) ? null : await hold(this.#lockOf(id));
      if (!release) continue;
      // The page that had it may have been answered meanwhile.
      const row = await this.#asides.find(id);
      if (!row) {
        release();
        continue;
      }
      this.#held.set(id, release);
      const { state: _, ...aside } = row;
      taken.push({ ...aside, touched: row.touched ?? [] });
    }
    return taken;
  }

  async loadAside(id: string, doc: Y.Doc): Promise<void> {
    const row = await this.#asides.find(id);
    if (row) Y.applyUpdate(doc, row.state, { name: "replica" });
  }

  async forget(id: string): Promise<void> {
    await this.#asides.remove(id);
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  async findRecord(): Promise<KeptRecord | null> {
    try {
      const row = await this.#records.find(this.#key.textId);
      return row && { seq: row.seq, head: row.head, locked: row.locked, broken: row.broken };
    } catch {
      return null;
    }
  }

  async keepRecord(record: KeptRecord, anyway: boolean): Promise<void> {
    const { textId } = this.#key;
    try {
      await this.#records.change(textId, (before) =>
        before && !anyway && (before.seq > record.seq || before.broken) ? null : { id: textId, ...record },
      );
    } catch {
      // The one that was kept before is still there.
    }
  }

  close(): void {
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }
}

/** What a browser keeps of a text for one person, so that nothing typed is lost with the page. */
import type * as Y from "yjs";
import type { Untaken } from "./replay.ts";

/** Changes that were not acknowledged when the page was last seen. */
export type KeptUnsaved = { readonly changes: number; readonly since: number };

/** A refused copy, kept until its person has answered. `untaken` is null while it is not known what was taken. */
export type Aside = {
  readonly id: string;
  readonly at: number;
  readonly code: string;
  readonly paragraphId: string | null;
  readonly untaken: readonly Untaken[] | null;
};

export type Replica = {
  /** False where the browser keeps nothing (private windows, storage switched off): the page says so. */
  readonly kept: boolean;
  readonly unsaved: KeptUnsaved | null;
  noteUnsaved(unsaved: KeptUnsaved | null): void;
  close(): Promise<void>;
};

export type ReplicaStore = {
  /** Fills `doc` with what is kept and keeps it from now on. Never rejects. */
  open(doc: Y.Doc): Promise<Replica>;
  /** Keeps the refused copy `doc` apart, to be loaded by `loadAside` alone, and ends its replica. */
  setAside(refused: Replica, doc: Y.Doc, aside: Omit<Aside, "id">): Promise<string | null>;
  /** What is known by now of what was not taken; with nothing left, the refused copy is deleted. */
  noteUntaken(id: string, untaken: readonly Untaken[]): Promise<void>;
  listAside(): Promise<readonly Aside[]>;
  /** Fills `doc` with a refused copy. */
  loadAside(id: string, doc: Y.Doc): Promise<void>;
  /** The person has answered. */
  forget(id: string): Promise<void>;
};

/** Where nothing can be kept: writing goes on, with a warning. */
export const NO_REPLICA_STORE: ReplicaStore = {
  open: async () => ({ kept: false, unsaved: null, noteUnsaved: () => {}, close: async () => {} }),
  setAside: async () => null,
  noteUntaken: async () => {},
  listAside: async () => [],
  loadAside: async () => {},
  forget: async () => {},
};

/** What a browser keeps of a text for one person, so that nothing typed is lost with the page. */
import type * as Y from "yjs";
import type { Untaken } from "./replay.ts";

/** Changes that were not acknowledged when the page was last seen. */
export type KeptUnsaved = {
  readonly changes: number;
  readonly since: number;
  /** Paragraphs that they touch; empty when that is not known. */
  readonly paragraphIds: readonly string[];
};

/** A refused copy, kept until its person has answered. `untaken` is null while it is not known what was taken. */
export type Aside = {
  readonly id: string;
  readonly at: number;
  readonly code: string;
  readonly paragraphId: string | null;
  readonly untaken: readonly Untaken[] | null;
  /** Paragraphs with changes that were not acknowledged. */
  readonly touched: readonly string[];
};

/** A row of a text's log, and the head of the chain there. */
export type RecordEnd = { readonly seq: number; readonly head: string };
/** What was seen before, and what the server said instead. */
export type RecordBreak = { readonly before: RecordEnd; readonly now: RecordEnd };

/** The end of a text's log as this browser saw it last, and the paragraphs that were locked then. */
export type KeptRecord = RecordEnd & {
  readonly locked: readonly string[];
  /** That the record is another than before, until its person has noted it. */
  readonly broken: RecordBreak | null;
};

export type Replica = {
  /** False where the browser keeps nothing (private windows, storage switched off): the page says so. */
  readonly kept: boolean;
  readonly unsaved: KeptUnsaved | null;
  /**
   * Never rejects. Settles once the device has the note and every change made before it, or cannot keep them: of that
   * the page was told before.
   */
  noteUnsaved(unsaved: KeptUnsaved | null): Promise<void>;
  close(): Promise<void>;
};

export type ReplicaStore = {
  /**
   * Fills `doc` with what is kept and keeps it from now on. Never rejects. `tell` hears when keeping begins to fail
   * (a full disk) and when it works again.
   */
  open(doc: Y.Doc, tell: (kept: boolean) => void): Promise<Replica>;
  /** Keeps the refused copy `doc` apart, to be loaded by `loadAside` alone, and ends its replica. */
  setAside(refused: Replica, doc: Y.Doc, aside: Omit<Aside, "id">): Promise<string | null>;
  /** The refused copy goes on being written in until the room's text has come. */
  renewAside(id: string, doc: Y.Doc): Promise<void>;
  /** What is known by now of what was not taken; with nothing left, the refused copy is deleted. */
  noteUntaken(id: string, untaken: readonly Untaken[]): Promise<void>;
  /** Refused copies that no open page has in hand; from now on this one has. */
  takeAsides(): Promise<readonly Aside[]>;
  /** Fills `doc` with a refused copy. */
  loadAside(id: string, doc: Y.Doc): Promise<void>;
  /** The person has answered. */
  forget(id: string): Promise<void>;
  findRecord(): Promise<KeptRecord | null>;
  /** Never goes back to an earlier row and forgets no break, unless `anyway`. */
  keepRecord(record: KeptRecord, anyway: boolean): Promise<void>;
  /** Lets go of the refused copies that this page has in hand. */
  close(): void;
};

/** Where nothing can be kept: writing goes on, with a warning. */
export const NO_REPLICA_STORE: ReplicaStore = {
  open: async () => ({ kept: false, unsaved: null, noteUnsaved: async () => {}, close: async () => {} }),
  setAside: async () => null,
  renewAside: async () => {},
  noteUntaken: async () => {},
  takeAsides: async () => [],
  loadAside: async () => {},
  forget: async () => {},
  findRecord: async () => null,
  keepRecord: async () => {},
  close: () => {},
};

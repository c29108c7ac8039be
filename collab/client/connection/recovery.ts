/**
 * Refused copies of a page's document on their way back into the text: each is set aside, done again as new edits once
 * the room's text has come, and what cannot be done again is offered as wording to copy.
 */
import * as Y from "yjs";
import type { EditRefusal } from "#collab/frames.ts";
import { createTextDoc } from "#collab/model.ts";
import type { Replica, ReplicaStore } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";
import { keepUpWith } from "./keep-up.ts";
import { Offers } from "./offers.ts";
import type { NotTaken } from "./offers.ts";
import type { Unsaved } from "./outbox.ts";
import { redo } from "./redo.ts";
import type { Batch } from "./redo.ts";

/** So many rounds of doing again; then the rest is offered to be copied. */
const MOST_ROUNDS = 20;
/** Another page had the same words in hand and does them again: done here as well, they would be there twice. */
const TAKEN_OVER = "set-aside";

/** Adds where a refused copy goes beyond the document that takes its place. */
function addBeyond(ends: Map<number, number>, old: Y.Doc, doc: Y.Doc): void {
  for (const [client, end] of Y.decodeStateVector(Y.encodeStateVector(old)))
    if (end > Y.getState(doc.store, client)) ends.set(client, Math.max(end, ends.get(client) ?? 0));
}

export type RecoveryOptions = {
  readonly store: ReplicaStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Hears of words that go to the device; settles when they are there. */
  readonly onKeep: (kept: Promise<unknown>) => void;
};

type RefusedCopy = {
  readonly old: Y.Doc;
  /** Null where the browser could not keep it. */
  readonly asideId: string | null;
  readonly code: string;
  readonly at: number;
  readonly unsaved: Unsaved | null;
};

/** An edit that was refused, with the document and the replica that it was made in. */
export type RefusedEdit = {
  readonly no: number;
  readonly refusal: EditRefusal;
  readonly old: Y.Doc;
  readonly replica: Replica;
  readonly unsaved: Unsaved | null;
  /** Paragraphs with changes that are not acknowledged. */
  readonly touched: readonly string[];
};

/** The room's text, what is locked in it, and how to send what was written in it as one edit. */
export type RoomText = {
  readonly doc: Y.Doc;
  readonly locks: ReadonlySet<string>;
  readonly send: () => number | null;
};

export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #offers = new Offers();
  /** Those whose words are not yet in the text or offered, oldest first. */
  #copies: RefusedCopy[] = [];
  #stopKeepingUp: (() => void) | null = null;
  #rounds = 0;
  /** Paragraphs that the gate refused, with its code: they are not tried again. */
  readonly #refused = new Map<string, string>();
  /** In rounds without a named paragraph, units go one by one, so that the refused one is known. */
  #oneByOne = false;
  #batches: readonly Batch[] = [];
  /** Where copies that were done again, and are not all saved yet, went beyond the room's text: ends by client. */
  readonly #redone = new Map<number, number>();

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  isUnderWay(): boolean {
    return this.#copies.length > 0;
  }

  /** What waits in each refused copy. */
  unsaved(): readonly (Unsaved | null)[] {
    return this.#copies.map(({ unsaved }) => unsaved);
  }

  /** All wording that could not be taken and that nobody has answered. */
  notTaken(): NotTaken | null {
    return this.#offers.all();
  }

  /** Everything is in the log: what was refused before is history. */
  settle(): void {
    this.#rounds = 0;
    this.#oneByOne = false;
    this.#batches = [];
    this.#refused.clear();
    this.#redone.clear();
  }

  /**
   * State vector of the refused copies that are done again, or null without any. What the document that goes to the
   * room has too comes from there.
   */
  setAsideVector(doc: Y.Doc): Uint8Array | null {
    const ends = new Map(this.#redone);
    for (const { old } of this.#copies) addBeyond(ends, old, doc);
    return ends.size === 0 ? null : Y.encodeStateVector(ends);
  }

  /** The refused copy goes into the browser's keeping. It stays on the page and can be written in until `redo`. */
  async setAside({ no, refusal, old, replica, unsaved, touched }: RefusedEdit): Promise<void> {
    const { store, clock, onKeep } = this.#options;
    const { code, paragraphId } = refusal;
    const at = clock.now();
    this.#rounds += 1;
    const batch = this.#batches.find((one) => one.no === no);
    if (paragraphId !== null) this.#refused.set(paragraphId, code);
    else if (batch && this.#oneByOne) for (const id of batch.paragraphIds) this.#refused.set(id, code);
    else this.#oneByOne = true;
    this.#batches = [];
    const copy: RefusedCopy = { old, asideId: null, code, at, unsaved };
    this.#copies.push(copy);
    const setting = store.setAside(replica, old, { at, code, paragraphId, untaken: null, touched });
    onKeep(setting);
    const asideId = await setting;
    this.#copies = this.#copies.map((one) => (one === copy ? { ...copy, asideId } : one));
    if (asideId !== null) this.#stopKeepingUp = keepUpWith({ asideId, old, store, clock, onKeep });
  }

  /** Refused copies of pages that are gone: those that were answered by no one are offered again. */
  async restore(): Promise<void> {
    const { store } = this.#options;
    for (const { id: asideId, at, code, paragraphId, untaken } of await store.takeAsides()) {
      if (untaken) {
        this.#offers.add(asideId, { at, code, untaken });
        continue;
      }
      // The page was closed before the room's text came: it goes on from there.
      const old = createTextDoc();
      await store.loadAside(asideId, old);
      if (paragraphId !== null) this.#refused.set(paragraphId, code);
      else this.#oneByOne = true;
      this.#copies.push({ old, asideId, code, at, unsaved: { changes: 1, since: at } });
    }
  }

  /** Makes in the room's text what can be made again. Returns the old documents, which nobody needs any more. */
  redo({ doc, locks, send }: RoomText): readonly Y.Doc[] {
    const { store, newId } = this.#options;
    this.stop();
    for (const { old, code, at, asideId } of this.#copies) {
      addBeyond(this.#redone, old, doc);
      Y.applyUpdate(old, Y.encodeStateAsUpdate(doc), { name: "room" });
      const done = redo({
        old,
        doc,
        locks,
        refused: this.#refused,
        hopeless: this.#rounds > MOST_ROUNDS || code === TAKEN_OVER ? code : null,
        oneByOne: this.#oneByOne,
        newId,
        send,
      });
      this.#batches = [...this.#batches, ...done.batches];
      this.#offers.add(asideId, { at, code, untaken: done.untaken });
      if (asideId !== null) void store.noteUntaken(asideId, done.untaken);
    }
    const olds = this.#copies.map(({ old }) => old);
    this.#copies = [];
    return olds;
  }

  /** The person has seen all that was not taken: nobody needs those copies any more. */
  answer(): void {
    for (const id of this.#offers.answer()) void this.#options.store.forget(id);
  }

  /** What is written in the refused copy from now on is kept elsewhere, or nowhere. */
  stop(): void {
    this.#stopKeepingUp?.();
  }
}

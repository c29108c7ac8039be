/**
 * One drafter's page of one text: the document that is being written in, its replica and its connection. Survives
 * refusals (SS11 to SS17 in `docs/rules.md`): the refused copy is set aside, the room's text is loaded into a new
 * document, what can still be done is done again as new edits, and the rest is offered as wording to copy.
 */
import type * as Y from "yjs";
import type { CaretJson, EditRefusal, Presence } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import type { RecordBreak, RecordEnd, Replica, ReplicaStore } from "#collab/client/replica/replica.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import { wordingOf } from "#collab/client/replica/wording.ts";
import type { Clock } from "./clock.ts";
import { createConnection } from "./connection.ts";
import type { Connection, ConnectionEvent } from "./connection.ts";
import type { NotTaken } from "./offers.ts";
import { addUp } from "./outbox.ts";
import type { Unsaved } from "./outbox.ts";
import { watchRecord } from "./record-watch.ts";
import { Recovery } from "./recovery.ts";
import type { Device, SavingStatus } from "./saving.ts";
import { SavingWatch } from "./saving-watch.ts";
import type { OpenSocket } from "./socket.ts";
import type { ConnectionState } from "./state.ts";
import { Touched } from "./touched.ts";

export type DraftingEvent =
  /** Write in this document from now on. `first`: the page had none before. */
  | { readonly type: "doc"; readonly doc: Y.Doc; readonly first: boolean }
  /** Others' changes are about to be applied: what the person has just done goes first. */
  | { readonly type: "incoming" }
  | { readonly type: "status"; readonly status: SavingStatus }
  | { readonly type: "locks"; readonly paragraphIds: ReadonlySet<string> }
  | { readonly type: "presence"; readonly others: readonly Presence[] }
  | { readonly type: "mayWrite"; readonly mayWrite: boolean }
  | { readonly type: "not-taken"; readonly notTaken: NotTaken | null }
  /** Where unsaved words are: told at the start and when it changes. */
  | { readonly type: "device"; readonly device: Device["kind"] }
  /** The record of the text is not the one that this browser saw before; null: answered. */
  | { readonly type: "record"; readonly broken: RecordBreak | null };

export type DraftingOptions = {
  readonly socket: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: ReplicaStore;
  readonly newId: () => string;
  readonly tell: (event: DraftingEvent) => void;
};

export type Drafting = {
  doc(): Y.Doc;
  status(): SavingStatus;
  locks(): ReadonlySet<string>;
  unsaved(): Unsaved | null;
  /** Whether something has been unsaved for longer than an answer takes. */
  isWaiting(): boolean;
  /** Paragraphs with changes that are not acknowledged. */
  pending(): ReadonlySet<string>;
  setCaret(caret: CaretJson | null): void;
  /** Try to connect at once. */
  tryNow(): void;
  goOffline(): void;
  /** Updates are missing: begin the connection anew. */
  resync(): void;
  /** The person has copied what was not taken, or does not want it. */
  answer(): void;
  /** Own wording that the room may not have, when writing has ended. */
  unsavedWording(): readonly Untaken[];
  /** The end of the log that this page saw last. */
  record(): RecordEnd | null;
  /** The person has noted the record that was seen before. */
  answerRecord(): void;
  /** Writing has ended: from now on this page keeps nothing on the device. */
  letGo(): Promise<void>;
  close(): Promise<void>;
};

export async function startDrafting(options: DraftingOptions): Promise<Drafting> {
  const { clock, store, tell } = options;
  let doc = createTextDoc();
  let keeps = true;
  let begun = false;
  let replica: Replica = await store.open(doc, hearKept);
  const keptRecord = await store.findRecord();
  const record = watchRecord({
    kept: keptRecord,
    clock,
    keep: (end, anyway) => void store.keepRecord(end, anyway),
    tell: (broken) => tell({ type: "record", broken }),
  });
  let state: ConnectionState = { kind: "connecting", again: false };
  // Until the room says it anew: what was locked when this browser was last there is not to be written in.
  let locks: ReadonlySet<string> = new Set(keptRecord?.locked);
  let opened = false;
  let closed = false;
  let caret: CaretJson | null = null;
  const recovery = new Recovery({
    store,
    clock,
    newId: options.newId,
    onKeep: (kept) => saving.onKeep(kept),
  });
  const touched = new Touched(replica.unsaved && replica.unsaved.paragraphIds);
  const saving = new SavingWatch({
    clock,
    state: () => state,
    unsaved,
    touched: () => touched.ids(),
    keeps: () => keeps,
    note: (waiting) => replica.noteUnsaved(waiting),
    tell: (status) => tell({ type: "status", status }),
    tellDevice: (device) => tell({ type: "device", device }),
  });

  function unsaved(): Unsaved | null {
    // What the connection had when it was refused is in the refused copy.
    const isRefused = connection.state().kind === "refused";
    return addUp([...recovery.unsaved(), isRefused ? null : connection.unsaved()]);
  }

  function hearKept(now: boolean): void {
    keeps = now;
    if (begun) saving.look();
  }

  function begin(next: Y.Doc, inherited: Unsaved | null): Connection {
    doc = next;
    doc.on("afterTransaction", touched.hear);
    const begun = createConnection({
      doc,
      socket: options.socket,
      clock,
      random: options.random,
      inherited,
      setAside: () => recovery.setAsideVector(next),
      tell: (event) => {
        if (doc === next) hear(event);
      },
    });
    begun.setCaret(caret);
    return begun;
  }

  function offer(first: boolean): void {
    opened = true;
    tell({ type: "doc", doc, first });
  }

  function hear(event: ConnectionEvent): void {
    switch (event.type) {
      case "state":
        ({ state } = event);
        if (state.kind === "refused") void recover(state.refusal, state.no);
        if (state.kind === "joined") tell({ type: "mayWrite", mayWrite: state.mayWrite });
        return saving.look();
      case "welcome":
        record.hear(event);
        // Locks come in the same frame, behind the welcome.
        queueMicrotask(() => {
          if (recovery.isUnderWay()) doAgain();
          else if (!opened) offer(true);
        });
        return;
      case "logged":
        return record.hear(event);
      case "unsaved":
        if (!event.unsaved && !recovery.isUnderWay()) touched.clear();
        return saving.look();
      case "saved":
        saving.saved(event);
        if (!connection.unsaved() && !recovery.isUnderWay()) recovery.settle();
        return saving.look();
      case "locks":
        locks = event.paragraphIds;
        record.setLocked(locks);
        return tell(event);
      case "presence":
      case "incoming":
        return tell(event);
      default:
        event satisfies never;
    }
  }

  async function recover(refusal: EditRefusal, no: number): Promise<void> {
    const old = doc;
    const waiting = connection.unsaved();
    connection.close();
    state = { kind: "connecting", again: true };
    await recovery.setAside({ no, refusal, old, replica, unsaved: waiting, touched: touched.ids() });
    const next = createTextDoc();
    replica = await store.open(next, hearKept);
    hearKept(replica.kept);
    if (closed) return;
    connection = begin(next, null);
    connection.connect();
  }

  /** The room's text is here: make again what can be made, offer the rest, and go on in the new document. */
  function doAgain(): void {
    touched.clear();
    const olds = recovery.redo({ doc, locks, send: () => connection.sendNow() });
    offer(!opened);
    tellNotTaken();
    for (const old of olds) old.destroy();
    saving.look();
  }

  function tellNotTaken(): void {
    const notTaken = recovery.notTaken();
    if (notTaken) tell({ type: "not-taken", notTaken });
  }

  let connection = begin(doc, replica.unsaved);
  begun = true;
  hearKept(replica.kept);
  if (locks.size > 0) tell({ type: "locks", paragraphIds: locks });
  await recovery.restore();
  tellNotTaken();
  if (paragraphsOf(doc).size > 0) offer(true);
  connection.connect();
  saving.look();

  return {
    doc: () => doc,
    status: () => saving.status(),
    locks: () => locks,
    unsaved,
    isWaiting: () => unsaved() !== null && saving.status().kind !== "sending",
    pending: () => touched.all(),
    setCaret(next) {
      caret = next;
      connection.setCaret(next);
    },
    tryNow: () => connection.connect(),
    goOffline: () => connection.goOffline(),
    resync: () => connection.resync(),
    answer() {
      recovery.answer();
      tell({ type: "not-taken", notTaken: null });
    },
    // Of an earlier page's changes nobody may know the paragraphs: then all are offered.
    unsavedWording: () => (unsaved() ? wordingOf(doc, new Set(touched.ids())) : []),
    record: () => record.end(),
    answerRecord: () => record.answer(),
    async letGo() {
      recovery.stop();
      await replica.close();
      store.close();
    },
    async close() {
      closed = true;
      saving.close();
      recovery.stop();
      connection.sendNow();
      connection.close();
      record.close();
      await replica.close();
      store.close();
    },
  };
}

/**
 * One drafter's page of one text: the document that is being written in, its replica and its connection. Survives
 * refusals (SS11 to SS17 in `docs/rules.md`): the refused copy is set aside, the room's text is loaded into a new
 * document, what can still be done is done again as new edits, and the rest is offered as wording to copy.
 */
import * as Y from "yjs";
import type { CaretJson, Presence } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import type {
  KeptUnsaved,
  RecordBreak,
  RecordEnd,
  Replica,
  ReplicaStore,
} from "#collab/client/replica/replica.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import { wordingOf } from "#collab/client/replica/wording.ts";
import type { Clock } from "./clock.ts";
import { createConnection } from "./connection.ts";
import type { Connection, ConnectionEvent, ConnectionState } from "./connection.ts";
import { Offers } from "./offers.ts";
import type { NotTaken } from "./offers.ts";
import type { Unsaved } from "./outbox.ts";
import { watchRecord } from "./record-watch.ts";
import { addUp, keepUpWith } from "./recovery.ts";
import type { Recovery } from "./recovery.ts";
import { redo } from "./redo.ts";
import type { Batch } from "./redo.ts";
import { savingStatus } from "./saving.ts";
import type { SavingStatus } from "./saving.ts";
import type { OpenSocket } from "./socket.ts";
import { paragraphsTouchedBy } from "./touched.ts";

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
  /** Whether this device keeps what is written: told when it changes, and at the start when it does not. */
  | { readonly type: "kept"; readonly kept: boolean }
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
  close(): Promise<void>;
};

/** So many rounds of doing again; then the rest is offered to be copied. */
const MOST_ROUNDS = 20;

export async function startDrafting(options: DraftingOptions): Promise<Drafting> {
  const { clock, store, tell } = options;
  let doc = createTextDoc();
  let kept = true;
  let replica: Replica = await store.open(doc, tellKept);
  const keptRecord = await store.findRecord();
  const record = watchRecord({
    kept: keptRecord,
    clock,
    keep: (end, anyway) => void store.keepRecord(end, anyway),
    tell: (broken) => tell({ type: "record", broken }),
  });
  let state: ConnectionState = { kind: "connecting", again: false };
  let savedAt: number | null = null;
  let sent: { changes: number; at: number } | null = null;
  let status: SavingStatus = { kind: "opening" };
  let callOffStatus: (() => void) | null = null;
  // Until the room says it anew: what was locked when this browser was last there is not to be written in.
  let locks: ReadonlySet<string> = new Set(keptRecord?.locked);
  let opened = false;
  let closed = false;
  /** Refused copies whose words are not yet in the text or offered, oldest first. */
  let recoveries: Recovery[] = [];
  let stopKeepingUp: (() => void) | null = null;
  let rounds = 0;
  let noted = "";
  let caret: CaretJson | null = null;
  /** Paragraphs that the gate refused, with its code: they are not tried again. */
  const refused = new Map<string, string>();
  /** Paragraphs touched since the last acknowledgement of everything. */
  const touched = new Set(replica.unsaved?.paragraphIds);
  /** False while changes of an earlier page wait of which nobody noted the paragraphs. */
  let isTouchedKnown = replica.unsaved === null || touched.size > 0;
  /** In rounds without a named paragraph, units go one by one, so that the refused one is known. */
  let oneByOne = false;
  let batches: readonly Batch[] = [];
  const offers = new Offers();

  function unsaved(): Unsaved | null {
    return addUp([...recoveries.map((one) => one.unsaved), connection.unsaved()]);
  }

  function tellKept(now: boolean): void {
    if (now === kept) return;
    kept = now;
    tell({ type: "kept", kept });
  }

  function tellStatus(): void {
    if (closed) return;
    callOffStatus?.();
    callOffStatus = null;
    const now = clock.now();
    const shown: ConnectionState = state.kind === "refused" ? { kind: "connecting", again: true } : state;
    const next = savingStatus({ state: shown, unsaved: unsaved(), savedAt, sent }, now);
    if (next.nextAt !== null) callOffStatus = clock.after(Math.max(0, next.nextAt - now), tellStatus);
    if (JSON.stringify(next.status) !== JSON.stringify(status)) {
      status = next.status;
      tell({ type: "status", status });
    }
    // Always noted, however short the wait: words of a page that was killed are known by it.
    const waiting = unsaved();
    const note: KeptUnsaved | null = waiting && { ...waiting, paragraphIds: touchedIds() };
    const text = JSON.stringify(note);
    if (text !== noted) {
      noted = text;
      replica.noteUnsaved(note);
    }
  }

  /** Paragraphs with changes that are not acknowledged; empty when they are not known. */
  function touchedIds(): string[] {
    return isTouchedKnown ? [...touched] : [];
  }

  function clearTouched(): void {
    touched.clear();
    isTouchedKnown = true;
  }

  function noteTouched(transaction: Y.Transaction): void {
    for (const id of paragraphsTouchedBy(transaction)) touched.add(id);
  }

  function begin(next: Y.Doc, inherited: Unsaved | null): Connection {
    doc = next;
    doc.on("afterTransaction", noteTouched);
    const begun = createConnection({
      doc,
      socket: options.socket,
      clock,
      random: options.random,
      inherited,
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
        return tellStatus();
      case "welcome":
        record.hear(event);
        // Locks come in the same frame, behind the welcome.
        queueMicrotask(() => {
          if (recoveries.length > 0) doAgain();
          else if (!opened) offer(true);
        });
        return;
      case "logged":
        return record.hear(event);
      case "unsaved":
        if (!event.unsaved && recoveries.length === 0) clearTouched();
        return tellStatus();
      case "saved":
        savedAt = event.at;
        if (event.first) sent = { changes: event.changes, at: clock.now() };
        if (!connection.unsaved() && recoveries.length === 0) settle();
        return tellStatus();
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

  /** Everything is in the log: what was refused before is history. */
  function settle(): void {
    rounds = 0;
    oneByOne = false;
    batches = [];
    refused.clear();
  }

  async function recover(refusal: { code: string; paragraphId: string | null }, no: number): Promise<void> {
    const old = doc;
    const at = clock.now();
    const waiting = connection.unsaved();
    rounds += 1;
    const batch = batches.find((one) => one.no === no);
    if (refusal.paragraphId !== null) refused.set(refusal.paragraphId, refusal.code);
    else if (batch && oneByOne) for (const id of batch.paragraphIds) refused.set(id, refusal.code);
    else oneByOne = true;
    batches = [];
    connection.close();
    // The old document stays on the page and can be written in until the new one is ready.
    const { code, paragraphId } = refusal;
    const recovery: Recovery = { old, asideId: null, code, at, unsaved: waiting };
    recoveries.push(recovery);
    state = { kind: "connecting", again: true };
    const aside = { at, code, paragraphId, untaken: null, touched: touchedIds() };
    const asideId = await store.setAside(replica, old, aside);
    recoveries = recoveries.map((one) => (one === recovery ? { ...recovery, asideId } : one));
    if (asideId !== null) stopKeepingUp = keepUpWith(asideId, old, store, clock);
    const next = createTextDoc();
    replica = await store.open(next, tellKept);
    tellKept(replica.kept);
    if (closed) return;
    connection = begin(next, null);
    connection.connect();
  }

  /** The room's text is here: make again what can be made, offer the rest, and go on in the new document. */
  function doAgain(): void {
    stopKeepingUp?.();
    clearTouched();
    for (const { old, code, at, asideId } of recoveries) {
      Y.applyUpdate(old, Y.encodeStateAsUpdate(doc), { name: "room" });
      const done = redo({
        old,
        doc,
        locks,
        refused,
        hopeless: rounds > MOST_ROUNDS ? code : null,
        oneByOne,
        newId: options.newId,
        send: () => connection.sendNow(),
      });
      batches = [...batches, ...done.batches];
      offers.add(asideId, { at, code, untaken: done.untaken });
      if (asideId !== null) void store.noteUntaken(asideId, done.untaken);
    }
    const olds = recoveries.map(({ old }) => old);
    recoveries = [];
    offer(!opened);
    const notTaken = offers.all();
    if (notTaken) tell({ type: "not-taken", notTaken });
    for (const old of olds) old.destroy();
    tellStatus();
  }

  let connection = begin(doc, replica.unsaved);
  tellKept(replica.kept);
  if (locks.size > 0) tell({ type: "locks", paragraphIds: locks });
  await restoreAside();
  if (paragraphsOf(doc).size > 0) offer(true);
  connection.connect();
  tellStatus();

  /** Refused copies of pages that are gone: those that were answered by no one are offered again. */
  async function restoreAside(): Promise<void> {
    for (const { id: asideId, at, code, paragraphId, untaken } of await store.takeAsides()) {
      if (untaken) {
        offers.add(asideId, { at, code, untaken });
        continue;
      }
      // The page was closed before the room's text came: it goes on from there.
      const old = createTextDoc();
      await store.loadAside(asideId, old);
      if (paragraphId !== null) refused.set(paragraphId, code);
      else oneByOne = true;
      recoveries.push({ old, asideId, code, at, unsaved: { changes: 1, since: at } });
    }
    const notTaken = offers.all();
    if (notTaken) tell({ type: "not-taken", notTaken });
  }

  return {
    doc: () => doc,
    status: () => status,
    locks: () => locks,
    unsaved,
    isWaiting: () => unsaved() !== null && status.kind !== "sending",
    pending: () => touched,
    setCaret(next) {
      caret = next;
      connection.setCaret(next);
    },
    tryNow: () => connection.connect(),
    goOffline: () => connection.goOffline(),
    resync: () => connection.resync(),
    answer() {
      for (const id of offers.answer()) void store.forget(id);
      tell({ type: "not-taken", notTaken: null });
    },
    // Of an earlier page's changes nobody may know the paragraphs: then all are offered.
    unsavedWording: () => (unsaved() ? wordingOf(doc, new Set(touchedIds())) : []),
    record: () => record.end(),
    answerRecord: () => record.answer(),
    async close() {
      closed = true;
      callOffStatus?.();
      stopKeepingUp?.();
      connection.sendNow();
      connection.close();
      record.close();
      await replica.close();
      store.close();
    },
  };
}

/**
 * One drafter's page of one text: the document that is being written in, its replica and its connection. Survives
 * refusals (DESIGN 5): the refused copy is set aside, the room's text is loaded into a new document, what can still be
 * done is done again as new edits, and the rest is offered as wording to copy.
 */
import * as Y from "yjs";
import type { CaretJson, Presence } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { plainWords } from "#collab/document.ts";
import { projectParagraph } from "#collab/projection.ts";
import { unitsOf } from "#collab/client/replica/difference.ts";
import type { Replica, ReplicaStore } from "#collab/client/replica/replica.ts";
import { obstacleTo, replayUnit, sizeOf, untakenOf } from "#collab/client/replica/replay.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import type { Clock } from "./clock.ts";
import { createConnection } from "./connection.ts";
import type { Connection, ConnectionEvent, ConnectionState } from "./connection.ts";
import type { Unsaved } from "./outbox.ts";
import { savingStatus } from "./saving.ts";
import type { SavingStatus } from "./saving.ts";
import type { OpenSocket } from "./socket.ts";

/** What was refused and could not be done again; stays until answered. */
export type NotTaken = { readonly at: number; readonly code: string; readonly untaken: readonly Untaken[] };

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
  /** Nothing can be kept on this device. */
  | { readonly type: "not-kept" };

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
  close(): Promise<void>;
};

/** Larger units go alone: an edit may have 64 KiB. */
const BATCH_BYTES = 24 * 1024;
/** So many rounds of doing again; then the rest is offered to be copied. */
const MOST_ROUNDS = 20;

/** A refused copy on its way back. */
type Recovery = {
  readonly old: Y.Doc;
  readonly asideId: string | null;
  readonly code: string;
  readonly at: number;
  readonly unsaved: Unsaved | null;
};

export async function startDrafting(options: DraftingOptions): Promise<Drafting> {
  const { clock, store, tell } = options;
  let doc = createTextDoc();
  let replica: Replica = await store.open(doc);
  let state: ConnectionState = { kind: "connecting", again: false };
  let savedAt: number | null = null;
  let sent: { changes: number; at: number } | null = null;
  let status: SavingStatus = { kind: "opening" };
  let callOffStatus: (() => void) | null = null;
  let locks: ReadonlySet<string> = new Set();
  let opened = false;
  let closed = false;
  let recovery: Recovery | null = null;
  let rounds = 0;
  let noted: string | null = null;
  let caret: CaretJson | null = null;
  /** Paragraphs that the gate refused, with its code: they are not tried again. */
  const refused = new Map<string, string>();
  /** Paragraphs touched since the last acknowledgement of everything. */
  const touched = new Set<string>();
  /** In rounds without a named paragraph, units go one by one, so that the refused one is known. */
  let oneByOne = false;
  let batches: { readonly no: number; readonly paragraphIds: readonly string[] }[] = [];
  let notTaken: NotTaken | null = null;
  const asideIds = new Set<string>();

  function unsaved(): Unsaved | null {
    return recovery?.unsaved ?? connection.unsaved();
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
    const waiting = unsaved();
    // Noted only when it lasts: a keystroke that is acknowledged at once costs no second write.
    const note = waiting && status.kind !== "saved" ? JSON.stringify(waiting) : null;
    if (note !== noted) {
      noted = note;
      replica.noteUnsaved(note === null ? null : waiting);
    }
  }

  function noteTouched(transaction: Y.Transaction): void {
    if (!transaction.local) return;
    for (const type of transaction.changed.keys()) {
      for (let at: unknown = type; at instanceof Y.AbstractType; at = at._item?.parent) {
        const id = at._item?.parentSub;
        if (at instanceof Y.Map && typeof id === "string") touched.add(id);
      }
    }
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
        // Locks come in the same frame, behind the welcome.
        queueMicrotask(() => {
          if (recovery) doAgain(recovery);
          else if (!opened) offer(true);
        });
        return;
      case "unsaved":
        if (!event.unsaved && !recovery) touched.clear();
        return tellStatus();
      case "saved":
        savedAt = event.at;
        if (event.first) sent = { changes: event.changes, at: clock.now() };
        if (!connection.unsaved() && !recovery) settle();
        return tellStatus();
      case "locks":
        locks = event.paragraphIds;
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
    recovery = { old, asideId: null, code: refusal.code, at, unsaved: waiting };
    state = { kind: "connecting", again: true };
    const { code, paragraphId } = refusal;
    const asideId = await store.setAside(replica, old, { at, code, paragraphId, untaken: null });
    if (asideId !== null) asideIds.add(asideId);
    recovery = { ...recovery, asideId };
    const next = createTextDoc();
    replica = await store.open(next);
    if (closed) return;
    connection = begin(next, null);
    connection.connect();
  }

  /** The room's text is here: make again what can be made, offer the rest, and go on in the new document. */
  function doAgain({ old, code, at, asideId }: Recovery): void {
    Y.applyUpdate(old, Y.encodeStateAsUpdate(doc), { name: "room" });
    const untaken: Untaken[] = [];
    let batch: string[] = [];
    let bytes = 0;
    const sendBatch = (): void => {
      const no = batch.length > 0 ? connection.sendNow() : null;
      if (no !== null) batches.push({ no, paragraphIds: batch });
      batch = [];
      bytes = 0;
    };
    for (const unit of unitsOf(doc, old)) {
      const obstacle = rounds > MOST_ROUNDS ? code : obstacleTo(unit, locks, refused);
      if (obstacle !== null) {
        untaken.push(...untakenOf(unit, obstacle));
        continue;
      }
      const size = sizeOf(unit);
      if (bytes + size > BATCH_BYTES) sendBatch();
      replayUnit(doc, unit, options.newId);
      batch.push(...unit.changes.map(({ id }) => id));
      bytes += size;
      if (oneByOne) sendBatch();
    }
    sendBatch();
    recovery = null;
    touched.clear();
    const before = notTaken?.untaken ?? [];
    const renewed = new Set(untaken.map(({ paragraphId }) => paragraphId));
    const all = [...before.filter(({ paragraphId }) => !renewed.has(paragraphId)), ...untaken];
    if (asideId !== null) void store.noteUntaken(asideId, untaken);
    notTaken = all.length > 0 ? { at, code, untaken: all } : null;
    offer(!opened);
    if (all.length > 0) tell({ type: "not-taken", notTaken });
    old.destroy();
    tellStatus();
  }

  let connection = begin(doc, replica.unsaved);
  if (!replica.kept) tell({ type: "not-kept" });
  await restoreAside();
  if (paragraphsOf(doc).size > 0) offer(true);
  connection.connect();
  tellStatus();

  /** Refused copies of an earlier page: those that were answered by no one are offered again. */
  async function restoreAside(): Promise<void> {
    for (const aside of await store.listAside()) {
      asideIds.add(aside.id);
      if (aside.untaken) {
        notTaken = {
          at: aside.at,
          code: aside.code,
          untaken: [...(notTaken?.untaken ?? []), ...aside.untaken],
        };
        continue;
      }
      // The page was closed before the room's text came: it goes on from there.
      const old = createTextDoc();
      await store.loadAside(aside.id, old);
      if (aside.paragraphId !== null) refused.set(aside.paragraphId, aside.code);
      else oneByOne = true;
      recovery = {
        old,
        asideId: aside.id,
        code: aside.code,
        at: aside.at,
        unsaved: { changes: 1, since: aside.at },
      };
    }
    if (notTaken) tell({ type: "not-taken", notTaken });
  }

  return {
    doc: () => doc,
    status: () => status,
    locks: () => locks,
    unsaved,
    isWaiting: () => unsaved() !== null && status.kind !== "saved",
    pending: () => touched,
    setCaret(next) {
      caret = next;
      connection.setCaret(next);
    },
    tryNow: () => connection.connect(),
    goOffline: () => connection.goOffline(),
    resync: () => connection.resync(),
    answer() {
      for (const id of asideIds) void store.forget(id);
      asideIds.clear();
      notTaken = null;
      tell({ type: "not-taken", notTaken });
    },
    unsavedWording() {
      if (!unsaved()) return [];
      const found: Untaken[] = [];
      for (const [id, map] of paragraphsOf(doc)) {
        const paragraph = wordsOf(map) && projectParagraph(map, id);
        // Of an earlier page's changes nobody knows the paragraphs: all are offered.
        if (!paragraph || (touched.size > 0 && !touched.has(id))) continue;
        const words = plainWords(paragraph);
        if (words !== "") found.push({ paragraphId: id, words, code: "" });
      }
      return found;
    },
    async close() {
      closed = true;
      callOffStatus?.();
      connection.sendNow();
      connection.close();
      await replica.close();
    },
  };
}

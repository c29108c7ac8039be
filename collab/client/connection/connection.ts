/**
 * A page's connection to the room of its text, as a state machine over an injected socket, clock and chance. It brings
 * the document and the room together: hello, welcome, what only this page has as the first edit, then edits and
 * updates as they come. It says what is saved from acknowledgements alone, comes back by itself after an interruption,
 * and stops at a refusal: what to do then is `drafting.ts`.
 */
import * as Y from "yjs";
import { decodeServerFrame, encodeClientFrame, MAX_FIRST_EDIT_BYTES } from "#collab/frames.ts";
import type { CaretJson, ClientPart, EditRefusal, Presence, ServerPart } from "#collab/frames.ts";
import { SCHEMA_VERSION } from "#collab/model.ts";
import type { Clock } from "./clock.ts";
import { afterClose } from "./closing.ts";
import { deletionsIn, missingUpdate } from "./missing.ts";
import type { Unsaved } from "./outbox.ts";
import { pauseMs } from "./pauses.ts";
import { Sender } from "./sender.ts";
import type { OpenSocket, Socket } from "./socket.ts";
import type { ConnectionState, Ending } from "./state.ts";

export type ConnectionEvent =
  | { readonly type: "state"; readonly state: ConnectionState }
  /** Others' changes are about to be applied: what the person has just done goes first. */
  | { readonly type: "incoming" }
  /** The document now holds everything the room has. */
  | { readonly type: "welcome"; readonly seq: number; readonly head: string }
  /** The document has everything up to this row of the log. */
  | { readonly type: "logged"; readonly seq: number; readonly head: string }
  | { readonly type: "unsaved"; readonly unsaved: Unsaved | null }
  | { readonly type: "saved"; readonly changes: number; readonly at: number; readonly first: boolean }
  | { readonly type: "locks"; readonly paragraphIds: ReadonlySet<string> }
  | { readonly type: "presence"; readonly others: readonly Presence[] };

export type ConnectionOptions = {
  readonly doc: Y.Doc;
  readonly socket: OpenSocket;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly tell: (event: ConnectionEvent) => void;
  /** Changes of an earlier page that its replica still holds. */
  readonly inherited?: Unsaved | null;
  /** State vector of refused copies that are being done again; the room hears of it with each hello. */
  readonly setAside?: () => Uint8Array | null;
};

export type Connection = {
  state(): ConnectionState;
  unsaved(): Unsaved | null;
  /** Connects, or tries again at once. */
  connect(): void;
  /** The device says that it has no network: what is on its way will not arrive. */
  goOffline(): void;
  /** Something is missing on this page: begin anew with the state vectors. */
  resync(): void;
  /** Where this page's caret is now; sent with the next edit, or alone when there is none. */
  setCaret(caret: CaretJson | null): void;
  /** Sends what waits now and by itself, instead of at the end of this turn; returns the number of the edit. */
  sendNow(): number | null;
  /** Leaves for good. */
  close(): void;
};

/** Origin of transactions that came from the room. */
const FROM_ROOM = { name: "room" };

/** No welcome or no acknowledgement for so long means that the line is dead although nobody said so. */
const SILENCE_MS = 10_000;

export function createConnection(options: ConnectionOptions): Connection {
  const { doc, clock, random, tell } = options;
  let state: ConnectionState = { kind: "connecting", again: false };
  let socket: Socket | null = null;
  /** Counts sockets: what an old one still says is not heard. */
  let trial = 0;
  let attempts = 0;
  let joinedBefore = false;
  let comeBackMs: number | null = null;
  let resyncs = 0;
  let callOffRetry: (() => void) | null = null;
  let callOffSilence: (() => void) | null = null;
  const present = new Map<number, Presence>();
  const sender = new Sender({
    clock,
    inherited: options.inherited ?? null,
    isJoined: () => state.kind === "joined" && socket !== null,
    send,
    onSent: () => {
      if (!callOffSilence) watchSilence();
    },
  });

  function enter(next: ConnectionState): void {
    state = next;
    tell({ type: "state", state });
  }

  function tellUnsaved(): void {
    tell({ type: "unsaved", unsaved: sender.unsaved() });
  }

  function send(parts: readonly ClientPart[]): void {
    socket?.send(encodeClientFrame(parts));
  }

  function watchSilence(): void {
    callOffSilence?.();
    callOffSilence = clock.after(SILENCE_MS, () => {
      callOffSilence = null;
      const oldest = sender.oldestSentAt();
      if (state.kind === "connecting" || (oldest !== null && clock.now() - oldest >= SILENCE_MS)) lose(null);
      else if (oldest !== null) watchSilence();
    });
  }

  /** Ends the socket without waiting for it to say so. */
  function drop(): void {
    const old = socket;
    socket = null;
    trial += 1;
    callOffSilence?.();
    callOffSilence = null;
    sender.strand();
    if (present.size > 0) {
      present.clear();
      tell({ type: "presence", others: [] });
    }
    old?.close();
  }

  /** The line is gone: come back after `afterMs`, or after a growing random pause. */
  function lose(afterMs: number | null): void {
    drop();
    attempts += 1;
    const pause = afterMs ?? pauseMs(attempts, random);
    callOffRetry?.();
    callOffRetry = clock.after(pause, connect);
    enter({ kind: "offline", retryAt: clock.now() + pause });
    tellUnsaved();
  }

  function end(why: Ending): void {
    drop();
    callOffRetry?.();
    enter({ kind: "ended", why, at: clock.now() });
    tellUnsaved();
  }

  function closed(code: number): void {
    const next = afterClose({ code, attempts, comeBackMs, random });
    if (next.kind === "end") end(next.why);
    else lose(next.afterMs);
  }

  function connect(): void {
    if (socket || state.kind === "ended" || state.kind === "refused") return;
    callOffRetry?.();
    callOffRetry = null;
    comeBackMs = null;
    enter({ kind: "connecting", again: joinedBefore });
    trial += 1;
    const mine = trial;
    socket = options.socket({
      opened: () => {
        if (trial !== mine) return;
        const aside = options.setAside?.() ?? null;
        const stateVector = Y.encodeStateVector(doc);
        send([
          ...(aside ? [{ type: "aside", stateVector: aside } as const] : []),
          { type: "hello", schema: SCHEMA_VERSION, client: doc.clientID, stateVector },
        ]);
      },
      received: (frame) => {
        if (trial === mine) receive(frame, mine);
      },
      closed: (code) => {
        if (trial === mine) closed(code);
      },
    });
    watchSilence();
  }

  function receive(frame: Uint8Array, from: number): void {
    let parts: ServerPart[];
    try {
      parts = decodeServerFrame(frame);
    } catch {
      return lose(null);
    }
    for (const part of parts) {
      take(part);
      if (trial !== from) return;
    }
    if (doc.store.pendingStructs || doc.store.pendingDs) resync();
  }

  /** Something is missing on one side: begin anew at once with the state vectors. Twice in a row waits. */
  function resync(): void {
    resyncs += 1;
    lose(resyncs > 1 ? null : 0);
  }

  function take(part: ServerPart): void {
    switch (part.type) {
      case "welcome":
        return welcome(part);
      case "update":
        tell({ type: "incoming" });
        Y.applyUpdate(doc, part.update, FROM_ROOM);
        return tell({ type: "logged", seq: part.seq, head: part.head });
      case "saved": {
        const { changes, first } = sender.saved(part.no);
        resyncs = 0;
        if (changes > 0) tell({ type: "saved", changes, at: part.at, first });
        return tellUnsaved();
      }
      case "refused":
        // Not understood for want of earlier edits: the next welcome sends all of them together.
        if (part.code === "pending" && !sender.isFirst(part.no)) return resync();
        // Nothing is wrong with the words: they stay here, and the next welcome sends them again.
        if (part.code.startsWith("storage-")) return lose(null);
        return refuse(part.no, { code: part.code, paragraphId: part.paragraphId });
      case "locks":
        return tell({ type: "locks", paragraphIds: new Set(part.paragraphIds) });
      case "presence":
        for (const peer of part.left) present.delete(peer);
        for (const one of part.here) present.set(one.peer, one);
        if (state.kind === "joined") present.delete(state.peer);
        return tell({ type: "presence", others: [...present.values()] });
      case "come-back":
        comeBackMs = part.afterMs;
        return;
      default:
        part satisfies never;
    }
  }

  function refuse(no: number, refusal: EditRefusal): void {
    drop();
    enter({ kind: "refused", refusal, no });
    tellUnsaved();
  }

  function welcome(part: Extract<ServerPart, { type: "welcome" }>): void {
    callOffSilence?.();
    callOffSilence = null;
    tell({ type: "incoming" });
    Y.applyUpdate(doc, part.update, FROM_ROOM);
    attempts = 0;
    const again = joinedBefore;
    joinedBefore = true;
    const missing = missingUpdate(doc, part.stateVector, deletionsIn(part.update));
    if (missing && !part.mayWrite) return end("readOnly");
    const had = sender.unsaved();
    const first = part.mayWrite ? sender.begin(missing) : null;
    // No frame takes it: it is done again in pieces, as what the room refuses.
    if (first && first.update.length > MAX_FIRST_EDIT_BYTES) {
      return refuse(first.no, { code: "too-large", paragraphId: null });
    }
    present.delete(part.peer);
    enter({ kind: "joined", peer: part.peer, mayWrite: part.mayWrite });
    tell({ type: "welcome", seq: part.seq, head: part.head });
    if (first) {
      sender.sendFirst(first);
    } else {
      // The acknowledgement was lost on the way, the words were not.
      if (had && part.mayWrite) tell({ type: "saved", changes: had.changes, at: clock.now(), first: again });
      sender.sendCaretAnew();
    }
    tellUnsaved();
  }

  function changed(update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void {
    if (!transaction.local) return;
    const joined = state.kind === "joined" && state.mayWrite;
    sender.add(joined ? update : null);
    tellUnsaved();
    if (joined) sender.sendSoon();
  }

  doc.on("update", changed);

  return {
    state: () => state,
    unsaved: () => sender.unsaved(),
    connect,
    goOffline() {
      // A server on this very device, or on an isolated network, is reachable all the same: it is tried again.
      if (state.kind === "connecting" || state.kind === "joined") lose(null);
    },
    resync() {
      if (state.kind === "joined") resync();
    },
    setCaret: (caret) => sender.setCaret(caret),
    sendNow: () => sender.sendNow(),
    close() {
      doc.off("update", changed);
      callOffRetry?.();
      drop();
    },
  };
}

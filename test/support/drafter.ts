/**
 * Drafters' pages as the browser has them, over the real room: the page's own connection and recovery, a line that the
 * test cuts and mends, and replicas that outlive a page. The clock is the room's.
 */
import { onTestFinished } from "vitest";
import * as Y from "yjs";
import { startDrafting } from "#collab/client/connection/drafting.ts";
import type { Drafting } from "#collab/client/connection/drafting.ts";
import type { NotTaken } from "#collab/client/connection/offers.ts";
import type { Device, SavingStatus } from "#collab/client/connection/saving.ts";
import type { OpenSocket, SocketEvents } from "#collab/client/connection/socket.ts";
import type { RecordBreak, ReplicaStore } from "#collab/client/replica/replica.ts";
import { decodeClientFrame, decodeServerFrame, MAX_FRAME_BYTES } from "#collab/frames.ts";
import type { ClientPart, Presence } from "#collab/frames.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import type { Peer, Rooms, Seat } from "#collab/server/room.ts";
import { KeptReplicas } from "./kept-replicas.ts";
import { TEXT } from "./room.ts";
import type { HandClock, TestRooms } from "./room.ts";

export { KeptReplicas } from "./kept-replicas.ts";

export type DrafterOptions = {
  readonly store?: ReplicaStore;
  readonly mayWrite?: boolean;
};

/** The line between a page and the room. */
class Line {
  isCut = false;
  /** With which a line that is cut ends: nobody's, or one of the room's close codes. */
  endCode = 1006;
  /** Frames towards the room wait here while `isHeld`. */
  isHeld = false;
  /** A refusal is the last thing that passes. */
  endsWithRefusal = false;
  /** Happens when the room has refused an edit, before the page hears of it. */
  onRefusal = (): void => {};
  readonly sent: ClientPart[] = [];
  opened = 0;
  readonly #rooms: Rooms;
  readonly #personId: string;
  readonly #options: DrafterOptions;
  readonly #textId: string;
  #current: { events: SocketEvents; seat: Seat | null; isOpen: boolean } | null = null;
  #held: Uint8Array[] = [];

  constructor(rooms: Rooms, personId: string, textId: string, options: DrafterOptions) {
    this.#rooms = rooms;
    this.#personId = personId;
    this.#textId = textId;
    this.#options = options;
  }

  readonly open: OpenSocket = (events) => {
    const line: { events: SocketEvents; seat: Seat | null; isOpen: boolean } = {
      events,
      seat: null,
      isOpen: true,
    };
    this.#current = line;
    this.opened += 1;
    const end = (code: number): void => {
      if (!line.isOpen) return;
      line.isOpen = false;
      line.seat?.leave();
      events.closed(code);
    };
    const peer: Peer = {
      author: { personId: this.#personId, delegationId: null, loginId: `${this.#personId}-login` },
      name: this.#personId.toUpperCase(),
      siglum: this.#personId.slice(0, 3).toUpperCase(),
      mayWrite: this.#options.mayWrite ?? true,
      // As on a real line, an answer never arrives while the question is still being asked.
      send: (frame) =>
        queueMicrotask(() => {
          if (!line.isOpen || this.isCut) return;
          if (decodeServerFrame(frame).some(({ type }) => type === "refused")) {
            this.onRefusal();
            if (this.endsWithRefusal) this.isCut = true;
          }
          events.received(frame);
        }),
      close: (code) => queueMicrotask(() => end(code)),
    };
    if (this.isCut) queueMicrotask(() => end(this.endCode));
    else {
      void this.#rooms.join(this.#textId, peer).then((seat) => {
        if (!line.isOpen) return seat.leave();
        line.seat = seat;
        events.opened();
      });
    }
    return {
      send: (frame) => {
        if (!line.isOpen || this.isCut) return;
        // As the transport does, before anybody reads it.
        if (frame.length > MAX_FRAME_BYTES) return queueMicrotask(() => end(1009));
        this.sent.push(...decodeClientFrame(frame));
        if (this.isHeld) this.#held.push(frame);
        else line.seat?.receive(frame);
      },
      close: () => {
        line.isOpen = false;
        line.seat?.leave();
      },
    };
  };

  release(): void {
    this.isHeld = false;
    for (const frame of this.#held.splice(0)) this.#current?.seat?.receive(frame);
  }

  /** Nothing passes any more, and the page is told. */
  cut(code = 1006): void {
    this.isCut = true;
    this.endCode = code;
    const line = this.#current;
    if (!line?.isOpen) return;
    line.isOpen = false;
    line.seat?.leave();
    line.events.closed(code);
  }

  /** Nothing passes any more, and nobody says so. */
  goSilent(): void {
    this.isCut = true;
  }
}

export class Drafter {
  readonly line: Line;
  readonly statuses: SavingStatus[] = [];
  notTaken: NotTaken | null = null;
  broken: RecordBreak | null = null;
  device: Device["kind"] | null = null;
  others: readonly Presence[] = [];
  drafting: Drafting | null = null;
  docs: Y.Doc[] = [];
  #names = 0;
  readonly #personId: string;

  constructor(rooms: Rooms, personId: string, textId: string, options: DrafterOptions) {
    this.#personId = personId;
    this.line = new Line(rooms, personId, textId, options);
  }

  async start(clock: HandClock, store: ReplicaStore): Promise<void> {
    this.drafting = await startDrafting({
      socket: this.line.open,
      clock,
      random: () => 0.5,
      store,
      newId: () => `${this.#personId}${(this.#names += 1)}`,
      tell: (event) => {
        if (event.type === "status") this.statuses.push(event.status);
        if (event.type === "not-taken") this.notTaken = event.notTaken;
        if (event.type === "record") this.broken = event.broken;
        if (event.type === "device") this.device = event.device;
        if (event.type === "presence") this.others = event.others;
        if (event.type === "doc") this.docs.push(event.doc);
      },
    });
  }

  get page(): Drafting {
    if (!this.drafting) throw new Error("the page is not open");
    return this.drafting;
  }

  get status(): SavingStatus {
    return this.page.status();
  }

  get edits(): number {
    return this.line.sent.filter(({ type }) => type === "edit").length;
  }

  words(id: string): string {
    const map = paragraphsOf(this.page.doc()).get(id);
    return map?.get("deleted") === true ? "" : ((map && wordsOf(map)?.toString()) ?? "");
  }

  textOf(id: string): Y.Text {
    const map = paragraphsOf(this.page.doc()).get(id);
    const text = map && wordsOf(map);
    if (!text) throw new Error(`no paragraph ${id}`);
    return text;
  }

  type(id: string, offset: number, words: string): void {
    this.textOf(id).insert(offset, words, {});
  }

  erase(id: string, offset: number, length: number): void {
    this.textOf(id).delete(offset, length);
  }

  /** A new paragraph, all at once. */
  write(id: string, words: string, order = `V${id}`): void {
    const doc = this.page.doc();
    doc.transact(() => {
      const map = new Y.Map<unknown>();
      paragraphsOf(doc).set(id, map);
      for (const [key, value] of Object.entries({ order, role: "op", level: 0, deleted: false }))
        map.set(key, value);
      const text = new Y.Text();
      map.set("text", text);
      text.insert(0, words, {});
    });
  }

  set(id: string, key: string, value: unknown): void {
    paragraphsOf(this.page.doc()).get(id)?.set(key, value);
  }
}

/** Everything that is under way between pages and room has arrived and been answered. */
export async function settleAll(room: TestRooms, textId = TEXT): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await room.settle(textId);
    await Promise.resolve();
  }
}

/** Opens a page and waits until it has what the room has. */
export async function openPage(
  room: TestRooms,
  personId: string,
  options: DrafterOptions = {},
): Promise<Drafter> {
  const drafter = new Drafter(room.rooms, personId, TEXT, options);
  await drafter.start(room.clock, options.store ?? new KeptReplicas());
  onTestFinished(() => drafter.page.close());
  await settleAll(room);
  return drafter;
}

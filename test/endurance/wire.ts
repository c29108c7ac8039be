/**
 * The line between one page and the room. Frames wait in it, both ways, until the test lets them through, and those of a
 * line that the page has given up may still arrive.
 */
import type { OpenSocket, SocketEvents } from "#collab/client/connection/socket.ts";
import type { Peer, Rooms, Seat } from "#collab/server/room.ts";

const BROKEN = 1006;

type Line = {
  readonly events: SocketEvents;
  seat: Seat | null;
  /** The page listens. */
  isOpen: boolean;
  readonly up: Uint8Array[];
  /** Frames, and the code of the close that comes behind them. */
  readonly down: (Uint8Array | number)[];
};

export class Wire {
  readonly #rooms: () => Rooms;
  readonly #textId: string;
  readonly #personId: string;
  #line: Line | null = null;
  /** Lines that the page has left while frames were on their way to the room. */
  #left: Line[] = [];
  /** The device knows that it has no network. */
  isCut = false;
  /** Nothing passes, and nobody says so. */
  isSilent = false;
  /** Frames of lines that the page had left. */
  late = 0;

  constructor(options: { readonly rooms: () => Rooms; readonly textId: string; readonly personId: string }) {
    this.#rooms = options.rooms;
    this.#textId = options.textId;
    this.#personId = options.personId;
  }

  readonly open: OpenSocket = (events) => {
    const line: Line = { events, seat: null, isOpen: true, up: [], down: [] };
    this.#line = line;
    const { isCut } = this;
    if (isCut) line.down.push(BROKEN);
    else void this.#join(line);
    if (isCut) queueMicrotask(() => this.#arrive(line));
    return {
      send: (frame) => {
        if (line.isOpen) line.up.push(frame);
      },
      close: () => {
        line.isOpen = false;
        if (line.up.length > 0 && line.seat) this.#left.push(line);
        else line.seat?.leave();
      },
    };
  };

  async #join(line: Line): Promise<void> {
    let seat: Seat;
    try {
      seat = await this.#rooms().join(this.#textId, this.#peer(line));
    } catch {
      // The rooms are closing: nobody answers.
      line.down.push(BROKEN);
      return;
    }
    line.seat = seat;
    if (line.isOpen) line.events.opened();
    else seat.leave();
  }

  #peer(line: Line): Peer {
    const personId = this.#personId;
    return {
      author: { personId, delegationId: null, loginId: `${personId}-login` },
      name: personId,
      siglum: personId,
      mayWrite: true,
      send: (frame) => line.down.push(frame),
      close: (code) => line.down.push(code),
    };
  }

  #arrive(line: Line): void {
    const next = line.down.shift();
    if (next === undefined || !line.isOpen) return;
    if (typeof next !== "number") return line.events.received(next);
    line.isOpen = false;
    line.events.closed(next);
  }

  /** Whether the page has a line, and the room a seat for it. */
  get isUp(): boolean {
    return this.#line?.isOpen === true && this.#line.seat !== null;
  }

  /** How much is on its way to the room and to the page. */
  waiting(): { readonly up: number; readonly down: number } {
    return { up: this.#line?.up.length ?? 0, down: this.#line?.isOpen ? this.#line.down.length : 0 };
  }

  /** Lets so many frames through to the room. */
  takeUp(count: number): void {
    const line = this.#line;
    if (!line?.seat || this.isSilent) return;
    for (const frame of line.up.splice(0, count)) line.seat.receive(frame);
  }

  /** Lets so many frames through to the page. */
  takeDown(count: number): void {
    const line = this.#line;
    if (!line || this.isSilent) return;
    for (let left = Math.min(count, line.down.length); left > 0; left -= 1) this.#arrive(line);
  }

  /** What was sent on lines that the page has left since arrives, or is lost. */
  takeLate(arrives: boolean): void {
    for (const { seat, up } of this.#left.splice(0)) {
      if (arrives) this.late += up.length;
      for (const frame of arrives ? up : []) seat?.receive(frame);
      seat?.leave();
    }
  }

  /** No network: the page is told at once, the room when the line is given up. */
  cut(): void {
    this.isCut = true;
    const line = this.#line;
    if (!line?.isOpen) return;
    line.isOpen = false;
    if (line.seat) this.#left.push(line);
    line.events.closed(BROKEN);
  }

  /** The server is gone: of what it had sent so much arrives, and nothing that it was sent. */
  lose(arriving: number): void {
    this.#left.length = 0;
    const line = this.#line;
    if (!line) return;
    line.up.length = 0;
    line.seat = null;
    line.down.splice(arriving);
    line.down.push(BROKEN);
  }

  /** The page is gone without a word. */
  abandon(): void {
    const line = this.#line;
    this.#line = null;
    if (!line?.isOpen) return;
    line.isOpen = false;
    if (line.seat) this.#left.push(line);
  }
}

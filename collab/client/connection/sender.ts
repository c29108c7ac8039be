/**
 * What a page sends to the room: edits in the order in which they were made, gathered while an answer is awaited, and
 * its caret with them, or alone when there is nothing else to send.
 */
import type { CaretJson, ClientPart } from "#collab/frames.ts";
import type { Clock } from "./clock.ts";
import { Outbox } from "./outbox.ts";
import type { Unsaved } from "./outbox.ts";

/** While an edit is on its way, the next ones are put together this long. */
const GATHER_MS = 30;
const CARET_MS = 100;

export type SenderOptions = {
  readonly clock: Clock;
  /** Changes of an earlier page that its replica still holds. */
  readonly inherited: Unsaved | null;
  /** Whether the room has welcomed this page. */
  readonly isJoined: () => boolean;
  readonly send: (parts: readonly ClientPart[]) => void;
  /** An edit went out: its answer is awaited from now on. */
  readonly onSent: () => void;
};

/** A numbered edit. */
type Edit = { readonly no: number; readonly update: Uint8Array };

export class Sender {
  readonly #options: SenderOptions;
  readonly #outbox = new Outbox();
  #sentAt = Number.NEGATIVE_INFINITY;
  #isFlushing = false;
  #callOffGather: (() => void) | null = null;
  #callOffCaret: (() => void) | null = null;
  #caret: CaretJson | null = null;
  #caretSent: CaretJson | null = null;
  #caretSentAt = Number.NEGATIVE_INFINITY;
  #isFirstFlying = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    if (options.inherited) this.#outbox.inherit(options.inherited);
  }

  unsaved(): Unsaved | null {
    return this.#outbox.unsaved();
  }

  /** When the oldest edit on its way was sent, or null. */
  oldestSentAt(): number | null {
    return this.#outbox.oldestSentAt();
  }

  /** Whether edit `no` is on its way as the first of this connection, with everything that the room lacked. */
  isFirst(no: number): boolean {
    return this.#isFirstFlying && no === 1;
  }

  /** One change of this page. Null where it cannot be sent: the document holds it until the next welcome. */
  add(update: Uint8Array | null): void {
    this.#outbox.add(update, this.#options.clock.now());
  }

  /** One act may be several transactions of the document: they go as one edit at the end of this turn. */
  sendSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    queueMicrotask(() => this.#flush());
  }

  /** Sends what waits now and by itself; returns the number of the edit. */
  sendNow(): number | null {
    const { clock, isJoined } = this.#options;
    const now = clock.now();
    const edit = isJoined() ? this.#outbox.take(now) : null;
    if (!edit) return null;
    this.#caretSentAt = now;
    this.#send(edit, false);
    return edit.no;
  }

  /** The room has welcomed this page: all that it lacks is the first edit, if there is anything. */
  begin(missing: Uint8Array | null): Edit | null {
    return this.#outbox.begin(missing, this.#options.clock.now());
  }

  sendFirst(first: Edit): void {
    this.#isFirstFlying = true;
    this.#send(first, true);
  }

  /** Edits up to `no` are in the log; says how many changes, and whether the first edit was among them. */
  saved(no: number): { readonly changes: number; readonly first: boolean } {
    const first = this.#isFirstFlying;
    this.#isFirstFlying = false;
    const changes = this.#outbox.saved(no);
    if (this.#callOffGather) {
      this.#callOffGather();
      this.#callOffGather = null;
      this.#flush();
    }
    return { changes, first };
  }

  setCaret(caret: CaretJson | null): void {
    this.#caret = caret;
    if (!this.#isFlushing) this.#sendCaret();
  }

  /** Nobody of a new connection knows this page's caret. */
  sendCaretAnew(): void {
    this.#caretSent = null;
    if (this.#caret !== null) this.#sendCaret();
  }

  /** The connection broke: nothing of what is unacknowledged counts as sent. */
  strand(): void {
    this.#callOffGather?.();
    this.#callOffCaret?.();
    this.#callOffGather = this.#callOffCaret = null;
    this.#isFirstFlying = false;
    this.#outbox.strand();
  }

  #send({ no, update }: Edit, first: boolean): void {
    const { clock, send, onSent } = this.#options;
    this.#sentAt = clock.now();
    this.#caretSent = this.#caret;
    send([{ type: "edit", no, first, update, caret: this.#caret }]);
    onSent();
  }

  #flush(): void {
    const { clock, isJoined } = this.#options;
    this.#isFlushing = false;
    if (!isJoined() || this.#callOffGather) return;
    const wait = this.#sentAt + GATHER_MS - clock.now();
    if (this.#outbox.hasWaiting() && this.#outbox.oldestSentAt() !== null && wait > 0) {
      this.#callOffGather = clock.after(wait, () => {
        this.#callOffGather = null;
        this.#flush();
      });
      return;
    }
    this.sendNow();
  }

  #sendCaret(): void {
    const { clock, isJoined, send } = this.#options;
    const isKnown = this.#caret === this.#caretSent;
    if (!isJoined() || isKnown || this.#outbox.hasWaiting() || this.#callOffCaret) return;
    const wait = this.#caretSentAt + CARET_MS - clock.now();
    if (wait > 0) {
      this.#callOffCaret = clock.after(wait, () => {
        this.#callOffCaret = null;
        this.#sendCaret();
      });
      return;
    }
    this.#caretSent = this.#caret;
    this.#caretSentAt = clock.now();
    send([{ type: "caret", caret: this.#caret }]);
  }
}

/**
 * Follows what is saved and what the device keeps: tells when what the page says of it changes, and notes on the device
 * what is not saved.
 */
import type { KeptUnsaved } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";
import type { Unsaved } from "./outbox.ts";
import { savingStatus } from "./saving.ts";
import type { Device, SavingStatus } from "./saving.ts";
import type { ConnectionState } from "./state.ts";

export type SavingWatchOptions = {
  readonly clock: Clock;
  readonly state: () => ConnectionState;
  readonly unsaved: () => Unsaved | null;
  /** Paragraphs with changes that are not acknowledged; empty when they are not known. */
  readonly touched: () => readonly string[];
  /** False where the browser keeps nothing. */
  readonly keeps: () => boolean;
  readonly note: (unsaved: KeptUnsaved | null) => Promise<void>;
  readonly tell: (status: SavingStatus) => void;
  readonly tellDevice: (device: Device["kind"]) => void;
};

export class SavingWatch {
  readonly #options: SavingWatchOptions;
  #status: SavingStatus = { kind: "opening" };
  #savedAt: number | null = null;
  #sent: { readonly changes: number; readonly at: number } | null = null;
  #noted = "";
  #callOff: (() => void) | null = null;
  #isClosed = false;
  #device: Device["kind"] | null = null;
  /** Writes that are on their way to the device, and when the first began with none before it. */
  #underWay = 0;
  #keepingSince = 0;

  constructor(options: SavingWatchOptions) {
    this.#options = options;
  }

  status(): SavingStatus {
    return this.#status;
  }

  /** An acknowledgement came; `first`: of what had waited through an interruption. */
  saved({ changes, at, first }: { changes: number; at: number; first: boolean }): void {
    this.#savedAt = at;
    if (first) this.#sent = { changes, at: this.#options.clock.now() };
  }

  /** Looks at everything anew: after each change, and when time alone changes what is to be said. */
  look(): void {
    if (this.#isClosed) return;
    const { clock, state, unsaved, tell } = this.#options;
    this.#callOff?.();
    this.#callOff = null;
    const now = clock.now();
    const waiting = unsaved();
    this.#note(waiting);
    const device = this.#lookAtDevice();
    const said = this.#status;
    const facts = {
      state: state(),
      unsaved: waiting,
      savedAt: this.#savedAt,
      sent: this.#sent,
      device,
      said,
    };
    const { status, nextAt } = savingStatus(facts, now);
    if (nextAt !== null) this.#callOff = clock.after(Math.max(0, nextAt - now), () => this.look());
    if (JSON.stringify(status) === JSON.stringify(said)) return;
    this.#status = status;
    tell(status);
  }

  /** Something that was written goes to the device; it is there, or cannot be kept, when `kept` settles. */
  onKeep(kept: Promise<unknown>): void {
    void this.#follow(kept);
    this.look();
  }

  async #follow(kept: Promise<unknown>): Promise<void> {
    if (this.#underWay === 0) this.#keepingSince = this.#options.clock.now();
    this.#underWay += 1;
    await Promise.allSettled([kept]);
    this.#underWay -= 1;
    if (this.#underWay > 0 || this.#isClosed) return;
    // Only where the page says where the words are does it say something else now.
    if (this.#status.kind === "not-saved") this.look();
    else this.#lookAtDevice();
  }

  #lookAtDevice(): Device {
    const { keeps, tellDevice } = this.#options;
    const device: Device = !keeps()
      ? { kind: "not-kept" }
      : this.#underWay > 0
        ? { kind: "keeping", since: this.#keepingSince }
        : { kind: "kept" };
    if (device.kind !== this.#device) {
      this.#device = device.kind;
      tellDevice(device.kind);
    }
    return device;
  }

  /** Always noted, however short the wait: words of a page that was killed are known by it. */
  #note(waiting: Unsaved | null): void {
    const { touched, note } = this.#options;
    const unsaved: KeptUnsaved | null = waiting && { ...waiting, paragraphIds: touched() };
    const text = JSON.stringify(unsaved);
    if (text === this.#noted) return;
    this.#noted = text;
    const kept = note(unsaved);
    // That nothing waits any more is no word of anybody's.
    if (unsaved) void this.#follow(kept);
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
  }
}

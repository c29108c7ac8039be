/** Follows what is saved: tells when what the page says of it changes, and notes on the device what is not. */
import type { KeptUnsaved } from "#collab/client/replica/replica.ts";
import type { Clock } from "./clock.ts";
import type { Unsaved } from "./outbox.ts";
import { savingStatus } from "./saving.ts";
import type { SavingStatus } from "./saving.ts";
import type { ConnectionState } from "./state.ts";

export type SavingWatchOptions = {
  readonly clock: Clock;
  readonly state: () => ConnectionState;
  readonly unsaved: () => Unsaved | null;
  /** Paragraphs with changes that are not acknowledged; empty when they are not known. */
  readonly touched: () => readonly string[];
  readonly note: (unsaved: KeptUnsaved | null) => void;
  readonly tell: (status: SavingStatus) => void;
};

export class SavingWatch {
  readonly #options: SavingWatchOptions;
  #status: SavingStatus = { kind: "opening" };
  #savedAt: number | null = null;
  #sent: { readonly changes: number; readonly at: number } | null = null;
  #noted = "";
  #callOff: (() => void) | null = null;
  #isClosed = false;

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
    const facts = { state: state(), unsaved: waiting, savedAt: this.#savedAt, sent: this.#sent };
    const { status, nextAt } = savingStatus(facts, now);
    if (nextAt !== null) this.#callOff = clock.after(Math.max(0, nextAt - now), () => this.look());
    if (JSON.stringify(status) !== JSON.stringify(this.#status)) {
      this.#status = status;
      tell(status);
    }
    this.#note(waiting);
  }

  /** Always noted, however short the wait: words of a page that was killed are known by it. */
  #note(waiting: Unsaved | null): void {
    const { touched, note } = this.#options;
    const unsaved: KeptUnsaved | null = waiting && { ...waiting, paragraphIds: touched() };
    const text = JSON.stringify(unsaved);
    if (text === this.#noted) return;
    this.#noted = text;
    note(unsaved);
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
  }
}

/** What the page says about saving, from acknowledgements alone (`docs/rules.md`, Saving status and offline). */
import type { Unsaved } from "./outbox.ts";
import type { ConnectionState, Ending } from "./state.ts";

export type SavingStatus =
  /** Nothing yet to say: the text is still on its way. */
  | { readonly kind: "opening" }
  /** `at`: when the last acknowledgement came; null when nothing was written since the page was opened. */
  | { readonly kind: "saved"; readonly at: number | null }
  /** Something was written a moment ago and its answer is on the way: nothing is claimed, nothing is wrong. */
  | { readonly kind: "sending"; readonly at: number | null }
  | { readonly kind: "saving"; readonly changes: number }
  | {
      readonly kind: "not-saved";
      readonly changes: number;
      readonly since: number;
      readonly retryAt: number | null;
      /** Whether the device has all `changes`. */
      readonly device: Device["kind"];
    }
  /** No connection, and nothing of one's own is waiting. */
  | { readonly kind: "offline"; readonly retryAt: number }
  /** Back online; everything that waited has been sent. */
  | { readonly kind: "sent"; readonly changes: number; readonly at: number }
  /** This page cannot write any more; what was unsaved stays on the page to be copied. */
  | { readonly kind: "ended"; readonly why: Ending; readonly at: number; readonly changes: number };

/** Whether everything that was written and is not saved is on this device. */
export type Device =
  | { readonly kind: "kept" }
  /** Some of it is on its way there, since then. */
  | { readonly kind: "keeping"; readonly since: number }
  /** The browser keeps nothing: it is on the page alone. */
  | { readonly kind: "not-kept" };

/** An answer is awaited in silence this long, then "saving", then "not saved". */
const SAVING_AFTER_MS = 300;
const NOT_SAVED_AFTER_MS = 3_000;
const SENT_FOR_MS = 10_000;
/** What goes to the device is awaited in silence this long, then it is said not to be there yet. */
const KEEPING_AFTER_MS = 300;

export type SavingFacts = {
  readonly state: ConnectionState;
  readonly unsaved: Unsaved | null;
  readonly savedAt: number | null;
  /** Changes that waited through an interruption and were acknowledged at `at`. */
  readonly sent: { readonly changes: number; readonly at: number } | null;
  readonly device: Device;
  /** What the page says at the moment. */
  readonly said: SavingStatus;
};

/** A status, and when it will change if nothing else happens (null: not by itself). */
type Timed = { readonly status: SavingStatus; readonly nextAt: number | null };

export function savingStatus(facts: SavingFacts, now: number): Timed {
  const { state, unsaved, savedAt, sent } = facts;
  if (state.kind === "ended") {
    return {
      status: { kind: "ended", why: state.why, at: state.at, changes: unsaved?.changes ?? 0 },
      nextAt: null,
    };
  }
  if (unsaved) {
    const { changes, since } = unsaved;
    const connected = state.kind === "joined";
    if (state.kind === "offline" || now - since >= NOT_SAVED_AFTER_MS) {
      return notSaved(facts, unsaved, now);
    }
    if (now - since >= SAVING_AFTER_MS || !connected) {
      return { status: { kind: "saving", changes }, nextAt: since + NOT_SAVED_AFTER_MS };
    }
    return { status: { kind: "sending", at: savedAt }, nextAt: since + SAVING_AFTER_MS };
  }
  if (state.kind === "offline") return { status: { kind: "offline", retryAt: state.retryAt }, nextAt: null };
  if (state.kind === "connecting" && !state.again) return { status: { kind: "opening" }, nextAt: null };
  if (sent && now - sent.at < SENT_FOR_MS)
    return { status: { kind: "sent", ...sent }, nextAt: sent.at + SENT_FOR_MS };
  return { status: { kind: "saved", at: savedAt }, nextAt: null };
}

function notSaved({ state, device, said }: SavingFacts, { changes, since }: Unsaved, now: number): Timed {
  // What is said to be kept is; the newest is counted once it is kept too, or not there after a while.
  const lateAt = device.kind === "keeping" ? device.since + KEEPING_AFTER_MS : now;
  if (now < lateAt && said.kind === "not-saved" && said.device === "kept")
    return { status: said, nextAt: lateAt };
  const retryAt = state.kind === "offline" ? state.retryAt : null;
  return { status: { kind: "not-saved", changes, since, retryAt, device: device.kind }, nextAt: null };
}

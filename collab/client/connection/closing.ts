/** What a page does when the room has closed its connection. */
import { CLOSE } from "#collab/frames.ts";
import type { Ending } from "./state.ts";

const TOO_MANY_PAUSE_MS = 20_000;
/** Once may be an accident of the line; a page that goes on sending such frames is broken. */
const MOST_MALFORMED = 3;

export type AfterClose =
  | { readonly kind: "end"; readonly why: Ending }
  /** `afterMs` null: after a growing random pause. */
  | { readonly kind: "come-back"; readonly afterMs: number | null };

export type Closing = {
  readonly code: number;
  /** Connections that failed in a row. */
  readonly attempts: number;
  /** The pause that the room has named, if it has. */
  readonly comeBackMs: number | null;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
};

/** Whether the page stops for good or comes back, and when. */
export function afterClose({ code, attempts, comeBackMs, random }: Closing): AfterClose {
  switch (code) {
    case CLOSE.schema:
      return { kind: "end", why: "schema" };
    case CLOSE.notAllowed:
      return { kind: "end", why: "notAllowed" };
    case CLOSE.notThere:
      return { kind: "end", why: "notThere" };
    case CLOSE.readOnly:
      return { kind: "end", why: "readOnly" };
    case CLOSE.tooManyRefusals:
      return { kind: "end", why: "tooManyRefusals" };
    case CLOSE.malformed:
      return attempts >= MOST_MALFORMED
        ? { kind: "end", why: "malformed" }
        : { kind: "come-back", afterMs: null };
    case CLOSE.tooMany:
      return { kind: "come-back", afterMs: TOO_MANY_PAUSE_MS + Math.round(random() * TOO_MANY_PAUSE_MS) };
    default:
      return { kind: "come-back", afterMs: comeBackMs };
  }
}

/** Where a page's connection to the room of its text stands. */
import type { EditRefusal } from "#collab/frames.ts";

/** Why a page has stopped for good. */
export type Ending = "notAllowed" | "schema" | "notThere" | "readOnly" | "tooManyRefusals" | "malformed";

export type ConnectionState =
  /** `retryAt`: when it tries again by itself. */
  | { readonly kind: "offline"; readonly retryAt: number }
  /** `again`: it has been joined before. */
  | { readonly kind: "connecting"; readonly again: boolean }
  | { readonly kind: "joined"; readonly peer: number; readonly mayWrite: boolean }
  | { readonly kind: "refused"; readonly refusal: EditRefusal; readonly no: number }
  | { readonly kind: "ended"; readonly why: Ending; readonly at: number };

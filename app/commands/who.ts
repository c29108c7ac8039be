/** The author of an act, from the viewer: officers act for no delegation. */
import { authorIn } from "#app/rules/author.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import { refuse } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";

export type By = {
  readonly personId: string;
  readonly delegationId: string | null;
  readonly loginId: string;
};

/** Refused with "sign-in" for the public. */
export function byOf(viewer: Viewer, sessionId: string | null): Refusal | By {
  return viewer.kind === "person" ? authorIn(viewer, sessionId) : refuse("sign-in", "sign-in");
}

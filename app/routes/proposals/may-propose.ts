/** Whether somebody drafts proposals: for a delegation that takes part, as its editor or head (rule PR5). */
import { may } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";

export function mayPropose(viewer: Viewer, sessionId: string): boolean {
  if (viewer.kind !== "person") return false;
  return viewer.delegates.some(
    ({ sessionId: of, delegationId, capacity }) =>
      of === sessionId &&
      capacity === "participant" &&
      may("draft", viewer, { kind: "delegation", sessionId, delegationId }) === true,
  );
}

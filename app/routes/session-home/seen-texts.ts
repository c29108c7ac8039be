/** The texts of a session that somebody sees, and how they moved. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { standingOf } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import { listIssuedVersions, listTextMoves } from "#db/stores/session-home.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";

export type SeenText = Awaited<ReturnType<typeof listSeenTexts>>[number];

/** The texts that this viewer may see, with what of their movement the viewer may know. */
export async function listSeenTexts({ db, viewer }: AppLoadContext, { id: sessionId }: SessionRow) {
  const doors = await listTextDoors(db.read, sessionId);
  const issued = Map.groupBy(await listIssuedVersions(db.read, sessionId), ({ textId }) => textId);
  return (await listTextMoves(db.read, sessionId)).flatMap((text) => {
    const door = doors.get(text.id);
    if (!door || may("readText", viewer, { kind: "text", door }) !== true) return [];
    const standing = standingOf(viewer, door);
    const newest = visibleVersions(standing, issued.get(text.id) ?? []).at(-1);
    // Rule AD6: who sees versions only is not told when somebody writes; nobody is, of before they were let in.
    const from = standing.kind === "reader" ? standing.fromSeq : 0;
    const writtenAt = seesLive(standing) && text.seq > from ? text.at : 0;
    const issuedAt = newest?.issuedAt ?? 0;
    return [
      {
        ...text,
        newest: newest?.label ?? null,
        drafts: viewer.kind === "person" && viewer.drafts.includes(text.id),
        mayIssue: may("issueVersion", viewer, { kind: "text", door }) === true,
        /** Written in since the newest version that the viewer sees. */
        ahead: text.seq > (newest?.seq ?? 0),
        movedAt: Math.max(writtenAt, issuedAt),
        moved: writtenAt > issuedAt ? ("written" as const) : ("issued" as const),
      },
    ];
  });
}

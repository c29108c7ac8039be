/** How the pages of notes begin: the viewer's own delegation of the session. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { may } from "#app/rules/permissions.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";

/** Throws "not there" for everybody who is of no delegation of the session: for them there are no notes. */
export async function openNotes(
  { db, viewer }: Pick<AppLoadContext, "db" | "viewer">,
  params: Readonly<Record<string, string | undefined>>,
): Promise<{
  readonly session: SessionRow;
  readonly seat: SignedIn["delegates"][number];
  readonly mayWrite: boolean;
}> {
  const sessionId = params["session"] ?? "";
  const session = await findSession(db.read, sessionId);
  const seat =
    viewer.kind === "person" ? viewer.delegates.find((one) => one.sessionId === sessionId) : undefined;
  if (!session || !seat) throw notThere();
  const thing = { kind: "delegation", sessionId, delegationId: seat.delegationId } as const;
  const allowed = may("readNotes", viewer, thing);
  if (allowed !== true) throw refusalResponse(allowed);
  return { session, seat, mayWrite: may("writeNotes", viewer, thing) === true };
}

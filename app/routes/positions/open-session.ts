/** How the pages of what is released begin: is there such a session, and may this viewer read in it? */
import type { AppLoadContext } from "#app/commands/context.ts";
import { may } from "#app/rules/permissions.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** Throws the answer for a session that is not there. */
export async function openReleased(
  context: Pick<AppLoadContext, "db" | "viewer">,
  params: Params,
): Promise<SessionRow> {
  const sessionId = params["session"] ?? "";
  const allowed = may("readReleased", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  return session;
}

/** Whether this viewer may draft for a delegation of the session. */
export function mayDraftIn(context: Pick<AppLoadContext, "viewer">, sessionId: string): boolean {
  const { viewer } = context;
  if (viewer.kind !== "person") return false;
  return viewer.delegates.some(
    ({ sessionId: of, delegationId }) =>
      of === sessionId && may("draft", viewer, { kind: "delegation", sessionId, delegationId }) === true,
  );
}

/** Chair or secretariat record that a statement was delivered: from then on everybody reads it. */
import { authorIn } from "#app/rules/author.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { statementReader } from "#app/rules/statements.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { findCorrection, findDelivery, findStatement, insertDelivery } from "#db/stores/statement.ts";
import type { CommandContext } from "./context.ts";

/**
 * The meeting's mode at this moment is stamped with it. Refused for a meeting that has not begun, for a statement that
 * was delivered already, and for one that a newer statement corrects.
 */
export async function deliverStatement(
  context: CommandContext,
  input: { readonly sessionId: string; readonly statementId: string; readonly meetingId: string },
): Promise<Refusal | { readonly statementId: string }> {
  const { sessionId, statementId, meetingId } = input;
  const { viewer } = context;
  const allowed = may("deliverStatement", viewer, { kind: "session", sessionId });
  if (allowed !== true) return allowed;
  if (viewer.kind !== "person") return refuse("sign-in", "sign-in");
  const reader = statementReader(viewer);
  const found = await findStatement(context.db.read, { reader, sessionId, id: statementId });
  if (!found) return refuse("not-found", "not-there");
  const by = authorIn(viewer, sessionId);
  const at = context.now();
  const delivered = await context.db.write(async (tx) => {
    const meeting = (await listMeetings(tx, sessionId)).find(({ id }) => id === meetingId);
    if (!meeting) return refuse("invalid", "check-fields", { fields: { meeting: "meeting-needed" } });
    if (meeting.startsAt > at)
      return refuse("invalid", "check-fields", { fields: { meeting: "meeting-not-begun" } });
    if ((await findDelivery(tx, statementId)) !== null) return refuse("conflict", "already-delivered");
    if ((await findCorrection(tx, statementId)) !== null) return refuse("conflict", "deliver-newer");
    const { mode } = meeting;
    const { sha256 } = await insertDelivery(tx, {
      statementId,
      meetingId,
      mode,
      deliveredAt: at,
      recordedBy: by.personId,
    });
    await appendEvent(tx, {
      at,
      by,
      act: "deliverStatement",
      thing: "statement",
      thingId: statementId,
      sessionId,
      detail: { meetingId, mode, sha256 },
    });
    return { statementId };
  });
  if (isRefusal(delivered)) return delivered;
  context.notices.tell({ kind: "session", sessionId }, "statements");
  context.notices.tell({ kind: "session", sessionId }, "agenda");
  return delivered;
}

/** What the viewer may do with a position on record, as a delegate of the very entity that it speaks of. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { mayForPosition } from "#app/commands/position-door.ts";
import type { Newer } from "#app/components/record/newer-link.tsx";
import { may } from "#app/rules/permissions.ts";
import { placeInLine } from "#app/rules/placing.ts";
import type { Sheet } from "#app/routes/positions/sheet.ts";
import { findStandingOwn } from "#db/stores/position-standing.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { findTopic } from "#db/stores/topic.ts";

export type OwnActs = {
  /** Where a draft begins that goes on from it: supersedes it, or corrects an editors' reading. */
  readonly draftTo: string | null;
  readonly mayWithdraw: boolean;
  readonly mayConfirm: boolean;
  /** The entity's own position that a confirmed reading would take the place of. */
  readonly over: string | null;
  /** When that is of a later source and goes on standing, the day of it; null otherwise. */
  readonly behind: string | null;
  /** To whoever had begun to withdraw or to confirm it: why that cannot be done any more, as a message code. */
  readonly gone: "position-superseded" | "reading-answered" | "not-allowed" | null;
  /** What stands in place of it. */
  readonly instead: Newer | null;
};

const nothing: OwnActs = {
  draftTo: null,
  mayWithdraw: false,
  mayConfirm: false,
  over: null,
  behind: null,
  gone: "not-allowed",
  instead: null,
};

export async function ownActs(
  context: Pick<AppLoadContext, "db" | "viewer">,
  { id: sessionId }: SessionRow,
  { position, history, newer, groupId }: Sheet,
): Promise<OwnActs> {
  const { db, viewer } = context;
  const { entityId, topicId } = position;
  if (newer !== null) return { ...nothing, gone: "position-superseded", instead: newer };
  if (viewer.kind !== "person" || position.withdraws) return nothing;
  const seat = viewer.delegates.find((one) => one.sessionId === sessionId && one.entityId === entityId);
  if (!seat) return nothing;
  const { delegationId } = seat;
  const mayDraft = may("draft", viewer, { kind: "delegation", sessionId, delegationId }) === true;
  const topic = await findTopic(db.read, topicId);
  const own = await findStandingOwn(db.read, groupId === null ? { topicId, entityId } : { topicId, groupId });
  const isReading = position.standing === "editors";
  const isAnswered = history.some(({ id, state }) => id === position.id && state === "answered");
  const mayWithdraw =
    !isReading &&
    own?.id === position.id &&
    mayForPosition("withdrawPosition", context, { sessionId, entityId }) === true;
  const mayConfirm =
    isReading && !isAnswered && mayForPosition("confirmReading", context, { sessionId, entityId }) === true;
  const from = new URLSearchParams({ topic: topicId, delegation: delegationId, from: position.id });
  return {
    draftTo:
      mayDraft && topic?.closedAt === null
        ? `/sessions/${sessionId}/drafts/positions/new?${from.toString()}`
        : null,
    mayWithdraw,
    mayConfirm,
    over: own?.id ?? null,
    behind: own && placeInLine(position.sourceDate, own).behind !== null ? own.sourceDate : null,
    gone: mayWithdraw || mayConfirm ? null : isAnswered ? "reading-answered" : "not-allowed",
    instead:
      isAnswered && own
        ? { id: own.id, does: "own", sourceTitle: own.sourceTitle, sourceDate: own.sourceDate }
        : null,
  };
}

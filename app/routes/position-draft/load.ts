/** What the page of a draft position shows: a new one, or one of the viewer's own delegation. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { Alignment } from "#app/components/record/for-whom.tsx";
import { dayAt, isDay, isSameSource } from "#app/rules/positions.ts";
import { placeInLine } from "#app/rules/placing.ts";
import { notThere } from "#app/routes/answers.ts";
import { agendaChoices, draftFacts } from "#app/routes/drafts/facts.ts";
import { type Seat, openDrafts, seatFor } from "#app/routes/drafts/seats.ts";
import { listSpokenFor } from "#app/routes/drafts/spoken-for.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import type { Reading } from "#db/database.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { type PositionDraftRow, findPositionDraft } from "#db/stores/position-draft.ts";
import { findStandingOwn, listStandingReadings } from "#db/stores/position-standing.ts";
import { findPosition } from "#db/stores/position.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { findTopic, listTopics } from "#db/stores/topic.ts";
import { type PositionValues, positionValues } from "./form.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** The address of a draft that does not exist yet. */
export const NEW = "new";

/** Throws "not there" for everybody but the people of the draft's delegation. */
export async function loadPositionDraft(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const { session, seats } = await openDrafts(context, params);
  const db = context.db.read;
  const items = await agendaChoices(db, session.id);
  const meetings = (await listMeetings(db, session.id)).map(({ id, number }) => ({ id, number }));
  const today = dayAt(context.now(), session.timeZone);
  const draftId = params["draft"] ?? "";
  const shared = { sessionId: session.id, zone: session.timeZone, items, meetings };
  if (draftId === NEW) {
    const seat = seatFor(seats, search.get("delegation"));
    const topics = await listTopics(db, { exercise: session.exercise, offered: true });
    const asked = items.find(({ id }) => id === search.get("item"))?.id ?? null;
    const from = await findBasis(db, { positionId: search.get("from"), entityId: seat.entityId, session });
    const topicId = from?.topicId ?? search.get("topic");
    const topic = topics.find(({ id }) => id === topicId) ?? null;
    return {
      ...shared,
      kind: "new" as const,
      seat,
      seats: seats.filter(({ mayDraft }) => mayDraft),
      topics: topics.map(({ id, title, question }) => ({ id, title, question })),
      topic,
      itemId: asked,
      groups: await listSpokenFor(context, session, { entityId: seat.entityId, day: today }),
      values: from?.values ?? positionValues(null, asked),
      exceptions: from?.exceptions ?? [],
    };
  }

  const delegationIds = seats.map(({ delegationId }) => delegationId);
  const draft = await findPositionDraft(db, { id: draftId, delegationIds });
  const seat = seats.find(({ delegationId }) => delegationId === draft?.delegationId);
  const topic = draft ? await findTopic(db, draft.topicId) : null;
  if (!draft || !seat || !topic) throw notThere();
  const day = isDay(draft.sourceDate) ? draft.sourceDate : today;
  const { groupId } = draft;
  const exceptions = draft.exceptions ?? [];
  const spokenFor = { entityId: seat.entityId, groupId, exceptions };
  const alignment = await findAlignment({ db, language: context.language }, spokenFor, day);
  const groups = await listSpokenFor(context, session, { entityId: seat.entityId, day });
  return {
    ...shared,
    kind: "draft" as const,
    itemGone: draft.itemId !== null && !items.some(({ id }) => id === draft.itemId),
    seat,
    topic,
    groups: withChosen(groups, draft, alignment),
    values: positionValues(draft, null),
    exceptions,
    alignment,
    draft: await draftFacts(db, draft),
    ...(await placeOf(db, draft, seat)),
    answers: await answerOf(db, draft, seat),
  };
}

type Group = Awaited<ReturnType<typeof listSpokenFor>>[number];

/** A group that the delegation may not speak for any more stays chosen until somebody chooses: to be silent would change whose word it is. */
function withChosen(
  groups: readonly Group[],
  { groupId }: PositionDraftRow,
  alignment: Alignment | null,
): readonly Group[] {
  if (groupId === null || alignment === null || groups.some(({ id }) => id === groupId)) return groups;
  return [...groups, { id: groupId, ...alignment.group, others: [] }];
}

type InLine = {
  /** What stands now; null for nothing. */
  readonly over: string | null;
  /** When that is of a later source than the draft and goes on standing, the day of it; null otherwise. */
  readonly behind: string | null;
};

async function placeOf(
  db: Reading,
  { topicId, groupId, sourceDate }: PositionDraftRow,
  { entityId }: Seat,
): Promise<InLine> {
  const standing = await findStandingOwn(db, groupId === null ? { topicId, entityId } : { topicId, groupId });
  if (standing === null) return { over: null, behind: null };
  const { behind } = placeInLine(sourceDate, standing);
  return { over: standing.id, behind: behind === null ? null : standing.sourceDate };
}

/** What a release would say to an editors' reading of the same document. */
async function answerOf(
  db: Reading,
  draft: PositionDraftRow,
  { entityId }: Seat,
): Promise<"confirms" | "corrects" | null> {
  if (draft.groupId !== null) return null;
  const readings = await listStandingReadings(db, { entityId, topicId: draft.topicId });
  const reading = readings.find((one) => isSameSource(draft, one));
  if (!reading) return null;
  return reading.stance === draft.stance ? "confirms" : "corrects";
}

/** The words of what is on record of the same entity, an editors' reading too, for a draft that goes on from it. */
async function findBasis(
  db: Reading,
  which: {
    readonly positionId: string | null;
    readonly entityId: string;
    readonly session: SessionRow;
  },
): Promise<{
  readonly topicId: string;
  readonly values: PositionValues;
  readonly exceptions: readonly string[];
} | null> {
  const found = which.positionId === null ? null : await findPosition(db, which.positionId);
  if (!found || found.entityId !== which.entityId || found.withdraws === true) return null;
  const isHere = found.sessionId === which.session.id;
  const words = isHere ? found : { ...found, itemId: null, meetingId: null };
  const values = positionValues(words, null);
  // A source that is only known by its year has to be given its day.
  const sourceDate = isDay(values.sourceDate) ? values.sourceDate : "";
  return { topicId: found.topicId, values: { ...values, sourceDate }, exceptions: found.exceptions ?? [] };
}

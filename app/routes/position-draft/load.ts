/** What the page of a draft position shows: a new one, or one of the viewer's own delegation. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { notThere } from "#app/routes/answers.ts";
import { agendaChoices, draftFacts } from "#app/routes/drafts/facts.ts";
import { type Seat, openDrafts, seatFor } from "#app/routes/drafts/seats.ts";
import { findPositionDraft, findStandingOwn } from "#db/stores/position.ts";
import { findTopic, listTopics } from "#db/stores/topic.ts";
import { positionValues } from "./form.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** The address of a draft that does not exist yet. */
export const NEW = "new";

/** Throws "not there" for everybody but the people of the draft's delegation. */
export async function loadPositionDraft(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const { session, seats } = await openDrafts(context, params);
  const items = await agendaChoices(context.db.read, session.id);
  const draftId = params["draft"] ?? "";
  const shared = { sessionId: session.id, zone: session.timeZone, items };
  if (draftId === NEW) {
    const seat = seatFor(seats, search.get("delegation"));
    const topics = await listTopics(context.db.read, { exercise: session.exercise });
    const topic = topics.find(({ id }) => id === search.get("topic")) ?? null;
    const asked = items.find(({ id }) => id === search.get("item"))?.id ?? null;
    return {
      ...shared,
      kind: "new" as const,
      seat,
      seats: seats.filter(({ mayDraft }) => mayDraft),
      topics: topics.map(({ id, title, question }) => ({ id, title, question })),
      topic,
      itemId: asked,
      values: positionValues(null, asked),
    };
  }

  const delegationIds = seats.map(({ delegationId }) => delegationId);
  const draft = await findPositionDraft(context.db.read, { id: draftId, delegationIds });
  const seat = seats.find(({ delegationId }) => delegationId === draft?.delegationId);
  const topic = draft ? await findTopic(context.db.read, draft.topicId) : null;
  if (!draft || !seat || !topic) throw notThere();
  return {
    ...shared,
    kind: "draft" as const,
    seat,
    topic,
    values: positionValues(draft, null),
    draft: await draftFacts(context.db.read, draft),
    supersedes: await hasStanding(context, seat, topic.id),
  };
}

async function hasStanding(context: AppLoadContext, seat: Seat, topicId: string): Promise<boolean> {
  return (await findStandingOwn(context.db.read, { entityId: seat.entityId, topicId })) !== null;
}

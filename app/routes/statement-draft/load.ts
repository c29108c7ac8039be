/** What the page of a draft statement shows: a new one, or one of the viewer's own delegation. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { statementWordsOf } from "#app/commands/draft-statement.ts";
import { listReadableTexts } from "#app/commands/spoken-to.ts";
import { nameIn } from "#app/rules/language.ts";
import { dayAt } from "#app/rules/positions.ts";
import { topicsToOffer } from "#app/rules/topics.ts";
import { notThere } from "#app/routes/answers.ts";
import { agendaChoices, draftFacts } from "#app/routes/drafts/facts.ts";
import { openDrafts, seatFor } from "#app/routes/drafts/seats.ts";
import { listSpokenFor } from "#app/routes/drafts/spoken-for.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { findStatementDraft } from "#db/stores/statement-draft.ts";
import { listTexts } from "#db/stores/text.ts";
import { listTopics } from "#db/stores/topic.ts";
import { nameOf, paragraphOf, statementValues, tickedOf, type Ticked } from "./form.ts";
import { loadWriting } from "./writing.ts";

export type Loaded = Awaited<ReturnType<typeof loadStatementDraft>>;
/** One that exists. */
export type Draft = Extract<Loaded, { kind: "draft" }>;

type Params = Readonly<Record<string, string | undefined>>;

/** The address of a draft that does not exist yet. */
export const NEW = "new";

/** Throws "not there" for everybody but the people of the draft's delegation. */
export async function loadStatementDraft(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const { session, seats } = await openDrafts(context, params);
  const db = context.db.read;
  const items = await agendaChoices(db, session.id);
  const meetings = (await listMeetings(db, session.id)).map(({ id, number }) => ({ id, number }));
  const all = await listTopics(db, { exercise: session.exercise });
  const topicsFor = (had: readonly string[]) =>
    topicsToOffer(all, had).map(({ id, title }) => ({ id, title }));
  const today = dayAt(context.now(), session.timeZone);
  const shared = { sessionId: session.id, zone: session.timeZone, items, meetings };
  const draftId = params["draft"] ?? "";
  if (draftId === NEW) {
    const seat = seatFor(seats, search.get("delegation"));
    const asked = items.find(({ id }) => id === search.get("item"))?.id ?? null;
    const spoken = search.getAll("paragraph").slice(0, 1);
    const texts = await listChoices(context, session.id, { itemId: null, names: spoken });
    const topics = topicsFor([]);
    const there = new Set(texts.flatMap(({ paragraphs }) => paragraphs.map(({ name }) => name)));
    const ticked: Ticked = {
      exceptions: [],
      topics: search.getAll("topic").filter((id) => topics.some((topic) => topic.id === id)),
      paragraphs: spoken.filter((name) => there.has(name)),
    };
    return {
      ...shared,
      kind: "new" as const,
      seat,
      seats: seats.filter(({ mayDraft }) => mayDraft),
      groups: await listSpokenFor(context, session, { entityId: seat.entityId, day: today }),
      values: statementValues(null, asked),
      topics,
      ticked,
      texts,
    };
  }

  const delegationIds = seats.map(({ delegationId }) => delegationId);
  const draft = await findStatementDraft(db, { id: draftId, delegationIds });
  const seat = seats.find(({ delegationId }) => delegationId === draft?.delegationId);
  if (!draft || !seat) throw notThere();
  const words = statementWordsOf(draft);
  const facts = await draftFacts(db, draft);
  const groups = await listSpokenFor(context, session, { entityId: seat.entityId, day: today });
  const names = words.paragraphs.map(nameOf);
  const texts = await listChoices(context, session.id, { itemId: draft.itemId, names });
  const { ticked, barred } = withoutBarred(tickedOf(words), texts);
  return {
    ...shared,
    kind: "draft" as const,
    itemGone: draft.itemId !== null && !items.some(({ id }) => id === draft.itemId),
    seat,
    groups,
    values: statementValues(words, null),
    topics: topicsFor(words.topicIds),
    ticked,
    texts,
    /** Paragraphs that it speaks to and that this person does not read: with them it is not saved and not released. */
    barred,
    left: await listLeft(context, draft, groups),
    corrects: draft.corrects,
    draft: facts,
    ...(await loadWriting(
      context,
      { draft, session, seat, isOpen: facts.state === "open" },
      search.get("mark"),
    )),
  };
}

/** Stands for a paragraph that is not this person's to read: its name would name a text. */
const BARRED = "barred";

function withoutBarred(
  ticked: Ticked,
  texts: readonly { readonly paragraphs: readonly { readonly name: string }[] }[],
): { readonly ticked: Ticked; readonly barred: number } {
  const there = new Set(texts.flatMap(({ paragraphs }) => paragraphs.map(({ name }) => name)));
  const paragraphs = ticked.paragraphs.map((name, at) => (there.has(name) ? name : `${BARRED}/${at + 1}`));
  const barred = ticked.paragraphs.filter((name) => !there.has(name)).length;
  return { ticked: { ...ticked, paragraphs }, barred };
}

/** Texts whose paragraphs may be chosen: those under the item and those that are chosen from already. */
async function listChoices(
  context: AppLoadContext,
  sessionId: string,
  { itemId, names }: { readonly itemId: string | null; readonly names: readonly string[] },
) {
  const ofItem =
    itemId === null
      ? []
      : (await listTexts(context.db.read, sessionId)).filter((text) => text.itemId === itemId);
  const ids = [...ofItem.map(({ id }) => id), ...names.map((name) => paragraphOf(name).textId)];
  const texts = await listReadableTexts(context, ids);
  return texts
    .filter((text) => text.sessionId === sessionId)
    .map(({ id, title, symbol, language, paragraphs }) => ({
      id,
      title,
      symbol,
      language,
      paragraphs: paragraphs.map(({ id: paragraphId, label, start }) => ({
        name: nameOf({ textId: id, paragraphId }),
        label,
        start,
      })),
    }));
}

type Group = Awaited<ReturnType<typeof listSpokenFor>>[number];

/** What has changed in the group since the draft was saved: the group itself, or who was excepted and has left it. */
async function listLeft(
  { db, language }: AppLoadContext,
  draft: { readonly groupId: string | null; readonly exceptions: readonly string[] },
  groups: readonly Group[],
): Promise<{ readonly speaks: boolean; readonly names: readonly string[] }> {
  if (draft.groupId === null) return { speaks: true, names: [] };
  const group = groups.find(({ id }) => id === draft.groupId);
  const gone = draft.exceptions.filter((id) => !group?.others.some((other) => other.id === id));
  if (!group || gone.length === 0) return { speaks: group !== undefined, names: [] };
  const entities = await listEntities(db.read, { ids: gone });
  return { speaks: true, names: entities.map(({ names }) => nameIn(names, language)) };
}

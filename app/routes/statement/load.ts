/** What the page of a released statement shows, of what this viewer may see. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { listReadableTexts } from "#app/commands/spoken-to.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { dayAt } from "#app/rules/positions.ts";
import { paragraphsOf, speakingSeconds, statementReader, type SpokenTo } from "#app/rules/statements.ts";
import { notThere } from "#app/routes/answers.ts";
import { findOwnNote } from "#app/routes/notes/own-note.ts";
import { openReleased } from "#app/routes/positions/open-session.ts";
import type { TextDocument } from "#collab/document.ts";
import { plainBlocks, spokenWords, statementBlocks } from "#collab/statement-words.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findAlignedAtRelease } from "#db/stores/event.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { findStatement, findDeliveryInLine } from "#db/stores/statement.ts";
import { listTopics } from "#db/stores/topic.ts";
import { findAlignment } from "./alignment.ts";
import { findFileOf } from "./find-file.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** The session and the statement; throws "not there" for whoever may not know of it. */
export async function openStatement(context: AppLoadContext, params: Params) {
  const session = await openReleased(context, params);
  const found = await findStatement(context.db.read, {
    reader: statementReader(context.viewer),
    sessionId: session.id,
    id: params["statement"] ?? "",
    language: context.language,
  });
  if (!found) throw notThere();
  const { delegationId } = found;
  const sessionId = session.id;
  return {
    session,
    found,
    mayDeliver: may("deliverStatement", context.viewer, { kind: "session", sessionId }),
    mayCorrect: may("draft", context.viewer, { kind: "delegation", sessionId, delegationId }),
  };
}

export async function loadStatement(context: AppLoadContext, params: Params) {
  const { session, found, mayDeliver, mayCorrect } = await openStatement(context, params);
  const db = context.db.read;
  const agenda = await listAgenda(db, session.id);
  const document = found.document === null ? null : (JSON.parse(found.document) as TextDocument);
  const blocks = document ? statementBlocks(document) : plainBlocks(paragraphsOf(found.body));
  const file = await findFileOf(db, found);
  const seconds = speakingSeconds(spokenWords(blocks), found.language);
  const offersDelivery =
    mayDeliver === true && found.correctedBy === null && (await findDeliveryInLine(db, found.id)) === null;
  return {
    sessionId: session.id,
    zone: session.timeZone,
    ownNote: await findOwnNote(context, session.id, { thing: "statement", thingId: found.id }),
    statement: {
      id: found.id,
      title: found.title,
      language: found.language,
      blocks,
      seconds: seconds || (file?.seconds ?? 0),
      file,
      entityId: found.entityId,
      entityName: found.entityName,
      entityCode: found.entityCode,
      meetingNumber: found.meetingNumber,
      releasedAt: found.releasedAt,
      contentHash: found.contentHash,
      delivery: found.delivery,
      isEmbargoed: found.embargo === "delivery" && found.delivery === null,
      correction: found.correction,
    },
    item: { id: found.itemId, number: fullNumber(agenda, found.itemId), title: found.itemTitle },
    alignment: await findAlignment(
      { db, language: context.language },
      found,
      dayAt(found.releasedAt, session.timeZone),
      found.groupId === null
        ? null
        : await findAlignedAtRelease(db, { thing: "statement", thingId: found.id }),
    ),
    corrects: await findOther(context, found.sessionId, found.supersedes),
    correctedBy: await findOther(context, found.sessionId, found.correctedBy),
    topics: await listSpokenTopics(context, session.exercise, found.topicIds ?? []),
    spokenTo: await listSpokenTo(context, found.sessionId, found.paragraphs ?? []),
    meetings: offersDelivery ? await listBegun(context, session.id) : null,
    mayCorrect: mayCorrect === true && found.correctedBy === null,
  };
}

/** The statement that this one corrects, or that corrects it, where the viewer may know of it. */
async function findOther(context: AppLoadContext, sessionId: string, id: string | null) {
  if (id === null) return null;
  const reader = statementReader(context.viewer);
  const found = await findStatement(context.db.read, { reader, sessionId, id });
  return (
    found && {
      id: found.id,
      title: found.title,
      language: found.language,
      releasedAt: found.releasedAt,
      correction: found.correction,
    }
  );
}

async function listSpokenTopics(
  context: AppLoadContext,
  exercise: boolean,
  topicIds: readonly string[],
): Promise<{ id: string; title: string }[]> {
  if (topicIds.length === 0) return [];
  const topics = await listTopics(context.db.read, { exercise });
  return topics.filter(({ id }) => topicIds.includes(id)).map(({ id, title }) => ({ id, title }));
}

/** Paragraphs that it speaks to, in texts that this viewer reads. */
async function listSpokenTo(context: AppLoadContext, sessionId: string, paragraphs: readonly SpokenTo[]) {
  const texts = await listReadableTexts(
    context,
    paragraphs.map(({ textId }) => textId),
  );
  return texts
    .filter((text) => text.sessionId === sessionId)
    .map((text) => ({
      id: text.id,
      title: text.title,
      symbol: text.symbol,
      language: text.language,
      paragraphs: text.paragraphs.filter(({ id }) =>
        paragraphs.some((one) => one.textId === text.id && one.paragraphId === id),
      ),
    }))
    .filter((text) => text.paragraphs.length > 0);
}

/** Meetings in which it can have been delivered, the newest first. */
async function listBegun(context: AppLoadContext, sessionId: string) {
  const meetings = await listMeetings(context.db.read, sessionId);
  return meetings
    .filter(({ startsAt }) => startsAt <= context.now())
    .toSorted((a, b) => b.startsAt - a.startsAt)
    .map(({ id, number, mode }) => ({ id, number, mode }));
}

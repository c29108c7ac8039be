/** What notes are about, as far as the person who asks may see it: its name, and where it is. */
import { fullNumber } from "#app/rules/agenda.ts";
import { type NoteAbout, type NoteThing, paragraphOfNote } from "#app/rules/notes.ts";
import { statementReader } from "#app/rules/statements.ts";
import { type AgendaItemInList, listAgenda } from "#db/stores/agenda.ts";
import { listPositionTitles } from "#db/stores/position.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { listStatementTitles } from "#db/stores/statement.ts";
import { type TopicRow, listTopics } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import { type ReadableText, listReadableTexts } from "./spoken-to.ts";

export type NoteSubject = {
  /** A number, label or code; "" for what has none. */
  readonly label: string;
  readonly title: string;
  readonly to: string;
};

type Reader = Pick<CommandContext, "db" | "rooms" | "viewer">;

/** Finds the subject of each; what the person may not see, or is gone, has none. Each kind is asked for once. */
export async function findSubjects(
  context: Reader,
  session: SessionRow,
  notes: readonly NoteAbout[],
): Promise<(about: NoteAbout) => NoteSubject | null> {
  const db = context.db.read;
  const base = `/sessions/${session.id}`;
  const idsOf = (kind: NoteThing) =>
    notes.filter(({ thing }) => thing === kind).map(({ thingId }) => thingId);
  const has = (kind: NoteThing) => notes.some(({ thing }) => thing === kind);
  const agenda: readonly AgendaItemInList[] = has("item") ? await listAgenda(db, session.id) : [];
  const topics: readonly TopicRow[] = has("topic")
    ? await listTopics(db, { exercise: session.exercise })
    : [];
  const which = { reader: statementReader(context.viewer), sessionId: session.id, ids: idsOf("statement") };
  const statements = await listStatementTitles(db, which);
  const positions = await listPositionTitles(db, idsOf("position"), { exercise: session.exercise });
  const textIds = idsOf("paragraph").flatMap((id) => paragraphOfNote(id)?.textId ?? []);
  const texts = textIds.length === 0 ? [] : await listReadableTexts(context, textIds);
  return ({ thing, thingId }) => {
    switch (thing) {
      case "item": {
        const item = agenda.find(({ id }) => id === thingId);
        return item
          ? { label: fullNumber(agenda, item.id), title: item.title, to: `${base}/agenda/${item.id}` }
          : null;
      }
      case "topic": {
        const topic = topics.find(({ id }) => id === thingId);
        return topic ? { label: "", title: topic.title, to: `${base}/topics/${topic.id}` } : null;
      }
      case "statement": {
        const one = statements.get(thingId);
        return one ? { label: one.code, title: one.title, to: `${base}/statements/${thingId}` } : null;
      }
      case "position": {
        const one = positions.get(thingId);
        return one ? { label: one.code, title: one.title, to: `${base}/positions/${thingId}` } : null;
      }
      case "paragraph":
        return subjectOfParagraph(texts, thingId, base);
    }
  };
}

function subjectOfParagraph(
  texts: readonly ReadableText[],
  thingId: string,
  base: string,
): NoteSubject | null {
  const named = paragraphOfNote(thingId);
  const text = texts.find(({ id }) => id === named?.textId);
  const paragraph = text?.paragraphs.find(({ id }) => id === named?.paragraphId);
  if (!text || !paragraph || !base.endsWith(`/${text.sessionId}`)) return null;
  return {
    label: paragraph.label,
    title: `${text.title}: ${paragraph.start}`,
    to: `${base}/texts/${text.id}/paragraphs/${paragraph.id}`,
  };
}

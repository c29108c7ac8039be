/** What the page of the agenda shows. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { Reading } from "#db/database.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere } from "#app/routes/answers.ts";
import { type AgendaItemInList, type AgendaItemRow, listAgenda } from "#db/stores/agenda.ts";
import { listTakenOff } from "#db/stores/agenda-act.ts";
import { listAgendaChanges, listDocumentChanges } from "#db/stores/agenda-change.ts";
import { findPerson } from "#db/stores/person.ts";
import { findSession, type SessionRow } from "#db/stores/session.ts";
import { listTopics } from "#db/stores/topic.ts";

/** By whom, when, and as which document the agenda was adopted. */
export type Adopted = { readonly at: number; readonly by: string; readonly symbol: string };

/** Throws "not there" for a session that is not. Whoever calls has asked who may read it. */
export async function loadAgenda(context: AppLoadContext, sessionId: string) {
  const db = context.db.read;
  const session = await findSession(db, sessionId);
  if (!session) throw notThere();
  const mayManage = may("manageAgenda", context.viewer, { kind: "session", sessionId }) === true;
  const topics = mayManage ? await listTopics(db, { exercise: session.exercise }) : [];
  const { agendaAdoptedAt: at, agendaAdoptedBy, agendaSymbol } = session;
  const adopter = agendaAdoptedBy === null ? null : await findPerson(db, agendaAdoptedBy);
  const adopted: Adopted | null = at === null ? null : { at, by: adopter?.name ?? "", symbol: agendaSymbol };
  const items = await listAgenda(db, sessionId, statementReader(context.viewer));
  return {
    items: mayManage ? items : items.map(asRead),
    /** For whoever keeps the agenda: the same with all that can be changed. */
    kept: mayManage ? items : null,
    topics: topics.map(({ id, title, closedAt }) => ({ id, title, closedAt })),
    adopted,
    /** What its document is probably called. */
    symbol: agendaSymbol || session.symbol,
    /** For whoever has one of them open (rule AG25). */
    takenOff: mayManage ? await listTakenOff(db, { sessionId }) : [],
    changes: at === null ? [] : await listChanges(db, { session, items, since: at }),
    mayManage,
  };
}

type Read = Omit<AgendaItemRow, "sessionId" | "note" | "createdAt" | "deletedAt"> &
  Pick<AgendaItemInList, "statements" | "documents">;

function asRead(item: AgendaItemInList): Read {
  const { id, parentId, order, number, title, status, statusAt, statements, documents } = item;
  return { id, parentId, order, number, title, status, statusAt, statements, documents };
}

type Since = {
  readonly session: SessionRow;
  readonly items: readonly AgendaItemInList[];
  readonly since: number;
};

/** Rules AG13 and AG18. Changes of items, with what their notes and topics were, and of documents, all with their reasons; the newest first. */
async function listChanges(db: Reading, { session, items, since }: Since) {
  const ofItems = await listAgendaChanges(db, session.id);
  const hasTopics = ofItems.some(({ topicIds }) => topicIds !== null);
  const topics = hasTopics ? await listTopics(db, { exercise: session.exercise }) : [];
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const named = (ids: readonly string[]) => ids.map((id) => titles.get(id) ?? "").filter((one) => one !== "");
  const ofDocuments = await listDocumentChanges(db, session.id, since);
  return [
    ...ofItems.map(({ topicIds, ...change }) => ({
      ...change,
      document: "",
      topics: topicIds && { before: named(topicIds.before), after: named(topicIds.after) },
    })),
    ...ofDocuments.map(({ item, ...change }) => {
      const standing = items.find(({ id }) => id === change.itemId);
      const called = standing ? `${fullNumber(items, standing.id)} ${standing.title}` : item;
      return { ...change, before: called, after: called, note: null, topics: null };
    }),
  ].toSorted((a, b) => b.at - a.at);
}

/** What the page of the agenda shows. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { may } from "#app/rules/permissions.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere } from "#app/routes/answers.ts";
import { listAgenda, listAgendaChanges } from "#db/stores/agenda.ts";
import { findPerson } from "#db/stores/person.ts";
import { findSession } from "#db/stores/session.ts";
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
  return {
    items: await listAgenda(db, sessionId, statementReader(context.viewer)),
    topics: topics.map(({ id, title, closedAt }) => ({ id, title, closedAt })),
    adopted,
    /** What its document is probably called. */
    symbol: agendaSymbol || session.symbol,
    changes: at === null ? [] : await listAgendaChanges(db, sessionId),
    mayManage,
  };
}

/** What the page of a draft statement shows: a new one, or one of the viewer's own delegation. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { dayAt } from "#app/rules/positions.ts";
import { isMember, maySpeakFor } from "#app/rules/statements.ts";
import { notThere } from "#app/routes/answers.ts";
import { agendaChoices, draftFacts } from "#app/routes/drafts/facts.ts";
import { openDrafts, seatFor } from "#app/routes/drafts/seats.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import { findEntity } from "#db/stores/entity.ts";
import { listGroups, listGroupsOf, listMembers } from "#db/stores/group.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { findStatementDraft } from "#db/stores/statement.ts";
import { statementValues } from "./form.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** The address of a draft that does not exist yet. */
export const NEW = "new";

/** Throws "not there" for everybody but the people of the draft's delegation. */
export async function loadStatementDraft(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const { session, seats } = await openDrafts(context, params);
  const db = context.db.read;
  const items = await agendaChoices(db, session.id);
  const meetings = (await listMeetings(db, session.id)).map(({ id, number }) => ({ id, number }));
  const shared = { sessionId: session.id, zone: session.timeZone, items, meetings };
  const draftId = params["draft"] ?? "";
  if (draftId === NEW) {
    const seat = seatFor(seats, search.get("delegation"));
    const asked = items.find(({ id }) => id === search.get("item"))?.id ?? null;
    return {
      ...shared,
      kind: "new" as const,
      seat,
      seats: seats.filter(({ mayDraft }) => mayDraft),
      groups: await listSpokenFor(context, session, seat.entityId),
      values: statementValues(null, asked),
      exceptions: [] as readonly string[],
    };
  }

  const delegationIds = seats.map(({ delegationId }) => delegationId);
  const draft = await findStatementDraft(db, { id: draftId, delegationIds });
  const seat = seats.find(({ delegationId }) => delegationId === draft?.delegationId);
  if (!draft || !seat) throw notThere();
  const alignment = await findAlignment(
    { db, language: context.language },
    { ...draft, entityId: seat.entityId },
    dayAt(context.now(), session.timeZone),
  );
  return {
    ...shared,
    kind: "draft" as const,
    seat,
    groups: await listSpokenFor(context, session, seat.entityId),
    values: statementValues(draft, null),
    exceptions: draft.exceptions,
    alignment,
    draft: await draftFacts(context.db.read, draft),
  };
}

/** Groups on whose behalf an entity may speak today, with the members that it may except. */
async function listSpokenFor(context: AppLoadContext, session: SessionRow, entityId: string) {
  const db = context.db.read;
  const entity = await findEntity(db, entityId);
  if (!entity) return [];
  const day = dayAt(context.now(), session.timeZone);
  const own = await listGroupsOf(db, entityId, day);
  const namesakes =
    entity.kind === "union" ? (await listGroups(db, {})).filter(({ code }) => code === entity.code) : [];
  const groups = [];
  for (const group of new Map([...own, ...namesakes].map((one) => [one.id, one])).values()) {
    if (group.exercise !== session.exercise) continue;
    const members = await listMembers(db, group.id, day);
    if (!maySpeakFor(entity, group, members)) continue;
    groups.push({
      id: group.id,
      code: group.code,
      name: nameIn(group.names, context.language),
      others: members
        .filter(({ id, role }) => id !== entityId && isMember(role))
        .map(({ id, code, names }) => ({ id, code, name: nameIn(names, context.language) })),
    });
  }
  return groups;
}

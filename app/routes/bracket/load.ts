/** What the page of a bracket shows: where it stands, who stands where on it, and what this viewer may say. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { holdersOf, newestStances, standingStances } from "#app/rules/bracket-stances.ts";
import { nameIn } from "#app/rules/language.ts";
import { headedIn } from "#app/rules/permissions.ts";
import { dayAt } from "#app/rules/positions.ts";
import { isMember } from "#app/rules/spoken-for.ts";
import { notThere } from "#app/routes/answers.ts";
import { listSpokenFor } from "#app/routes/drafts/spoken-for.ts";
import { mayDo, type OpenText } from "#app/routes/text/open-text.ts";
import { toldStances, wordingRead } from "#app/routes/text/stances.ts";
import type { ToldStance } from "#app/components/text/stance-lines.tsx";
import { bracketsOf, wordsInside } from "#collab/brackets.ts";
import { labelsOf } from "#collab/labels.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { listGroups, listMembers } from "#db/stores/group.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { findSession, type SessionRow } from "#db/stores/session.ts";

type Named = { readonly id: string; readonly code: string; readonly name: string };

/** One for whom a form is shown, with what stands for it. */
export type FormParty = {
  /** "entity:…" or "group:…". */
  readonly value: string;
  readonly name: string;
  readonly stance: ToldStance | null;
  /** Of a group: who may be excepted. Empty for a delegation. */
  readonly members: readonly Named[];
};

export async function loadBracket(
  context: AppLoadContext,
  open: OpenText,
  { bracketId, asked }: { readonly bracketId: string; readonly asked: string },
) {
  const { text, door } = open;
  const session = await findSession(context.db.read, text.sessionId);
  // What a delegation writes for itself has no brackets that others could stand on.
  if (text.delegationId !== null || !session) throw notThere();
  const wording = await wordingRead(context, open);
  const bracket = wording ? bracketsOf(wording.document).byId.get(bracketId) : undefined;
  const may = mayDo(context, door, ["setStance", "recordStance", "readHistory", "liftBracket"]);
  // One that is gone is read by those who read what is deleted.
  const told = bracket || may.readHistory ? await toldStances(context, open, [bracketId]) : new Map();
  const history: readonly ToldStance[] = told.get(bracketId) ?? [];
  if (!bracket && history.length === 0) throw notThere();
  const newest = newestStances(history);
  const labels = wording ? labelsOf(wording.document) : new Map();
  const own = may.setStance && bracket ? await ownForms(context, session, newest) : [];
  const parties = may.recordStance && bracket ? await listParties(context, session, newest) : [];
  const chosen = parties.find(({ value }) => value === asked) ?? null;
  return {
    bracket: bracket
      ? {
          number: bracket.number,
          words: wording ? wordsInside(wording.document, bracket) : "",
          paragraph: bracket.paragraphs[0] ?? "",
          labels: bracket.paragraphs
            .map((id) => String(labels.get(id)?.short ?? ""))
            .filter((label) => label !== ""),
        }
      : null,
    stances: standingStances(history),
    history,
    own,
    /** Recorded for those whom the viewer speaks for, and not answered. */
    toAnswer: newest.filter(
      ({ kind, entityId, groupId }) =>
        kind === "recorded" && own.some(({ value }) => value === valueOf({ entityId, groupId })),
    ),
    /** For who may take the bracket away: codes of those who hold it. */
    lifting: bracket && may.liftBracket ? { holders: holdersOf(history).map(({ code }) => code) } : null,
    parties: parties.map(({ value, name }) => ({ value, label: name })),
    record: chosen && {
      ...chosen,
      members: chosen.members.length > 0 ? chosen.members : await membersOf(context, session, chosen.value),
      meetings: (await listMeetings(context.db.read, session.id)).map(({ id, number }) => ({ id, number })),
      today: dayAt(context.now(), session.timeZone),
    },
  };
}

function valueOf({ entityId, groupId }: Pick<ToldStance, "entityId" | "groupId">): string {
  return entityId === null ? `group:${groupId ?? ""}` : `entity:${entityId}`;
}

function standing(newest: readonly ToldStance[], value: string): ToldStance | null {
  return newest.find((stance) => valueOf(stance) === value) ?? null;
}

/** For the viewer's own delegation first, then for the groups that it speaks for. */
async function ownForms(
  context: AppLoadContext,
  session: SessionRow,
  newest: readonly ToldStance[],
): Promise<FormParty[]> {
  const { viewer } = context;
  const seat = viewer.kind === "person" ? headedIn(viewer, session.id) : undefined;
  if (!seat) return [];
  const { entityId } = seat;
  const day = dayAt(context.now(), session.timeZone);
  const delegations = await listDelegations(context.db.read, session.id, context.language);
  const own = delegations.find((delegation) => delegation.entityId === entityId);
  const groups = await listSpokenFor(context, session, { entityId, day });
  return [
    { value: `entity:${entityId}`, name: own?.name ?? seat.code, members: [] },
    ...groups.map(({ id, name, others }) => ({ value: `group:${id}`, name, members: others })),
  ].map((party) => ({ ...party, stance: standing(newest, party.value) }));
}

/** Everybody for whom something can be recorded: delegations that take part, then groups. */
async function listParties(
  { db, language }: AppLoadContext,
  session: SessionRow,
  newest: readonly ToldStance[],
): Promise<FormParty[]> {
  const delegations = await listDelegations(db.read, session.id, language);
  const groups = await listGroups(db.read, { exercise: session.exercise });
  return [
    ...delegations
      .filter(({ capacity }) => capacity === "participant")
      .map(({ entityId, name, code }) => ({ value: `entity:${entityId}`, name: `${name} (${code})` })),
    ...groups.map(({ id, names, code }) => ({
      value: `group:${id}`,
      name: `${nameIn(names, language)} (${code})`,
    })),
  ].map((party) => ({ ...party, members: [], stance: standing(newest, party.value) }));
}

async function membersOf(
  { db, language, now }: AppLoadContext,
  session: SessionRow,
  value: string,
): Promise<Named[]> {
  if (!value.startsWith("group:")) return [];
  const members = await listMembers(db.read, value.slice("group:".length), dayAt(now(), session.timeZone));
  return members
    .filter(({ role }) => isMember(role))
    .map(({ id, code, names }) => ({ id, code, name: nameIn(names, language) }));
}

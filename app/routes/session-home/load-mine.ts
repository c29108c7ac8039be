/** What is the viewer's own to do in a session, by what the viewer is in it. Nobody else's lines or counts are asked for. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { may } from "#app/rules/permissions.ts";
import { nextItems } from "#app/rules/session-home.ts";
import type { StatementReader } from "#app/rules/statements.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import {
  listLockCounts,
  findPeopleToSee,
  listAskedOf,
  listOpenDrafts,
  listUndelivered,
} from "#db/stores/session-home.ts";
import type { SessionRow } from "#db/stores/session.ts";
import type { SeenText } from "./seen-texts.ts";

const MOST = 5;

type About = {
  readonly session: SessionRow;
  readonly items: readonly AgendaItemInList[];
  readonly texts: readonly SeenText[];
  readonly reader: StatementReader;
  readonly hasNextMeeting: boolean;
};

export type Mine = Awaited<ReturnType<typeof loadMine>>;

export async function loadMine(context: AppLoadContext, about: About) {
  const { viewer } = context;
  const sessionId = about.session.id;
  const none = { delegation: null, drafting: [], chair: null, people: null };
  if (viewer.kind === "public") return { who: "public" as const, ...none };
  const seat = viewer.delegates.find((one) => one.sessionId === sessionId);
  const presides = may("manageAgenda", viewer, { kind: "session", sessionId }) === true;
  const appoints = may("appointOfficer", viewer, { kind: "session", sessionId }) === true;
  const whole = may("managePeople", viewer, { kind: "installation" }) === true;
  const hasOffice = viewer.offices.some((held) => held.sessionId === sessionId);
  const drafting = await listDrafting(context, about);
  const hasPart = seat !== undefined || presides || hasOffice || drafting.length > 0;
  return {
    who: hasPart ? ("part" as const) : ("guest" as const),
    delegation: seat ? await loadDelegation(context, about, seat) : null,
    drafting,
    chair: presides ? await loadChair(context, about) : null,
    people: appoints
      ? await findPeopleToSee(context.db.read, { sessionId, whole, now: context.now() })
      : null,
  };
}

/** Drafts, what is released and not delivered, and what the entity is asked to confirm. */
async function loadDelegation(context: AppLoadContext, about: About, seat: SignedIn["delegates"][number]) {
  const { session, reader } = about;
  const { viewer, language } = context;
  const db = context.db.read;
  const { delegationId, entityId } = seat;
  const thing = { kind: "delegation", sessionId: session.id, delegationId } as const;
  const drafts = await listOpenDrafts(db, delegationId);
  const which = { reader, sessionId: session.id, language };
  const asked = await listAskedOf(db, { entityId, exercise: session.exercise });
  return {
    code: seat.code,
    releases: may("release", viewer, thing) === true,
    writes: may("draft", viewer, thing) === true,
    draftCount: drafts.length,
    drafts: drafts.slice(0, MOST),
    undelivered: await listUndelivered(db, { ...which, delegationId, limit: MOST }),
    askedCount: asked.length,
    asked: asked.slice(0, MOST),
  };
}

/** Texts that the viewer is appointed to write in, with what in them waits for the viewer. */
async function listDrafting({ db, rooms, viewer }: AppLoadContext, { texts }: About) {
  const mine = texts.filter(({ drafts }) => drafts);
  if (mine.length === 0 || viewer.kind !== "person") return [];
  const locks = await listLockCounts(
    db.read,
    mine.map(({ id }) => id),
  );
  const drafting = [];
  for (const { id, title } of mine) {
    const { document, lateWords } = await rooms.inside(id);
    const late = document.hidden.flatMap(lateWords);
    drafting.push({
      id,
      title,
      locked: locks.get(id) ?? 0,
      late: late.length,
      /** Of the late words, those that the viewer typed: they are put before their author. */
      lateMine: late.filter(({ stamp }) => stamp.person === viewer.personId).length,
    });
  }
  return drafting;
}

/** What those who preside decide next. */
async function loadChair(context: AppLoadContext, about: About) {
  const { session, items, texts, reader, hasNextMeeting } = about;
  const now = items.find(({ id }) => id === session.itemUnderDiscussionId);
  const which = { reader, sessionId: session.id, language: context.language, limit: MOST };
  return {
    hasItems: items.length > 0,
    isAdopted: session.agendaAdoptedAt !== null,
    takeUp: now === undefined ? (nextItems(items, null, 1)[0] ?? null) : null,
    announced: now ? await listUndelivered(context.db.read, { ...which, itemId: now.id }) : [],
    toIssue: texts
      .filter(({ mayIssue, ahead }) => mayIssue && ahead)
      .map(({ id, title, newest }) => ({ id, title, newest })),
    hasNextMeeting,
  };
}

/** What is happening now, what is the viewer's to do, what is next: of what this viewer may see. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { standingOf } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { moving, nextItems } from "#app/rules/session-home.ts";
import { statementReader } from "#app/rules/statements.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { saidIn } from "#app/routes/said.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listMeetings, listMeetingsSpokenIn } from "#db/stores/meeting.ts";
import { findLastDelivered, listIssuedVersions, listTextMoves } from "#db/stores/session-home.ts";
import { type SessionRow, findSession } from "#db/stores/session.ts";
import { listStatements } from "#db/stores/statement.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";
import { loadMine } from "./load-mine.ts";

const NEWEST = 6;
const NEXT = 3;
const MOVING = 4;

export type Loaded = Awaited<ReturnType<typeof loadHome>>;

/** Throws "not there" for a session that is none. */
export async function loadHome(context: AppLoadContext, sessionId: string, request: Request) {
  const { viewer, language } = context;
  const db = context.db.read;
  const allowed = may("readSession", viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(db, sessionId);
  if (!session) throw notThere();
  const now = context.now();
  const reader = statementReader(viewer);
  const items = await listAgenda(db, sessionId, reader);
  const meetings = await listMeetings(db, sessionId);
  const sitting = meetings
    .filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
    .toSorted((a, b) => b.startsAt - a.startsAt)[0];
  const texts = await listSeenTexts(context, session);
  const statements = await listStatements(db, { reader, sessionId, limit: NEWEST, language });
  const coming = meetings
    .filter(({ startsAt }) => startsAt > now)
    .toSorted((a, b) => a.startsAt - b.startsAt);
  const next = coming[0];
  const managesMeetings = may("manageMeetings", viewer, { kind: "session", sessionId }) === true;
  const spokenIn = managesMeetings ? await listMeetingsSpokenIn(db, sessionId) : [];
  return {
    items,
    meetings,
    /** Those that whoever reads this may still change or cancel. */
    changeable: managesMeetings
      ? meetings
          .filter(({ id, startsAt, endsAt }) => !spokenIn.includes(id) && !(startsAt <= now && now < endsAt))
          .map(({ id }) => id)
      : [],
    texts: texts.map(({ id, title, symbol, newest, drafts }) => ({ id, title, symbol, newest, drafts })),
    statements: await listLines(db, statements),
    managesMeetings,
    edits: may("editSession", viewer, { kind: "session", sessionId }) === true,
    edited: saidIn(context, request)["done"] === "edited",
    now: {
      sitting: sitting
        ? { number: sitting.number, mode: sitting.mode, room: sitting.room, endsAt: sitting.endsAt }
        : null,
      lastDelivered: sitting
        ? await findLastDelivered(db, { reader, meetingId: sitting.id, language })
        : null,
      moving: moving(texts, now)
        .slice(0, MOVING)
        .map(({ id, title, movedAt, moved, newest }) => ({ id, title, movedAt, moved, newest })),
    },
    mine: await loadMine(context, { session, items, texts, reader, hasNextMeeting: next !== undefined }),
    next: {
      meeting: next
        ? {
            number: next.number,
            mode: next.mode,
            room: next.room,
            startsAt: next.startsAt,
            endsAt: next.endsAt,
          }
        : null,
      items: nextItems(items, session.itemUnderDiscussionId, NEXT),
    },
  };
}

export type SeenText = Awaited<ReturnType<typeof listSeenTexts>>[number];

/** The texts that this viewer may see, with what of their movement the viewer may know. */
async function listSeenTexts({ db, viewer }: AppLoadContext, { id: sessionId }: SessionRow) {
  const doors = await listTextDoors(db.read, sessionId);
  const issued = Map.groupBy(await listIssuedVersions(db.read, sessionId), ({ textId }) => textId);
  return (await listTextMoves(db.read, sessionId)).flatMap((text) => {
    const door = doors.get(text.id);
    if (!door || may("readText", viewer, { kind: "text", door }) !== true) return [];
    const standing = standingOf(viewer, door);
    const newest = visibleVersions(standing, issued.get(text.id) ?? []).at(-1);
    // Rule AD6: who sees versions only is not told when somebody writes; nobody is, of before they were let in.
    const from = standing.kind === "reader" ? standing.fromSeq : 0;
    const writtenAt = seesLive(standing) && text.seq > from ? text.at : 0;
    const issuedAt = newest?.issuedAt ?? 0;
    return [
      {
        ...text,
        newest: newest?.label ?? null,
        drafts: viewer.kind === "person" && viewer.drafts.includes(text.id),
        mayIssue: may("issueVersion", viewer, { kind: "text", door }) === true,
        /** Written in since the newest version that the viewer sees. */
        ahead: text.seq > (newest?.seq ?? 0),
        movedAt: Math.max(writtenAt, issuedAt),
        moved: writtenAt > issuedAt ? ("written" as const) : ("issued" as const),
      },
    ];
  });
}

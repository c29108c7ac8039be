/** What is happening now, what is the viewer's to do, what is next: of what this viewer may see. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { may } from "#app/rules/permissions.ts";
import { moving, nextItems } from "#app/rules/session-home.ts";
import { statementReader } from "#app/rules/statements.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { saidIn } from "#app/routes/said.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listMeetings, listMeetingsSpokenIn } from "#db/stores/meeting.ts";
import { findLastDelivered } from "#db/stores/session-home.ts";
import { findSession } from "#db/stores/session.ts";
import { listStatements } from "#db/stores/statement.ts";
import { loadMine } from "./load-mine.ts";
import { listSeenTexts } from "./seen-texts.ts";

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

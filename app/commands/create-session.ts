/** A session of the body begins to be prepared. */
import { cleanFields } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { SESSION_KINDS, sessionProblems } from "#app/rules/sessions.ts";
import { isZone } from "#app/rules/venue-offset.ts";
import { findCalendarEntry } from "#db/stores/calendar.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertSession, type SessionRow } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { byOf } from "./who.ts";
import { writeOutline } from "./write-outline.ts";

export type NewSession = Pick<
  SessionRow,
  "title" | "body" | "symbol" | "from" | "to" | "venue" | "timeZone" | "exercise"
> & {
  readonly kind: string;
  /** The entry of the public calendar that it is made from. */
  readonly calendarId?: string | null;
  /** Its provisional agenda is made from the public outline. */
  readonly withOutline?: boolean;
};

/** Refused to all but the secretariat, and for facts with which something is wrong (rules AG6 and RF6). */
export async function createSession(
  context: CommandContext,
  input: NewSession,
): Promise<Refusal | { readonly sessionId: string }> {
  const allowed = may("createSession", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const { withOutline = false, calendarId = null, ...typed } = input;
  const facts = cleanFields("session", typed);
  const fields = sessionProblems(facts, isZone);
  const kind = SESSION_KINDS.find((one) => one === facts.kind);
  if (!kind || Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const at = context.now();
  const sessionId = context.newId();
  const refused = await context.db.write(async (tx) => {
    const entry = calendarId === null ? null : await findCalendarEntry(tx, calendarId);
    await insertSession(tx, {
      ...facts,
      kind,
      id: sessionId,
      itemUnderDiscussionId: null,
      calendarId: entry?.id ?? null,
      createdAt: at,
    });
    await appendEvent(tx, {
      at,
      by,
      act: "createSession",
      thing: "session",
      thingId: sessionId,
      sessionId,
      detail: { title: facts.title, from: facts.from, to: facts.to },
    });
    if (withOutline) {
      await writeOutline(tx, context, { sessionId, exercise: facts.exercise, by, at });
    }
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "session", sessionId }, "sessions");
  return { sessionId };
}

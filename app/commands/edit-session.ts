/** What a session is called, when and where it is: the secretariat changes it as plans change. */
import { cleanFields } from "#app/rules/fields.ts";
import { changesBetween } from "#app/rules/reference.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { SESSION_KINDS, type SessionFacts, sessionProblems } from "#app/rules/sessions.ts";
import { isZone } from "#app/rules/venue-offset.ts";
import { changeSession } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession, unchanged } from "./session-act.ts";

export type SessionEdit = SessionFacts & {
  readonly sessionId: string;
  /** What the form was made from: what somebody else changed meanwhile is not overwritten unseen (rule AG17). */
  readonly was: SessionFacts;
};

/**
 * Rule AG17. Refused to all but the secretariat, for facts with which something is wrong, and as "conflict" when the
 * session is not as the form showed it. Meetings keep their moments.
 */
export async function editSession(
  context: CommandContext,
  input: SessionEdit,
): Promise<Refusal | { readonly sessionId: string }> {
  const { sessionId, was, ...typed } = input;
  const done = await actOnSession(context, {
    sessionId,
    permission: "editSession",
    name: "editSession",
    topic: "session",
    work: async (tx, { session }) => {
      const facts = cleanFields("session", typed);
      const fields = sessionProblems(facts, isZone);
      const kind = SESSION_KINDS.find((one) => one === facts.kind);
      if (!kind || Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const before = factsOf(session);
      if (Object.keys(changesBetween(before, was)).length > 0) return refuse("conflict", "session-changed");
      const changes = changesBetween(before, { ...facts });
      if (Object.keys(changes).length === 0) return unchanged({ sessionId });
      await changeSession(tx, sessionId, { ...facts, kind });
      return { result: { sessionId }, thing: "session", thingId: sessionId, detail: { changes } };
    },
  });
  if (!("refused" in done)) context.notices.tell({ kind: "session", sessionId }, "sessions");
  return done;
}

/** The facts alone, of a row that has more. */
export function factsOf({
  kind,
  title,
  body,
  symbol,
  from,
  to,
  venue,
  timeZone,
}: SessionFacts): Record<keyof SessionFacts, string> {
  return { kind, title, body, symbol, from, to, venue, timeZone };
}

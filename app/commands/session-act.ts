/** How every act on a session runs: allowed? → in one transaction the work and its event → tell. */
import { type Act, may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findSession, type SessionRow } from "#db/stores/session.ts";
import type { CommandContext, Topic } from "./context.ts";
import { type By, byOf } from "./who.ts";

/** What the work hands over for the record. */
export type Done<T> = {
  readonly result: T;
  readonly thing: string;
  readonly thingId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/** When everything is already as it was wanted: nothing is recorded, and nobody is told. */
type Unchanged<T> = { readonly unchanged: T };

export function unchanged<T>(result: T): Unchanged<T> {
  return { unchanged: result };
}

/**
 * Runs `work` for an act that the permission table knows on sessions. A refusal from it leaves everything as it was;
 * `name` is the verb in the record.
 */
export async function actOnSession<T>(
  context: CommandContext,
  options: {
    readonly sessionId: string;
    readonly permission: Act;
    readonly name: string;
    readonly topic: Topic;
    readonly work: (
      tx: WriteTx,
      about: { readonly session: SessionRow; readonly by: By; readonly at: number },
    ) => Promise<Refusal | Done<T> | Unchanged<T>>;
  },
): Promise<Refusal | T> {
  const { sessionId, permission, name, topic, work } = options;
  const allowed = may(permission, context.viewer, { kind: "session", sessionId });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, sessionId);
  if (isRefusal(by)) return by;
  const at = context.now();
  const outcome = await context.db.write(async (tx) => {
    const session = await findSession(tx, sessionId);
    if (!session) return refuse("not-found", "not-there");
    const done = await work(tx, { session, by, at });
    if (isRefusal(done)) return done;
    if ("unchanged" in done) return { result: done.unchanged, isChanged: false };
    const { thing, thingId, detail = {} } = done;
    await appendEvent(tx, { at, by, act: name, thing, thingId, sessionId, detail });
    return { result: done.result, isChanged: true };
  });
  if (isRefusal(outcome)) return outcome;
  if (outcome.isChanged) context.notices.tell({ kind: "session", sessionId }, topic);
  return outcome.result;
}

/** How every act on reference data runs: allowed? → in one transaction the work and its event → everybody is told. */
import type { Changes } from "#app/rules/reference.ts";
import { type Act, may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  type CorrectedThing,
  findNewestCorrection,
  insertCorrection,
} from "#db/stores/reference-correction.ts";
import type { CommandContext, Topic } from "./context.ts";
import type { Done } from "./session-act.ts";
import { type By, byOf } from "./who.ts";

/** Who acts, and when. */
export type Acting = { readonly by: By; readonly at: number };

/** A refusal from `work` leaves everything as it was; `name` is the verb in the record. */
export async function actOnReference<T>(
  context: CommandContext,
  options: {
    readonly permission: Act;
    readonly name: string;
    readonly topic: Topic;
    readonly work: (tx: WriteTx, acting: Acting) => Promise<Refusal | Done<T>>;
  },
): Promise<Refusal | T> {
  const { permission, name, topic, work } = options;
  const allowed = may(permission, context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const at = context.now();
  const outcome = await context.db.write(async (tx) => {
    const done = await work(tx, { by, at });
    if (isRefusal(done)) return done;
    const { thing, thingId, detail = {} } = done;
    await appendEvent(tx, { at, by, act: name, thing, thingId, detail });
    return { result: done.result };
  });
  if (isRefusal(outcome)) return outcome;
  context.notices.tell({ kind: "everybody" }, topic);
  return outcome.result;
}

/**
 * Writes what differs as one correction and gives its hash for the record; refused when nothing does, and when somebody
 * corrected the thing since the form was made (rule RF2). The caller changes the thing itself.
 */
export async function recordCorrection(
  tx: WriteTx,
  context: CommandContext,
  correction: {
    readonly thing: CorrectedThing;
    readonly thingId: string;
    readonly changes: Changes;
    readonly reason: string;
    readonly acting: Acting;
    /** The newest correction of the thing when the form was made; undefined: whatever it is. */
    readonly seen?: number;
  },
): Promise<Refusal | { readonly sha256: string }> {
  const { thing, thingId, changes, reason, acting, seen } = correction;
  if (seen !== undefined && seen !== (await findNewestCorrection(tx, { thing, thingId }))) {
    return refuse("conflict", "corrected-meanwhile");
  }
  if (Object.keys(changes).length === 0) return refuse("invalid", "nothing-changed");
  return insertCorrection(tx, {
    id: context.newId(),
    thing,
    thingId,
    value: changes,
    reason,
    by: acting.by.personId,
    at: acting.at,
  });
}

/** Of which session a page of a topic or an entity speaks: that in whose frame it is read, or else the newest of its kind. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { notThere } from "#app/routes/answers.ts";
import { type SessionRow, listSessions } from "#db/stores/session.ts";
import { openReleased } from "./open-session.ts";

type Params = Readonly<Record<string, string | undefined>>;

/** The session in whose frame a page is read; null outside of all. Throws "not there" for one that is not there. */
export async function frameOf(
  context: Pick<AppLoadContext, "db" | "viewer">,
  params: Params,
): Promise<SessionRow | null> {
  return params["session"] === undefined ? null : await openReleased(context, params);
}

/**
 * `sessions`: all of this kind, real or invented, `here` first. Throws "not there" when that is of the other kind: an exercise
 * shows invented things alone.
 */
export async function sessionsFor(
  context: Pick<AppLoadContext, "db">,
  here: SessionRow | null,
  { exercise }: { readonly exercise: boolean },
): Promise<readonly SessionRow[]> {
  const ofKind = (await listSessions(context.db.read)).filter((one) => one.exercise === exercise);
  if (!here) return ofKind;
  if (here.exercise !== exercise) throw notThere();
  return [here, ...ofKind.filter(({ id }) => id !== here.id)];
}

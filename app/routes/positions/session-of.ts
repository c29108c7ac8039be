/** Of which session a page of a topic or an entity speaks: that in whose frame it is read, or else the newest of its kind. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { notThere } from "#app/routes/answers.ts";
import { type SessionRow, listSessions } from "#db/stores/session.ts";
import { openReleased } from "./open-session.ts";

type Params = Readonly<Record<string, string | undefined>>;

/**
 * `sessions`: all of this kind, real or invented, that of the address first. Throws "not there" for one that is not there,
 * or of the other kind: an exercise shows invented things alone.
 */
export async function sessionsFor(
  context: Pick<AppLoadContext, "db" | "viewer">,
  params: Params,
  { exercise }: { readonly exercise: boolean },
): Promise<readonly SessionRow[]> {
  const ofKind = (await listSessions(context.db.read)).filter((one) => one.exercise === exercise);
  if (params["session"] === undefined) return ofKind;
  const here = await openReleased(context, params);
  if (here.exercise !== exercise) throw notThere();
  return [here, ...ofKind.filter(({ id }) => id !== here.id)];
}

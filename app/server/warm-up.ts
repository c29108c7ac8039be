/**
 * A fresh process has run none of the code that makes a page, and whoever comes first would wait for all of it to be
 * read and compiled. So the process shows one page to itself, as somebody who has not signed in, before it listens.
 */
import type { AppLoadContext } from "#app/commands/context.ts";
import { listSessions } from "#db/stores/session.ts";

/** Never refuses to start for it: a page that fails here fails in the log, and again for whoever asks for it. */
export async function warmUp(
  render: (request: Request, context: AppLoadContext) => Promise<Response>,
  context: AppLoadContext,
): Promise<void> {
  try {
    const [session] = await listSessions(context.db.read);
    const page = session ? `/sessions/${session.id}` : "/";
    const answer = await render(new Request(new URL(page, context.origin)), context);
    await answer.text();
  } catch (error) {
    context.report(error);
  }
}

/** The facts of a session, as a form has them. */
import type { SessionFacts } from "#app/rules/sessions.ts";

/** `typed` gives the words of a field by its name. */
export function factsTyped(typed: (name: string) => string): SessionFacts {
  return {
    title: typed("title"),
    kind: typed("kind"),
    body: typed("body"),
    symbol: typed("symbol"),
    from: typed("from"),
    to: typed("to"),
    venue: typed("venue"),
    timeZone: typed("zone"),
  };
}

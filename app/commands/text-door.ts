/** The first line of every act on a text: is there such a text, and may this person do it? */
import type { TextDoor } from "#app/rules/audience.ts";
import { authorIn } from "#app/rules/author.ts";
import { may, type Act } from "#app/rules/permissions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Author } from "#collab/server/room.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import type { CommandContext } from "./context.ts";

export type Admitted = { readonly door: TextDoor; readonly by: Author & { readonly personId: string } };

/** The text's door and the author to stamp; refused as "not-found" when it is not there or not this person's. */
export async function admit(
  context: Pick<CommandContext, "db" | "viewer">,
  act: Act,
  textId: string,
): Promise<Refusal | Admitted> {
  const door = await findTextDoor(context.db.read, textId);
  if (!door) return refuse("not-found", "not-there");
  const allowed = may(act, context.viewer, { kind: "text", door });
  if (allowed !== true) return allowed;
  if (context.viewer.kind !== "person") return refuse("sign-in", "sign-in");
  return { door, by: authorIn(context.viewer, door.sessionId) };
}

/** The first line of every act on a text: is there such a text, and may this person do it? */
import type { TextDoor } from "#app/rules/audience.ts";
import { authorIn } from "#app/rules/author.ts";
import { may, type Act } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import type { Author, Turn } from "#collab/server/room.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { findViewer } from "#db/stores/viewer.ts";
import type { CommandContext } from "./context.ts";

export type Admitted = {
  readonly door: TextDoor;
  readonly by: Author & { readonly personId: string };
  /** As the rights are that it was admitted by. */
  readonly viewer: SignedIn;
};

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
  return { door, by: authorIn(context.viewer, door.sessionId), viewer: context.viewer };
}

/**
 * Holds the queue of a text for an act that was admitted already, and asks again once it is held: who waited behind a
 * long import may have been withdrawn meanwhile. Rights are read anew from the database.
 */
export async function holdAdmitted<T>(
  context: Pick<CommandContext, "db" | "viewer" | "rooms">,
  act: Act,
  textId: string,
  work: (turn: Turn, admitted: Admitted) => Promise<T>,
): Promise<Refusal | T> {
  return context.rooms.hold(textId, async (turn) => {
    const { viewer, db } = context;
    const now = viewer.kind === "person" ? await findViewer(db.read, viewer) : viewer;
    const admitted = await admit({ db, viewer: now }, act, textId);
    return isRefusal(admitted) ? admitted : work(turn, admitted);
  });
}

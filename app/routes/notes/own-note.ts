/** The viewer's own delegation and its note on something, for the page of that thing. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { OwnNote } from "#app/components/record/note-part.tsx";
import type { NoteAbout } from "#app/rules/notes.ts";
import { may } from "#app/rules/permissions.ts";
import { findNoteOn } from "#db/stores/delegation-note.ts";

/** Null for whoever has no seat in the session, officers and secretariat included: for them there are no notes. */
export async function findOwnNote(
  { db, viewer }: Pick<AppLoadContext, "db" | "viewer">,
  sessionId: string,
  about: NoteAbout,
): Promise<OwnNote | null> {
  if (viewer.kind !== "person") return null;
  const seat = viewer.delegates.find((one) => one.sessionId === sessionId);
  if (!seat) return null;
  const { delegationId } = seat;
  const thing = { kind: "delegation", sessionId, delegationId } as const;
  if (may("readNotes", viewer, thing) !== true) return null;
  const note = await findNoteOn(db.read, { delegationId, ...about });
  const all = `/sessions/${sessionId}/notes`;
  return {
    to: `${all}/${about.thing}/${encodeURIComponent(about.thingId)}`,
    all,
    mayWrite: may("writeNotes", viewer, thing) === true,
    note: note && { body: note.body, editedByName: note.editedByName, editedAt: note.editedAt },
  };
}

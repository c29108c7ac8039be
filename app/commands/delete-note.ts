/** A delegation deletes a note of its own: its words are gone. */
import { mayDelete } from "#app/rules/notes.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { deleteNoteRow, findFirstWriter, findNote } from "#db/stores/delegation-note.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { ownDelegations } from "./draft-door.ts";
import { admitToNotes } from "./write-note.ts";

/** Rule NT3. Refused as "conflict" when a colleague has written since the form was made. */
export async function deleteNote(
  context: CommandContext,
  input: { readonly noteId: string; readonly edition: number },
): Promise<Refusal | { readonly noteId: string }> {
  const { noteId, edition } = input;
  const own = { id: noteId, delegationIds: ownDelegations(context) };
  const found = await findNote(context.db.read, own);
  if (!found) return refuse("not-found", "not-there");
  const { delegationId } = found;
  const admitted = await admitToNotes(context, delegationId);
  if (isRefusal(admitted)) return admitted;
  const { sessionId, by } = admitted;
  const isHead = may("release", context.viewer, { kind: "delegation", sessionId, delegationId }) === true;
  const at = context.now();
  const done = await context.db.write(async (tx) => {
    const note = await findNote(tx, own);
    if (!note) return refuse("not-found", "not-there");
    const writtenBy = await findFirstWriter(tx, noteId);
    if (!mayDelete({ writtenBy }, { personId: by.personId, isHead })) {
      return refuse("not-allowed", "note-not-to-delete");
    }
    if (note.edition !== edition) {
      return refuse("conflict", "note-changed", { values: { edition: note.edition } });
    }
    await deleteNoteRow(tx, noteId);
    await appendEvent(tx, { at, by, act: "deleteNote", thing: "delegation_note", thingId: noteId });
    return { noteId };
  });
  if (!isRefusal(done)) context.notices.tell({ kind: "delegation", delegationId }, "notes");
  return done;
}

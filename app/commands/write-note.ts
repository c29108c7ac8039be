/** A delegation writes or changes its own note on something. Nobody else learns of it. Rules NT1 to NT4. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import type { NoteAbout } from "#app/rules/notes.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { changeNote, findNoteOn, insertNote } from "#db/stores/delegation-note.ts";
import { findDelegation } from "#db/stores/delegation.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findSession } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import { findSubjects } from "./note-things.ts";
import { byOf, type By } from "./who.ts";

/** Whoever is not of the delegation is answered as if there were none; a colleague who may only read is told so. */
export async function admitToNotes(
  context: CommandContext,
  delegationId: string,
): Promise<Refusal | { readonly sessionId: string; readonly by: By }> {
  const delegation = await findDelegation(context.db.read, delegationId);
  if (!delegation) return refuse("not-found", "not-there");
  const { sessionId } = delegation;
  const allowed = may("writeNotes", context.viewer, { kind: "delegation", sessionId, delegationId });
  if (allowed !== true)
    return allowed.kind === "not-allowed" ? refuse("not-allowed", "note-not-yours") : allowed;
  const by = byOf(context.viewer, sessionId);
  // Of the delegation, whatever office the person holds besides.
  return isRefusal(by) ? by : { sessionId, by: { ...by, delegationId } };
}

/**
 * `edition` is the one that the form showed, 0 for none: refused as "conflict" where a colleague has written since, with
 * the newest. Refused with `fields` for nothing and for too much, and as "not there" for what the person may not see.
 */
export async function writeNote(
  context: CommandContext,
  input: NoteAbout & { readonly delegationId: string; readonly body: string; readonly edition: number },
): Promise<Refusal | { readonly noteId: string; readonly edition: number }> {
  const { delegationId, thing, thingId } = input;
  const admitted = await admitToNotes(context, delegationId);
  if (isRefusal(admitted)) return admitted;
  const { sessionId, by } = admitted;
  const { body } = cleanFields("note", { body: input.body });
  const fields = faultsOfLength("note", { body });
  if (body === "") fields["body"] = "note-empty";
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const session = await findSession(context.db.read, sessionId);
  if (!session) return refuse("not-found", "not-there");
  const isSeen = (await findSubjects(context, session, [input]))(input) !== null;
  const at = context.now();
  const noteId = context.newId();
  const done = await context.db.write(async (tx) => {
    const held = await findNoteOn(tx, { delegationId, thing, thingId });
    if ((held?.edition ?? 0) !== input.edition) {
      const values = { edition: held?.edition ?? 0 };
      return refuse("conflict", held ? "note-changed" : "note-gone", { values });
    }
    const edition = input.edition + 1;
    const edited = { body, edition, editedBy: by.personId, editedAt: at };
    if (held) await changeNote(tx, held.id, edited);
    // A note that is there can be written on when its thing is gone.
    else if (!isSeen) return refuse("not-found", "not-there");
    else await insertNote(tx, { id: noteId, delegationId, thing, thingId, ...edited });
    // Of no session, and without a word: what a delegation prepares is not among the session's acts.
    const act = {
      act: held ? "editNote" : "writeNote",
      thing: "delegation_note",
      thingId: held?.id ?? noteId,
    };
    await appendEvent(tx, { at, by, ...act, detail: { edition } });
    return { noteId: held?.id ?? noteId, edition };
  });
  if (isRefusal(done)) return done;
  context.notices.tell({ kind: "delegation", delegationId }, "notes");
  return done;
}

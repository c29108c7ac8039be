/** A delegation's own notes: each query asks for notes of named delegations, and there is none for all of them. */
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { NoteAbout } from "#app/rules/notes.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { delegationNote } from "#db/schema/session.ts";

export type NoteRow = typeof delegationNote.$inferSelect;
export type NoteInList = NoteRow & { readonly editedByName: string };

/** All notes of a delegation, the newest first. */
export async function listNotes(db: Reading, delegationId: string): Promise<NoteInList[]> {
  const rows = await db
    .select({ row: delegationNote, editedByName: person.name })
    .from(delegationNote)
    .innerJoin(person, eq(person.id, delegationNote.editedBy))
    .where(eq(delegationNote.delegationId, delegationId))
    .orderBy(desc(delegationNote.editedAt), asc(delegationNote.id));
  return rows.map(({ row, editedByName }) => ({ ...row, editedByName }));
}

/** The note of a delegation on a thing: there is one at most, which its people write together. */
export async function findNoteOn(
  db: Reading,
  { delegationId, thing, thingId }: NoteAbout & { readonly delegationId: string },
): Promise<NoteInList | null> {
  const [found] = await db
    .select({ row: delegationNote, editedByName: person.name })
    .from(delegationNote)
    .innerJoin(person, eq(person.id, delegationNote.editedBy))
    .where(
      and(
        eq(delegationNote.delegationId, delegationId),
        eq(delegationNote.thing, thing),
        eq(delegationNote.thingId, thingId),
      ),
    );
  return found ? { ...found.row, editedByName: found.editedByName } : null;
}

/** A note by its id, only for a delegation of `delegationIds`: for everybody else there is none. */
export async function findNote(
  db: Reading,
  { id, delegationIds }: { readonly id: string; readonly delegationIds: readonly string[] },
): Promise<NoteRow | null> {
  if (delegationIds.length === 0) return null;
  const [row] = await db
    .select()
    .from(delegationNote)
    .where(and(eq(delegationNote.id, id), inArray(delegationNote.delegationId, [...delegationIds])));
  return row ?? null;
}

/** Who first wrote a note, as the record says. */
export async function findFirstWriter(db: Reading, noteId: string): Promise<string | null> {
  const [row] = await db
    .select({ personId: event.personId })
    .from(event)
    .where(and(eq(event.thing, "delegation_note"), eq(event.thingId, noteId), eq(event.act, "writeNote")))
    .orderBy(asc(event.seq))
    .limit(1);
  return row?.personId ?? null;
}

export async function insertNote(tx: WriteTx, row: NoteRow): Promise<void> {
  await tx.insert(delegationNote).values(row);
}

export async function changeNote(
  tx: WriteTx,
  id: string,
  change: Pick<NoteRow, "body" | "edition" | "editedBy" | "editedAt">,
): Promise<void> {
  await tx.update(delegationNote).set(change).where(eq(delegationNote.id, id));
}

/** Its words are gone, in every table. */
export async function deleteNoteRow(tx: WriteTx, id: string): Promise<void> {
  await tx.delete(delegationNote).where(eq(delegationNote.id, id));
}

/** A delegation's own notes on what it works with. Rules NT1 to NT4. */

export const NOTE_THINGS = ["item", "topic", "paragraph", "statement", "position"] as const;
export type NoteThing = (typeof NOTE_THINGS)[number];

/** What a note is about. Of a paragraph the id is that of its text and its own, with a dot between: `paragraphNoteId`. */
export type NoteAbout = { readonly thing: NoteThing; readonly thingId: string };

export function noteThing(word: string): NoteThing | null {
  return NOTE_THINGS.find((one) => one === word) ?? null;
}

export function paragraphNoteId(paragraph: {
  readonly textId: string;
  readonly paragraphId: string;
}): string {
  return `${paragraph.textId}.${paragraph.paragraphId}`;
}

/** Null for what is no such id. */
export function paragraphOfNote(
  thingId: string,
): { readonly textId: string; readonly paragraphId: string } | null {
  const [textId = "", paragraphId = "", ...more] = thingId.split(".");
  return textId === "" || paragraphId === "" || more.length > 0 ? null : { textId, paragraphId };
}

/** Rule NT3. The head of the delegation deletes its notes, and whoever first wrote one deletes that one. */
export function mayDelete(
  note: { readonly writtenBy: string | null },
  who: { readonly personId: string; readonly isHead: boolean },
): boolean {
  return who.isHead || note.writtenBy === who.personId;
}

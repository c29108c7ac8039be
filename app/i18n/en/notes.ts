/** A delegation's own notes, in English. */
export const notes = {
  title: "Our notes",
  ours: "Our note",
  all: "All our notes",
  under:
    "Read by the people of your delegation alone; not by officers, the secretariat or other delegations.",
  none: "Your delegation has noted nothing yet. Open an agenda item, a topic, a paragraph, a position or a statement and write a note beside it.",
  noneYet: "Nothing noted yet. What you write here is read by your delegation alone.",
  noneReader: "Your delegation has noted nothing here yet. Its head and editors write its notes.",
  write: "Write a note",
  change: "Change the note",
  words: "Note",
  hint: "The people of your delegation write one note together on each thing.",
  save: "Save the note",
  asItStands: "The note as it stands",
  delete: "Delete the note…",
  deleteWhat: "Its words are gone for everybody in your delegation, and cannot be brought back.",
  deleteNow: "Delete it",
  subjectGone: "something that is not there for you any more",
  on: {
    item: "Agenda item",
    topic: "Topic",
    paragraph: "Paragraph",
    statement: "Statement",
    position: "Position",
  },
} as const;

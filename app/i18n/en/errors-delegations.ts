/** What is said when delegations, the facts of a session or a note were not taken, by the code of the refusal. */
export const errorsDelegations = {
  refusal: {
    "session-changed":
      "Somebody changed the session while you were typing. What it says now stands above the form; what you typed is still in the form, and saving again puts it in the place of that.",
    "delegation-withdrawn": "This delegation has been withdrawn already. It stands below the list.",
    "delegation-back": "This delegation takes part: somebody has brought it back already.",
    "invitation-followed":
      "They have followed their link and signed in with a password of their own. If they have lost it, the secretariat makes a new link.",
    "invitation-not-here": "A new link for them cannot be made here. Ask the secretariat for one.",
    "person-double":
      "A head invited them by an address that somebody else has, who is on the list. Name that person for the delegation instead.",
    "note-changed":
      "A colleague has changed this note meanwhile. Their wording stands above the form; yours is still in it, and saving again puts it in the place of theirs.",
    "note-gone":
      "This note has been deleted meanwhile. What you typed is still in the form; saving again writes it anew.",
    "note-not-yours":
      "Readers of a delegation read its notes. Ask your head of delegation to make you an editor.",
    "note-not-to-delete": "A note is deleted by the head of the delegation or by who first wrote it.",
  },
  field: {
    "table-nothing": "Choose a file, or paste the lines of a table.",
    "table-too-large":
      "This is larger than 2 MB, far more than a table of delegations. Choose the right file.",
    "table-too-long":
      "The table has more than {{most}} lines. Nothing was read of it: choose the right file, or divide it.",
    "table-no-text":
      "This is no table of text. In your spreadsheet choose “Save as”, then “CSV UTF-8”, and choose that file.",
    "table-encoding":
      "The letters of this file cannot be told: it is neither in UTF-8 nor in UTF-16 nor in Windows-1252. In your spreadsheet choose “Save as”, then “CSV UTF-8”, and choose that file.",
    "table-quotes":
      "A quotation mark in or before line {{line}} is not closed, so that lines run into each other. Close it, or save the table anew from your spreadsheet.",
    "delegation-reason-missing": "Say why the delegation is withdrawn. Everybody will read it.",
    "entity-withdrawn":
      "Its delegation was withdrawn from this session. Bring it back below the list instead.",
    "note-empty": "Write something, or delete the note.",
  },
} as const;

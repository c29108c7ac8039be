/** What is said when reference data, a topic or the calendar was not changed, by the code of the refusal. */
export const errorsReference = {
  refusal: {
    "nothing-changed": "Nothing differs from what is on record. Change something first, or leave the page.",
    "corrected-meanwhile":
      "Somebody corrected this while you were writing. What stands now is on the page, what you typed is in the form: compare both, then send again.",
    "reading-of-a-state":
      "The State’s own delegation has answered this reading: its own word stands, and the reading stays in the history as it was.",
    "held-back-otherwise":
      "What stands or what the files say is not what the list showed when you began. The list shows it as it is now: compare, then send again.",
    "topic-changed":
      "Somebody changed this topic while you were writing. What stands now is on the page, what you typed is in the form: compare both, then send again.",
    "topic-moved":
      "{{by}} changed the place of “{{topic}}” while this page was open. The topics are shown in their order of now; move it again if it should still stand elsewhere.",
    "topics-ordered":
      "The order of the topics was changed while this page was open. They are shown in their order of now; move “{{topic}}” again if it should still stand elsewhere.",
    "calendar-entry-gone":
      "Somebody took this entry off the calendar meanwhile. What you typed is still in the form, to be copied into a new entry.",
    "membership-moved":
      "Somebody gave this membership another first day meanwhile. What you typed is still in the form: open the membership by its new day, then send it there.",
    "topic-closed": "Somebody has closed this topic meanwhile. Load the page again.",
    "topic-open": "Somebody has opened this topic again meanwhile. Load the page again.",
  },
  field: {
    "reason-missing": "Say why. The reason stands in the history.",
    "reading-summary-missing": "Say in a sentence what the document says.",
    "date-vague": "Give the date of the source as far as it is known: year, year-month or year-month-day.",
    "confidence-unknown": "Choose how sure the reading is.",
    "publication-unknown": "Choose one of the publications, or the document itself.",
    "code-taken": "Another State or organization has this code. Choose another one.",
    "group-not-there": "Choose one of the regional groups, or none.",
    "membership-ends": "The first day outside comes after the first day inside.",
    "membership-overlaps":
      "It is on record as a member on some of these days already. Correct or close that membership instead.",
    "role-unknown": "Choose one of the roles.",
    "topic-taken": "Another topic has this name. Choose another one.",
    "stance-taken": "A stance of this scale has or had this name. Choose another one.",
    "scale-short": "Give the scale at least two stances, one in each line.",
    "outline-line":
      "Begin each line with the number of the item, then its title: 5 (c) How international law applies.",
    "outline-twice": "Each number stands once. Look for the one that stands twice.",
    "outline-parent": "An item such as 5 (c) needs item 5. Add that one, or choose another number.",
    "scale-full": "A scale has at most twelve stances.",
  },
} as const;

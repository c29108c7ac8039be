/** What is said when a change to the agenda, or a file, was not taken, by the code of the refusal. */
export const errorsAgenda = {
  refusal: {
    "item-no-level":
      "The item cannot change its level here: there is no item above it to stand under, or it stands at the top already.",
    "item-below-itself": "{{item}} cannot stand under itself or under one of its own sub-items.",
    "item-moved":
      "{{by}} changed the place of {{item}} while this page was open. The agenda is shown as it stands now; move the item again if it should still go elsewhere.",
    "item-changed":
      "{{by}} changed this item while you were typing. It now reads “{{item}}”. What you typed is still in the form; saving again puts it in the place of that.",
    "item-changed-since":
      "{{by}} changed this item while this page was open. It now reads “{{item}}”, and it is still on the agenda. Take it off again if it should still go.",
    "item-taken-off":
      "{{by}} took {{item}} off the agenda on {{when}}. It stays on record. If it should stand on the agenda after all, put it there as a new item.",
    "item-status-changed":
      "{{by}} has set {{item}} to “$t(session:agenda.state.{{- status}})” while this page was open. The page shows it as it stands now; set its status again if it should be another.",
    "place-gone":
      "The place where {{item}} should go is no longer there. The agenda is shown as it stands now; choose another place.",
    "item-is-now":
      "{{item}} is under discussion. Take up another item, or none, then take this one off the agenda.",
    "item-has-items":
      "{{item}} has sub-items. Move them elsewhere or take them off the agenda first; an item that was dealt with can be concluded instead.",
    "item-has-texts":
      "Texts stand under {{item}}, and they stay on record with it. Conclude the item instead, or change its number and title.",
    "item-has-statements":
      "Statements were made under {{item}}, and they stay on record with it. Conclude the item instead, or change its number and title.",
    "item-has-positions":
      "Positions refer to {{item}}, and they stay on record with it. Conclude the item instead, or change its number and title.",
    "agenda-adopted":
      "The agenda has been adopted meanwhile. Load the page again to see by whom; from now on each change of it needs a reason.",
    "agenda-changed":
      "{{by}} changed the agenda while this page was open, so it was not adopted. It is shown as it stands now: read it, then record its adoption.",
    "agenda-empty": "The agenda has no items yet. Add the first one, then adopt it.",
    "document-item-gone":
      "{{by}} took {{item}} off the agenda on {{when}}, so its documents stay as they were. Copy what you have typed here to the documents of another item, if it is still wanted.",
    "document-removed":
      "{{by}} removed {{document}} on {{when}}, so there is nothing left to remove. If it should stand here after all, add it again.",
    "files-waiting":
      "Other files are being looked into at this moment. Wait half a minute, then send this one again.",
  },
  field: {
    "reason-missing": "The agenda is adopted: say why it is changed. Everybody will read it.",
    "document-nowhere": "Give the web address of the document, or put in the file.",
    "document-twice": "Give the web address or put in the file, not both.",
    "file-missing": "Choose a file.",
    "file-too-large":
      "This file is larger than 25 MB. Save it with smaller pictures or without them, and choose it again.",
    "document-too-large":
      "This file is larger than 25 MB. Save it with smaller pictures, or give a link to it.",
    "files-full":
      "Of the {{most}} MB that are kept of your delegation’s files in this session {{left}} MB are left, and this file takes more. Save it smaller, without pictures, or type the words instead.",
    "file-type": "Only PDF and Word files (DOCX) are taken. Save the document as one of these.",
    "file-old":
      "This is an old Word file, or one behind a password. Save it as DOCX or PDF without a password.",
    "file-lies-pdf":
      "The name says that this is something else, and it is a PDF file. Rename it to end in .pdf, or choose the right file.",
    "file-lies-docx":
      "The name says that this is something else, and it is a Word file. Rename it to end in .docx, or choose the right file.",
    "file-damaged":
      "The file cannot be read: it is damaged or cut short. Open it, save it again and choose it anew.",
    "file-locked": "The file is behind a password. Save it without one.",
    "file-macros":
      "The file carries macros or scripts, which could run on readers’ machines. Save it as DOCX without macros, or as a plain PDF.",
    "file-embedded":
      "The file has other files inside it, which nobody sees before they open them. Take them out, or save it as a plain PDF.",
    "file-linked":
      "The file fetches something from another computer when it is opened. Break its links in Word, or save it as PDF.",
    "file-bomb":
      "The file unpacks to far more than it shows, or takes too long to read. Save it again as a plain PDF.",
  },
} as const;

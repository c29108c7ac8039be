/** What is said when a position or a statement was not taken, by the code of the refusal. */
export const errorsRecord = {
  refusal: {
    "draft-not-allowed":
      "You read the drafts of your delegation. Ask its head to make you an editor if you are to write them.",
    "release-not-allowed":
      "Only the head of your delegation releases. The draft is ready for them under Ours only.",
    "draft-changed":
      "A colleague changed this draft meanwhile. Both wordings are shown; take over what you need and save again.",
    "draft-released":
      "This draft has been released meanwhile. What is released never changes: draft a new one.",
    "draft-discarded": "A colleague discarded this draft meanwhile. Copy what you need into a new draft.",
    "standing-changed":
      "Something else was released on this topic meanwhile. Read it below or on the topic’s page; press again if yours is to take its place.",
    "position-superseded":
      "This position does not stand any more: something newer is on record. Open the newer one and go on from there.",
    "reading-answered":
      "Your delegation has answered this reading already. Open your own position and go on from there.",
    "paragraphs-barred":
      "It was not released: it speaks to a paragraph that is not there any more, or not yours to read. Take its tick off and save, then release.",
    "item-gone":
      "The agenda item that this draft names has been taken off the agenda. Choose another in the form and save, then it can be released.",
    "draft-words-changed":
      "A colleague wrote in this statement after you opened this page. Below is what stands now: read it, then release.",
    "group-changed":
      "The members of the group changed after you opened this page. Below is who aligns now: read it, then release.",
    "already-corrected":
      "A correction of this statement has been released meanwhile. Open the newest one and correct that.",
    "already-delivered": "Its delivery is on record already. Nothing was changed.",
    "deliver-newer": "This statement was corrected. Open the correction and record the delivery there.",
    "draft-delegation-left":
      "This was begun for a delegation that you have left. Nothing was kept of it, there or here; what you typed is still in the form, to be copied.",
    "proposal-observer":
      "Observers do not table proposals. Hand your input in as a statement, or ask a delegation that takes part to table it.",
    "proposal-not-reviewed": "This draft has not been reviewed as it stands. Review it, then release it.",
    "proposal-review-own":
      "You wrote in this draft last. Ask a colleague or the head of your delegation to review it.",
    "proposal-withdrawn": "This proposal has been withdrawn meanwhile. It stays on record; draft a new one.",
    "proposal-superseded":
      "A newer proposal has taken the place of this one meanwhile. Open the newer one and go on from there.",
    "proposal-sponsored": "Your delegation sponsors this proposal already. Nothing was changed.",
    "exercise-mixed":
      "Invented States speak in exercises alone, and real ones never do. Open a session of the right kind.",
  },
  field: {
    "topic-unknown": "Choose one of the topics of this session.",
    "topic-closed": "This topic has been closed meanwhile. Copy what you need into a draft on another topic.",
    "withdrawal-reason-missing": "Say in a sentence why the position is withdrawn.",
    "stance-unknown": "Choose where you stand on the scale.",
    "summary-missing": "Say in a sentence what the position is.",
    "source-missing": "Name the source: where this was said or written.",
    "date-wrong": "Give the date of the source, as year-month-day.",
    "date-future": "The source cannot be of a later day than today. Check the date.",
    "url-wrong": "Give a web address that begins with https:// or http://, or leave it empty.",
    "language-unknown": "Choose one of the languages.",
    "item-unknown": "Choose an item of this session’s agenda.",
    "meeting-unknown": "Choose a meeting of this session, or none.",
    "title-missing": "Give the statement a title.",
    "body-missing": "Write the words of the statement, or hand it in as a file.",
    "correction-missing": "Say in a sentence what is corrected.",
    "paragraph-unknown":
      "One of the paragraphs is not there any more, or not yours to read. Take its tick off and save again.",
    "paragraphs-many": "Tick at most 100 paragraphs.",
    "meeting-needed": "Choose the meeting in which it was delivered.",
    "meeting-not-begun": "This meeting has not begun. Choose the one in which it was delivered.",
    "proposal-version-unknown":
      "Choose an issued version of the text that you read, or the live wording where it is open to you.",
    "proposal-paragraph":
      "Choose the paragraph that it is about, from the wording that the proposal is against.",
    "proposal-place": "Choose after which paragraph, from the wording that the proposal is against.",
    "proposal-place-self": "A paragraph cannot be moved behind itself. Choose another place.",
    "proposal-wording": "Write the wording that you propose.",
    "proposal-wording-same":
      "The wording is the one that stands. Change it, or propose to keep the paragraph as it is.",
    "proposal-bridges": "Choose the proposals between which this is a bridge, or the paragraph.",
    "proposal-bridges-unknown": "Choose released proposals on this text, at most 100.",
    "proposal-sponsor-self": "You table the proposal yourselves. Take your own tick off the sponsors.",
    "proposal-sponsor-unknown": "Only delegations that take part can sponsor. Choose the sponsors again.",
    "proposal-withdrawal-reason": "Say in a sentence why the proposal is withdrawn.",
    "group-unknown": "Choose a group of which you are a member today, or speak for yourselves.",
    "exception-unknown":
      "Only members of the group can be excepted. Save with the right group, then choose again.",
    "exception-self": "You speak for the group yourselves, so you cannot be an exception.",
  },
} as const;

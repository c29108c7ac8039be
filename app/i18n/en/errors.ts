/**
 * What is said when something was refused, by the code of the refusal: what happened, and what the person can do.
 * Field messages stand under their field.
 */
export const errors = {
  heading: "This cannot be done",
  notThereTitle: "Not there",
  brokenTitle: "Something went wrong here",
  broken: "The error has been recorded without any of your words. Go back, or try again in a moment.",
  back: "To the sessions",
  again: "Try again",
  refusal: {
    "not-there": "There is nothing here for you. Check the address, or sign in with the account that may see it.",
    "not-allowed": "This is not yours to do. Ask the chair or the secretariat of the session.",
    "sign-in": "Sign in first.",
    "unknown-intent": "This page does not know that form. Load the page again and repeat what you did.",
    "check-fields": "Some fields need another look.",
    "version-empty": "The text has no words yet. Write or import something first.",
    "version-label-taken": "A version called “{{label}}” has been issued. Choose another label.",
    "paragraph-locked": "This paragraph is locked. An officer of the session can unlock it, with a reason.",
    "paragraph-not-there": "This paragraph is not in the text any more. Load the page again.",
    "lock-already": "The paragraph is locked already.",
    "lock-not": "The paragraph is not locked any more.",
    "drafter-already": "This person is a drafter of this text already.",
    "drafter-not": "This person is no drafter of this text any more.",
    "import-empty": "Nothing that could be inserted was found.",
    "import-place": "The paragraph behind which it should come is gone. Choose another place.",
    "import-unreadable": "The file could not be read. Save it again as HTML or plain text, or bring it in piece by piece.",
  },
  field: {
    required: "Fill this in.",
    "too-long": "This is too long. Shorten it.",
    "version-label": "Give the version a label of at most 60 characters.",
    "unlock-reason": "Say why the paragraph is opened again.",
    "item-not-there": "Choose an item of this session's agenda.",
    "person-not-in-session": "Choose a person who takes part in this session.",
    "delegations-none": "Name at least one delegation, or choose another audience.",
    "delegation-not-there": "One of the delegations has left the session. Load the page again.",
    "import-nothing": "Choose a file, or paste something.",
    "import-too-large": "This is larger than 2 MB. Bring it in piece by piece.",
    "import-no-text": "This is no HTML or text file. Save it as HTML or plain text first.",
  },
} as const;

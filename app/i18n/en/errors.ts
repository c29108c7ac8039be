/**
 * What is said when something was refused, by the code of the refusal: what happened, and what the person can do.
 * Field messages stand under their field.
 */
import { errorsAgenda } from "./errors-agenda.ts";
import { errorsDelegations } from "./errors-delegations.ts";
import { errorsRecord } from "./errors-record.ts";
import { errorsReference } from "./errors-reference.ts";

export const errors = {
  heading: "This cannot be done",
  notThereTitle: "Not there",
  brokenTitle: "Something went wrong here",
  broken: "The error has been recorded without any of your words. Go back, or try again in a moment.",
  back: "To the sessions",
  again: "Try again",
  wroteTitle: "What you typed",
  wroteWhat: "It was not saved, and it is kept nowhere else. Copy it, if you need it.",
  wroteCopy: "Copy what you typed",
  refusal: {
    "meeting-changed":
      "Somebody changed meeting {{number}} while you were typing. What it says now stands above the form; what you typed is still in the form, and saving again puts it in the place of that.",
    "meeting-going-on": "Meeting {{number}} is going on. Set its mode, or wait until it has ended.",
    "meeting-delivered": "A statement was delivered in meeting {{number}}: it stays as it is on record.",
    "meeting-named":
      "Statements or positions on record name meeting {{number}}, so it cannot be cancelled. Change its hours or its room instead.",
    "not-there":
      "There is nothing here for you. Check the address, or sign in with the account that may see it.",
    "not-allowed": "This is not yours to do. Ask the chair or the secretariat of the session.",
    "sign-in": "Sign in first.",
    "unknown-intent": "This page does not know that form. Load the page again and repeat what you did.",
    "form-unreadable":
      "What was sent is no form that can be read. Load the page again and repeat what you did.",
    "check-fields": "Some fields need another look.",
    "sign-in-wrong":
      "E-mail address and password do not belong together. Check both; if you have forgotten the password, ask the secretariat for a link.",
    "sign-in-wait":
      "Too many attempts at this account are waiting here. Try again in {{seconds}} seconds, use a browser or a network in which you have signed in before, or ask the secretariat for a one-time link.",
    "sign-in-busy": "Many people are signing in at this moment. Try again in a few seconds.",
    "code-again":
      "Give your password again. It was too long ago, or there were too many wrong codes, or the account has changed meanwhile.",
    "code-rests_one":
      "Too many wrong codes. Codes for this account rest for {{count}} minute here. Use a recovery code, or a browser in which you have signed in before.",
    "code-rests_other":
      "Too many wrong codes. Codes for this account rest for {{count}} minutes here. Use a recovery code, or a browser in which you have signed in before.",
    "codes-unreadable":
      "The codes of this account cannot be checked any more: the secret of this server has changed. Ask the secretariat for a link that turns them off.",
    "codes-on": "Authenticator codes are on already. Load the page again.",
    "codes-off": "Authenticator codes are off already. Load the page again.",
    "codes-begin-again": "This was begun too long ago, or elsewhere. Begin again with your password.",
    "codes-own-first":
      "Turn on your own authenticator codes first, in your account: otherwise you would lose your rights with this.",
    "codes-not-in-exercise": "In an exercise nobody has a password, and nobody needs codes.",
    "link-gone": "This link has been used, or its time is over. Ask the secretariat for a new one.",
    "person-without-login":
      "This person has no password: they are of the exercise, or suspended. Let them in again first, then make a link.",
    "email-taken":
      "Somebody signs in with this address already. Ask the secretariat for a new link with another one.",
    "suspend-self": "You cannot suspend yourself. Another member of the secretariat can.",
    "last-head":
      "A delegation is not left without a head. Hand over the headship to another of its people first; invite somebody if there is nobody else.",
    "head-there":
      "This delegation has a head. Its heads alone decide who sits in it; ask them to add the person.",
    "item-at-end":
      "The item stands at this end of its list already. Move it the other way, or move another item past it.",
    "storage-full":
      "The server cannot keep anything at the moment: its disk is full. Nothing was changed; try again when the secretariat has made room.",
    damaged:
      "Row {{row}} of this text's record on disk is damaged. The text can be read as it was before that row; it cannot be changed, issued, locked or opened to others until the secretariat has restored it from a backup.",
    ...errorsAgenda.refusal,
    ...errorsRecord.refusal,
    ...errorsReference.refusal,
    ...errorsDelegations.refusal,
    "version-empty": "The text has no words yet. Write or import something first.",
    "version-label-taken": "A version called “{{label}}” has been issued. Choose another label.",
    "version-issued-meanwhile":
      "{{by}} has issued “{{label}}” since this form was opened, so yours was not issued. Read that version; if yours is still wanted, give it a label of its own and issue it.",
    "version-renumbered-meanwhile":
      "{{by}} has issued “{{label}}” since this form was opened and numbered the paragraphs anew: what was {{from}} is {{to}} now. Yours was not issued. Read that version; if yours is still wanted, give it a label of its own and issue it.",
    "paragraph-locked": "This paragraph is locked. An officer of the session can unlock it, with a reason.",
    "paragraph-not-there": "This paragraph is not in the text any more. Load the page again.",
    "lock-already":
      "Somebody has locked the paragraph meanwhile. To lock it anew, unlock it first with a reason.",
    "lock-not":
      "Somebody has unlocked the paragraph meanwhile. Load the page again; lock it anew if it is to stay closed.",
    "bracket-held":
      "A bracket there is held by those who asked for it. Each of them has to say on the page of the bracket that it no longer asks for it.",
    "bracket-held-by":
      "This bracket is held by {{holders}}. Each of them has to say here that it no longer asks for it.",
    "bracket-gone":
      "This bracket is not in the text any more, so nobody can stand anywhere on it. What was said of it stays in its paragraph's history.",
    "stance-changed":
      "Somebody has written a newer stance of the same party meanwhile; it is shown on this page now. Read it, then say it again if it is still to be said.",
    "stance-not-recorded":
      "Only what somebody else has recorded can be confirmed or disputed. To say something else, set the stance anew.",
    "stance-not-for-group":
      "Your delegation does not speak for this group. Speak for yourselves, or ask one that does.",
    "stance-nothing": "This says nothing. Ask for the bracket, or say what is to become of the words.",
    "stance-group": "There is no such group in this session. Choose another one.",
    "stance-party": "This delegation does not take part any more. Choose another one.",
    "stance-meeting": "This meeting is not one of the session's any more. Choose another one, or a day.",
    "stance-day": "This is no day that has come. Write one up to today.",
    "drafter-already":
      "This person is a drafter of this text already. Load the page again to see all drafters.",
    "drafter-not":
      "Somebody has withdrawn this drafter meanwhile. Load the page again; appoint them anew if they are to write.",
    "import-empty":
      "Nothing that could be inserted was found. Choose another file, or paste the words themselves.",
    "too-many-paragraphs": "The text holds as many paragraphs as it can: 5,000.",
    "paragraph-too-long": "A paragraph would become longer than 20,000 characters.",
    "import-partly":
      "The first {{came}} of {{total}} paragraphs are in the text now, the others are not. Take out of the source what came in, then import the rest. Why it stopped: $t(errors:refusal.{{- why}})",
    "import-place": "The paragraph behind which it should come is gone. Choose another place.",
    "import-unreadable":
      "The file could not be read. Save it again as HTML or plain text, or bring it in piece by piece.",
  },
  field: {
    required: "Fill this in.",
    "too-long": "This is too long. Shorten it.",
    email: "This is no e-mail address. It looks like name@example.org.",
    "email-taken":
      "Somebody is on the list with this address already. Make a new link for that person instead.",
    "email-ours":
      "One of your delegation's people has this address. Choose them in the list of people to be seated, or make a new link beside their name; if they are in neither place, ask the secretariat.",
    "password-short": "Use at least 12 characters.",
    "password-long": "Use at most 200 characters.",
    "password-common": "This password is on everybody's list. Choose one that nobody else would.",
    "password-own": "This is made of your own name or address. Choose something else.",
    day: "This is no day. Write it as 2026-12-07.",
    "day-before": "The last day cannot come before the first.",
    zone: "There is no such time zone. Choose one from the list, such as America/New_York.",
    instant: "Give day and time, such as 2026-12-07 10:00.",
    "meeting-outside":
      "This is not on a day of the session, which sits from {{from}} to {{to}}. Choose one of these days.",
    "meeting-ends": "A meeting ends after it begins, at most twelve hours later.",
    "number-taken": "Another item at this place has this number.",
    "parent-not-there": "That item is no longer on the agenda. Choose another.",
    "parent-below": "An item cannot stand under itself or under one of its own sub-items.",
    "entity-not-outside": "This one takes part already, or is not of this kind of session.",
    "entity-not-there": "Choose a delegation from the list, or none.",
    "person-not-there":
      "This person is not on the list, or is suspended. Ask the secretariat to name them for your delegation.",
    "officer-already": "This person holds an office in the session already. Withdraw it first.",
    "officer-not-delegate":
      "The chair and the secretariat serve all delegations alike and sit in none. Choose another person.",
    "delegate-not-officer":
      "This person sits in a delegation of the session. Remove them there first: the chair and the secretariat sit in none.",
    "topic-not-there": "One of the topics is no longer on the list. Load the page again.",
    "password-current": "This is not your present password.",
    "code-wrong":
      "This code did not work. A code works once and for about a minute: wait for the next one, or use a recovery code.",
    "head-successor":
      "Choose another of the delegation's own people. This one has left meanwhile, is suspended, or is you.",
    "delegate-already": "This person sits in a delegation of the session already. Remove them there first.",
    ...errorsAgenda.field,
    ...errorsRecord.field,
    ...errorsReference.field,
    ...errorsDelegations.field,
    "version-label": "Give the version a label of at most 60 characters.",
    "stance-nothing": "Ask for the bracket, or say what is to become of the words.",
    "stance-group": "There is no such group in this session. Choose another one.",
    "stance-party": "This delegation does not take part any more. Choose another one.",
    "stance-meeting": "Choose a meeting of this session, or a day.",
    "stance-day": "Write a day up to today.",
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

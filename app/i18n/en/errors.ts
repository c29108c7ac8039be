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
  },
  field: {
    required: "Fill this in.",
    "too-long": "This is too long. Shorten it.",
  },
} as const;

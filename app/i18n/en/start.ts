/** What the process itself says: at its start, and before anybody may come in. */
export const start = {
  codeTitle: "Code of this exercise",
  codeAsk: "This exercise is open to the network. Enter the code that was printed where it was started.",
  codeField: "Code",
  codeEnter: "Enter",
  codeWrong: "This is not the code. It has ten letters and digits; capitals do not matter.",
  addressTooLong: "This address is too long. Go back, or begin at the first page of this site.",
  addressUnreadable:
    "This address has signs that no page of Chapeau has. Check it, or begin at the first page of this site.",
  addressNotOurs: "This address is not one of Chapeau’s. Open the page by its address without “_data”.",
  hostUnreadable:
    "The name by which this server was called cannot be read. Type the address that you were given, beginning with http.",
  otherName:
    "This server does not answer to the name {{name}}. Use the address that you were given; who runs the server sets it by CHAPEAU_ORIGIN.",
  useOrigin: "Use {{origin}}: nothing is answered over plain HTTP.",
  postOnly: "Forms are sent by POST, and pages are asked for by GET. Open the page and use its buttons.",
  otherSite: "This form was sent from another site and is refused. Open the page here and send it again.",
  formsOnly: "What was sent is not a form. Open the page here, fill in its form and send that.",
  lengthMissing:
    "What was sent does not say how long it is. Send it again from a browser, without a program in between that changes it.",
  tooLarge: "This is too large: at most {{mb}} MB can be sent here. Send it in smaller parts.",
  tooLargeOpen: "This is too large: at most {{kb}} KB can be sent here. Shorten what you entered.",
  playingAnew: "An earlier start was stopped while it played the exercise. Beginning anew …",
  indexing: "Making what is on record ready for search: {{done}} of {{all}} …",
  indexingTexts: "Making the wordings of texts ready for search: {{done}} of {{all}} …",
  stoppedAtStart: "Stopped before Chapeau was ready. Start it again whenever you like.",
  stopping: "Chapeau is stopping. Come back in a moment.",
  failed: "Something went wrong here. Try again; if it happens again, tell who runs this server when it was.",
  notAsSent:
    "This cannot be answered as it was sent. Load the page again, or begin at the first page of this site.",
  noSuchFile: "There is no such file. Load the page again.",
  tooManyStreams: "Too many pages listen from here. Close some, or sign in.",
} as const;

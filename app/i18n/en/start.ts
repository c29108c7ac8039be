/** What the process itself says: at its start, and before anybody may come in. */
export const start = {
  codeTitle: "Code of this exercise",
  codeAsk: "This exercise is open to the network. Enter the code that was printed where it was started.",
  codeField: "Code",
  codeEnter: "Enter",
  codeWrong: "This is not the code. It has ten letters and digits; capitals do not matter.",
} as const;

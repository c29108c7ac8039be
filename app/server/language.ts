/** In which language a browser is answered: the one it was told to remember, else what it says it prefers. */
import type { IncomingHttpHeaders } from "node:http";
import { startWords } from "#app/i18n/start-words.ts";
import { type Language, languageFor } from "#app/rules/language.ts";
import { readCookie } from "./sign-in/logins.ts";

export function languageOf(headers: IncomingHttpHeaders): Language {
  return languageFor({
    chosen: readCookie(headers.cookie ?? "", "language"),
    accepted: headers["accept-language"] ?? "",
  });
}

/** Sentences of the process itself, for whoever asked. */
export function wordsFor({
  headers,
}: {
  readonly headers: IncomingHttpHeaders;
}): (typeof startWords)[Language] {
  return startWords[languageOf(headers)];
}

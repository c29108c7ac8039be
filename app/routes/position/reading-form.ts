/** An editors' reading as the secretariat's form sends it. */
import type { ReadingTyped } from "#app/rules/readings.ts";
import { field } from "#app/routes/answers.ts";

export function readingIn(form: FormData): ReadingTyped {
  const summary = form.get("summary");
  return {
    stance: field(form, "stance"),
    summary: typeof summary === "string" ? summary : "",
    sourceTitle: field(form, "sourceTitle"),
    sourceDate: field(form, "sourceDate"),
    sourceSymbol: field(form, "sourceSymbol"),
    sourceUrl: field(form, "sourceUrl"),
    sourceForum: field(form, "sourceForum"),
    explicit: field(form, "explicit") !== "no",
    confidence: field(form, "confidence"),
    via: field(form, "via"),
    reason: field(form, "reason"),
  };
}

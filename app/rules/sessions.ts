/** What a session's own facts must be. */
import { faultsOfLength } from "./fields.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const SESSION_KINDS = ["plenary", "thematic-group", "intersessional"] as const;

export type SessionFacts = {
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly symbol: string;
  readonly from: string;
  readonly to: string;
  readonly venue: string;
  readonly timeZone: string;
};

/**
 * Message codes by field; empty when all is well. `isZone` knows the names of time zones (rule AG6).
 */
export function sessionProblems(
  facts: SessionFacts,
  isZone: (name: string) => boolean,
): Record<string, string> {
  const problems = faultsOfLength("session", facts);
  for (const name of ["title", "body", "venue"] as const) {
    if (facts[name] === "") problems[name] = "required";
  }
  if (!SESSION_KINDS.some((kind) => kind === facts.kind)) problems["kind"] = "required";
  if (!isDay(facts.from)) problems["from"] = "day";
  if (!isDay(facts.to)) problems["to"] = "day";
  else if (isDay(facts.from) && facts.to < facts.from) problems["to"] = "day-before";
  if (!isZone(facts.timeZone)) problems["zone"] = "zone";
  return problems;
}

/** A day that there is: `2026-02-30` is none. */
export function isDay(day: string): boolean {
  if (!DAY.test(day)) return false;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const lengths = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return month >= 1 && month <= 12 && date >= 1 && date <= (lengths[month - 1] ?? 0) && year >= 1945;
}

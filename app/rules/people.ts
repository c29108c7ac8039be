/** What must be known of a person who is invited. */
import { LONGEST_LINE } from "./sessions.ts";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** The longest address that mail can be sent to (RFC 5321). */
const LONGEST_EMAIL = 254;

/** Message codes by field; empty when all is well (rule PE1). */
export function personProblems(person: {
  readonly name: string;
  readonly email: string;
}): Record<string, string> {
  const problems: Record<string, string> = {};
  if (person.name === "") problems["name"] = "required";
  else if (person.name.length > LONGEST_LINE) problems["name"] = "too-long";
  if (!EMAIL.test(person.email) || person.email.length > LONGEST_EMAIL) problems["email"] = "email";
  return problems;
}

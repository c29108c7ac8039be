/** What must be known of a person who is invited. */
import { LONGEST_LINE } from "./sessions.ts";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** The longest address that mail can be sent to (RFC 5321). */
const LONGEST_EMAIL = 254;

/** Whether mail could be sent there: something like name@example.org, not too long. */
export function isEmail(typed: string): boolean {
  return EMAIL.test(typed) && typed.length <= LONGEST_EMAIL;
}

/** Message codes by field; empty when all is well (rule PE1). */
export function personProblems(person: {
  readonly name: string;
  readonly email: string;
}): Record<string, string> {
  const problems: Record<string, string> = {};
  if (person.name === "") problems["name"] = "required";
  else if (person.name.length > LONGEST_LINE) problems["name"] = "too-long";
  if (!isEmail(person.email)) problems["email"] = "email";
  return problems;
}

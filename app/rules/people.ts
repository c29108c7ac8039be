/** What must be known of a person who is invited. */
import { FIELDS, faultsOfLength } from "./fields.ts";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether mail could be sent there: something like name@example.org, not too long. */
export function isEmail(typed: string): boolean {
  return EMAIL.test(typed) && typed.length <= FIELDS.person.email.longest;
}

/** Message codes by field; empty when all is well (rule PE1). */
export function personProblems(person: {
  readonly name: string;
  readonly email: string;
}): Record<string, string> {
  const problems = faultsOfLength("person", person);
  if (person.name === "") problems["name"] = "required";
  if (!isEmail(person.email)) problems["email"] = "email";
  return problems;
}

/** What must be known of a person who is invited. */
import { FIELDS, faultsOfLength } from "./fields.ts";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether mail could be sent there: something like name@example.org, not too long. */
export function isEmail(typed: string): boolean {
  return EMAIL.test(typed) && typed.length <= FIELDS.person.email.longest;
}

/**
 * Rule PE19: a head invited somebody by an address that is somebody's already. Who was typed is written down beside whom
 * the address belongs to, under a form of it that nobody can type, sign in with or be found by, and lets nobody in.
 */
export function doubleAddress(email: string, personId: string): string {
  return `${email} ${personId}`;
}

type Addressed = { readonly email: string | null };

/** Whether they were written down beside whom their address belongs to. */
export function isDouble({ email }: Addressed): boolean {
  return email?.includes(" ") === true;
}

/** The address as it was typed; null where there is none. */
export function addressOf({ email }: Addressed): string | null {
  return email?.split(" ")[0] ?? null;
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

/** A one-time link is used: the person chooses a password. The link itself is the right to do so. */
import { checkPassword } from "#app/rules/passwords.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLink, findUsableLink } from "#db/stores/one-time-link.ts";
import { findPerson, linkAccount } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { linkHash } from "./issue-link.ts";

/** Refused in one and the same way for a link that never was, is used, or is too old (rule PE1). */
export async function followLink(
  context: CommandContext,
  input: { readonly token: string; readonly password: string },
): Promise<Refusal | { readonly email: string }> {
  const gone = refuse("not-found", "link-gone");
  const tokenHash = linkHash(input.token);
  const link = await findUsableLink(context.db.read, { tokenHash, now: context.now() });
  const person = link && (await findPerson(context.db.read, link.personId));
  if (!link || !person || person.email === null || person.suspendedAt !== null) return gone;
  const { id: personId, email, name } = person;
  const { password } = input;
  const weak = checkPassword(password, { name, email });
  if (weak) return weak;
  const at = context.now();
  const by = { personId, delegationId: null };
  // Used up first: of two browsers with one link, the second finds it gone and changes nothing.
  const used = await context.db.write(async (tx) => {
    if (!(await findUsableLink(tx, { tokenHash, now: at }))) return gone;
    await endLink(tx, link.id, at);
    const detail = { purpose: link.purpose };
    await appendEvent(tx, { at, by, act: "followLink", thing: "person", thingId: personId, detail });
    return null;
  });
  if (used) return used;
  const set = await context.accounts.setPassword({ personId, email, name, password });
  if (isRefusal(set)) return set;
  await context.db.write((tx) => linkAccount(tx, personId, set.accountId));
  return { email };
}

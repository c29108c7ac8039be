/** A one-time link is used: the person chooses a password. The link itself is the right to do so. */
import { cleanFields } from "#app/rules/fields.ts";
import { checkPassword } from "#app/rules/passwords.ts";
import { addressOf, isDouble, personProblems } from "#app/rules/people.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLinksOf, findUsableLink, type OneTimeLinkRow } from "#db/stores/one-time-link.ts";
import { findPerson, findPersonByEmail, linkAccount, namePerson, type PersonRow } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { linkHash } from "./issue-link.ts";

/**
 * The link and its person while the link can be used; null for one that never was, is used, is too old, or whose person
 * is suspended, which all look the same (rule PE2).
 */
export async function findFollowable(
  db: Reading,
  { token, now }: { readonly token: string; readonly now: number },
): Promise<{ readonly link: OneTimeLinkRow; readonly person: PersonRow } | null> {
  const link = await findUsableLink(db, { tokenHash: linkHash(token), now });
  const person = link && (await findPerson(db, link.personId));
  return link && person && person.suspendedAt === null ? { link, person } : null;
}

/**
 * `name` and `email` are asked of the first of the secretariat alone, whom nobody could name before. Refused in one and
 * the same way for every link that does not work.
 */
export async function followLink(
  context: CommandContext,
  input: {
    readonly token: string;
    readonly password: string;
    readonly name?: string;
    readonly email?: string;
  },
): Promise<Refusal | { readonly email: string }> {
  const gone = refuse("not-found", "link-gone");
  const { token, password } = input;
  const found = await findFollowable(context.db.read, { token, now: context.now() });
  if (!found) return gone;
  const { id: personId } = found.person;
  const isNamed = found.person.email !== null;
  const typed = cleanFields("person", { name: input.name ?? "", email: input.email ?? "" });
  const name = isNamed ? found.person.name : typed.name;
  const email = (addressOf(found.person) ?? typed.email).toLowerCase();
  const fields = isNamed ? {} : personProblems({ name, email });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const weak = checkPassword(password, { name, email });
  if (weak) return weak;
  if (isDouble(found.person)) return followInVain(context, found.link);
  const mayFollow = async (db: Reading): Promise<Refusal | null> => {
    if (!(await findFollowable(db, { token, now: context.now() }))) return gone;
    if (isNamed || !(await findPersonByEmail(db, email))) return null;
    return refuse("conflict", "check-fields", { fields: { email: "email-taken" } });
  };
  const { purpose } = found.link;
  const useUp = async (accountId: string): Promise<Refusal | null> => {
    // Rule SI17. Before the link is used up, as the password was: when something fails now, the link works again.
    const turnsOff = purpose === "codes" && (await context.accounts.listWithCodes()).has(accountId);
    if (turnsOff) await context.accounts.turnOffCodes(accountId);
    const used = await context.db.write(async (tx) => {
      const refusal = await mayFollow(tx);
      if (refusal) return refusal;
      const at = context.now();
      if (!isNamed) await namePerson(tx, personId, { name, email });
      await linkAccount(tx, personId, accountId);
      await endLinksOf(tx, personId, at);
      const by = { personId, delegationId: null };
      const on = { thing: "person", thingId: personId };
      await appendEvent(tx, { at, by, act: "followLink", ...on, detail: { purpose } });
      if (turnsOff) await appendEvent(tx, { at, by, act: "turnOffCodes", ...on, detail: { by: "link" } });
      return null;
    });
    context.notices.tell({ kind: "secretariat" }, "people");
    return used;
  };
  // The link is used up last: whatever goes wrong before, it works again. Of two browsers that follow it at the same
  // time the second has its turn after that, finds it gone and changes nothing.
  const set = await context.accounts.setPassword({
    personId,
    email,
    name,
    password,
    stillMay: () => mayFollow(context.db.read),
    afterwards: useUp,
  });
  return isRefusal(set) ? set : { email };
}

/**
 * Rule PE19: the address is somebody else's. Until a password is sent the link looks like any other, so that to find it
 * out is to act as the person, which is on record and ends the link.
 */
async function followInVain(
  context: CommandContext,
  { personId, purpose }: Pick<OneTimeLinkRow, "personId" | "purpose">,
): Promise<Refusal> {
  await context.db.write(async (tx) => {
    const at = context.now();
    await endLinksOf(tx, personId, at);
    const by = { personId, delegationId: null };
    const what = { act: "followLink", thing: "person", thingId: personId };
    await appendEvent(tx, { at, by, ...what, detail: { purpose, inVain: true } });
  });
  context.notices.tell({ kind: "secretariat" }, "people");
  return refuse("not-found", "link-gone");
}

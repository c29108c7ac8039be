/** A head invites by an address that somebody has already: it looks like any other invitation. */
import { describe, expect, it } from "vitest";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { action, loader } from "#app/routes/delegations/route.tsx";
import type { Loaded } from "#app/routes/delegations/load.ts";
import { action as follow, loader as linkLoader } from "#app/routes/one-time-link/route.tsx";
import { loader as peopleLoader } from "#app/routes/people/route.tsx";
import { delegate, oneTimeLink } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { findPerson, findPersonByEmail, listPeople } from "#db/stores/person.ts";
import { ask } from "#test/support/delegations.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { submit } from "#test/support/reception.ts";

const params = { session: "s" };
const known = "zahir@example.org";
const unknown = "zelda@example.org";

const send = async (hall: Hall, form: Readonly<Record<string, string>>) =>
  submit(action, form, { context: await hall.as("bilal"), params });

const invite = async (hall: Hall, email: string, name = "Noor") =>
  send(hall, { intent: "invite-delegate", delegation: "d-lem", name, email, role: "editor" });

const see = async (hall: Hall) => (await ask(hall, "bilal", loader, { params })).body as Loaded;

/** The secretariat has invited somebody of no delegation, or done more. */
async function withZahir(more?: (hall: Hall, personId: string) => Promise<unknown>) {
  const hall = await openHall();
  const zahir = { name: "Zahir", email: known, secretariat: false, entityId: null };
  const first = done(await invitePerson(await hall.as("sela"), zahir));
  await more?.(hall, first.personId);
  return { hall, personId: first.personId };
}

const tokenOf = ({ body }: { readonly body: unknown }) =>
  (body as { link: { address: string } }).link.address.split("/").at(-1) ?? "";

/** What must differ between any two invitations: ids, tokens, addresses. */
const alike = async (hall: Hall, answer: unknown) => {
  const people = await listPeople(hall.db.read);
  const ids = [...people, ...(await hall.db.read.select().from(delegate))].map(({ id }) => id);
  const plain = JSON.stringify(answer).replaceAll(known, "…@").replaceAll(unknown, "…@");
  return ids
    .reduce((said, id) => said.replaceAll(`"${id}"`, '"…"'), plain)
    .replaceAll(/\/links\/[\w-]+/g, "/links/…");
};

const more: Readonly<Record<string, (hall: Hall, personId: string) => Promise<unknown>>> = {
  "is invited": async () => undefined,
  "is suspended": async (hall, personId) =>
    suspendPerson(await hall.as("sela"), { personId, suspended: true }),
  "is named for another delegation": async (hall, personId) =>
    nameForDelegation(await hall.as("sela"), { personId, entityId: "nor" }),
};

describe("a head who invites by an address of somebody else", () => {
  it.each(Object.keys(more))(
    "[PE19] [PE10] is answered as for an address that nobody has, whoever %s by it",
    async (what) => {
      const told = async (email: string) => {
        const { hall, personId } = await withZahir(more[what]);
        const before = await findPerson(hall.db.read, personId);
        const seen: string[] = [];
        const answer = await invite(hall, email);
        const page = await see(hall);
        const seat = page.delegates.find(({ name }) => name === "Noor")?.id ?? "";
        expect(page.unanswered).toEqual([seat]);
        const params = { token: tokenOf(answer) };
        const link = await ask(hall, null, linkLoader, { params });
        expect(link).toMatchObject({ status: 200, body: { link: { name: "Noor", email } } });
        // A password that is refused for what it is made of is refused alike.
        const weak = await submit(follow, { password: "noor" }, { context: await hall.as(null), params });
        const renewed = await send(hall, { intent: "renew-invitation", delegate: seat });
        expect(renewed.status).toBe(200);
        // From now on it is an address of one's own.
        const again = await invite(hall, email);
        expect(again.body).toMatchObject({ refusal: { fields: { email: "email-ours" } } });
        const removed = await send(hall, { intent: "remove-delegate", delegate: seat });
        const left = await see(hall);
        expect(left.forSeat.map(({ name }) => name)).toContain("Noor");
        for (const one of [answer, page, link, weak, renewed, again, removed, left, hall.told]) {
          seen.push(await alike(hall, one));
        }
        // Whose address it is is who they were, and their own link is what it was.
        expect(await findPerson(hall.db.read, personId)).toEqual(before);
        expect((await findPersonByEmail(hall.db.read, known))?.id).toBe(personId);
        const links = await hall.db.read.select().from(oneTimeLink);
        const own = links.filter((one) => one.personId === personId);
        expect(own.map(({ usedAt }) => usedAt === null)).toEqual([what !== "is suspended"]);
        return seen;
      };
      expect(await told(known)).toEqual(await told(unknown));
    },
  );

  it("[PE19] [PE2] gives a link that lets nobody in, is used up by being followed, and says so in the record", async () => {
    const { hall, personId } = await withZahir();
    const token = tokenOf(await invite(hall, known));
    const context = await hall.as(null);
    const password = "a sentence that nobody else writes";
    const answer = await submit(follow, { password }, { context, params: { token } });
    const none = await submit(follow, { password }, { context, params: { token: "never-was" } });
    expect(answer.status).toBe(404);
    expect(answer).toEqual(none);
    const page = await ask(hall, null, linkLoader, { params: { token } });
    expect(page).toMatchObject({ status: 404, body: { link: null } });
    expect((await findPerson(hall.db.read, personId))?.accountId).toBeNull();
    expect((await listPeople(hall.db.read)).filter(({ accountId }) => accountId)).toEqual([]);
    const [last] = (await hall.db.read.select().from(event)).slice(-1);
    expect(last).toMatchObject({ act: "followLink", detail: { purpose: "invitation", inVain: true } });
  });

  it("[PE19] [PE1] is seen by the secretariat, who names the person whose address it is", async () => {
    const { hall, personId } = await withZahir();
    await invite(hall, known);
    const sela = await hall.as("sela");
    const context = {
      ...sela,
      accounts: { ...sela.accounts, listWithCodes: () => Promise.resolve(new Set<string>()) },
    };
    const request = new Request("http://here/people");
    const { people } = await peopleLoader({ request, params: {}, context } as never);
    const listed = people.filter(({ email }) => email === known);
    expect(listed).toHaveLength(2);
    const double = listed.find(({ id }) => id !== personId);
    expect(double).toMatchObject({
      name: "Noor",
      state: "double",
      double: { known: "Zahir", head: "bilal of the tests" },
    });
    const link = await issuePasswordLink(await hall.as("sela"), { personId: double?.id ?? "" });
    expect(refusedFor(link)).toBe("person-double");
    const again = { name: "Z", email: known, secretariat: false };
    expect(refusedFor(await invitePerson(await hall.as("sela"), again))).toBe("email-taken");
    done(await nameForDelegation(await hall.as("sela"), { personId, entityId: "lem" }));
    expect((await see(hall)).forSeat.map(({ id }) => id)).toContain(personId);
  });
});

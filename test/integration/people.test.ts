/** People come in: invitations, one-time links and the first of the secretariat, over real accounts. */
import { describe, expect, it } from "vitest";
import { followLink } from "#app/commands/follow-link.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { loader as linkLoader } from "#app/routes/one-time-link/route.tsx";
import { action as peopleAction, loader as peopleLoader } from "#app/routes/people/route.tsx";
import { inviteFirstSecretariat } from "#app/server/first-secretariat.ts";
import { oneTimeLink, person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { findPerson } from "#db/stores/person.ts";
import { faultsIn } from "#test/support/database.ts";
import { EMAIL, follow, invited, OTHER, PASSWORD, settled, signIn, tokenIn } from "#test/support/noor.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { type Reception, openReception, show, submit } from "#test/support/reception.ts";

const DAY = 86_400_000;

/** Page and form behind a link, as bytes: a link that does not work must not tell why. */
async function faceOf(at: Reception, token: string): Promise<string> {
  const context = await at.at({ cookie: "" });
  const page = await show(linkLoader, { context, params: { token } });
  const form = await follow(at, token, { password: PASSWORD, name: "Noor", email: EMAIL });
  return JSON.stringify([page, form]);
}

const acts = async (at: Reception) => (await at.db.read.select().from(event)).map(({ act }) => act);

describe("an invitation", () => {
  it("[PE1] makes a person, shows the link once, and is told to the secretariat alone", async () => {
    const at = await openReception();
    const context = await at.at({ personId: "sela" });
    const fields = { intent: "invite", name: " Noor Vance ", email: "Noor@Example.org" };
    const { status, body } = await submit(peopleAction, fields, { context });
    expect(status).toBe(200);
    expect(body).toMatchObject({ link: { name: "Noor Vance" } });
    expect(JSON.stringify(body)).toMatch(/http:\/\/here\/links\/[\w-]{43}"/);
    expect(at.told).toEqual([{ audience: { kind: "secretariat" }, topic: "people" }]);
    const page = await show(peopleLoader, { context });
    expect(page.body["people"]).toContainEqual(
      expect.objectContaining({ name: "Noor Vance", email: EMAIL, state: "invited", secretariat: false }),
    );
    expect(JSON.stringify(page.body)).not.toContain("/links/");
    expect(await acts(at)).toEqual(["invitePerson"]);
    // The audiences of the hall's texts were put in without an act.
    const faults = faultsIn(at.db.folder).filter((fault) => !fault.startsWith("The audience"));
    expect(faults).toEqual([]);
  });

  it("[PE1] [PE9] is refused for an address that somebody has, whatever its case, and keeps what was typed", async () => {
    const at = await openReception();
    await invited(at);
    const context = await at.at({ personId: "sela" });
    const fields = { intent: "invite", name: "Another Noor", email: "NOOR@example.org" };
    const { status, body } = await submit(peopleAction, fields, { context });
    expect(status).toBe(409);
    expect(body).toMatchObject({ refusal: { fields: { email: "email-taken" } }, typed: fields });
  });

  it.each([
    ["no name", { name: "", email: EMAIL }, { name: "required" }],
    ["a name that fills the page", { name: "N".repeat(121), email: EMAIL }, { name: "too-long" }],
    ["no address", { name: "Noor", email: "noor at example" }, { email: "email" }],
    ["neither", { name: " ", email: "" }, { name: "required", email: "email" }],
  ])("[PE1] [PE9] with %s is sent back with the reason at the field", async (_, typed, fields) => {
    const at = await openReception();
    const context = await at.at({ personId: "sela" });
    const { status, body } = await submit(peopleAction, { intent: "invite", ...typed }, { context });
    expect(status).toBe(422);
    expect(body).toMatchObject({ refusal: { fields }, typed });
    expect(await acts(at)).toEqual([]);
  });

  it("[PM2] is the secretariat's: nobody else sees the list, invites, makes links or suspends", async () => {
    const at = await openReception();
    for (const personId of ["amara", "bilal", "chiara", "dario", null]) {
      const context = await at.at({ personId });
      const status = personId === null ? 401 : 403;
      expect((await show(peopleLoader, { context })).status).toBe(status);
      for (const intent of ["invite", "link", "suspend", "resume", "name-for", "nonsense"]) {
        const fields = { intent, person: "erin", name: "N", email: EMAIL };
        expect((await submit(peopleAction, fields, { context })).status).toBe(status);
      }
    }
    expect(await acts(at)).toEqual([]);
    expect(await at.db.read.$count(oneTimeLink)).toBe(0);
  });
});

describe("a one-time link", () => {
  it("[PE2] is followed once: the person chooses a password and is signed in", async () => {
    const at = await openReception();
    const { personId, token } = await invited(at);
    const page = await show(linkLoader, { context: await at.at({ cookie: "" }), params: { token } });
    expect(page).toMatchObject({
      status: 200,
      body: { link: { name: "Noor Vance", purpose: "invitation" } },
    });
    const entered = await follow(at, token, { password: PASSWORD });
    expect(entered).toMatchObject({ status: 303, location: "/" });
    expect(await at.viewerOf(entered.cookie)).toMatchObject({ kind: "person", personId });
    expect((await signIn(at, PASSWORD)).status).toBe(303);
    expect((await follow(at, token, { password: OTHER })).status).toBe(404);
    expect((await signIn(at, OTHER)).status).toBe(422);
    expect(await acts(at)).toEqual(["invitePerson", "followLink"]);
  });

  it("[PE2] that is unknown, used, too old, superseded or a suspended person's has one and the same face", async () => {
    const at = await openReception();
    const sela = await at.at({ personId: "sela" });
    const unknown = await faceOf(at, "never-was");
    expect(unknown).toContain("link-gone");

    const { personId, token: first } = await invited(at);
    const { address } = done(await issuePasswordLink(sela, { personId }));
    expect(await faceOf(at, first)).toBe(unknown);
    expect((await follow(at, tokenIn(address), { password: PASSWORD })).status).toBe(303);
    expect(await faceOf(at, tokenIn(address))).toBe(unknown);

    const third = tokenIn(done(await issuePasswordLink(sela, { personId })).address);
    at.wait(7 * DAY - 1);
    expect((await show(linkLoader, { context: sela, params: { token: third } })).status).toBe(200);
    at.wait(1);
    expect(await faceOf(at, third)).toBe(unknown);

    const fourth = tokenIn(done(await issuePasswordLink(sela, { personId })).address);
    done(await suspendPerson(sela, { personId, suspended: true }));
    expect(await faceOf(at, fourth)).toBe(unknown);
    done(await suspendPerson(sela, { personId, suspended: false }));
    expect(await faceOf(at, fourth)).toBe(unknown);
  });

  it("[PE2] followed in two browsers at once lets one of them in", async () => {
    const at = await openReception();
    const { token } = await invited(at);
    const context = await at.at({ cookie: "" });
    const both = await Promise.all([
      followLink(context, { token, password: PASSWORD }),
      followLink(context, { token, password: OTHER }),
    ]);
    const winners = both.map((one) => "email" in one);
    expect(winners.toSorted()).toEqual([false, true]);
    const [right, wrong] = winners[0] ? [PASSWORD, OTHER] : [OTHER, PASSWORD];
    expect((await signIn(at, right)).status).toBe(303);
    expect((await signIn(at, wrong)).status).toBe(422);
    expect((await acts(at)).filter((act) => act === "followLink")).toHaveLength(1);
  });

  it("[SI1] [PE9] stays usable after a weak password, which does not come back on the page", async () => {
    const at = await openReception();
    const { token } = await invited(at);
    for (const [password, code] of [
      ["short", "password-short"],
      ["Password123456", "password-common"],
      ["Noor-1234567890", "password-own"],
    ] as const) {
      const answered = await follow(at, token, { password });
      expect(answered).toMatchObject({ status: 422, body: { refusal: { fields: { password: code } } } });
      expect(JSON.stringify(answered.body["typed"])).toBe("{}");
    }
    expect((await follow(at, token, { password: PASSWORD })).status).toBe(303);
  });

  it("[PE2] is kept as a hash: nothing in the database opens it", async () => {
    const at = await openReception();
    const { token } = await invited(at);
    const rows = [await at.db.read.select().from(oneTimeLink), await at.db.read.select().from(event)];
    expect(JSON.stringify(rows)).not.toContain(token);
    const [row] = await at.db.read.select().from(oneTimeLink);
    expect((await follow(at, row?.tokenHash ?? "", { password: PASSWORD })).status).toBe(404);
  });

  it("[SI2] mends a forgotten password and ends the logins that the old one made", async () => {
    const at = await openReception();
    const { personId, cookie } = await settled(at);
    const sela = await at.at({ personId: "sela" });
    const fields = { intent: "link", person: personId, name: "Noor Vance" };
    const { body } = await submit(peopleAction, fields, { context: sela });
    const address = String((body["link"] as { address?: unknown }).address);
    expect((await at.viewerOf(cookie)).kind).toBe("person");
    const mended = await follow(at, tokenIn(address), { password: OTHER });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect(await at.viewerOf(mended.cookie)).toMatchObject({ personId });
    expect((await signIn(at, PASSWORD)).status).toBe(422);
    expect((await signIn(at, OTHER)).status).toBe(303);
    expect(await acts(at)).toEqual(["invitePerson", "followLink", "issuePasswordLink", "followLink"]);
  });

  it("[PE2] is not made for people of an exercise, strangers and suspended people", async () => {
    const at = await openReception();
    const sela = await at.at({ personId: "sela" });
    expect(refusedFor(await issuePasswordLink(sela, { personId: "amara" }))).toBe("person-without-login");
    expect(refusedFor(await issuePasswordLink(sela, { personId: "nobody" }))).toBe("not-there");
    const { personId } = await invited(at);
    done(await suspendPerson(sela, { personId, suspended: true }));
    expect(refusedFor(await issuePasswordLink(sela, { personId }))).toBe("person-without-login");
  });
});

describe("the first of the secretariat", () => {
  it("[PE7] [FL1] [FL2] says who they are, and then invites the others", async () => {
    const at = await openReception();
    await at.db.write((tx) => tx.update(person).set({ secretariat: false }));
    const parts = { ...(await at.at({ cookie: "" })), db: at.db, origin: "http://here" };
    const token = tokenIn((await inviteFirstSecretariat(parts)) ?? "");
    const page = await show(linkLoader, { context: parts, params: { token } });
    expect(page.body).toMatchObject({ link: { email: null } });
    const unnamed = await follow(at, token, { password: PASSWORD });
    expect(unnamed.body).toMatchObject({ refusal: { fields: { name: "required", email: "email" } } });
    const endless = await follow(at, token, {
      password: PASSWORD,
      name: "x".repeat(121),
      email: "i@un.example",
    });
    expect(endless.body).toMatchObject({ refusal: { fields: { name: "too-long" } } });
    const fields = { password: PASSWORD, name: "Ines \u202E\nRoth", email: "Ines@un.example" };
    const entered = await follow(at, token, fields);
    expect(entered).toMatchObject({ status: 303, location: "/" });
    const { cookie } = entered;
    expect(await at.viewerOf(cookie)).toMatchObject({ name: "Ines Roth", secretariat: true });
    expect((await signIn(at, PASSWORD, "ines@un.example")).status).toBe(303);
    expect(await inviteFirstSecretariat(parts)).toBeNull();
    const noor = { intent: "invite", name: "Noor", email: EMAIL };
    expect((await submit(peopleAction, noor, { context: await at.at({ cookie }) })).status).toBe(200);
  });

  it("[PE7] [PE1] takes no address that somebody has, and nobody else is renamed by a link", async () => {
    const at = await openReception();
    await at.db.write((tx) => tx.update(person).set({ secretariat: false }));
    const parts = { ...(await at.at({ cookie: "" })), db: at.db, origin: "http://here" };
    const first = tokenIn((await inviteFirstSecretariat(parts)) ?? "");
    const [seed] = (await at.db.read.select().from(person)).filter((one) => one.secretariat);
    const context = {
      ...parts,
      viewer: { ...(await at.at({ personId: "sela" })).viewer, secretariat: true },
    };
    const noor = { name: "Noor Vance", email: EMAIL, secretariat: false };
    const invitation = done(await invitePerson(context as typeof parts, noor));
    const taken = await follow(at, first, { password: PASSWORD, name: "Ines", email: EMAIL.toUpperCase() });
    expect(taken).toMatchObject({ status: 409, body: { refusal: { fields: { email: "email-taken" } } } });
    const token = tokenIn(invitation.address);
    expect(
      (await follow(at, token, { password: OTHER, name: "Mallory", email: "m@example.org" })).status,
    ).toBe(303);
    expect(await findPerson(at.db.read, invitation.personId)).toMatchObject({
      name: "Noor Vance",
      email: EMAIL,
    });
    expect(await findPerson(at.db.read, seed?.id ?? "")).toMatchObject({ email: null });
  });
});

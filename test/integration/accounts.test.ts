/** Logins, passwords and suspension: what people do with their accounts, and how they are kept out. */
import { describe, expect, it } from "vitest";
import { invitePerson } from "#app/commands/invite-person.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { action as accountAction, loader as accountLoader } from "#app/routes/account/route.tsx";
import { action as peopleAction } from "#app/routes/people/route.tsx";
import { action as signInAction, loader as signInLoader } from "#app/routes/sign-in/route.tsx";
import { action as signOutAction } from "#app/routes/sign-out/route.ts";
import { event } from "#db/schema/record.ts";
import { findPerson } from "#db/stores/person.ts";
import { EMAIL, follow, OTHER, PASSWORD, settled, signIn, tokenIn } from "#test/support/noor.ts";
import { done } from "#test/support/people.ts";
import { type Reception, openReception, show, submit } from "#test/support/reception.ts";

const acts = async (at: Reception) => (await at.db.read.select().from(event)).map(({ act }) => act);

describe("a suspended person", () => {
  it("[PE5] is out at once everywhere, and nothing lets them in until they are let in again", async () => {
    const at = await openReception();
    const { personId, cookie } = await settled(at);
    const second = (await signIn(at, PASSWORD)).cookie;
    const sela = await at.at({ personId: "sela" });
    const link = tokenIn(done(await issuePasswordLink(sela, { personId })).address);
    const fields = { intent: "suspend", person: personId };
    expect((await submit(peopleAction, fields, { context: sela })).status).toBe(200);
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect((await at.viewerOf(second)).kind).toBe("public");
    expect(at.ended.filter((login) => login.personId === personId)).toHaveLength(2);
    expect(at.rights).toContain(personId);
    const wrong = await signIn(at, PASSWORD, "nobody@example.org");
    expect(await signIn(at, PASSWORD)).toEqual({
      ...wrong,
      body: expect.objectContaining({ refusal: wrong.body["refusal"] }),
    });
    expect((await follow(at, link, { password: OTHER })).status).toBe(404);
    await submit(peopleAction, { intent: "resume", person: personId }, { context: sela });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect((await signIn(at, PASSWORD)).status).toBe(303);
  });

  it("[PE5] is never oneself", async () => {
    const at = await openReception();
    const context = await at.at({ personId: "sela" });
    const { status, body } = await submit(peopleAction, { intent: "suspend", person: "sela" }, { context });
    expect(status).toBe(409);
    expect(body).toMatchObject({ refusal: { code: "suspend-self" } });
    expect(await findPerson(at.db.read, "sela")).toMatchObject({ suspendedAt: null });
  });
});

describe("one's own account", () => {
  const change = (at: Reception, cookie: string, current: string, password: string) =>
    at
      .at({ cookie })
      .then((context) =>
        submit(
          accountAction,
          { intent: "password", "current-password": current, password },
          { context, cookie },
        ),
      );

  it("[PE6] gets a new password from whoever knows the present one; other logins and links end", async () => {
    const at = await openReception();
    const { personId, cookie } = await settled(at);
    const other = (await signIn(at, PASSWORD)).cookie;
    const sela = await at.at({ personId: "sela" });
    const link = tokenIn(done(await issuePasswordLink(sela, { personId })).address);
    const changed = await change(at, cookie, PASSWORD, OTHER);
    expect(changed).toMatchObject({ status: 303, location: "/account?changed=1" });
    expect(await at.viewerOf(changed.cookie)).toMatchObject({ personId });
    expect((await at.viewerOf(other)).kind).toBe("public");
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect((await follow(at, link, { password: PASSWORD })).status).toBe(404);
    expect((await signIn(at, PASSWORD)).status).toBe(422);
    expect((await signIn(at, OTHER)).status).toBe(303);
    expect((await acts(at)).at(-1)).toBe("changeOwnPassword");
  });

  it("[PE6] [PE9] keeps its password when the present one is wrong or the new one weak, and stays signed in", async () => {
    const at = await openReception();
    const { cookie } = await settled(at);
    const wrong = await change(at, cookie, OTHER, OTHER);
    expect(wrong.status).toBe(422);
    expect(wrong.body).toEqual({
      refusal: expect.objectContaining({ fields: { "current-password": "password-current" } }),
      typed: { intent: "password" },
    });
    const weak = await change(at, cookie, PASSWORD, "Password123456");
    expect(weak.body).toMatchObject({ refusal: { fields: { password: "password-common" } } });
    expect((await at.viewerOf(cookie)).kind).toBe("person");
    expect((await signIn(at, PASSWORD)).status).toBe(303);
  });

  it("[SI7] lists its logins and ends one of them, or all", async () => {
    const at = await openReception();
    const { cookie } = await settled(at);
    const other = (await signIn(at, PASSWORD)).cookie;
    const context = await at.at({ cookie });
    const { body } = await show(accountLoader, { context, cookie });
    const logins = body["logins"] as { loginId: string; isThis: boolean }[];
    expect(logins.map(({ isThis }) => isThis).toSorted()).toEqual([false, true]);
    const login = logins.find(({ isThis }) => !isThis)?.loginId ?? "";
    expect((await submit(accountAction, { intent: "end", login }, { context, cookie })).location).toBe(
      "/account",
    );
    expect((await at.viewerOf(other)).kind).toBe("public");
    expect((await at.viewerOf(cookie)).kind).toBe("person");
    const third = (await signIn(at, PASSWORD)).cookie;
    await submit(accountAction, { intent: "everywhere" }, { context, cookie });
    for (const each of [cookie, third]) expect((await at.viewerOf(each)).kind).toBe("public");
  });

  it("[SI7] ends nobody else's login", async () => {
    const at = await openReception();
    const { cookie } = await settled(at);
    const viewer = await at.viewerOf(cookie);
    const sela = done(
      await invitePerson(await at.at({ personId: "sela" }), {
        name: "Ola",
        email: "ola@example.org",
        secretariat: false,
      }),
    );
    const entered = await follow(at, tokenIn(sela.address), { password: OTHER });
    const context = await at.at({ cookie: entered.cookie });
    const login = viewer.kind === "person" ? viewer.loginId : "";
    await submit(accountAction, { intent: "end", login }, { context, cookie: entered.cookie });
    expect((await at.viewerOf(cookie)).kind).toBe("person");
  });

  it("[PM1] is not the public's: the page asks to sign in", async () => {
    const at = await openReception();
    const context = await at.at({ cookie: "" });
    expect((await show(accountLoader, { context })).status).toBe(401);
    for (const intent of ["end", "everywhere", "password"]) {
      expect((await submit(accountAction, { intent }, { context })).status).toBe(401);
    }
  });
});

describe("signing in and out", () => {
  it("[PE9] a wrong password comes back with the address, not with the password", async () => {
    const at = await openReception();
    await settled(at);
    const { status, body } = await signIn(at, OTHER);
    expect(status).toBe(422);
    expect(body["typed"]).toEqual({ intent: "password", email: EMAIL, to: "/" });
    expect(JSON.stringify(body)).not.toContain(OTHER);
  });

  it("[SI8] offers no people to enter as, and takes no such form, in production", async () => {
    const at = await openReception();
    const context = await at.at({ cookie: "" });
    expect((await show(signInLoader, { context })).body).toMatchObject({ seats: null });
    const fields = { intent: "enter", person: "amara", to: "/" };
    expect((await submit(signInAction, fields, { context })).status).toBe(400);
  });

  it("[SI7] signing out ends the login that the browser has", async () => {
    const at = await openReception();
    const { cookie } = await settled(at);
    const context = await at.at({ cookie });
    const { status, location } = await submit(signOutAction, {}, { context, cookie });
    expect({ status, location }).toEqual({ status: 303, location: "/sign-in" });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
  });
});

/** Authenticator codes from the first to the last: turned on, asked for, used once, renewed, lost, required. */
import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { requireCodes } from "#app/commands/require-codes.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { action as accountAction, loader as accountLoader } from "#app/routes/account/route.tsx";
import { action as codesAction, loader as codesLoader } from "#app/routes/codes/route.tsx";
import { action as peopleAction, loader as peopleLoader } from "#app/routes/people/route.tsx";
import { action as codeAction, loader as codeLoader } from "#app/routes/sign-in-code/route.tsx";
import { CODE_STEP_MS } from "#app/rules/codes.ts";
import { openLibrary } from "#app/server/sign-in/library.ts";
import { createPasswordWork } from "#app/server/sign-in/work.ts";
import { event } from "#db/schema/record.ts";
import { insertInstallation } from "#db/stores/installation.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { codeAt } from "#test/support/authenticator.ts";
import { openConnection } from "#db/connection.ts";
import { EMAIL, OTHER, PASSWORD, follow, settled, signIn, tokenIn } from "#test/support/noor.ts";
import { done } from "#test/support/people.ts";
import { SECRET } from "#test/support/server.ts";
import { type Answered, type Reception, openReception, show, submit } from "#test/support/reception.ts";

/** Codes go by the clock of the machine, in the library too: it stands still until a test moves it. */
function setClock(at = Date.UTC(2026, 10, 23, 12, 0, 10)) {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
}

const later = (steps: number) => vi.setSystemTime(Date.now() + steps * CODE_STEP_MS);

/** Cookies as a browser keeps them: a later answer replaces those of the same name. */
function jar(...answers: readonly { readonly cookie: string }[]): string {
  const kept = new Map<string, string>();
  for (const { cookie } of answers) {
    for (const one of cookie.split("; ").filter(Boolean)) {
      const [name = ""] = one.split("=", 1);
      if (one.endsWith("=")) kept.delete(name);
      else kept.set(name, one);
    }
  }
  return [...kept.values()].join("; ");
}

async function begin(at: Reception, cookie: string, password = PASSWORD): Promise<Answered> {
  const context = await at.at({ cookie });
  return submit(codesAction, { intent: "begin", "current-password": password }, { context, cookie });
}

async function confirm(at: Reception, cookie: string, code: string): Promise<Answered> {
  return submit(codesAction, { intent: "confirm", code }, { context: await at.at({ cookie }), cookie });
}

type On = {
  readonly personId: string;
  readonly cookie: string;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
};

/** Noor has turned codes on, in the browser in which she settled. */
async function turnedOn(at: Reception, login?: { personId: string; cookie: string }): Promise<On> {
  const { personId, cookie } = login ?? (await settled(at));
  const { setup } = (await begin(at, cookie)).body as { setup: { secret: string; address: string } };
  const on = await confirm(at, cookie, codeAt(setup.secret, Date.now()));
  expect(on.status).toBe(200);
  const { recoveryCodes } = on.body as { recoveryCodes: string[] };
  return { personId, cookie: jar({ cookie }, on), secret: setup.secret, recoveryCodes };
}

/** Gives a code in the browser that has given the password. */
async function give(at: Reception, cookie: string, code: string, from?: string): Promise<Answered> {
  const context = await at.at({ cookie });
  const signIn = from === undefined ? context.signIn : at.desk.signIn(from);
  return submit(codeAction, { code, to: "/" }, { context: { ...context, signIn }, cookie });
}

const wrongCode = { refusal: { code: "check-fields", fields: { code: "code-wrong" } } };
const acts = async (at: Reception) => (await at.db.read.select().from(event)).map(({ act }) => act);

describe("turning codes on", () => {
  it("[SI14] asks the password, shows the secret, and turns on by the first code", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, cookie } = await settled(at);
    const elsewhere = (await signIn(at, PASSWORD)).cookie;
    const wrong = await begin(at, cookie, OTHER);
    expect(wrong).toMatchObject({
      status: 422,
      body: { refusal: { fields: { "current-password": "password-current" } } },
    });
    const begun = await begin(at, cookie);
    const { setup } = begun.body as { setup: { address: string; secret: string } };
    const address = new URL(setup.address);
    expect([address.protocol, address.host]).toEqual(["otpauth:", "totp"]);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      secret: setup.secret,
      issuer: "Chapeau here",
      digits: "6",
      period: "30",
    });
    expect(decodeURIComponent(address.pathname)).toBe(`/Chapeau here:${EMAIL}`);
    // Nothing asks for a code yet.
    expect((await signIn(at, PASSWORD)).location).toBe("/");
    const mistyped = await confirm(at, cookie, "000000");
    expect(mistyped).toMatchObject({ status: 422, body: { ...wrongCode, setup } });
    const on = await confirm(at, cookie, codeAt(setup.secret, Date.now()));
    expect((on.body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    expect(JSON.stringify(on.body)).not.toContain(setup.secret);
    const own = jar({ cookie }, on);
    expect(await at.viewerOf(own)).toMatchObject({ personId, hasCodes: true });
    // Whoever came in by the password alone is out.
    for (const before of [cookie, elsewhere]) expect((await at.viewerOf(before)).kind).toBe("public");
    expect(new Set(at.ended.map((login) => login.personId))).toEqual(new Set([personId]));
    expect((await acts(at)).at(-1)).toBe("turnOnCodes");
    expect(at.told).toContainEqual({ audience: { kind: "person", personId }, topic: "account" });
    const page = await show(codesLoader, { context: await at.at({ cookie: own }), cookie: own });
    expect(page.body).toMatchObject({ email: EMAIL, left: 10 });
    expect(JSON.stringify(page.body)).not.toContain(setup.secret);
  });

  it("[SI14] is confirmed by the login that has begun it, within ten minutes", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie } = await settled(at);
    const { setup } = (await begin(at, cookie)).body as { setup: { secret: string } };
    const other = (await signIn(at, PASSWORD)).cookie;
    const elsewhere = await confirm(at, other, codeAt(setup.secret, Date.now()));
    expect(elsewhere.body).toMatchObject({ refusal: { code: "codes-begin-again" } });
    expect(JSON.stringify(elsewhere.body)).not.toContain(setup.secret);
    later(20);
    const late = await confirm(at, cookie, codeAt(setup.secret, Date.now()));
    expect(late.body).toMatchObject({ refusal: { code: "codes-begin-again" } });
    expect((await signIn(at, PASSWORD)).location).toBe("/");
  });

  it("[SI14] [PM1] is nobody's but one's own", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const context = await at.at({ cookie: "" });
    expect((await show(codesLoader, { context })).status).toBe(401);
    for (const intent of ["begin", "confirm", "renew", "off"]) {
      expect((await submit(codesAction, { intent }, { context })).status).toBe(401);
    }
  });
});

describe("signing in with codes", () => {
  it("[SI11] there is no login between the password and the code", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, secret } = await turnedOn(at);
    later(1);
    const asked = await signIn(at, PASSWORD);
    expect(asked).toMatchObject({ status: 303, location: "/sign-in/code?to=%2F" });
    expect(asked.cookie).toMatch(/^chapeau\.two_factor=[^;]+$/);
    expect((await at.viewerOf(asked.cookie)).kind).toBe("public");
    const page = await show(codeLoader, { context: await at.at(asked), cookie: asked.cookie });
    expect(page.body).toEqual({ to: "/", isAsked: true });
    const entered = await give(at, asked.cookie, codeAt(secret, Date.now()));
    expect(entered).toMatchObject({ status: 303, location: "/" });
    expect(await at.viewerOf(jar(asked, entered))).toMatchObject({ personId, hasCodes: true });
    // The same password page is answered once.
    later(1);
    expect((await give(at, asked.cookie, codeAt(secret, Date.now()))).body).toMatchObject({
      refusal: { code: "code-again" },
    });
  });

  it("[SI11] the browser keeps the login that it had until the code is right", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, cookie, secret } = await turnedOn(at);
    later(1);
    const context = await at.at({ cookie });
    const form = { intent: "password", email: EMAIL, password: PASSWORD, to: "/account" };
    const { action } = await import("#app/routes/sign-in/route.tsx");
    const asked = await submit(action, form, { context, cookie });
    expect(await at.viewerOf(jar({ cookie }, asked))).toMatchObject({ personId });
    const entered = await give(at, jar({ cookie }, asked), codeAt(secret, Date.now()));
    expect(await at.viewerOf(jar({ cookie }, asked, entered))).toMatchObject({ personId });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
  });

  it("[SI12] takes the code of this half minute, the one before and the one after, and no other", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { secret } = await turnedOn(at);
    later(10);
    for (const [steps, isTaken] of [
      [-2, false],
      [2, false],
      [-1, true],
      [0, true],
      [1, true],
    ] as const) {
      const { cookie } = await signIn(at, PASSWORD);
      const { status } = await give(at, cookie, codeAt(secret, Date.now(), steps));
      expect({ steps, isTaken: status === 303 }).toEqual({ steps, isTaken });
    }
  });

  it("[SI12] takes no code a second time, nor one from before it, however many are sent at once", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { secret } = await turnedOn(at);
    // The code that turned them on has been used too.
    const first = await signIn(at, PASSWORD);
    const used = await give(at, first.cookie, codeAt(secret, Date.now()));
    expect(used).toMatchObject({ status: 422, body: wrongCode });
    later(5);
    const pages = await Promise.all([1, 2, 3, 4].map(() => signIn(at, PASSWORD)));
    const code = codeAt(secret, Date.now());
    const given = await Promise.all(pages.map(({ cookie }) => give(at, cookie, code)));
    expect(given.map(({ status }) => status).toSorted()).toEqual([303, 422, 422, 422]);
    const next = await signIn(at, PASSWORD);
    expect((await give(at, next.cookie, codeAt(secret, Date.now(), -1))).body).toMatchObject(wrongCode);
  });

  it("[SI12] takes each recovery code once, says how many are left, and puts it on record", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, recoveryCodes } = await turnedOn(at);
    const [code = ""] = recoveryCodes;
    const asked = await signIn(at, PASSWORD);
    const entered = await give(at, asked.cookie, ` ${code.replace("-", " ").toUpperCase()}`);
    expect(entered.status).toBe(303);
    const cookie = jar(asked, entered);
    const account = await show(accountLoader, { context: await at.at({ cookie }), cookie });
    expect(account.body).toMatchObject({
      recoveryCodesLeft: 9,
      acts: [{ act: "useRecoveryCode", left: 9 }, { act: "turnOnCodes" }, { act: "followLink" }],
    });
    expect(at.told.at(-1)).toEqual({ audience: { kind: "person", personId }, topic: "account" });
    const again = await signIn(at, PASSWORD);
    expect((await give(at, again.cookie, code)).body).toMatchObject(wrongCode);
    const record = JSON.stringify(await at.db.read.select().from(event));
    for (const one of recoveryCodes) expect(record).not.toContain(one);
  });

  it("[SI13] asks the password again after five wrong codes", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { secret } = await turnedOn(at);
    later(1);
    const { cookie } = await signIn(at, PASSWORD);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await give(at, cookie, "000000")).body).toMatchObject(wrongCode);
    }
    // From elsewhere: here the line is slow by now.
    expect((await give(at, cookie, codeAt(secret, Date.now()), "198.51.100.4")).body).toMatchObject({
      refusal: { code: "code-again" },
    });
    expect((await show(codeLoader, { context: await at.at({ cookie }), cookie })).body).toMatchObject({
      isAsked: false,
    });
  });

  it("[SI3] [SI11] an unknown, expired or invented page answers as one that was given up", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { secret } = await turnedOn(at);
    later(1);
    const asked = await signIn(at, PASSWORD);
    const code = codeAt(secret, Date.now());
    const forged = asked.cookie.replace(/=2fa-./, "=2fa-_");
    const answers = [await give(at, "", code), await give(at, forged, code)];
    later(21);
    answers.push(await give(at, asked.cookie, codeAt(secret, Date.now())));
    for (const { status, body } of answers) {
      expect({ status, body }).toMatchObject({ status: 409, body: { refusal: { code: "code-again" } } });
    }
  });

  it("[SI3] [PE5] whoever is suspended gets the answer to a wrong password, and a code lets nobody in any more", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, secret } = await turnedOn(at);
    later(1);
    const asked = await signIn(at, PASSWORD);
    done(await suspendPerson(await at.at({ personId: "sela" }), { personId, suspended: true }));
    expect((await give(at, asked.cookie, codeAt(secret, Date.now()))).body).toMatchObject({
      refusal: { code: "code-again" },
    });
    const wrong = await signIn(at, PASSWORD, "nobody@example.org");
    const right = await signIn(at, PASSWORD);
    expect({ ...right, body: right.body["refusal"] }).toEqual({ ...wrong, body: wrong.body["refusal"] });
    // Let in again, the page from before still lets nobody in.
    done(await suspendPerson(await at.at({ personId: "sela" }), { personId, suspended: false }));
    later(1);
    expect((await give(at, asked.cookie, codeAt(secret, Date.now()))).status).toBe(409);
  });

  it("[SI2] a new password ends the sign-ins that wait for a code", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie, secret } = await turnedOn(at);
    later(1);
    const asked = await signIn(at, PASSWORD);
    const form = { intent: "password", "current-password": PASSWORD, password: OTHER };
    const changed = await submit(accountAction, form, { context: await at.at({ cookie }), cookie });
    // Rule PE6 as before; and the code is asked for anew.
    expect(changed).toMatchObject({
      status: 303,
      location: `/sign-in/code?to=${encodeURIComponent("/account?changed=1")}`,
    });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect((await give(at, asked.cookie, codeAt(secret, Date.now()))).status).toBe(409);
    const entered = await give(at, jar({ cookie }, changed), codeAt(secret, Date.now()));
    expect(entered.status).toBe(303);
  });
});

describe("wrong codes", () => {
  it("[SI13] rest the six digits of that account, not recovery codes, known browsers or anybody else", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie, secret, recoveryCodes } = await turnedOn(at);
    later(1);
    const known = await signIn(at, PASSWORD);
    const trusted = jar({ cookie }, known);
    // Each from another address: the line of one is slow after five.
    for (let guess = 0; guess < 10; guess += 1) {
      const { cookie: page } = await signIn(at, PASSWORD);
      expect((await give(at, page, "000000", `203.0.113.${guess}`)).body).toMatchObject(wrongCode);
    }
    const { cookie: page } = await signIn(at, PASSWORD);
    const resting = await give(at, page, codeAt(secret, Date.now()), "203.0.113.99");
    expect(resting).toMatchObject({
      status: 429,
      body: { refusal: { code: "code-rests", values: { count: 15 } } },
    });
    const recovered = await give(at, page, recoveryCodes[0] ?? "", "203.0.113.99");
    expect(recovered.status).toBe(303);
    // Noor's own browser.
    expect((await give(at, trusted, codeAt(secret, Date.now()))).status).toBe(303);
  });
});

describe("one's own codes", () => {
  it("[SI14] recovery codes are made anew by the password, and the old ones stop", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie, recoveryCodes } = await turnedOn(at);
    const renew = async (password: string) =>
      submit(
        codesAction,
        { intent: "renew", "current-password": password },
        { context: await at.at({ cookie }), cookie },
      );
    expect((await renew(OTHER)).body).toMatchObject({
      refusal: { fields: { "current-password": "password-current" } },
    });
    const renewed = (await renew(PASSWORD)).body as { recoveryCodes: string[] };
    expect(renewed.recoveryCodes).toHaveLength(10);
    expect(renewed.recoveryCodes.filter((code) => recoveryCodes.includes(code))).toEqual([]);
    expect((await acts(at)).at(-1)).toBe("renewRecoveryCodes");
    const asked = await signIn(at, PASSWORD);
    expect((await give(at, asked.cookie, recoveryCodes[1] ?? "")).status).toBe(422);
    expect((await give(at, asked.cookie, renewed.recoveryCodes[1] ?? "")).status).toBe(303);
  });

  it("[SI14] are turned off by the password and a code together", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie, secret, recoveryCodes } = await turnedOn(at);
    later(1);
    const off = async (password: string, code: string) =>
      submit(
        codesAction,
        { intent: "off", "current-password": password, code },
        { context: await at.at({ cookie }), cookie },
      );
    const code = codeAt(secret, Date.now());
    // A wrong password uses up no code.
    expect((await off(OTHER, code)).status).toBe(422);
    expect((await off(PASSWORD, "000000")).body).toMatchObject(wrongCode);
    expect(await off(PASSWORD, code)).toMatchObject({ status: 302, location: "/account/codes?off=1" });
    expect((await acts(at)).at(-1)).toBe("turnOffCodes");
    expect((await signIn(at, PASSWORD)).location).toBe("/");
    expect((await off(PASSWORD, recoveryCodes[0] ?? "")).body).toMatchObject({
      refusal: { code: "codes-off" },
    });
    // On again, with another secret.
    const again = await turnedOn(at, { personId: "", cookie });
    expect(again.secret).not.toBe(secret);
    later(1);
    const asked = await signIn(at, PASSWORD);
    expect((await give(at, asked.cookie, codeAt(secret, Date.now()))).status).toBe(422);
    expect((await give(at, asked.cookie, codeAt(again.secret, Date.now()))).status).toBe(303);
  });

  it("[SI14] can be turned off by a recovery code, which is then gone with them", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { cookie, recoveryCodes } = await turnedOn(at);
    const form = { intent: "off", "current-password": PASSWORD, code: recoveryCodes[3] ?? "" };
    const off = await submit(codesAction, form, { context: await at.at({ cookie }), cookie });
    expect(off.location).toBe("/account/codes?off=1");
    expect((await signIn(at, PASSWORD)).location).toBe("/");
  });

  it("[SI15] are kept so that neither secret nor recovery codes can be read from the folder", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { secret, recoveryCodes } = await turnedOn(at);
    const file = openConnection(`${at.db.folder}/sign-in.db`);
    const rows = JSON.stringify(file.prepare('SELECT * FROM "twoFactor"').all());
    file.close();
    expect(rows.length).toBeGreaterThan(100);
    for (const words of [secret, ...recoveryCodes]) expect(rows).not.toContain(words);
    const record = JSON.stringify(await at.db.read.select().from(event));
    for (const words of [secret, ...recoveryCodes]) expect(record).not.toContain(words);
  });
});

describe("a one-time link", () => {
  it("[SI17] of the ordinary kind leaves codes on, and asks for one", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, secret } = await turnedOn(at);
    later(1);
    const sela = await at.at({ personId: "sela" });
    const link = tokenIn(done(await issuePasswordLink(sela, { personId })).address);
    const followed = await follow(at, link, { password: OTHER });
    expect(followed).toMatchObject({ status: 303, location: "/sign-in/code?to=%2F" });
    expect((await give(at, followed.cookie, codeAt(secret, Date.now()))).status).toBe(303);
  });

  it("[SI17] for lost codes sets a new password, turns them off, and says so on record", async () => {
    setClock();
    const at = await openReception({ now: Date.now });
    const { personId, cookie } = await turnedOn(at);
    const context = await at.at({ personId: "sela" });
    const page = await show(peopleLoader, { context });
    const people = page.body["people"] as { id: string; hasCodes: boolean }[];
    expect(people.filter(({ hasCodes }) => hasCodes).map(({ id }) => id)).toEqual([personId]);
    const made = await submit(
      peopleAction,
      { intent: "codes-link", person: personId, name: "Noor" },
      { context },
    );
    const { link } = made.body as { link: { address: string } };
    // Until it is followed nothing has changed.
    expect((await signIn(at, PASSWORD)).location).toContain("/sign-in/code");
    const followed = await follow(at, tokenIn(link.address), { password: OTHER });
    expect(followed).toMatchObject({ status: 303, location: "/" });
    expect(await at.viewerOf(followed.cookie)).toMatchObject({ personId });
    expect((await at.viewerOf(cookie)).kind).toBe("public");
    expect((await signIn(at, OTHER)).location).toBe("/");
    const record = await at.db.read.select().from(event);
    expect(record.slice(-2)).toMatchObject([
      { act: "followLink", detail: { purpose: "codes" } },
      { act: "turnOffCodes", personId, detail: { by: "link" } },
    ]);
    expect((await follow(at, tokenIn(link.address), { password: PASSWORD })).status).toBe(404);
  });
});

describe("a secretariat that requires codes", () => {
  async function withInstallation(mode: "exercise" | "production") {
    setClock();
    const at = await openReception({ now: Date.now });
    await at.db.write((tx) => insertInstallation(tx, { bodyName: "Body", mode, createdAt: 1 }));
    return at;
  }

  /** The viewer of somebody of the installation's secretariat who has codes on. */
  async function selaWithCodes(at: Reception) {
    const context = await at.at({ personId: "sela" });
    const login = { personId: "sela", loginId: "login", hasCodes: true };
    return { ...context, viewer: await findViewer(at.db.read, login) };
  }

  it("[SI16] has them first; then the rights of each office rest until its person has codes", async () => {
    const at = await withInstallation("production");
    const { personId, cookie } = await settled(at);
    done(
      await appointOfficer(await at.at({ personId: "sela" }), {
        sessionId: "s",
        personId,
        office: "facilitator",
      }),
    );
    const without = await requireCodes(await at.at({ personId: "sela" }), { required: true });
    expect(without).toMatchObject({ code: "codes-own-first" });
    expect(await requireCodes(await selaWithCodes(at), { required: true })).toBeNull();
    expect(new Set(at.rights)).toEqual(new Set([personId, "amara", "sela"]));
    expect((await acts(at)).at(-1)).toBe("requireCodes");
    expect(await at.viewerOf(cookie)).toMatchObject({ offices: [], officeRests: true });
    expect((await at.at({ personId: "sela" })).viewer).toMatchObject({
      secretariat: false,
      officeRests: true,
    });
    // Nobody else notices anything.
    expect((await at.at({ personId: "bilal" })).viewer).toMatchObject({ delegates: [{ role: "head" }] });
    expect((await at.at({ personId: "bilal" })).viewer).not.toHaveProperty("officeRests");
    const on = await turnedOn(at, { personId, cookie });
    expect(await at.viewerOf(on.cookie)).toMatchObject({ offices: [{ office: "facilitator" }] });
    expect(await at.viewerOf(on.cookie)).not.toHaveProperty("officeRests");
    expect(await requireCodes(await selaWithCodes(at), { required: false })).toBeNull();
    expect((await at.at({ personId: "sela" })).viewer).toMatchObject({ secretariat: true });
  });

  it("[SI16] [SI8] does so in production alone, and nobody else does", async () => {
    const at = await withInstallation("exercise");
    expect(await requireCodes(await selaWithCodes(at), { required: true })).toMatchObject({
      code: "codes-not-in-exercise",
    });
    for (const personId of ["amara", "bilal", "dario", null]) {
      const refused = await requireCodes(await at.at({ personId }), { required: true });
      expect({ personId, kind: refused?.kind }).toEqual({
        personId,
        kind: personId === null ? "sign-in" : "not-allowed",
      });
    }
  });
});

describe("a folder from before codes", () => {
  it("[SI11] takes them on when it is opened, and its people sign in as before", async () => {
    const at = await openReception();
    await settled(at);
    at.desk.close();
    const file = openConnection(`${at.db.folder}/sign-in.db`);
    file.exec('DROP TABLE "twoFactor"; ALTER TABLE "user" DROP COLUMN "twoFactorEnabled"');
    file.close();
    const opened = await reopened(at);
    const made = await opened.api.signInEmail({ body: { email: EMAIL, password: PASSWORD } });
    expect(opened.loginState("token" in made ? String(made.token) : "")).toEqual({ hasCodes: false });
    opened.close();
  });
});

async function reopened(at: Reception) {
  const work = createPasswordWork();
  const options = { folder: at.db.folder, secret: SECRET, origin: "http://here", secure: false, work };
  return openLibrary({ ...options, newId: () => randomUUID() });
}

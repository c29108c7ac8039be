import { describe, expect, test } from "vitest";
import { checkPassword } from "#app/rules/passwords.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { linkAccount } from "#db/stores/person.ts";
import { person } from "#db/schema/people.ts";
import { HandClock } from "#test/support/hand-clock.ts";
import { cookiesOf, SECRET, startTestServer, type TestServer } from "#test/support/server.ts";

const PASSWORD = "an ordinary river bends twice";
const EMAIL = "erin@example.org";

/** What is to happen at once has happened. */
const everythingThatIsDue = () => new Promise((resolve) => setImmediate(resolve));

/** Erin has an account with a password. */
async function withErin(server: TestServer): Promise<string> {
  const account = { personId: "erin", email: EMAIL, name: "Erin Ost", password: PASSWORD };
  await server.db.write(async (tx) => {
    await tx.insert(person).values({ id: "erin", name: "Erin Ost", email: EMAIL, createdAt: 1 });
  });
  const made = await server.signIn.accounts.setPassword(account);
  if (isRefusal(made)) throw new Error(made.code);
  await server.db.write((tx) => linkAccount(tx, "erin", made.accountId));
  return made.accountId;
}

/** Tries from an address; the cookies it would send back, or the refusal's code. */
async function tryFrom(
  server: TestServer,
  address: string,
  form: Partial<Form> = {},
  cookie = "",
): Promise<string> {
  const door = server.signIn.signIn(address);
  const request = new Request(server.url, { headers: { cookie, "user-agent": "a test" } });
  const answer = await door.withPassword(request, { email: EMAIL, password: PASSWORD, to: "/", ...form });
  return answer instanceof Response ? cookiesOf(answer) : answer.code;
}
type Form = {
  readonly email: string;
  readonly password: string;
  readonly to: string;
  readonly proven: boolean;
};

describe("passwords", () => {
  test.each([
    ["too short", "elevenchars", "password-short"],
    ["too long", "long enough ".repeat(20), "password-long"],
    ["a common word and digits", "Password123456!", "password-common"],
    ["a common word twice", "dragondragon", "password-common"],
    ["a common word in disguise", "P@ssw0rd20261", "password-common"],
    ["on the list", "1qaz2wsx3edc4rfv", "password-common"],
    ["a run of keys", "qwertyuiopas", "password-common"],
    ["a run backwards", "210987654321", "password-common"],
    ["few different signs", "abababababab", "password-common"],
    ["one's own name", "Erin-1234567890", "password-own"],
    ["one's own address", "example.123456789", "password-own"],
  ])("[SI1] one that is %s is refused", (_, password, code) => {
    const refusal = checkPassword(password, { name: "Erin Ost", email: EMAIL });
    expect(refusal).toMatchObject({ kind: "invalid", code, fields: { password: code } });
  });

  test("[SI1] a few words that mean nothing together are taken, in any script", () => {
    for (const password of [PASSWORD, "река течёт куда хочет", "correct horse battery", "jR4!vqT9zKx2"]) {
      expect(checkPassword(password, { name: "Erin Ost", email: EMAIL })).toBeNull();
    }
  });

  test("[SI1] a refused one makes no account", async () => {
    const server = await startTestServer();
    const account = { personId: "dario", email: EMAIL, name: "Erin Ost", password: "Password123456!" };
    expect(await server.signIn.accounts.setPassword(account)).toMatchObject({ code: "password-common" });
    expect(server.signIn.work.done()).toBe(0);
  });

  test("[SI2] a new one ends every login that the old one made", async () => {
    const server = await startTestServer();
    await withErin(server);
    const cookie = await tryFrom(server, "192.0.2.1");
    expect((await server.signIn.logins.viewerOf(cookie)).kind).toBe("person");
    const account = { personId: "erin", email: EMAIL, name: "Erin Ost", password: `${PASSWORD} again` };
    await server.signIn.accounts.setPassword(account);
    expect((await server.signIn.logins.viewerOf(cookie)).kind).toBe("public");
    expect(await tryFrom(server, "192.0.2.1")).toBe("sign-in-wrong");
  });
});

describe("wrong person and wrong password", () => {
  test("[SI3] get the same answer after the same work, and so does a person who is suspended", async () => {
    const server = await startTestServer();
    await withErin(server);
    await server.db.write(async (tx) => {
      await tx.insert(person).values({ id: "fay", name: "Fay", email: "fay@example.org", createdAt: 1 });
    });
    const answers: unknown[] = [];
    for (const form of [
      { password: "not this one at all" },
      { email: "nobody@example.org" },
      { email: "fay@example.org" },
      { email: "no address" },
      { email: "" },
    ]) {
      const before = server.signIn.work.done();
      const code = await tryFrom(server, "192.0.2.1", form);
      answers.push({ code, work: server.signIn.work.done() - before });
    }
    await server.db.write(async (tx) => {
      await tx.update(person).set({ suspendedAt: 2 });
    });
    const before = server.signIn.work.done();
    answers.push({ code: await tryFrom(server, "192.0.2.1"), work: server.signIn.work.done() - before });
    expect(answers).toEqual(answers.map(() => ({ code: "sign-in-wrong", work: 1 })));
  });
});

describe("guessing", () => {
  const wrong = { password: "not this one at all" };

  test("[SI4] makes whoever guesses wait longer and longer, known or unknown person alike", async () => {
    const clock = new HandClock();
    const server = await startTestServer({ now: () => clock.now(), timers: clock });
    await withErin(server);
    for (const email of [EMAIL, "nobody@example.org"]) {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect(await tryFrom(server, "192.0.2.1", { ...wrong, email })).toBe("sign-in-wrong");
      }
      for (const seconds of [1, 2, 4, 5, 5]) {
        const before = server.signIn.work.done();
        const answer = tryFrom(server, "192.0.2.1", { ...wrong, email });
        clock.advance(seconds * 1_000 - 1);
        await everythingThatIsDue();
        expect({ email, seconds, done: server.signIn.work.done() }).toEqual({ email, seconds, done: before });
        clock.advance(1);
        expect(await answer).toBe("sign-in-wrong");
      }
    }
    clock.advance(3_600_001);
    expect(await tryFrom(server, "192.0.2.1")).toContain("session_token");
  });

  test("[SI5] slows a person behind the same address and refuses nobody who has a place in the line", async () => {
    const clock = new HandClock();
    const server = await startTestServer({ now: () => clock.now(), timers: clock });
    await withErin(server);
    const from = (form: Partial<Form> = {}, address = "192.0.2.1") => tryFrom(server, address, form);
    for (let guess = 0; guess < 8; guess += 1) {
      const answer = from(wrong);
      clock.advance(5_000);
      await answer;
    }
    const guesses = Array.from({ length: 7 }, () => from(wrong));
    const own = from();
    expect(await from()).toBe("sign-in-wait");
    // Others of the same conference, and the same person elsewhere, notice nothing of it.
    expect(await from({ email: "somebody@example.org" })).toBe("sign-in-wrong");
    expect(await from({}, "198.51.100.4")).toContain("session_token");
    const begun = clock.now();
    for (const guess of guesses) {
      clock.advance(5_000);
      expect(await guess).toBe("sign-in-wrong");
    }
    clock.advance(5_000);
    expect(await own).toContain("session_token");
    expect(clock.now() - begun).toBeLessThan(60_000);
  });

  test("[SI5] from many addresses slows the person at another one by five seconds", async () => {
    const clock = new HandClock();
    const server = await startTestServer({ now: () => clock.now(), timers: clock });
    await withErin(server);
    for (let guess = 0; guess < 50; guess += 1) await tryFrom(server, `192.0.2.${guess}`, wrong);
    const before = server.signIn.work.done();
    const own = tryFrom(server, "198.51.100.4");
    clock.advance(4_999);
    await everythingThatIsDue();
    expect(server.signIn.work.done()).toBe(before);
    clock.advance(1);
    expect(await own).toContain("session_token");
  });

  test("[SI6] does not slow a browser in which the person has signed in before, nor one that has followed a link", async () => {
    const clock = new HandClock();
    const server = await startTestServer({ now: () => clock.now(), timers: clock });
    await withErin(server);
    const cookie = await tryFrom(server, "192.0.2.1");
    for (let attempt = 0; attempt < 5; attempt += 1) await tryFrom(server, "192.0.2.1", wrong);
    const guesses = Array.from({ length: 8 }, () => tryFrom(server, "192.0.2.1", wrong));
    expect(await tryFrom(server, "192.0.2.1")).toBe("sign-in-wait");
    expect(await tryFrom(server, "192.0.2.1", {}, cookie)).toContain("session_token");
    const forged = cookie.replace(/chapeau\.browser=[^.]+/, "chapeau.browser=invented");
    expect(await tryFrom(server, "192.0.2.1", {}, forged)).toBe("sign-in-wait");
    const proven = await tryFrom(server, "192.0.2.1", { proven: true });
    expect(proven).toContain("session_token");
    expect(await tryFrom(server, "192.0.2.1", {}, proven)).toContain("session_token");
    for (const guess of guesses) {
      clock.advance(5_000);
      await guess;
    }
  });

  test("[SI6] in a known browser is slowed there", async () => {
    const clock = new HandClock();
    const server = await startTestServer({ now: () => clock.now(), timers: clock });
    await withErin(server);
    const cookie = await tryFrom(server, "192.0.2.1");
    for (let attempt = 0; attempt < 5; attempt += 1) await tryFrom(server, "192.0.2.1", wrong, cookie);
    const before = server.signIn.work.done();
    const next = tryFrom(server, "192.0.2.1", {}, cookie);
    await everythingThatIsDue();
    expect(server.signIn.work.done()).toBe(before);
    clock.advance(1_000);
    expect(await next).toContain("session_token");
  });
});

describe("logins", () => {
  test("[SI7] are listed, ended one by one, by signing out, and everywhere at once; each ends at once", async () => {
    const server = await startTestServer();
    const accountId = await withErin(server);
    const { accounts, logins } = server.signIn;
    const cookies: string[] = [];
    for (let count = 0; count < 4; count += 1) cookies.push(await tryFrom(server, "192.0.2.1"));
    const kinds = async () =>
      Promise.all(cookies.map(async (cookie) => (await logins.viewerOf(cookie)).kind));
    expect(await kinds()).toEqual(["person", "person", "person", "person"]);
    const listed = await accounts.listLogins(accountId);
    expect(listed).toHaveLength(4);
    expect(listed[0]?.device).toBe("a test");
    const first = await logins.viewerOf(cookies[0]);
    await accounts.signOut(accountId, first.kind === "person" ? first.loginId : "");
    expect(await kinds()).toEqual(["public", "person", "person", "person"]);
    const door = server.signIn.signIn("192.0.2.1");
    await door.signOut(new Request(server.url, { headers: { cookie: cookies[1] ?? "" } }), "/");
    expect(await kinds()).toEqual(["public", "public", "person", "person"]);
    await door.signOutEverywhere(new Request(server.url, { headers: { cookie: cookies[2] ?? "" } }), "/");
    expect(await kinds()).toEqual(["public", "public", "public", "public"]);
  });

  test("[SI7] travel in a cookie that scripts cannot read and other sites' forms do not carry", async () => {
    const server = await startTestServer({ env: { origin: "https://chapeau.example.org", tls: null } });
    await withErin(server);
    const form = { email: EMAIL, password: PASSWORD, to: "//evil.example/x" };
    const answer = await server.signIn.signIn("::1").withPassword(new Request(server.url), form);
    if (!(answer instanceof Response)) throw new Error(answer.code);
    const [login = ""] = answer.headers.getSetCookie();
    expect(login).toMatch(/^__Secure-chapeau\.session_token=/);
    expect(login).toMatch(/; HttpOnly/);
    expect(login).toMatch(/; Secure/);
    expect(login).toMatch(/; SameSite=Lax/);
    expect(answer.headers.get("location")).toBe("/");
  });

  test("[SI7] cannot be invented or changed", async () => {
    const server = await startTestServer();
    await withErin(server);
    const cookie = await tryFrom(server, "192.0.2.1");
    const { logins } = server.signIn;
    const [token = ""] = /(?<=session_token=)[^;]+/.exec(cookie) ?? [];
    for (const other of [
      token.slice(0, 32),
      `${token.slice(0, -9)}AAAA%3D`,
      token.replace(/^./, "~"),
      "x.y",
      "",
    ]) {
      expect((await logins.viewerOf(`chapeau.session_token=${other}`)).kind).toBe("public");
    }
    expect((await logins.viewerOf(`a=b; chapeau.session_token=${token}`)).kind).toBe("person");
  });

  test("[SI7] see rights as they are at the latest two seconds after they changed without a word", async () => {
    let now = Date.UTC(2026, 10, 23);
    const server = await startTestServer({ now: () => now });
    await withErin(server);
    const cookie = await tryFrom(server, "192.0.2.1");
    const { logins } = server.signIn;
    await logins.viewerOf(cookie);
    await server.db.write(async (tx) => {
      await tx.update(person).set({ secretariat: true });
    });
    expect(await logins.viewerOf(cookie)).toMatchObject({ secretariat: false });
    now += 2_001;
    expect(await logins.viewerOf(cookie)).toMatchObject({ secretariat: true });
    await server.db.write(async (tx) => {
      await tx.update(person).set({ secretariat: false });
    });
    server.notices.rightsChanged("erin");
    expect(await logins.viewerOf(cookie)).toMatchObject({ secretariat: false });
  });
});

const production = {
  mode: "production",
  origin: "http://localhost:3000",
  secret: SECRET,
  port: 0,
} as const;

describe("production", () => {
  test("[SI8] has no door of the exercise: entering is not there to be asked for", async () => {
    const server = await startTestServer({ env: production, people: false });
    expect(server.signIn.signIn("127.0.0.1").enter).toBeNull();
  });

  test("[SI8] answers whoever asks for that door like anybody who asks for nothing known, and shows none", async () => {
    const server = await startTestServer({ env: production, people: false });
    const [first] = await server.db.read.select().from(person);
    const headers = { host: "localhost:3000", origin: "http://localhost:3000" };
    const ask = async (intent: string, personId: string) => {
      const {
        status,
        body,
        headers: all,
      } = await server.visitor().post("/sign-in.data", { intent, person: personId, to: "/" }, headers);
      return { status, body, cookie: all["set-cookie"], location: all.location };
    };
    const unknown = await ask("nonsense", first?.id ?? "");
    expect(unknown).toMatchObject({ status: 400, cookie: undefined, location: undefined });
    expect(await ask("enter", first?.id ?? "")).toEqual(unknown);
    expect(await ask("enter", "x-solvane")).toEqual(unknown);
    const page = await server.visitor().get("/sign-in", headers);
    expect(page.status).toBe(200);
    expect(page.body).toContain('name="password"');
    expect(page.body).not.toContain('value="enter"');
  });

  test("[SI8] does not start on the folder of an exercise, nor an exercise on a folder of production", async () => {
    const exercise = await startTestServer();
    await exercise.close();
    const there = startTestServer({ env: { ...production, data: exercise.db.folder }, people: false });
    await expect(there).rejects.toThrow("belongs to exercise mode");
    const real = await startTestServer({ env: production, people: false });
    await real.close();
    const back = startTestServer({ env: { data: real.db.folder }, people: false });
    await expect(back).rejects.toThrow("belongs to production mode");
  });

  test("[SI9] makes one link for the first account of the secretariat, until there is one", async () => {
    const first = await startTestServer({ env: production, people: false });
    expect(first.firstLink).toMatch(/^http:\/\/localhost:3000\/links\/[\w-]{43}$/);
    await first.close();
    const data = first.db.folder;
    const second = await startTestServer({ env: { ...production, data }, people: false });
    expect(second.firstLink).not.toBe(first.firstLink);
    const people = await second.db.read.select().from(person);
    expect(people.map(({ name, secretariat }) => ({ name, secretariat }))).toEqual([
      { name: "Secretariat", secretariat: true },
    ]);
    await second.db.write((tx) => linkAccount(tx, people[0]?.id ?? "", "account"));
    await second.close();
    const third = await startTestServer({ env: { ...production, data }, people: false });
    expect(third.firstLink).toBeNull();
  });
});

test("[SI8] in an exercise its people enter without a password, suspended ones and strangers do not", async () => {
  const server = await startTestServer();
  const enter = (personId: string) =>
    server.signIn.signIn("127.0.0.1").enter?.(new Request(server.url), { personId, to: "/sessions/s" });
  const entered = await enter("bilal");
  expect(entered instanceof Response && entered.headers.get("location")).toBe("/sessions/s");
  await server.db.write(async (tx) => {
    await tx.update(person).set({ suspendedAt: 1 });
  });
  expect(await enter("amara")).toMatchObject({ kind: "not-found" });
  expect(await enter("zorro")).toMatchObject({ kind: "not-found" });
});

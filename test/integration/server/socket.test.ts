import { describe, expect, test } from "vitest";
import { CLOSE } from "#collab/frames.ts";
import { delegate, person } from "#db/schema/people.ts";
import { drafter, textUpdate } from "#db/schema/text.ts";
import { type Browser, closeOf, draftOver, setAudience, startTestServer } from "#test/support/server.ts";

async function statusOf(browser: Browser, origin: string): Promise<number> {
  const ws = browser.socket("resolution", origin);
  return new Promise((resolve) => {
    ws.once("unexpected-response", (_, res) => resolve(res.statusCode ?? 0));
    ws.once("open", () => resolve(101));
  });
}

describe("the drafters' socket", () => {
  test("[SV14] takes in officers and drafters, under the delegation or office that the server knows", async () => {
    const server = await startTestServer();
    const chair = await draftOver(await server.as("amara"), "amara", "resolution");
    await server.db.write(async (tx) => {
      await tx
        .insert(drafter)
        .values({ id: "w2", textId: "resolution", personId: "bilal", appointedBy: "amara", fromAt: 1 });
    });
    const delegateToo = await draftOver(await server.as("bilal"), "bilal", "resolution");
    expect(chair.page.mayWrite).toBe(true);
    delegateToo.page.write("p1", "Recalling", { role: "pp" });
    await delegateToo.until(() => delegateToo.page.saved === 1);
    const sigla = [...delegateToo.page.present.values()].map(({ siglum }) => siglum);
    expect(new Set(sigla)).toEqual(new Set(["Chair", "LEM"]));
    const rows = await server.db.read.select().from(textUpdate);
    expect(rows.map(({ personId, delegationId }) => ({ personId, delegationId }))).toEqual([
      { personId: "bilal", delegationId: "d-lem" },
    ]);
  });

  test("[SV14] closes alike for a text that is not there and one that is not yours to write", async () => {
    const server = await startTestServer();
    await server.db.write((tx) => setAudience(tx, "report", { audience: "public", shows: "live" }));
    const attempts = [
      (await server.as("amara")).socket("no-such-text"),
      (await server.as("bilal")).socket("resolution"),
      (await server.as("chiara")).socket("report"),
      server.visitor().socket("resolution"),
      server.visitor("chapeau.session_token=invented.token").socket("report"),
    ];
    const closes = await Promise.all(attempts.map(closeOf));
    expect(closes).toEqual(attempts.map(() => ({ code: CLOSE.notThere, reason: "not there" })));
  });

  test("[SV5] opens from pages of this site alone, and at its own address alone", async () => {
    const server = await startTestServer();
    const amara = await server.as("amara");
    expect(await statusOf(amara, "https://evil.example")).toBe(403);
    expect(await statusOf(amara, "null")).toBe(403);
    expect(await statusOf(amara, server.url)).toBe(101);
  });

  test("[SV15] closes at once when its person's right is withdrawn, and stays when another's is", async () => {
    const server = await startTestServer();
    const chiara = await draftOver(await server.as("chiara"), "chiara", "resolution");
    const amara = await draftOver(await server.as("amara"), "amara", "resolution");
    const closed = closeOf(chiara.ws);
    await server.db.write(async (tx) => {
      await tx.update(drafter).set({ untilAt: 1 });
    });
    server.notices.rightsChanged("chiara");
    server.notices.rightsChanged("amara");
    expect((await closed).code).toBe(CLOSE.notAllowed);
    amara.page.write("p1", "Recalling", { role: "pp" });
    await amara.until(() => amara.page.saved === 1);
    expect((await closeOf((await server.as("chiara")).socket("resolution"))).code).toBe(CLOSE.notThere);
  });

  test("[SV15] closes when its person acts for another delegation from now on: words are never put to a wrong one", async () => {
    const server = await startTestServer();
    await server.db.write(async (tx) => {
      await tx
        .insert(drafter)
        .values({ id: "w2", textId: "resolution", personId: "bilal", appointedBy: "amara", fromAt: 1 });
    });
    const bilal = await draftOver(await server.as("bilal"), "bilal", "resolution");
    await server.db.write(async (tx) => {
      await tx.update(delegate).set({ untilAt: 1 });
    });
    server.notices.rightsChanged("bilal");
    expect((await closeOf(bilal.ws)).code).toBe(CLOSE.notAllowed);
  });

  test("[SV15] closes when its login ends, and with the person's suspension", async () => {
    const server = await startTestServer();
    const browser = await server.as("chiara");
    const first = await draftOver(browser, "chiara", "resolution");
    const other = await draftOver(await server.as("chiara"), "chiara", "resolution");
    const request = new Request(server.url, { headers: { cookie: browser.cookie } });
    const closed = closeOf(first.ws);
    await server.signIn.signIn("::1").signOut(request, "/");
    expect((await closed).code).toBe(CLOSE.notAllowed);
    other.page.write("p1", "Recalling", { role: "pp" });
    await other.until(() => other.page.saved === 1);
    await server.db.write(async (tx) => {
      await tx.update(person).set({ suspendedAt: 1 });
    });
    server.notices.rightsChanged("chiara");
    expect((await closeOf(other.ws)).code).toBe(CLOSE.notAllowed);
  });

  test("[SV14] is one of at most twelve of a login", async () => {
    const server = await startTestServer();
    const amara = await server.as("amara");
    for (let count = 0; count < 12; count += 1) await draftOver(amara, "amara", "resolution");
    expect((await closeOf(amara.socket("resolution"))).code).toBe(CLOSE.tooMany);
    await draftOver(await server.as("chiara"), "chiara", "resolution");
  });

  test("[SV14] is one of at most thirty of a person, over all logins", async () => {
    const server = await startTestServer();
    const logins = [await server.as("amara"), await server.as("amara"), await server.as("amara")];
    for (let count = 0; count < 30; count += 1) {
      const login = logins[count % 3];
      if (login) await draftOver(login, "amara", "resolution");
    }
    const another = await server.as("amara");
    for (const login of [...logins, another])
      expect((await closeOf(login.socket("resolution"))).code).toBe(CLOSE.tooMany);
    await draftOver(await server.as("chiara"), "chiara", "resolution");
  });

  test("[SV14] is cut at a frame that no honest page sends, and others go on", async () => {
    const server = await startTestServer();
    const amara = await draftOver(await server.as("amara"), "amara", "resolution");
    const chiara = await draftOver(await server.as("chiara"), "chiara", "resolution");
    const closed = closeOf(chiara.ws);
    chiara.ws.send(Buffer.alloc(2 * 1024 * 1024));
    expect((await closed).code).toBe(1009);
    const wordy = await draftOver(await server.as("chiara"), "chiara", "resolution");
    const closedToo = closeOf(wordy.ws);
    wordy.ws.send("hello");
    expect((await closedToo).code).toBe(CLOSE.malformed);
    amara.page.write("p1", "Recalling", { role: "pp" });
    await amara.until(() => amara.page.saved === 1);
  });

  test("[SV3] tells every page to come back when the process stops, with all that was saved in the log", async () => {
    const server = await startTestServer();
    const chiara = await draftOver(await server.as("chiara"), "chiara", "resolution");
    chiara.page.write("p1", "Recalling", { role: "pp" });
    await chiara.until(() => chiara.page.saved === 1);
    const closed = closeOf(chiara.ws);
    await server.close();
    expect((await closed).code).toBe(CLOSE.comeBack);
    expect(chiara.page.comeBackMs).not.toBeNull();
  });
});

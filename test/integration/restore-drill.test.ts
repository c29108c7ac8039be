/** The drill that the running manual asks for: a backup is put in the place of a lost folder, and people go on. */
import path from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { backUp } from "#app/server/backup.ts";
import { person } from "#db/schema/people.ts";
import { linkAccount } from "#db/stores/person.ts";
import { faultsIn, temporaryFolder } from "#test/support/database.ts";
import { done } from "#test/support/people.ts";
import { cookiesOf, draftOver, startTestServer, type TestServer } from "#test/support/server.ts";

const EMAIL = "chiara@example.org";
const PASSWORD = "an ordinary river bends twice";

async function withAccount(server: TestServer): Promise<void> {
  const account = { personId: "chiara", email: EMAIL, name: "Chiara", password: PASSWORD };
  await server.db.write(async (tx) => {
    await tx.update(person).set({ email: EMAIL }).where(eq(person.id, "chiara"));
  });
  const { accountId } = done(await server.signIn.accounts.setPassword(account));
  await server.db.write((tx) => linkAccount(tx, "chiara", accountId));
}

/** Sends the page's form as a browser does. */
function signIn(server: TestServer, password: string): Promise<Response> {
  return fetch(`${server.url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: server.url },
    body: new URLSearchParams({ intent: "password", email: EMAIL, password, to: "/" }),
  });
}

test("[ST10] a server started on a backup lets people in by their passwords, shows every word that was saved, and goes on", async () => {
  const server = await startTestServer();
  await withAccount(server);
  const before = await draftOver(await server.as("chiara"), "chiara", "resolution");
  before.page.write("p1", "Decides to convene the herons;");
  await before.until(() => before.page.saved === 1);
  const copy = path.join(temporaryFolder(), "copy");
  await backUp({ from: server.db.folder, to: copy });
  before.page.type("p1", 0, "Afterwards ");
  await before.until(() => before.page.saved === 2);
  await server.close();

  const restored = await startTestServer({ env: { data: copy }, people: false });
  expect((await signIn(restored, `${PASSWORD}s`)).status).toBe(422);
  const entered = await signIn(restored, PASSWORD);
  expect(entered.status).toBe(303);
  const browser = restored.visitor(cookiesOf(entered));
  const sheet = await browser.get("/sessions/s/texts/resolution");
  expect(sheet.status).toBe(200);
  expect(sheet.body).toContain("to convene the herons;");
  expect(sheet.body).not.toContain("Afterwards");

  const after = await draftOver(browser, "chiara", "resolution");
  expect(after.page.words("p1")).toBe("Decides to convene the herons;");
  after.page.type("p1", 29, " at dawn");
  await after.until(() => after.page.saved === 1);
  await restored.close();
  // The people of the tests were put in by nobody's act; nothing else is wrong with either.
  expect(faultsIn(copy)).toEqual(faultsIn(server.db.folder));
});

/** Room for streams: who has signed in never finds it taken by those who have not. */
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "#app/rules/viewer.ts";
import { createNotices } from "#app/server/notices.ts";
import { createTextDoors } from "#app/server/text-doors.ts";
import { Browser, startTestServer } from "#test/support/server.ts";

/** A hall with little room; a browser's address is what its cookie says. */
async function smallHall() {
  const server = await startTestServer();
  const { viewerOf } = server.signIn.logins;
  const nothing = (): void => undefined;
  const notices = createNotices({
    doors: createTextDoors({ find: () => Promise.resolve(null), now: Date.now }),
    viewerOf,
    onRightsChanged: nothing,
    onTell: nothing,
    onSent: nothing,
    onError(error) {
      throw error;
    },
    limits: { perLogin: 3, perAddress: 4, ofPublic: 6, inAll: 9 },
  });
  const http = createServer((req, res) => {
    const address = /at=(\w+)/.exec(req.headers.cookie ?? "")?.[1] ?? "";
    const open = (viewer: Viewer) => notices.open(req, res, { viewer, address });
    viewerOf(req.headers.cookie).then(open, (error: unknown) => res.destroy(error as Error));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(async () => {
    await notices.close();
    http.close();
  });
  const bound = http.address();
  const url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
  return {
    at: (address: string) => new Browser(url, `at=${address}`),
    signedIn: async (personId: string, address: string) =>
      new Browser(url, `${(await server.as(personId)).cookie}; at=${address}`),
  };
}

test("[SV17] one address that takes all it can get leaves room for others, and people at it come in by name", async () => {
  const { at, signedIn } = await smallHall();
  const crowd = at("conference");
  for (let count = 0; count < 4; count += 1) await crowd.listen();
  await expect(crowd.listen()).rejects.toThrow("429");
  await at("home").listen();
  const chiara = await signedIn("chiara", "conference");
  for (let count = 0; count < 3; count += 1) await chiara.listen();
  await expect(chiara.listen()).rejects.toThrow("429");
});

test("[SV17] all who have not signed in, wherever they are, leave a share to those who have", async () => {
  const { at, signedIn } = await smallHall();
  for (const address of ["a", "a", "a", "b", "b", "b"]) await at(address).listen();
  await expect(at("c").listen()).rejects.toThrow("429");
  for (const personId of ["amara", "bilal", "chiara"]) await (await signedIn(personId, "a")).listen();
  await expect((await signedIn("dario", "d")).listen()).rejects.toThrow("429");
});

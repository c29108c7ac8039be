/** What the server keeps of live wordings for those who ask: once, and never more than it has room for. */
import { createServer } from "node:http";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createKeptBytes } from "#app/server/kept-bytes.ts";
import { createLive } from "#app/server/live.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { Browser, draftOver, startTestServer } from "#test/support/server.ts";

test("[SV13] numbers that no paper has share one answer: asking for many of them fills nothing", async () => {
  const server = await startTestServer();
  const { page, until } = await draftOver(await server.as("chiara"), "chiara", "resolution");
  page.write("p1", "Recalling its resolutions on the matter, all of them. ".repeat(100), { role: "pp" });
  await until(() => page.saved === page.sent);
  let made = 0;
  const live = createLive({
    rooms: {
      paper(textId) {
        made += 1;
        return server.rooms.paper(textId);
      },
      paperAfter: server.rooms.paperAfter,
    },
    findDoor: (textId) => findTextDoor(server.db.read, textId),
    findSession: () => Promise.resolve(null),
  });
  const viewer = await findViewer(server.db.read, { personId: "amara", loginId: "login" });
  const http = createServer((req, res) => void live.serve(req, res, { viewer, way: "/live/texts/:text" }));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(() => void http.close());
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const browser = new Browser(`http://127.0.0.1:${port}`, "");
  const whole = await browser.get("/live/texts/resolution");
  const kept = live.bytes();
  expect(kept).toBeGreaterThan(5_000);
  for (let after = 1_000; after < 1_040; after += 1) {
    const answer = await browser.get(`/live/texts/resolution?after=${after}`);
    expect(answer.body).toBe(whole.body);
  }
  expect({ made, kept: live.bytes() }).toEqual({ made: 1, kept });
  live.dropText("resolution");
  expect(live.bytes()).toBe(0);
});

test("[SV13] what is kept has a limit in bytes, and the oldest answers make room for new ones", async () => {
  const kept = createKeptBytes<{ size(): number }>(1_000);
  for (let asked = 0; asked < 10; asked += 1) {
    const made = Promise.resolve({ size: () => 300 });
    kept.keep("resolution", asked, made);
    await made;
  }
  expect(kept.bytes()).toBe(900);
  const found = Array.from({ length: 10 }, (_, asked) => kept.find("resolution", asked) !== undefined);
  expect(found).toEqual([false, false, false, false, false, false, false, true, true, true]);
  const failed = Promise.reject(new Error("no room could be opened"));
  kept.keep("resolution", 10, failed);
  await failed.catch(() => undefined);
  expect(kept.find("resolution", 10)).toBeUndefined();
  kept.keep("report", 1, Promise.resolve({ size: () => 1 }));
  kept.drop("resolution");
  expect(kept.find("resolution", 9)).toBeUndefined();
  expect(kept.find("report", 1)).toBeDefined();
});

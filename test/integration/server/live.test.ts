import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import {
  setAudience,
  startTestServer,
  draftOver,
  type Answer,
  type TestServer,
} from "#test/support/server.ts";

/** What tells nothing: everything of an answer but the time and the nonce. */
function shape(answer: Answer): unknown {
  const { date: _date, "content-security-policy": policy = "", ...headers } = answer.headers;
  return { ...answer, headers: { ...headers, policy: policy.replace(/nonce-[^']+/, "nonce") } };
}

async function written(server: TestServer, words = "Recalling its resolutions"): Promise<void> {
  const { page, until } = await draftOver(await server.as("chiara"), "chiara", "resolution");
  page.write("p1", words, { role: "pp" });
  await until(() => page.saved === page.sent);
}

describe("the live wording", () => {
  test("[SV13] is served to those who see it, first whole, then what changed since a sequence number", async () => {
    const server = await startTestServer();
    await server.db.write((tx) => setAudience(tx, "resolution", { audience: "all", shows: "live" }));
    const bilal = await server.as("bilal");
    const stream = await bilal.listen();
    const { page, until } = await draftOver(await server.as("chiara"), "chiara", "resolution");
    page.write("p1", "Recalling its resolutions", { role: "pp" });
    await until(() => page.saved === page.sent);
    await stream.hears("text:resolution");
    const whole = JSON.parse((await bilal.get("/live/texts/resolution")).body);
    expect(whole.html).toContain("its resolutions");
    stream.heard.length = 0;
    page.type("p1", 25, " and decisions");
    await until(() => page.saved === page.sent);
    await stream.hears("text:resolution");
    const delta = JSON.parse((await bilal.get(`/live/texts/resolution?after=${whole.seq}`)).body);
    expect(delta.seq).toBeGreaterThan(whole.seq);
    expect(delta.html).toBeUndefined();
    expect(delta.set.map(({ id }: { id: string }) => id)).toEqual(["p1"]);
    expect(delta.set[0].html).toContain("and decisions");
    const nothing = JSON.parse((await bilal.get(`/live/texts/resolution?after=${delta.seq}`)).body);
    expect(nothing).toEqual({ seq: delta.seq, set: [], removed: [] });
    const longAgo = JSON.parse((await bilal.get("/live/texts/resolution?after=999999")).body);
    expect(longAgo.html).toContain("and decisions");
  });

  test("[SV13] is not there for anybody else, and looks the same as a text that does not exist", async () => {
    const server = await startTestServer();
    await written(server);
    const none = shape(await server.visitor().get("/live/texts/no-such-text"));
    const hidden = async (person: string | null, path = "/live/texts/resolution") =>
      shape(await (person === null ? server.visitor() : await server.as(person)).get(path));
    expect(await hidden("bilal")).toEqual(none);
    expect(await hidden("dario")).toEqual(none);
    expect(await hidden(null)).toEqual(none);
    expect(await hidden(null, "/live/texts/resolution?after=0")).toEqual(none);
    expect(await hidden("amara", "/live/texts/resolution?after=x")).toEqual(none);
    expect(await hidden("amara", "/live/texts/resolution/more")).toEqual(none);
    expect(await hidden("amara", "/live/people/amara")).toEqual(none);
    await server.db.write((tx) => setAudience(tx, "resolution", { audience: "public", shows: "versions" }));
    server.notices.tell({ kind: "text", textId: "resolution", sessionId: "s", who: "bureau" }, "audience");
    expect(await hidden("bilal")).toEqual(none);
    expect(await hidden(null)).toEqual(none);
    expect((await (await server.as("amara")).get("/live/texts/resolution")).status).toBe(200);
  });

  test("[SV13] does not tell readers what changed before it was opened to them", async () => {
    const server = await startTestServer();
    const { page, until } = await draftOver(await server.as("chiara"), "chiara", "resolution");
    page.write("p1", "Recalling nothing", { role: "pp" });
    await until(() => page.saved === page.sent);
    const amara = await server.as("amara");
    const before = JSON.parse((await amara.get("/live/texts/resolution")).body);
    page.write("p2", "A secret wish of the bureau");
    await until(() => page.saved === page.sent);
    page.set("p2", "deleted", true);
    await until(() => page.saved === page.sent);
    const opened = { audience: "all", shows: "live", fromSeq: page.seq } as const;
    await server.db.write((tx) => setAudience(tx, "resolution", opened));
    server.notices.tell({ kind: "text", textId: "resolution", sessionId: "s", who: "bureau" }, "audience");
    const seen = JSON.parse(
      (await (await server.as("bilal")).get(`/live/texts/resolution?after=${before.seq}`)).body,
    );
    expect(Object.keys(seen).sort()).toEqual(["html", "seq"]);
    expect(seen.html).not.toContain("secret");
  });

  test("[SV13] is compressed when it is large, and equal however it is sent", async () => {
    const server = await startTestServer();
    await written(server, "Recalling its resolutions on the matter, all of them. ".repeat(100));
    const amara = await server.as("amara");
    const plain = await amara.get("/live/texts/resolution");
    const read = (encoding: string) =>
      new Promise<{ encoding: string; body: Buffer }>((resolve, reject) => {
        const headers = { cookie: amara.cookie, "accept-encoding": encoding };
        const sent = request(`${server.url}/live/texts/resolution`, { headers }, (res) => {
          const pieces: Buffer[] = [];
          res.on("data", (piece: Buffer) => pieces.push(piece));
          res.on("end", () =>
            resolve({ encoding: String(res.headers["content-encoding"]), body: Buffer.concat(pieces) }),
          );
        });
        sent.on("error", reject);
        sent.end();
      });
    const brotli = await read("gzip, deflate, br");
    const gzip = await read("gzip");
    expect([brotli.encoding, gzip.encoding]).toEqual(["br", "gzip"]);
    expect(brotli.body.length).toBeLessThan(plain.body.length / 4);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.body);
    expect(gunzipSync(gzip.body).toString()).toBe(plain.body);
  });
});

test("[SV13] [AG15] what happens in a session is a few words that everybody fetches, new after a notice", async () => {
  const server = await startTestServer();
  const visitor = server.visitor();
  const read = async () => JSON.parse((await visitor.get("/live/sessions/s")).body);
  const now = await read();
  expect(now).toEqual({
    at: expect.any(Number),
    item: { id: "i", number: "5 (a)", title: "Sovereignty", status: "open" },
    items: { i: ["open", expect.any(Number)] },
    meeting: null,
  });
  const amara = await server.as("amara");
  const stream = await (await server.as("bilal")).listen();
  await amara.post("/sessions/s/agenda/i", { intent: "status", status: "suspended" });
  await stream.hears("now");
  expect(stream.heard).toEqual(["now"]);
  const then = await read();
  expect(then).toMatchObject({ item: null, items: { i: ["suspended", expect.any(Number)] } });
  expect(then.at).toBeGreaterThan(now.at);
  const none = shape(await visitor.get("/live/sessions/none"));
  expect(none).toEqual(shape(await visitor.get("/live/texts/none")));
});

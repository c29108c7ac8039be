import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { createKeptPages } from "#app/server/kept-pages.ts";
import { appendEvent } from "#db/stores/event.ts";
import { temporaryDatabase } from "#test/support/database.ts";

const AGENDA = "/sessions/s/agenda";

/** A server whose pages say how often they were made, for whom, and with which nonce. */
async function startPages(mostBytes?: number) {
  const db = temporaryDatabase();
  const state = { now: 10_000, made: 0, status: 200, filling: "", headers: {} as Record<string, string> };
  let duringMaking = async (): Promise<void> => {};
  let answers = 0;
  const app = express();
  app.use(
    createKeptPages({
      ...(mostBytes === undefined ? {} : { mostBytes }),
      async contextOf(req) {
        answers += 1;
        const personId = String(req.headers["x-person"] ?? "nobody");
        const asked = {
          viewer: { kind: "person", personId, role: req.headers["x-role"] ?? "reader" },
          language: req.headers["x-language"] ?? "en",
          theme: { theme: "system", large: false },
          nonce: `n${answers}`,
          origin: "http://here.example",
          now: () => state.now,
          db,
        };
        // What a page of the record looks at, and nothing else.
        return asked as unknown as AppLoadContext;
      },
      async render(request, { viewer, nonce, now }) {
        state.made += 1;
        const made = state.made;
        await duringMaking();
        const who = viewer.kind === "person" ? viewer.personId : "";
        const body = `<p>${made} at ${now()} for ${who} at ${new URL(request.url).search}</p><script nonce="${nonce}">1</script>${state.filling}`;
        return new Response(body, {
          status: state.status,
          headers: { "content-type": "text/html", ...state.headers },
        });
      },
    }),
  );
  app.use((_req, res) => void res.status(418).end("what comes after"));
  const http = createServer(app).listen(0, "127.0.0.1");
  await new Promise((ready) => http.once("listening", ready));
  onTestFinished(() => void http.close());
  const { port } = http.address() as AddressInfo;
  const get = async (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, method });
    return {
      status: answer.status,
      type: answer.headers.get("content-type"),
      encoding: answer.headers.get("content-encoding"),
      vary: answer.headers.get("vary"),
      body: await answer.text(),
    };
  };
  const act = () =>
    db.write((tx) =>
      appendEvent(tx, { at: 1, by: { personId: "a" }, act: "setItemStatus", thing: "item", thingId: "i" }),
    );
  return { get, act, state, during: (work: () => Promise<void>) => void (duringMaking = work) };
}

const numberOf = ({ body }: { readonly body: string }) => Number(/<p>(\d+)/.exec(body)?.[1]);

describe("pages of the record", () => {
  test("[SV22] are given again while nothing is recorded, each time with the answer's own nonce", async () => {
    const { get, act, state } = await startPages();
    const first = await get(AGENDA);
    expect(first).toMatchObject({
      status: 200,
      type: "text/html; charset=utf-8",
      body: '<p>1 at 10000 for nobody at </p><script nonce="n1">1</script>',
    });
    expect((await get(AGENDA)).body).toBe('<p>1 at 10000 for nobody at </p><script nonce="n2">1</script>');
    await act();
    state.now += 4_999;
    // Made anew, and telling no other time: whoever may not know of the act does not see that there was one.
    expect((await get(AGENDA)).body).toContain("<p>2 at 10000 for");
    expect(numberOf(await get(AGENDA))).toBe(2);
    state.now += 1;
    expect((await get(AGENDA)).body).toContain("<p>3 at 15000 for");
  });

  test("[SV22] are never somebody else's, and never another's who was given other rights, language or address", async () => {
    const { get } = await startPages();
    expect((await get(AGENDA, { "x-person": "amara" })).body).toContain("1 at 10000 for amara");
    expect((await get(AGENDA, { "x-person": "bilal" })).body).toContain("2 at 10000 for bilal");
    expect(numberOf(await get(AGENDA, { "x-person": "amara", "x-role": "head" }))).toBe(3);
    expect(numberOf(await get(AGENDA, { "x-person": "amara", "x-language": "ar" }))).toBe(4);
    expect((await get(`${AGENDA}?note=1`, { "x-person": "amara" })).body).toContain(
      "5 at 10000 for amara at ?note=1",
    );
    expect((await get(AGENDA, { "x-person": "amara" })).body).toContain("1 at 10000 for amara");
  });

  test("[SV22] are not kept when something was recorded while they were made, or they are no whole page", async () => {
    const { get, act, state, during } = await startPages();
    during(async () => void (await act()));
    expect(numberOf(await get(AGENDA))).toBe(1);
    during(async () => {});
    expect(numberOf(await get(AGENDA))).toBe(2);
    for (const [status, headers] of [
      [404, {}],
      [200, { "set-cookie": "a=b" }],
    ] as const) {
      await act();
      Object.assign(state, { status, headers });
      const before = state.made;
      const [one, other] = [await get(AGENDA), await get(AGENDA)];
      expect([one.status, numberOf(one), numberOf(other)]).toEqual([status, before + 1, before + 2]);
    }
  });

  test("[SV22] are sent compressed to who takes that, with the answer's own nonce in them", async () => {
    const { get, state } = await startPages();
    state.filling = "x".repeat(5_000);
    const plain = await get(AGENDA, { "accept-encoding": "identity" });
    const gzip = await get(AGENDA, { "accept-encoding": "gzip, br" });
    expect([plain.encoding, gzip.encoding]).toEqual([null, "gzip"]);
    expect(gzip.body).toBe(plain.body.replace('nonce="n1"', 'nonce="n2"'));
    expect(gzip.body).toContain('nonce="n2"');
    expect([plain.vary, gzip.vary]).toEqual(["Accept-Encoding", "Accept-Encoding"]);
  });

  test("[SV22] are made once for all who ask while they are made, unless they are no page for all", async () => {
    const { get, state, during } = await startPages();
    const threeAtOnce = async () =>
      (await Promise.all([get(AGENDA), get(AGENDA), get(AGENDA)])).map(numberOf);
    during(() => new Promise((done) => setImmediate(done)));
    expect(await threeAtOnce()).toEqual([1, 1, 1]);
    Object.assign(state, { headers: { "set-cookie": "a=b" } });
    state.now += 5_000;
    const cookies = await threeAtOnce();
    expect(new Set(cookies).size).toBe(3);
  });

  test("[SV22] alone are kept: texts, drafts, data and what is sent go on to where they are made", async () => {
    const { get, state } = await startPages();
    for (const path of [
      "/",
      "/account",
      "/sessions/s",
      "/sessions/s/texts/t",
      "/sessions/s/drafts",
      "/sessions/s/agenda.data",
      "/sessions/s/agenda/i/documents",
      `${AGENDA}?${"x".repeat(400)}`,
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 418]);
    }
    expect((await get(AGENDA, {}, "POST")).status).toBe(418);
    expect(state.made).toBe(0);
  });

  test("[SV22] take no more memory than is meant for them: the one asked for longest ago goes, and the longest stay out", async () => {
    const { get, state } = await startPages(2_000);
    const ask = async (person: string) => numberOf(await get("/topics/t", { "x-person": person }));
    // Bytes that no compressor makes fewer, so that a page takes them twice.
    const filling = (count: number) => randomBytes(count).toString("base64").slice(0, count);
    state.filling = filling(150);
    for (const [index, person] of ["a", "b", "c", "d"].entries()) expect(await ask(person)).toBe(index + 1);
    expect(await ask("a")).toBe(1);
    expect(await ask("e")).toBe(5);
    expect(await ask("f")).toBe(6);
    expect(await ask("a")).toBe(1);
    expect(await ask("b")).toBe(7);
    state.filling = filling(400);
    expect([await ask("long"), await ask("long")]).toEqual([8, 9]);
  });
});

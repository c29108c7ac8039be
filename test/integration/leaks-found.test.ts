/** The search for leaks finds one: marks in every form, and leaks that are planted on purpose. */
import { globSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Registry } from "prom-client";
import { describe, expect, it, onTestFinished } from "vitest";
import { may } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { insertPositionDraft } from "#db/stores/position-draft.ts";
import { positionDraft } from "#db/schema/session.ts";
import { addressesOf, gapsIn, type Known, routesIn, searchesOf } from "#test/support/leaks/addresses.ts";
import { ask, listen, type Role } from "#test/support/leaks/browser.ts";
import { createChecker } from "#test/support/leaks/checker.ts";
import { createMarks, unplanted, wordsIn } from "#test/support/leaks/marks.ts";
import { createDoubles } from "#test/support/leaks/doubles.ts";
import { openDelegations, positionWords } from "#test/support/delegations.ts";
import { startTestServer } from "#test/support/server.ts";

const nobody: Role = { name: "anonymous", cookie: "", viewer: { kind: "public" } };

describe("a mark", () => {
  it("[NL7] is found raw, in capitals, escaped, packed in base64 or hexadecimal, backwards, wide and with signs between", () => {
    const word = createMarks().plant({ what: "words", may: () => false });
    const halves = [word.slice(0, 5), word.slice(5)] as const;
    const sentence = `Draft: "${word}" & more`;
    for (const form of [
      word,
      word.toUpperCase(),
      JSON.stringify(JSON.stringify({ words: sentence })),
      encodeURIComponent(sentence),
      [...word].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
      [...word].map((letter) => `&#${letter.charCodeAt(0)};`).join(""),
      [...word].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(""),
      ...["", "a", "ab"].map((before) => Buffer.from(`${before}${sentence}`).toString("base64")),
      Buffer.from(`\u00ff${sentence}`).toString("base64url"),
      Buffer.from(sentence).toString("hex"),
      [...sentence].toReversed().join(""),
      Buffer.from(sentence, "utf16le"),
      halves.join("\u2068"),
      halves.join("\u200b"),
      halves.join("<mark>"),
    ]) {
      expect([form, [...wordsIn(form)]]).toEqual([form, [word]]);
    }
    expect(wordsIn("zqx is no mark, and neither is zqx7")).toEqual(new Set());
    expect(createMarks().named(unplanted("x"))).toBeUndefined();
  });

  it("[NL7] that somebody sent comes back to them, and to nobody else", () => {
    const marks = createMarks();
    const word = marks.plant({ what: "words", may: () => false });
    const checker = createChecker(marks);
    checker.look(nobody, "sign-in", `/sign-in?to=/${word}`, `You asked for /${word}`);
    expect(checker.leaks()).toEqual([]);
    checker.look(nobody, "sign-in", "/sign-in", { status: 200, headers: { etag: word }, body: Buffer.of() });
    expect(checker.leaks()).toEqual([`anonymous was given "words" by sign-in (/sign-in)`]);
  });

  it("[NL7] that somebody must find is missed where it is not, or is not where it has to be", () => {
    const marks = createMarks();
    const word = marks.plant({ what: "words", may: () => true, at: ["page"] });
    const checker = createChecker(marks);
    expect(checker.missing([nobody])).toEqual([`anonymous never found "words"`]);
    checker.look(nobody, "list", "/", word);
    expect(checker.missing([nobody])).toEqual([`anonymous did not find "words" by page, only by list`]);
    checker.look(nobody, "page", "/", word);
    expect(checker.missing([nobody])).toEqual([]);
  });
});

describe("a leak", () => {
  it("[NL7] of a draft by a route is found", async () => {
    const { db } = await openDelegations();
    const marks = createMarks();
    const drafts = (viewer: Viewer) =>
      may("readDrafts", viewer, { kind: "delegation", sessionId: "s", delegationId: "d-lem" }) === true;
    const summary = marks.plant({ what: "summary of a draft", may: drafts });
    const who = { draftedBy: "bilal", draftedAt: 1, editedBy: "bilal", editedAt: 1 };
    await db.write((tx) => insertPositionDraft(tx, { ...positionWords, summary, id: "d", ...who }));
    // A route that forgets to ask.
    const careless = createServer(async (_req, res) => {
      res.end(JSON.stringify(await db.read.select().from(positionDraft)));
    });
    await new Promise<void>((open) => careless.listen(0, "127.0.0.1", open));
    onTestFinished(() => void careless.close());
    const url = `http://127.0.0.1:${(careless.address() as AddressInfo).port}`;
    const site = { url, host: "localhost", origin: url };
    const checker = createChecker(marks);
    checker.look(nobody, "attic", "/attic", await ask(site, nobody, { path: "/attic" }));
    expect(checker.leaks()).toEqual([`anonymous was given "summary of a draft" by attic (/attic)`]);
  });

  it("[NL7] of a name by a notice is found", async () => {
    const server = await startTestServer();
    const marks = createMarks();
    const name = marks.plant({ what: "name of a draft", may: () => false });
    const site = { url: server.url, host: new URL(server.url).host, origin: server.url };
    const stream = await listen(site, nobody);
    onTestFinished(stream.close);
    server.notices.tell({ kind: "everybody" }, `draft:${name}`);
    await stream.hears("draft:");
    const checker = createChecker(marks);
    checker.look(nobody, "/notices", "", stream.heard.join(""));
    expect(checker.leaks()).toEqual([`anonymous was given "name of a draft" by /notices ()`]);
  });

  it("[NL7] of a word by a figure is found", async () => {
    const marks = createMarks();
    const word = marks.plant({ what: "words", may: () => true });
    const registers = [new Registry()] as const;
    new Counter({ name: "searches", help: "by words", labelNames: ["words"], registers: [...registers] }).inc(
      { words: word },
    );
    const checker = createChecker(marks);
    checker.lookForAnything("/metrics", await registers[0].metrics());
    expect(checker.leaks()).toEqual([`"words" stands in /metrics`]);
  });

  it("[NL7] by a difference between what is hidden and what is not there is found", async () => {
    const hidden = { id: "hidden", may: () => false, does: () => null };
    const doubles = createDoubles();
    const about = { address: "/drafts/hidden", hidden, way: "GET" };
    await doubles.compare(nobody, { ...about, given: { status: 404 } }, () =>
      Promise.resolve({ status: 404 }),
    );
    expect(doubles.differences).toEqual([]);
    await doubles.compare(nobody, { ...about, way: "POST", given: { status: 403 } }, () =>
      Promise.resolve({ status: 404 }),
    );
    expect(doubles.differences).toHaveLength(1);
  });
});

describe("an address of the build", () => {
  const known = {} as Known;

  it("[NL6] with a gap or a search that nobody has said how to fill is an error", () => {
    const [route] = routesIn(
      [{ file: "routes/attic/route.tsx", path: "attic/:trunk" }],
      "/sessions/:session",
    );
    expect(route).toMatchObject({ name: "attic", pattern: "/sessions/:session/attic/:trunk" });
    expect(gapsIn(route?.pattern ?? "")).toEqual(["session", "trunk"]);
    expect(() => addressesOf("/attic/:trunk", known)).toThrow(`Say in GAPS how ":trunk"`);
    expect(() => searchesOf(["lid"], known, {})).toThrow(`Say in WORDS what "?lid="`);
    expect(searchesOf(["remove"], { delegates: ["seat"] } as unknown as Known, {})).toEqual(["?remove=seat"]);
    // Every form that a link opens, by what its address says.
    const sources = globSync("app/**/*.tsx").map((file) => readFileSync(file, "utf8"));
    const opened = sources.flatMap((source) =>
      [...source.matchAll(/[?&](confirm=[\w-]+)/g)].map((hit) => `?${hit[1] ?? ""}`),
    );
    expect(opened).toContain("?confirm=put-back");
    expect(searchesOf(["confirm"], known, {})).toEqual(expect.arrayContaining(opened));
  });
});

/** What search finds, in which languages, in which order, and what becomes of what cannot be looked for. */
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { addDocument } from "#app/commands/add-document.ts";
import { correctEntity } from "#app/commands/correct-entity.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { loader } from "#app/routes/search/route.tsx";
import { LONGEST_QUERY } from "#app/rules/search-query.ts";
import { openDatabase } from "#db/database.ts";
import { agendaItem } from "#db/schema/session.ts";
import { putTopic } from "#db/stores/topic.ts";
import { statementWords } from "#test/support/delegations.ts";
import { temporaryFolder } from "#test/support/database.ts";
import { done } from "#test/support/people.ts";
import { insertPeople, startTestServer } from "#test/support/server.ts";
import { foundIn, hitsFor, openSearch, searched, type SearchHall, wordsOf } from "#test/support/search.ts";

async function say(
  hall: SearchHall,
  words: { readonly title: string; readonly body: string; readonly language?: string },
): Promise<string> {
  const { draftId } = done(await draftStatement(await hall.as("nadia"), { ...statementWords, ...words }));
  return done(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 })).statementId;
}

const titles = async (hall: SearchHall, typed: string, more: Readonly<Record<string, string>> = {}) =>
  (await hitsFor(hall, null, typed, more)).map(({ title }) => wordsOf(title));

describe("found are", () => {
  it("[SE9] items and their documents from the act that puts them there to the one that takes them away", async () => {
    const hall = await openSearch();
    const item = { sessionId: "s", parentId: null, status: "open" as const, statusAt: 1, createdAt: 1 };
    await hall.db.write(async (tx) => {
      const words = { number: "7", title: "Capacity-building", note: "With marzipan." };
      await tx.insert(agendaItem).values({ id: "i7", order: 7, ...item, ...words });
    });
    const [hit] = await hitsFor(hall, null, "marzipan");
    expect(hit).toMatchObject({ label: "7", session: null });
    expect(hit?.to).toBe("/sessions/s/agenda/i7?mark=marzipan");
    const file = { symbol: "SIM/CRP.4", title: "On nougat", url: "https://example.org/4", file: null };
    const put = { sessionId: "s", itemId: "i7", ...file };
    const { documentId } = done(await addDocument(await hall.as("amara"), put));
    expect((await hitsFor(hall, null, "SIM/CRP.4"))[0]?.to).toBe(
      "/sessions/s/agenda/i7?mark=SIM%2FCRP.4#documents",
    );
    done(await removeDocument(await hall.as("amara"), { sessionId: "s", itemId: "i7", documentId }));
    expect(await titles(hall, "nougat")).toEqual([]);
    done(await deleteAgendaItem(await hall.as("amara"), { sessionId: "s", itemId: "i7" }));
    expect(await titles(hall, "marzipan")).toEqual([]);
  });

  it("[SE9] entities, and what they said, by the names that they have now", async () => {
    const hall = await openSearch();
    await say(hall, { title: "On time", body: "In time." });
    const kindsOf = async (typed: string) =>
      (await hitsFor(hall, null, typed)).map(({ to }) => to.split("/")[1]);
    expect(await kindsOf("lemuria")).toEqual(["entities", "sessions"]);
    const names = { en: "Marzipania", fr: "", es: "", ru: "", zh: "", ar: "" };
    const words = { ...names, code: "LEM", alphabet: "marzipania", reason: "Renamed.", regionalGroup: null };
    const refused = await correctEntity(await hall.as("sela"), { entityId: "lem", ...words });
    expect(refused).toBeNull();
    expect(await kindsOf("marzipania")).toEqual(["entities", "sessions"]);
    expect(await kindsOf("lemuria")).toEqual([]);
  });

  it("[SE9] only things that were really written: what is rolled back is not there", async () => {
    const hall = await openSearch();
    const work = hall.db.write(async (tx) => {
      const scale = [{ id: "yes", label: "Yes" }];
      await putTopic(tx, { id: "m", title: "Marzipan", question: "?", scale, exercise: true, order: 9 });
      throw new Error("not after all");
    });
    await expect(work).rejects.toThrow("not after all");
    expect(await titles(hall, "marzipan")).toEqual([]);
  });

  it("[SE1] in an exercise invented things alone, and topics among them", async () => {
    const hall = await openSearch();
    expect(await titles(hall, "realia")).toEqual([]);
    expect(await titles(hall, "sovereignty", { kind: "topics" })).toEqual([]);
    expect(await titles(hall, "due care")).toEqual(["Due care"]);
    expect(await titles(hall, "lantern")).toEqual(["Lantern Compact"]);
    const context = { ...(await hall.as(null)), mode: "production" as const };
    const request = new Request("http://here/search?q=realia");
    expect(JSON.stringify(await loader({ context, request, params: {} }))).toContain("/entities/rea");
  });
});

describe("in every language", () => {
  it("[SE5][SE6][SE7] words are found however they are written", async () => {
    const hall = await openSearch();
    await say(hall, { title: "Déclaration", body: "L’État doit empêcher tout préjudice.", language: "fr" });
    await say(hall, { title: "بيان", body: "يجب حماية الأمن السيبرانيّ للدُّول.", language: "ar" });
    await say(hall, { title: "发言", body: "各国应当保护网络安全。", language: "zh" });
    await say(hall, { title: "Заявление", body: "Всё ещё впереди.", language: "ru" });
    for (const [typed, title, words] of [
      ["etat EMPECHER ", "Déclaration", ["État", "empêcher"]],
      ["préjud", "Déclaration", ["préjudice"]],
      ["امن سيبراني ", "بيان", ["الأمن", "السيبرانيّ"]],
      ["للدول ", "بيان", ["للدُّول"]],
      ["网络", "发言", ["网络"]],
      ["网", "发言", ["网"]],
      ["安全 各国", "发言", ["各国", "安全"]],
      ["еще ", "Заявление", ["ещё"]],
    ] as const) {
      const [hit, ...more] = await hitsFor(hall, null, typed);
      expect([wordsOf(hit?.title), more.length, hit && foundIn(hit)], typed).toEqual([title, 0, words]);
    }
    expect((await hitsFor(hall, null, "سيبراني"))[0]).toMatchObject({ language: "ar", titleLanguage: "ar" });
  });
});

describe("the answer", () => {
  it("[SE4] holds all the words and phrases, and nothing that is not to be there", async () => {
    const hall = await openSearch();
    await say(hall, { title: "One", body: "Due diligence prevents harm." });
    await say(hall, { title: "Two", body: "Diligence is due, and harm is not." });
    await say(hall, { title: "Three", body: "Due to harm." });
    expect(await titles(hall, "due harm ")).toEqual(["Three", "Two", "One"]);
    expect(await titles(hall, '"due diligence"')).toEqual(["One"]);
    expect(await titles(hall, "due -diligence", { kind: "statements" })).toEqual(["Three"]);
    expect(await titles(hall, "dilig* harm ")).toEqual(["Two", "One"]);
    expect(await titles(hall, "dilig")).toEqual(["Two", "One"]);
    expect(await titles(hall, "dilig ")).toEqual([]);
    expect(await titles(hall, "due NOT harm ")).toEqual(["Two"]);
    await say(hall, { title: "Nougat", body: "Of marzipan." });
    expect(await titles(hall, "nougat -marzipan")).toEqual([]);
  });

  it("[SE11] shows first what is called so, then what is newest, twenty on a page, by kind and session", async () => {
    const hall = await openSearch();
    await say(hall, { title: "Marzipan", body: "First." });
    for (let number = 1; number <= 24; number += 1) {
      await say(hall, { title: `Nougat ${number}`, body: "Of marzipan." });
    }
    const { shown } = await searched(hall, null, "marzipan");
    expect(shown.answer).toMatchObject({ counts: { statements: { count: 25, isCut: false } } });
    expect(await titles(hall, "marzipan")).toEqual(["Marzipan", "Nougat 24", "Nougat 23", "Nougat 22"]);
    const first = await titles(hall, "marzipan", { kind: "statements" });
    expect([first.length, first[0], first.at(-1)]).toEqual([20, "Marzipan", "Nougat 6"]);
    const second = await titles(hall, "marzipan", { kind: "statements", page: "2" });
    expect(second).toEqual(["Nougat 5", "Nougat 4", "Nougat 3", "Nougat 2", "Nougat 1"]);
    expect(await titles(hall, "marzipan", { kind: "statements", page: "99" })).toEqual(second);
    expect(await titles(hall, "marzipan", { kind: "positions" })).toEqual([]);
    expect((await titles(hall, "marzipan", { session: "s", kind: "statements" })).length).toBe(20);
    expect((await searched(hall, null, "lemuria", { session: "s" })).shown.answer).toMatchObject({
      counts: { entities: { count: 0 }, statements: { count: 25 } },
    });
  });

  it("[SE8] to what cannot be looked for says what to do and keeps what was typed", async () => {
    const hall = await openSearch();
    for (const [typed, code] of [
      ["x".repeat(LONGEST_QUERY + 1), "search-long"],
      ["لا".repeat(2_500), "search-long"],
      ["网".repeat(65), "search-many"],
      ["-harm", "search-only-without"],
      ["!?", "search-wordless"],
    ] as const) {
      const { status, shown } = await searched(hall, "nadia", typed);
      expect([status, shown.typed, shown.answer]).toEqual([422, typed, { kind: "refused", code }]);
    }
    expect(await searched(hall, "nadia", "")).toMatchObject({
      status: 200,
      shown: { answer: { kind: "nothing-asked" } },
    });
  });

  it("[SE8] to hostile queries is an answer", async () => {
    const hall = await openSearch();
    await say(hall, { title: "On time", body: "In time." });
    const signs = [
      '"',
      "*",
      "-",
      "(",
      ")",
      ":",
      "^",
      "{head}",
      "NEAR(",
      "AND",
      "OR",
      "NOT",
      "'",
      ";",
      "\0",
      "+",
    ];
    const queries = [
      ...signs.flatMap((sign) => [sign, `${sign}time`, `time${sign}`, `a ${sign} time`, sign.repeat(99)]),
      '" OR 1=1 --',
      "time\ud800",
      "\u202etime\u202c",
      "\u2066time\u2069",
      "ti\u0000me",
      '"'.repeat(LONGEST_QUERY),
      "-".repeat(LONGEST_QUERY),
      `${"(".repeat(100)}time${")".repeat(100)}`,
      "a* b* c* d* e* f* g* h*",
      "é".repeat(LONGEST_QUERY),
      "\u0301".repeat(LONGEST_QUERY),
    ];
    for (const typed of queries) {
      const asked: Readonly<Record<string, string>>[] = [
        {},
        { kind: "statements", page: "-1" },
        { kind: "__proto__", session: "x", page: "1e9" },
      ];
      for (const more of asked) {
        expect([200, 422], typed).toContain((await searched(hall, null, typed, more)).status);
      }
    }
    expect(await titles(hall, "\u202etime\u202c")).toEqual(["On time"]);
  });
});

it("[SE8] 5,000 characters of any script come to the page, which says what to do with what was typed", async () => {
  const server = await startTestServer();
  const browser = server.visitor();
  for (const typed of ["wording ".repeat(625), "ا".repeat(5_000), "网".repeat(5_000), "\0".repeat(5_000)]) {
    const address = `/search?q=${encodeURIComponent(typed)}`;
    const { status, body } = await browser.get(address);
    expect(status).toBe(422);
    expect(body).toContain("longer than what can be looked for, 300 characters");
    if (!typed.includes("\0")) expect(body).toContain(typed.trimEnd());
  }
  expect((await browser.get(`/agenda?q=${"x".repeat(5_000)}`)).status).toBe(414);
});

it("[SE9] a folder of before there was search is taken over at the start, once, saying how far it is", async () => {
  const folder = temporaryFolder();
  const db = openDatabase({ folder });
  await db.write(insertPeople);
  await db.settled();
  db.close();
  const file = new Sqlite(path.join(folder, "chapeau.db"));
  const all = file.prepare<[], { type: string; name: string }>("SELECT type, name FROM sqlite_master").all();
  for (const { type, name } of all)
    if (type === "trigger" && /_search_/.test(name)) file.exec(`DROP TRIGGER "${name}"`);
  for (const { type, name } of all) {
    if (type === "table" && /^search_[a-z]+$/.test(name)) file.exec(`DROP TABLE IF EXISTS "${name}"`);
  }
  file.close();
  const again = openDatabase({ folder });
  const found = () =>
    again.read.$client.prepare("SELECT kind, thing_id AS id FROM search_entry ORDER BY kind, id").all();
  expect(found()).toEqual([]);
  await again.indexed();
  expect(found()).toEqual(
    [
      { kind: "entity", id: "lem" },
      { kind: "item", id: "i" },
      { kind: "text", id: "resolution" },
      { kind: "text", id: "report" },
    ].toSorted((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1)),
  );
  again.close();
});

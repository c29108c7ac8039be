/**
 * Nadia moves from the delegation of Lemuria to that of Norland, by the pages that their heads have. What Lemuria keeps
 * to itself stays there, on every page and path, stream and socket; what she wrote for it stays under her name.
 */
import { describe, expect, test } from "vitest";
import { CLOSE } from "#collab/frames.ts";
import { delegate, delegation, entity, person } from "#db/schema/people.ts";
import { positionDraft, session, statementDraft } from "#db/schema/session.ts";
import { drafter, text, textUpdate } from "#db/schema/text.ts";
import { insertDrafter } from "#db/stores/drafter.ts";
import { putTopic } from "#db/stores/topic.ts";
import { listSeats } from "#db/stores/delegate.ts";
import {
  type Browser,
  type TestServer,
  closeOf,
  draftOver,
  setAudience,
  startTestServer,
} from "#test/support/server.ts";

const AT = Date.UTC(2026, 10, 23, 9);
/** Each stands in one private field of Lemuria, or is the id of something private. */
const SECRETS = {
  position: "kestrel-position-summary",
  excerpt: "kestrel-position-excerpt",
  source: "kestrel-position-source",
  statement: "kestrel-statement-title",
  body: "kestrel-statement-body",
  ownTitle: "kestrel-own-text-title",
  ownWords: "kestrel-own-text-words",
} as const;
const DRAFT_IDS = ["pd-kestrel", "sd-kestrel", "own-kestrel"] as const;
const planted = [...Object.values(SECRETS), ...DRAFT_IDS];

/** Lemuria has Bilal and Nadia, Norland has Priya; Nadia may be seated by both. */
async function withDelegations(): Promise<TestServer> {
  const server = await startTestServer();
  await server.db.write(async (tx) => {
    const norland = { code: "XNL", names: { en: "Norland" }, alphabet: "norland" };
    await tx.insert(entity).values({ id: "norl", kind: "exercise-state", ...norland });
    await tx.insert(person).values([
      { id: "nadia", name: "nadia of the tests", entityId: "norl", createdAt: AT },
      { id: "priya", name: "priya of the tests", createdAt: AT },
    ]);
    const seat = { sessionId: "s", capacity: "participant" as const, createdAt: AT };
    await tx.insert(delegation).values({ id: "d-nor", entityId: "norl", ...seat });
    await tx.insert(delegate).values([
      { id: "m-nadia", delegationId: "d-lem", personId: "nadia", role: "editor", fromAt: AT },
      { id: "m-priya", delegationId: "d-nor", personId: "priya", role: "head", fromAt: AT },
    ]);
    await tx.update(session).set({ exercise: true });
    const scale = [{ id: "duty", label: "Legal duty" }];
    await putTopic(tx, {
      id: "care",
      title: "Care",
      question: "Must it act?",
      scale,
      exercise: true,
      order: 1,
    });
    const by = { delegationId: "d-lem", draftedBy: "nadia", draftedAt: AT, editedBy: "nadia", editedAt: AT };
    await tx.insert(positionDraft).values({
      id: "pd-kestrel",
      ...by,
      topicId: "care",
      stance: "duty",
      summary: SECRETS.position,
      excerpt: SECRETS.excerpt,
      sourceTitle: SECRETS.source,
      sourceDate: "2026-11-20",
    });
    const words = { title: SECRETS.statement, body: SECRETS.body, exceptions: [] };
    await tx.insert(statementDraft).values({ id: "sd-kestrel", ...by, itemId: "i", ...words });
    const own = { sessionId: "s", itemId: "i", title: SECRETS.ownTitle, symbol: "", createdBy: "nadia" };
    await tx
      .insert(text)
      .values({ id: "own-kestrel", kind: "statement", ...own, delegationId: "d-lem", createdAt: AT });
    await setAudience(tx, "own-kestrel", { audience: "bureau", shows: "live" });
    // And a pen in a text of the session, which does not depend on the delegation.
    const pen = { textId: "resolution", personId: "nadia", appointedBy: "amara", fromAt: AT };
    await tx.insert(drafter).values({ id: "w-nadia", ...pen });
  });
  return server;
}

const form = (path: string) => `/sessions/s/${path}`;

async function move(server: TestServer): Promise<void> {
  const bilal = await server.as("bilal");
  const removed = await bilal.post(form("delegations"), { intent: "remove-delegate", delegate: "m-nadia" });
  expect(removed.status).toBe(302);
  const priya = await server.as("priya");
  const seated = { intent: "add-delegate", delegation: "d-nor", person: "nadia", role: "editor" };
  expect((await priya.post(form("delegations"), seated)).status).toBe(302);
  expect((await listSeats(server.db.read, "d-nor")).map(({ personId }) => personId).toSorted()).toEqual([
    "nadia",
    "priya",
  ]);
}

/** Pages and paths, with the id of something that is not there in place of what is private, to compare with. */
const PRIVATE = [
  "/sessions/s/drafts/positions/pd-kestrel",
  "/sessions/s/drafts/statements/sd-kestrel",
  "/sessions/s/texts/own-kestrel",
  "/sessions/s/texts/own-kestrel/settings",
  "/sessions/s/texts/own-kestrel/import",
  "/sessions/s/texts/own-kestrel/versions",
  "/sessions/s/texts/own-kestrel/versions/live",
  "/sessions/s/texts/own-kestrel/compare/live/live",
  "/sessions/s/texts/own-kestrel/authorship",
  "/sessions/s/texts/own-kestrel/paragraphs/p1",
  "/live/texts/own-kestrel",
  "/live/texts/own-kestrel?after=0",
];
const OTHERS = [
  "/",
  "/account",
  "/account/codes",
  "/account/kept-texts?text=resolution",
  "/entities/lem",
  "/entities/norl",
  "/topics/care",
  "/sessions/s",
  "/sessions/s/agenda",
  "/sessions/s/agenda/i",
  "/sessions/s/delegations",
  "/sessions/s/positions",
  "/sessions/s/statements",
  "/sessions/s/drafts",
  "/sessions/s/drafts/positions/new",
  "/sessions/s/drafts/statements/new",
  "/sessions/s/texts",
  "/live/sessions/s",
];

/** The page and its data. */
function pathsOf(page: string): string[] {
  if (page.startsWith("/live/") || page.includes("?")) return [page];
  return [page, page === "/" ? "/_root.data" : `${page}.data`];
}

const toldIn = (body: string) => planted.filter((words) => body.includes(words));

describe("a person who changes delegation", () => {
  test("[PE14] sees nothing private of the former one, on any page, path or in any data", async () => {
    const server = await withDelegations();
    const nadia = await server.as("nadia");
    const own = await draftOver(nadia, "nadia", "own-kestrel");
    own.page.write("p1", SECRETS.ownWords, { role: "plain" });
    await own.until(() => own.page.saved === 1);
    // Before: every planted word is somewhere to be read, or this test proves nothing.
    const seen = new Set<string>();
    for (const page of [...PRIVATE, ...OTHERS]) {
      for (const path of pathsOf(page))
        for (const words of toldIn((await nadia.get(path)).body)) seen.add(words);
    }
    expect([...seen].toSorted()).toEqual([...planted].toSorted());

    await move(server);
    const again = await server.as("nadia");
    for (const browser of [nadia, again]) {
      for (const page of PRIVATE) {
        for (const path of pathsOf(page)) {
          const { status, body } = await browser.get(path);
          const nowhere = path.replace(/(pd|sd|own)-kestrel/, "$1-nothing");
          const none = await browser.get(nowhere);
          const told = toldIn(body.replaceAll(/(pd|sd|own)-kestrel/g, ""));
          expect({ path, status, told }).toEqual({ path, status: 404, told: [] });
          expect({ path, status }).toEqual({ path, status: none.status });
        }
      }
      for (const page of OTHERS) {
        for (const path of pathsOf(page)) {
          const { status, body } = await browser.get(path);
          expect({ path, status, told: toldIn(body) }).toEqual({ path, status: 200, told: [] });
        }
      }
    }
    expect(server.log()).not.toMatch(/kestrel-(position|statement|own)/);
  });

  test("[PE14] changes nothing there, by a form that was open or a new one, and is told nothing of it", async () => {
    const server = await withDelegations();
    const nadia = await server.as("nadia");
    await move(server);
    const drafts = await server.db.read.select().from(positionDraft);
    const texts = await server.db.read.select().from(statementDraft);
    const position = {
      topic: "care",
      stance: "duty",
      summary: "mine",
      sourceTitle: "s",
      sourceDate: "2026-11-20",
    };
    const attempts: [string, Record<string, string>][] = [
      ["drafts/positions/pd-kestrel", { intent: "save", ...position, explicit: "yes", edition: "1" }],
      ["drafts/positions/pd-kestrel", { intent: "discard", edition: "1" }],
      ["drafts/positions/pd-kestrel", { intent: "release", edition: "1" }],
      ["drafts/statements/sd-kestrel", { intent: "save", title: "t", body: "b", item: "i", edition: "1" }],
      ["drafts/statements/sd-kestrel", { intent: "discard", edition: "1" }],
      ["drafts/statements/sd-kestrel", { intent: "release", edition: "1" }],
      ["texts/own-kestrel", { intent: "bring-back", paragraph: "p1" }],
      ["texts/own-kestrel/versions", { intent: "issue", label: "Rev.1" }],
      ["texts/own-kestrel/import", { intent: "insert", pasted: "words" }],
      ["texts/own-kestrel/settings", { intent: "open", audience: "public", shows: "live" }],
    ];
    for (const [path, fields] of attempts) {
      const { status, body } = await nadia.post(form(path), fields);
      const told = toldIn(body.replaceAll(/(pd|sd|own)-kestrel/g, ""));
      expect({ path, intent: fields["intent"], status, told }).toEqual({
        path,
        intent: fields["intent"],
        status: 404,
        told: [],
      });
    }
    // What was typed comes back to be copied, with the same answer as for a draft that there is not.
    const typed = { summary: "hours, not days", title: "hours, not days", body: "we can\nwait" };
    for (const kind of ["positions/pd", "statements/sd"]) {
      const answers = [];
      for (const id of ["kestrel", "nothing"]) {
        const fields = { intent: "save", ...position, explicit: "yes", item: "i", edition: "1", ...typed };
        const { status, body } = await nadia.post(form(`drafts/${kind}-${id}`), fields);
        answers.push({ status, body: body.replaceAll(/nonce="[^"]*"|-(kestrel|nothing)/g, "") });
        expect({ kind, id, isBack: body.includes("hours, not days</textarea>") }).toEqual({
          kind,
          id,
          isBack: true,
        });
      }
      expect(answers[0]).toEqual(answers[1]);
    }
    const begun = { intent: "save", delegation: "d-lem", ...position, explicit: "yes" };
    // Begun for Lemuria, it does not become Norland's: what was typed comes back, and nothing is kept.
    for (const [path, more] of [
      ["drafts/positions/new?topic=care&delegation=d-lem", {}],
      ["drafts/statements/new?delegation=d-lem", { title: "t", body: "mine", item: "i" }],
    ] as const) {
      const { status, body } = await nadia.post(form(path), { ...begun, ...more });
      expect({ path, status, isBack: body.includes("mine") }).toEqual({ path, status: 409, isBack: true });
      expect(body).toContain("a delegation that you have left");
    }
    expect(await server.db.read.select().from(positionDraft)).toEqual(drafts);
    expect(await server.db.read.select().from(statementDraft)).toEqual(texts);
  });

  test("[PE14] [SV15] is out of the former one's text within two seconds, and hears nothing of it any more", async () => {
    const server = await withDelegations();
    const nadia = await server.as("nadia");
    const own = await draftOver(nadia, "nadia", "own-kestrel");
    own.page.write("p1", SECRETS.ownWords, { role: "plain" });
    await own.until(() => own.page.saved === 1);
    const stream = await nadia.listen();
    const bilals = await (await server.as("bilal")).listen();
    const closed = closeOf(own.ws);
    const movedAt = performance.now();
    await move(server);
    expect((await closed).code).toBe(CLOSE.notAllowed);
    await stream.hears("rights");
    await stream.ended;
    expect(performance.now() - movedAt).toBeLessThan(2_000);
    // What she had not sent, and whatever she sends from now on, has no way in.
    const back = nadia.socket("own-kestrel");
    expect(await closeOf(back)).toEqual({ code: CLOSE.notThere, reason: "not there" });

    const anew = await nadia.listen();
    server.notices.tell({ kind: "delegation", delegationId: "d-lem" }, "drafts");
    await bilals.hears("drafts");
    server.notices.tell({ kind: "delegation", delegationId: "d-nor" }, "drafts-of-norland");
    await anew.hears("drafts-of-norland");
    expect(anew.heard).not.toContain("drafts");
    expect(bilals.heard).not.toContain("drafts-of-norland");
  });

  test("[PE14] lets the browser know which of the texts it keeps are gone, and nobody else", async () => {
    const server = await withDelegations();
    const nadia = await server.as("nadia");
    const ask = (browser: Browser) =>
      browser.get("/account/kept-texts?text=own-kestrel&text=resolution&text=nothing");
    expect(JSON.parse((await ask(nadia)).body)).toEqual({ gone: ["nothing"] });
    await move(server);
    expect(JSON.parse((await ask(nadia)).body)).toEqual({
      // The pen in the session's text was had through the seat.
      gone: ["own-kestrel", "resolution", "nothing"],
    });
    expect(JSON.parse((await ask(await server.as("bilal"))).body)).toEqual({
      gone: ["resolution", "nothing"],
    });
    // Signed out, a browser learns nothing and so forgets nothing.
    expect(JSON.parse((await ask(server.visitor())).body)).toEqual({ gone: null });
  });

  test("[PE14] leaves what they wrote where it is, under their name and the delegation of then", async () => {
    const server = await withDelegations();
    const nadia = await server.as("nadia");
    const own = await draftOver(nadia, "nadia", "own-kestrel");
    own.page.write("p1", SECRETS.ownWords, { role: "plain" });
    await own.until(() => own.page.saved === 1);
    const open = await draftOver(nadia, "nadia", "resolution");
    open.page.write("p2", "Recalling", { role: "pp" });
    await open.until(() => open.page.saved === 1);
    await move(server);
    // Whoever wrote for Lemuria is appointed anew to write for Norland.
    await server.db.write((tx) =>
      insertDrafter(tx, {
        id: "anew",
        textId: "resolution",
        personId: "nadia",
        appointedBy: "amara",
        fromAt: Date.now(),
      }),
    );
    const next = await draftOver(await server.as("nadia"), "nadia", "resolution");
    next.page.write("p3", "Mindful", { role: "pp" });
    await next.until(() => next.page.saved === 1);
    const rows = await server.db.read.select().from(textUpdate);
    expect(rows.map(({ textId, personId, delegationId }) => [textId, personId, delegationId])).toEqual([
      ["own-kestrel", "nadia", "d-lem"],
      ["resolution", "nadia", "d-lem"],
      ["resolution", "nadia", "d-nor"],
    ]);
    // Lemuria has it all, and reads who wrote it.
    const bilal = await server.as("bilal");
    expect((await bilal.get("/live/texts/own-kestrel")).body).toContain(SECRETS.ownWords);
    const draft = await bilal.get("/sessions/s/drafts/positions/pd-kestrel");
    expect(draft.body).toContain(SECRETS.position);
    expect(draft.body).toContain("nadia of the tests");
    const list = await bilal.get("/sessions/s/drafts");
    expect(list.body).toContain("nadia of the tests");
  });
});

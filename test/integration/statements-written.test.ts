/** The words of a statement: written together live in a text of the delegation, frozen as the head has read them. */
import { describe, expect, it } from "vitest";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { loader as authorshipLoader } from "#app/routes/authorship/route.tsx";
import { action as draftAction, loader as draftLoader } from "#app/routes/statement-draft/route.tsx";
import { loader as paragraphLoader } from "#app/routes/paragraph/route.tsx";
import { loader as statementLoader } from "#app/routes/statement/route.tsx";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { loader as textsLoader } from "#app/routes/texts/route.tsx";
import { mayHear } from "#app/server/hearing.ts";
import { plainWords } from "#collab/document.ts";
import { event } from "#db/schema/record.ts";
import { statement, statementDraft } from "#db/schema/session.ts";
import { text, textUpdate } from "#db/schema/text.ts";
import { putGroup } from "#db/stores/group.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask, openWriting, statementWords, type WritingHall } from "#test/support/delegations.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { CLOSED, type Page } from "#test/support/room.ts";

const others = [null, "priya", "amara", "sela", "dario", "chiara"] as const;
const DELEGATION = { delegationId: "d-lem" } as const;

const params = (more: Readonly<Record<string, string>> = {}) => ({ session: "s", item: "i", ...more });

type Read = { read: { words: string; members: string | null } };

/** A draft of Nadia's, opened for writing. */
async function open(hall: WritingHall, change: Partial<typeof statementWords> = {}) {
  const nadia = await hall.as("nadia");
  const { draftId } = done(await draftStatement(nadia, { ...statementWords, ...change }));
  const { textId } = done(await openDraftText(nadia, { draftId }));
  return { draftId, textId };
}

async function wordsIn(hall: WritingHall, textId: string): Promise<string[]> {
  const { document } = await hall.rooms.wording(textId);
  return document.paragraphs.map(plainWords);
}

/** What the head's page shows, for the release of exactly this. */
async function readBy(hall: WritingHall, personId: string, draftId: string) {
  const { body } = await ask(hall, personId, draftLoader, { params: params({ draft: draftId }) });
  const { words, members } = (body as Read).read;
  return { draftId, edition: 1, words, ...(members === null ? {} : { members }) };
}

async function write(hall: WritingHall, personId: string, textId: string): Promise<Page> {
  return hall.enter(personId, { textId, ...DELEGATION });
}

describe("the words of a draft", () => {
  it("[SM11] written before there was a text are put into it once, under the name of who wrote them", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall);
    expect(await wordsIn(hall, textId)).toEqual(["Thank you, Chair.", "We ask for twenty-four hours."]);
    const again = await Promise.all(
      ["nadia", "bilal", "nadia"].map(async (who) => openDraftText(await hall.as(who), { draftId })),
    );
    expect(again).toEqual([{ textId }, { textId }, { textId }]);
    expect(await wordsIn(hall, textId)).toHaveLength(2);
    expect(await hall.db.read.select().from(statementDraft)).toMatchObject([{ body: "", textId }]);
    const rows = await hall.db.read.select().from(textUpdate);
    expect(rows.map(({ personId, delegationId }) => [personId, delegationId])).toEqual([["nadia", "d-lem"]]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM11] of two who open it at the same moment both get the same text", async () => {
    const hall = await openWriting();
    const { draftId } = done(await draftStatement(await hall.as("nadia"), statementWords));
    const [nadia, bilal] = await Promise.all([hall.as("nadia"), hall.as("bilal")]);
    const opened = await Promise.all([openDraftText(nadia, { draftId }), openDraftText(bilal, { draftId })]);
    expect(opened[0]).toEqual(opened[1]);
    expect(await hall.db.read.$count(text)).toBe(3);
    expect(await wordsIn(hall, done(opened[0]).textId)).toHaveLength(2);
  });

  it("[SM11] [AD10] are written together by head and editors, read by readers, and known to nobody else", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall, { body: "" });
    const nadia = await write(hall, "nadia", textId);
    const bilal = await write(hall, "bilal", textId);
    nadia.write("a", "We ask for hours.", { role: "plain" });
    await hall.settle(textId);
    bilal.type("a", 11, "twenty-four ");
    await hall.settle(textId);
    expect(await wordsIn(hall, textId)).toEqual(["We ask for twenty-four hours."]);
    expect(nadia.words("a")).toBe("We ask for twenty-four hours.");
    expect([...nadia.present.values()].map(({ name }) => name)).toContain("BILAL");

    const where = { params: params({ draft: draftId, text: textId }) };
    const page = await ask(hall, "omar", draftLoader, where);
    expect(page.body).toMatchObject({
      writing: { id: textId, writer: null, count: 1 },
      blocks: [{ pieces: [{ words: "We ask for twenty-four hours." }] }],
      seconds: 10,
    });
    const writers = await ask(hall, "bilal", draftLoader, where);
    expect(writers.body).toMatchObject({ writing: { writer: { id: "bilal", siglum: "LEM" } } });
    expect((await ask(hall, "omar", authorshipLoader, where)).status).toBe(200);
    for (const personId of others) {
      for (const loader of [draftLoader, textLoader, authorshipLoader]) {
        expect((await ask(hall, personId, loader, where)).status, `${personId}`).toBe(404);
      }
      const list = await ask(hall, personId, textsLoader, { params: params() });
      expect(JSON.stringify(list.body)).not.toContain(textId);
    }
    const acts = JSON.stringify(await hall.db.read.select().from(event));
    expect(acts).not.toMatch(/acting in time|twenty-four/);
  });

  it("[AD10] [RM21] [SV12] that were deleted are put before head and editors, and not before readers", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall, { body: "" });
    const nadia = await write(hall, "nadia", textId);
    nadia.write("a", "We ask for hours.", { role: "plain" });
    nadia.write("b", "Struck words.", { role: "plain" });
    await hall.settle(textId);
    nadia.set("b", "deleted", true);
    await hall.settle(textId);
    nadia.type("b", 0, "Late words. ");
    await hall.settle(textId);
    const where = { params: params({ draft: draftId, text: textId, paragraph: "b" }) };
    const door = await findTextDoor(hall.db.read, textId);
    const late = { kind: "text", textId, sessionId: "s", who: "bureau" } as const;
    for (const [personId, writes] of [
      ["nadia", true],
      ["bilal", true],
      ["omar", false],
    ] as const) {
      const draft = await ask(hall, personId, draftLoader, where);
      const shown = { words: "Late words. Struck words.", late: [{ words: "Late words. " }] };
      expect([personId, draft.body]).toMatchObject([
        personId,
        { writing: { deleted: writes ? [shown] : null } },
      ]);
      const room = await ask(hall, personId, textLoader, where);
      expect([personId, room.body]).toMatchObject([personId, { deleted: writes ? [shown] : null }]);
      const life = await ask(hall, personId, paragraphLoader, where);
      // While it stood in the text they read it; what was typed into it afterwards they do not.
      expect(JSON.stringify(life.body)).toContain("Struck words.");
      for (const { body } of [draft, room, life]) {
        expect([personId, JSON.stringify(body).includes("Late words")]).toEqual([personId, writes]);
      }
      const { viewer } = await hall.as(personId);
      const hears = mayHear(viewer, { audience: late, topic: `late:${textId}`, door });
      expect([personId, hears]).toEqual([personId, writes]);
    }
  });

  it("[SM11] its title, item and language go with its form, and its text follows them", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall);
    const bilal = await hall.as("bilal");
    const edit = { ...statementWords, draftId, edition: 1, title: "Ours", language: "fr", body: "Not these" };
    done(await editStatementDraft(bilal, edit));
    const rows = await hall.db.read.select().from(text);
    expect(rows.find(({ id }) => id === textId)).toMatchObject({ title: "Ours", language: "fr" });
    expect(await wordsIn(hall, textId)).toHaveLength(2);
    expect(await hall.db.read.select().from(statementDraft)).toMatchObject([{ body: "", edition: 2 }]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM11] are left as they stand by a form that has none", async () => {
    const hall = await openWriting();
    const nadia = await hall.as("nadia");
    const { draftId } = done(await draftStatement(nadia, statementWords));
    done(await editStatementDraft(nadia, { ...statementWords, draftId, edition: 1, body: "" }));
    const { textId } = done(await openDraftText(nadia, { draftId }));
    expect(await wordsIn(hall, textId)).toEqual(["Thank you, Chair.", "We ask for twenty-four hours."]);
  });

  it("[SM11] are closed when the draft is given up or released: nobody writes in them any more", async () => {
    const hall = await openWriting();
    const given = await open(hall);
    const page = await write(hall, "nadia", given.textId);
    done(await discardStatementDraft(await hall.as("bilal"), { draftId: given.draftId, edition: 1 }));
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    const released = await open(hall);
    const other = await write(hall, "nadia", released.textId);
    done(await releaseStatement(await hall.as("bilal"), await readBy(hall, "bilal", released.draftId)));
    expect(other.closed?.code).toBe(CLOSED.notAllowed);
    for (const { textId } of [given, released]) {
      const { body } = await ask(hall, "nadia", textLoader, { params: params({ text: textId }) });
      expect(body).toMatchObject({ writer: null });
    }
    expect(refusedFor(await openDraftText(await hall.as("nadia"), given))).toBe("draft-discarded");
    expect(refusedFor(await openDraftText(await hall.as("nadia"), released))).toBe("draft-released");
  });
});

describe("a release", () => {
  it("[SM12] is of the words that the head has read: of a colleague's later ones the head is told and reads again", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall);
    const read = await readBy(hall, "bilal", draftId);
    const nadia = await write(hall, "nadia", textId);
    nadia.write("z", "And forty-eight more.", { role: "plain", order: "z" });
    await hall.settle(textId);
    const form = { intent: "release", edition: "1", words: read.words, members: "" };
    const at = { params: params({ draft: draftId }) };
    const answer = await ask(hall, "bilal", draftAction, { ...at, form });
    expect(answer).toMatchObject({ status: 409, body: { refusal: { code: "draft-words-changed" } } });
    expect(await hall.db.read.$count(statement)).toBe(0);
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 }))).toBe(
      "draft-words-changed",
    );
    const now = await readBy(hall, "bilal", draftId);
    expect(now.words).not.toBe(read.words);
    const taken = await ask(hall, "bilal", draftAction, { ...at, form: { ...form, words: now.words } });
    expect(taken.status).toBe(302);
    expect(await hall.db.read.select().from(statement)).toMatchObject([
      { body: "Thank you, Chair.\n\nWe ask for twenty-four hours.\n\nAnd forty-eight more." },
    ]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM12] [SM4] tells of a group that has changed since it was drafted, and since it was read", async () => {
    const hall = await openWriting();
    const { draftId } = await open(hall, { groupId: "lant" });
    const read = await readBy(hall, "bilal", draftId);
    const group = { id: "lant", kind: "negotiating", code: "LANT", names: { en: "Lantern Compact" } };
    const members = (...ids: readonly string[]) =>
      hall.db.write((tx) =>
        putGroup(
          tx,
          { ...group, exercise: true },
          ids.map((entityId) => ({ entityId })),
        ),
      );
    await members("lem", "nor", "qui", "ost");
    const bilal = await hall.as("bilal");
    expect(refusedFor(await releaseStatement(bilal, read))).toBe("group-changed");
    // Who speaks has left: for whom it is made is chosen again.
    await members("nor", "qui");
    expect(refusedFor(await releaseStatement(bilal, read))).toBe("group-unknown");
    const page = await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) });
    expect(page.body).toMatchObject({ left: { speaks: false } });
    await members("lem", "nor", "qui", "ost");
    const { statementId } = done(await releaseStatement(bilal, await readBy(hall, "bilal", draftId)));
    // Quill and Ostrava go; the statement keeps those who were members on the day of its release.
    await hall.db.write((tx) =>
      putGroup(tx, { ...group, exercise: true }, [
        { entityId: "lem" },
        { entityId: "nor" },
        { entityId: "qui", to: "2026-11-24" },
        { entityId: "ost", to: "2026-11-24" },
      ]),
    );
    hall.wait(30 * 86_400_000);
    const shown = await ask(hall, null, statementLoader, { params: params({ statement: statementId }) });
    expect(shown.body).toMatchObject({
      alignment: { aligned: [{ id: "nor" }, { id: "ost" }, { id: "qui" }] },
    });
  });

  it("[SM4] names who was excepted and has left the group meanwhile, and takes the next save", async () => {
    const hall = await openWriting();
    const { draftId } = await open(hall, { groupId: "lant", exceptions: ["qui"] });
    hall.wait(3 * 86_400_000);
    const page = await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) });
    expect(page.body).toMatchObject({ left: { speaks: true, names: ["Quill"] } });
    const bilal = await hall.as("bilal");
    expect(refusedFor(await releaseStatement(bilal, await readBy(hall, "bilal", draftId)))).toBe(
      "exception-unknown",
    );
    const edit = { ...statementWords, draftId, edition: 1, groupId: "lant", exceptions: [] };
    done(await editStatementDraft(bilal, edit));
    const read = { ...(await readBy(hall, "bilal", draftId)), edition: 2 };
    const { statementId } = done(await releaseStatement(bilal, read));
    const shown = await ask(hall, null, statementLoader, { params: params({ statement: statementId }) });
    expect(shown.body).toMatchObject({ alignment: { aligned: [{ id: "nor" }], exceptions: [] } });
  });

  it("[SM13] freezes italics, bold and footnotes, and nothing of deleted words or of who typed what", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall, { body: "" });
    const nadia = await write(hall, "nadia", textId);
    nadia.write("a", "We ask for .", { role: "plain" });
    nadia.write("gone", "Words that we gave up.", { role: "plain" });
    nadia.write("note", "See our paper of March.", { role: "footnote" });
    nadia.textOf("a").insert(11, "twenty-four", { strong: true, em: false });
    nadia.textOf("a").insert(22, " hours", { em: true, strong: false });
    nadia.textOf("a").insertEmbed(28, { footnote: "note" }, { em: false, strong: false });
    nadia.set("gone", "deleted", true);
    await hall.settle(textId);
    const { statementId } = done(
      await releaseStatement(await hall.as("bilal"), await readBy(hall, "bilal", draftId)),
    );
    const [row] = await hall.db.read.select().from(statement);
    expect(row?.body).toBe("We ask for twenty-four hours{1}.\n\n{1} See our paper of March.");
    expect(row?.document).not.toMatch(/gave up|"note"\s*:\s*"note"|"a"/);
    const document = JSON.parse(row?.document ?? "") as {
      hidden: unknown;
      paragraphs: { spans: { ids: unknown }[] }[];
    };
    expect(document.hidden).toEqual([]);
    expect(document.paragraphs.flatMap(({ spans }) => spans.map(({ ids }) => ids))).toEqual(
      Array.from({ length: 6 }, () => []),
    );
    const page = await ask(hall, null, statementLoader, { params: params({ statement: statementId }) });
    expect(page.body).toMatchObject({
      statement: {
        blocks: [
          {
            role: "paragraph",
            pieces: [
              { words: "We ask for ", em: false, strong: false },
              { words: "twenty-four", em: false, strong: true },
              { words: " hours", em: true },
              { note: "1" },
              { words: "." },
            ],
          },
          { role: "note", number: "1", pieces: [{ words: "See our paper of March." }] },
        ],
      },
    });
    // What is written afterwards changes nothing of it.
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM7] [SM12] of two drafts by two heads at the same moment makes two statements, of one draft one", async () => {
    const hall = await openWriting();
    const mine = await open(hall);
    const theirs = await open(hall, { title: "Another" });
    const [a, b] = await Promise.all([
      readBy(hall, "bilal", mine.draftId),
      readBy(hall, "bilal", theirs.draftId),
    ]);
    const bilal = await hall.as("bilal");
    const results = await Promise.all([a, b, a].map((read) => releaseStatement(bilal, read)));
    expect(results.filter((result) => "statementId" in result)).toHaveLength(2);
    expect(results.flatMap((result) => ("code" in result ? [result.code] : []))).toEqual(["draft-released"]);
    expect(await hall.db.read.$count(statement)).toBe(2);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });
});

describe("a correction", () => {
  it("[SM16] begins with the words as they were released, says what it corrects, and leaves them where they are", async () => {
    const hall = await openWriting();
    const { draftId, textId } = await open(hall, { body: "" });
    const nadia = await write(hall, "nadia", textId);
    nadia.write("a", "We ask for forty-eight hours.", { role: "plain" });
    nadia.textOf("a").format(11, 11, { em: true });
    await hall.settle(textId);
    const bilal = await hall.as("bilal");
    const first = done(await releaseStatement(bilal, await readBy(hall, "bilal", draftId))).statementId;
    const which = { sessionId: "s", statementId: first };
    expect(refusedFor(await correctStatement(await hall.as("priya"), which))).toBe("not-there");

    const correction = done(await correctStatement(await hall.as("nadia"), which));
    const opened = done(await openDraftText(bilal, correction));
    const { document } = await hall.rooms.wording(opened.textId);
    expect(document.paragraphs[0]?.spans).toMatchObject([
      { text: "We ask for " },
      { text: "forty-eight", em: true },
      { text: " hours." },
    ]);
    const page = await write(hall, "nadia", opened.textId);
    const [id = ""] = document.paragraphs.map((paragraph) => paragraph.id);
    page.textOf(id).delete(11, 11);
    page.textOf(id).insert(11, "twenty-four", { em: false });
    await hall.settle(opened.textId);
    const read = await readBy(hall, "bilal", correction.draftId);
    expect(refusedFor(await releaseStatement(bilal, read))).toBe("correction-missing");
    const said = "Twenty-four hours, \u202Enot forty-eight.";
    const second = done(await releaseStatement(bilal, { ...read, correction: said })).statementId;

    const shown = async (statementId: string) =>
      (await ask(hall, null, statementLoader, { params: params({ statement: statementId }) })).body;
    expect(await shown(first)).toMatchObject({
      statement: { blocks: [{ pieces: [{}, { words: "forty-eight" }, {}] }] },
      correctedBy: { id: second, correction: "Twenty-four hours, not forty-eight." },
      corrects: null,
    });
    expect(await shown(second)).toMatchObject({
      statement: { correction: "Twenty-four hours, not forty-eight." },
      corrects: { id: first },
      correctedBy: null,
    });
    expect(refusedFor(await correctStatement(bilal, which))).toBe("already-corrected");
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM16] of one statement by two heads at the same moment: the first stands, the other is told", async () => {
    const hall = await openWriting();
    const { draftId } = await open(hall);
    const bilal = await hall.as("bilal");
    const { statementId } = done(await releaseStatement(bilal, await readBy(hall, "bilal", draftId)));
    const which = { sessionId: "s", statementId };
    const reads = [];
    for (const who of ["bilal", "nadia"]) {
      const begun = done(await correctStatement(await hall.as(who), which));
      done(await openDraftText(bilal, begun));
      reads.push({ ...(await readBy(hall, "bilal", begun.draftId)), correction: `As ${who} says.` });
    }
    const results = await Promise.all(reads.map((read) => releaseStatement(bilal, read)));
    expect(results.filter((result) => "statementId" in result)).toHaveLength(1);
    expect(results.flatMap((result) => ("code" in result ? [result.code] : []))).toEqual([
      "already-corrected",
    ]);
    expect(await hall.db.read.$count(statement)).toBe(2);
  });
});

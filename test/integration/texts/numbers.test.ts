import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createText } from "#app/commands/create-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { documentOf } from "#app/commands/version-row.ts";
import { loader as versionsLoader } from "#app/routes/versions/route.tsx";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { labelsOf } from "#collab/labels.ts";
import { createTextDoc, type Relation } from "#collab/model.ts";
import { numberedAnew, renamedIn, someOf } from "#collab/numbering.ts";
import { paperParagraphs } from "#collab/paper.ts";
import { projectDocument } from "#collab/projection.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import { faultsIn, limitPages } from "#test/support/database.ts";
import { contentOf, TEXT, testRooms } from "#test/support/room.ts";
import { BASE, done, type House, written } from "./house.ts";

type Written = Awaited<ReturnType<typeof written>>;

async function issue(house: House, label: string, renumber = false): Promise<string> {
  const made = { textId: TEXT, label, symbol: "", note: "", renumber };
  return done(await issueVersion(await house.as("amara"), made)).versionId;
}

async function labels(house: House): Promise<string[]> {
  const { document } = await house.rooms.wording(TEXT);
  return [...labelsOf(document).values()].map(({ short }) => short);
}

async function labelsIn(house: House, versionId: string): Promise<string[]> {
  const kept = await findVersionDocument(house.db.read, { textId: TEXT, versionId });
  return kept ? [...labelsOf(documentOf(kept)).values()].map(({ short }) => short) : [];
}

/** Writes a paragraph between the two that are there. */
async function insert(house: Written, id: string): Promise<void> {
  house.page.write(id, "Notes what was added;", { order: "VaV" });
  await house.settle();
}

describe("numbers on paper", () => {
  it("[LB15] freeze with the first version: what is added later takes a mark", async () => {
    const house = await written();
    expect(await labels(house)).toEqual(["OP1", "OP2"]);
    const zero = await issue(house, "Zero draft");
    await insert(house, "c");
    expect(await labels(house)).toEqual(["OP1", "OP1 bis", "OP2"]);
    expect(await labelsIn(house, zero)).toEqual(["OP1", "OP2"]);
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[LB15] the number of a deleted paragraph stays its own, and comes back with it", async () => {
    const house = await written();
    await insert(house, "c");
    const zero = await issue(house, "Zero draft");
    hideParagraphs(house.page.doc, ["b"], { newId: () => "s1" });
    await house.settle();
    expect(await labels(house)).toEqual(["OP1", "OP2"]);
    const third = (await house.rooms.wording(TEXT)).document;
    expect(third.taken).toEqual(["op:3"]);
    house.page.write("d", "Notes the end;");
    await house.settle();
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP2 bis"]);
    const rev = await issue(house, "Rev.1");
    expect(await labelsIn(house, rev)).toEqual(["OP1", "OP2", "OP2 bis"]);
    done(await restoreVersion(await house.as("amara"), { textId: TEXT, versionId: zero }));
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP3"]);
    done(await restoreVersion(await house.as("amara"), { textId: TEXT, versionId: rev }));
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP2 bis"]);
  });

  it("[LB16] are given anew when the chair asks, over locked paragraphs too, as a row of the log", async () => {
    const house = await written();
    await issue(house, "Zero draft");
    await insert(house, "c");
    const chair = await house.as("amara");
    done(await lockParagraph(chair, { textId: TEXT, paragraphId: "b" }));
    const rev1 = await issue(house, "Rev.1");
    expect(await labelsIn(house, rev1)).toEqual(["OP1", "OP1 bis", "OP2"]);
    const rev2 = await issue(house, "Rev.2", true);
    expect(await labelsIn(house, rev2)).toEqual(["OP1", "OP2", "OP3"]);
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP3"]);
    const acts = house.db.read.$client.prepare("SELECT act FROM text_update ORDER BY seq").pluck().all();
    expect(acts.filter((act) => act !== "")).toEqual(["number", "number", "renumber"]);
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[LB12] a relation comes back with the version that has it", async () => {
    const house = await written();
    house.page.set("b", "relation", { kind: "alternative", to: "a" });
    await house.settle();
    const zero = await issue(house, "Zero draft");
    house.page.set("b", "relation", null);
    await house.settle();
    const restored = await restoreVersion(await house.as("amara"), { textId: TEXT, versionId: zero });
    expect(done(restored).changed).toEqual(["b"]);
    const { document } = await house.rooms.wording(TEXT);
    expect(document.paragraphs.map(({ relation }) => relation)).toEqual([
      null,
      { kind: "alternative", to: "a" },
    ]);
  });

  it("[LB15] nothing is written where nothing changes, nor when the version is refused", async () => {
    const house = await written();
    await issue(house, "Zero draft");
    const before = await house.rooms.wording(TEXT);
    const again = { textId: TEXT, label: "zero  DRAFT", symbol: "", note: "", renumber: true };
    expect(await issueVersion(await house.as("amara"), again)).toMatchObject({ code: "version-label-taken" });
    await issue(house, "Rev.1");
    expect((await house.rooms.wording(TEXT)).seq).toBe(before.seq);
    expect((await listVersions(house.db.read, TEXT)).map(({ label }) => label)).toEqual([
      "Zero draft",
      "Rev.1",
    ]);
  });

  it("[LB14] a text is created with its convention, and every wording of it is labelled so", async () => {
    const house = await written();
    const made = {
      sessionId: "s",
      itemId: "i",
      kind: "report",
      title: "Report",
      symbol: "",
      organ: "",
    } as const;
    const { textId } = done(
      await createText(await house.as("amara"), {
        ...made,
        note: "",
        language: "en",
        convention: "alternative",
      }),
    );
    expect((await house.rooms.wording(textId)).document.convention).toBe("alternative");
    expect((await house.rooms.wording(TEXT)).document.convention).toBeUndefined();
    const labelled = related("alternative");
    expect([...labelsOf(labelled).values()].map(({ short }) => short)).toEqual(["1", "1 A", "1 bis"]);
    expect(paperParagraphs(labelled).map(({ label }) => label)).toEqual(["1", "1 A", "1 bis"]);
    expect(exportPlain(labelled, NO_MASTHEAD)).toContain("1 bis  Words of c");
  });
});

describe("a version and its numbers", () => {
  const rows = ({ db }: House): unknown[] =>
    db.read.$client.prepare("SELECT seq, act FROM text_update ORDER BY seq").all();
  const run = (house: House, sql: string): Promise<void> =>
    house.db.write(async (tx) => void tx.$client.exec(sql));
  const zero = { textId: TEXT, label: "Zero draft", symbol: "", note: "" };

  it("[LB17] are one commit: the version has the numbers, and names the row that gave them", async () => {
    const house = await written();
    const id = await issue(house, "Zero draft");
    const kept = await findVersionDocument(house.db.read, { textId: TEXT, versionId: id });
    const live = await house.rooms.wording(TEXT);
    expect(kept && documentOf(kept)).toEqual(live.document);
    expect([kept?.seq, kept?.chainHead]).toEqual([live.seq, live.head]);
    expect(rows(house).at(-1)).toEqual({ seq: live.seq, act: "number" });
    const state = house.db.read.$client.prepare("SELECT state FROM text_version").pluck().get();
    const doc = createTextDoc();
    Y.applyUpdate(doc, state instanceof Buffer ? state : new Uint8Array());
    expect(projectDocument(doc, "resolution")).toEqual(live.document);
  });

  it.each([
    ["the version", "BEFORE INSERT ON text_version"],
    ["its act on record", "BEFORE INSERT ON event"],
    ["the row of numbers", "BEFORE INSERT ON text_update"],
  ])("[LB17] a fault while %s is written leaves neither, for readers and writers alike", async (_, when) => {
    const house = await written();
    const other = await house.drafting("amara");
    const before = { live: await house.rooms.wording(TEXT), rows: rows(house), page: contentOf(other.doc) };
    await run(house, `CREATE TRIGGER fault ${when} BEGIN SELECT RAISE(ABORT, 'a fault'); END`);
    await expect(issueVersion(await house.as("amara"), zero)).rejects.toThrow("a fault");
    await house.settle();
    expect(await house.rooms.wording(TEXT)).toEqual(before.live);
    expect(rows(house)).toEqual(before.rows);
    expect(await listVersions(house.db.read, TEXT)).toEqual([]);
    expect(contentOf(other.doc)).toBe(before.page);
    const { rooms } = await testRooms({ db: house.db, clock: house.clock });
    expect(await rooms.wording(TEXT)).toEqual(before.live);

    // The room goes on: what is written next is taken, and the version is issued when it can be.
    await run(house, "DROP TRIGGER fault");
    await insert(house, "c");
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP3"]);
    done(await issueVersion(await house.as("amara"), zero));
    await house.settle();
    expect(contentOf(other.doc)).toBe(contentOf(house.page.doc));
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[LB17] [ST7] nor does a full disk leave one without the other", async () => {
    const house = await written();
    const before = await house.rooms.wording(TEXT);
    await limitPages(house.db, 0);
    const note = "n".repeat(2_000);
    expect(await issueVersion(await house.as("amara"), { ...zero, note })).toMatchObject({
      code: "storage-full",
    });
    await limitPages(house.db, null);
    expect(await house.rooms.wording(TEXT)).toEqual(before);
    done(await issueVersion(await house.as("amara"), zero));
    expect(await labels(house)).toEqual(["OP1", "OP2"]);
  });

  it("[LB18] without a version, as an earlier edition of the program left them, can be given anew", async () => {
    const house = await written();
    const by = { personId: "amara", delegationId: null, loginId: "amara-login" };
    const offered = async () => {
      const request = new Request(`http://localhost${BASE}/versions`);
      const params = { session: "s", text: TEXT };
      return (await versionsLoader({ context: await house.as("amara"), params, request })).issue?.renamed;
    };
    await insert(house, "c");
    expect(await offered()).toBeNull();
    await house.rooms.hold(TEXT, (turn) => turn.number({ by, anew: false }));
    house.page.write("d", "Notes what came later;", { order: "VaVa" });
    await house.settle();
    expect(await labels(house)).toEqual(["OP1", "OP2", "OP2 bis", "OP3"]);
    expect(await offered()).toMatchObject({
      some: [
        { from: "OP2 bis", to: "OP3" },
        { from: "OP3", to: "OP4" },
      ],
    });
    expect(await labelsIn(house, await issue(house, "Zero draft", true))).toEqual([
      "OP1",
      "OP2",
      "OP3",
      "OP4",
    ]);
  });
});

describe("numbers that are given anew", () => {
  it("[LB16] leave what belongs to an alternative with it, and tell what each was called", () => {
    const document = related("alternative");
    const [a, b, c] = document.paragraphs;
    if (!a || !b || !c) throw new Error("three paragraphs were made");
    const second = { ...b, id: "d", order: "d", relation: { kind: "after", to: "c" } } as const;
    const text = { ...document, paragraphs: [a, b, c, second] };
    expect([...labelsOf(text).values()].map(({ short }) => short)).toEqual(["1", "1 A", "1 bis", "1 bis A"]);
    expect(renamedIn(text, numberedAnew(text))).toEqual([{ id: "b", from: "1 A", to: "2" }]);
    expect(someOf(renamedIn(text, numberedAnew(text)), 0)).toMatchObject({ some: [], more: 1 });
    expect(someOf([], 5)).toBeNull();
  });
});

const NO_MASTHEAD = {
  body: "",
  session: "",
  agendaItem: "",
  symbol: "",
  date: "",
  title: "",
  version: "",
  chainHead: "",
};

/** A report of a paragraph, one inserted after it, and an alternative to it. */
function related(convention: "alternative"): TextDocument {
  const paragraph = (id: string, relation: Relation): Paragraph => {
    const spans = [{ kind: "words", text: `Words of ${id}.`, ids: [] }] as const;
    return { id, role: "numbered", level: 0, relation, dir: "auto", order: id, spans };
  };
  const paragraphs = [
    paragraph("a", null),
    paragraph("b", { kind: "after", to: "a" }),
    paragraph("c", { kind: "alternative", to: "a" }),
  ];
  return { kind: "report", convention, paragraphs, hidden: [] };
}

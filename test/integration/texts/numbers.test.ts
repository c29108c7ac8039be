import { describe, expect, it } from "vitest";
import { createText } from "#app/commands/create-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { documentOf } from "#app/commands/version-row.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { labelsOf } from "#collab/labels.ts";
import type { Relation } from "#collab/model.ts";
import { numberedAnew, renamedIn, someOf } from "#collab/numbering.ts";
import { paperParagraphs } from "#collab/paper.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import { done, type House, written } from "./house.ts";

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

import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { issueVersion } from "#app/commands/issue-version.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { authorshipOf } from "#collab/authorship.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { paragraphsOf } from "#collab/model.ts";
import { readPlain } from "#collab/read-plain.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { faultsIn } from "#test/support/database.ts";
import { contentOf, type Page, TEXT } from "#test/support/room.ts";
import { done, type House, written } from "./house.ts";

const MASTHEAD = {
  body: "",
  session: "",
  agendaItem: "",
  symbol: "",
  date: "",
  title: "",
  version: "",
  chainHead: "",
};

function put({ doc }: Page, id: string, offset: number, embed: object): void {
  const words = paragraphsOf(doc).get(id)?.get("text");
  if (!(words instanceof Y.Text)) throw new Error(`no paragraph ${id}`);
  words.insertEmbed(offset, embed, {});
}

/** The first paragraph as a file has it. */
async function line(house: House): Promise<string> {
  const { document } = await house.rooms.wording(TEXT);
  return exportPlain(document, MASTHEAD).trim().split("\n")[0] ?? "";
}

const issue = async (house: House, label: string): Promise<string> =>
  done(await issueVersion(await house.as("amara"), { textId: TEXT, label, symbol: "", note: "" })).versionId;

describe("references in the room", () => {
  it("[XR1] [XR2] follow the paragraph over versions, insertions and its deletion, for readers too", async () => {
    const house = await written();
    put(house.page, "a", 8, { paragraph: "b" });
    await house.settle();
    expect(house.page.refused).toEqual([]);
    expect(await line(house)).toBe("OP1  Decides OP2to establish a register;");
    await issue(house, "Zero draft");
    house.page.write("c", "Notes what was added;", { order: "VaV" });
    await house.settle();
    expect(await line(house)).toContain("Decides OP2to");
    done(
      await issueVersion(await house.as("amara"), {
        textId: TEXT,
        label: "Rev.1",
        symbol: "",
        note: "",
        renumber: true,
      }),
    );
    expect(await line(house)).toContain("Decides OP3to");
    hideParagraphs(house.page.doc, ["b"], { newId: () => "s1" });
    await house.settle();
    expect(await line(house)).toContain("Decides OP3 (deleted)to");
    const [paper] = (await house.rooms.paper(TEXT)).paragraphs;
    expect(paper?.html).toContain('<span class="xref gone"><bdi>OP3 (deleted)</bdi></span>');
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[XR5] have an author, and come back with a version", async () => {
    const house = await written();
    const chair = await house.drafting("amara");
    put(chair, "a", 8, { paragraph: "b" });
    await house.settle();
    const zero = await issue(house, "Zero draft");
    const authored = async () => {
      const { document, carries, copies, attribution } = await house.rooms.inside(TEXT);
      return authorshipOf(document, [...carries, ...copies], attribution)
        .get("a")
        ?.find(({ from, to }) => from <= 8 && to > 8)?.person;
    };
    expect(await authored()).toBe("amara");
    house.page.textOf("a").delete(0, 12);
    await house.settle();
    expect(await line(house)).not.toContain("OP2");
    done(await restoreVersion(await house.as("amara"), { textId: TEXT, versionId: zero }));
    await house.settle();
    expect(await line(house)).toBe("OP1  Decides OP2to establish a register;");
    expect(await authored()).toBe("amara");
    expect(contentOf(chair.doc)).toBe(contentOf(house.page.doc));
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it.each([
    ["with more in it", { paragraph: "b", words: "OP9" }],
    ["with a place of another kind", { paragraph: "b", footnote: "b" }],
    ["whose id is none", { paragraph: "<b>" }],
    ["whose id is no word", { paragraph: 7 }],
    ["whose id is too long", { paragraph: "p".repeat(41) }],
  ])("[XR5] a crafted one %s is refused and changes nothing", async (_, embed) => {
    const house = await written();
    const before = await house.rooms.wording(TEXT);
    put(house.page, "a", 8, embed);
    await house.settle();
    expect(house.page.refused).toMatchObject([{ code: "outside-model", paragraphId: "a" }]);
    expect(await house.rooms.wording(TEXT)).toEqual(before);
  });

  it("[XR2] [XR5] one to a paragraph of no text, and one to its own, are shown as what they are", async () => {
    const house = await written();
    put(house.page, "a", 8, { paragraph: "of_another_text" });
    put(house.page, "a", 0, { paragraph: "a" });
    await house.settle();
    expect(house.page.refused).toEqual([]);
    expect(await line(house)).toBe("OP1  OP1Decides (no such paragraph)to establish a register;");
    const { document } = await house.rooms.wording(TEXT);
    await issue(house, "Zero draft");
    expect(document.paragraphs[0]?.spans.map(({ kind }) => kind)).toEqual([
      "reference",
      "words",
      "reference",
      "words",
    ]);
  });

  it("[XR4] labels in a file stay words", () => {
    const { paragraphs } = readPlain("1. Recalls PP6 and paragraph 15;", "resolution");
    expect(paragraphs[0]?.spans.map((span) => ("text" in span ? span.text : span))).toEqual([
      "Recalls PP6 and paragraph 15;",
    ]);
  });
});

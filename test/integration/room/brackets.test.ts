/** Square brackets in the room: what pages may do to them, what the room repairs, and what its own acts do. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { isRefusal } from "#app/rules/refusal.ts";
import { bracketsOf } from "#collab/brackets.ts";
import { plainWords } from "#collab/document.ts";
import { CARRY_PREFIX, createTextDoc, paragraphsOf } from "#collab/model.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { readPlain } from "#collab/read-plain.ts";
import { importInto } from "#collab/server/import.ts";
import { REPAIR_BRACKETS_ACT } from "#collab/server/repair.ts";
import { listUpdates } from "#db/stores/text-log.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";
import type { Page, TestRooms } from "#test/support/room.ts";

type Side = "open" | "close";
type Scene = TestRooms & { readonly amara: Page; readonly bilal: Page };

const CHAIR = { personId: "chiara", delegationId: null, loginId: null };

function put(doc: Y.Doc, [id, offset]: readonly [string, number], bracket: string, side: Side): void {
  const text = paragraphsOf(doc).get(id)?.get("text");
  if (!(text instanceof Y.Text)) throw new Error(`no paragraph ${id}`);
  text.insertEmbed(offset, { bracket, side }, {});
}

/** Both glyphs in one act, the closing one first, so that offsets in one paragraph stay true. */
function bracket(
  { doc }: Page,
  from: readonly [string, number],
  to: readonly [string, number],
  name = "k",
): void {
  doc.transact(() => {
    put(doc, to, name, "close");
    put(doc, from, name, "open");
  });
}

/** Two paragraphs of Amara's, of which a bracket holds some words, watched by Bilal. */
async function scene(): Promise<Scene> {
  const room = await testRooms();
  const amara = await room.enter("amara");
  amara.write("p1", "States affirm", { order: "B1" });
  amara.write("p2", "They recall", { order: "C1" });
  bracket(amara, ["p1", 7], ["p2", 4]);
  await room.settle();
  expect(amara.refused).toEqual([]);
  const bilal = await room.enter("bilal");
  return { ...room, amara, bilal };
}

async function linesOf({ rooms }: TestRooms): Promise<string[]> {
  const { document } = await rooms.inside(TEXT);
  return document.paragraphs.map((paragraph) => plainWords(paragraph));
}

async function repairsOf({ db }: TestRooms): Promise<number> {
  const rows = await listUpdates(db.read, TEXT);
  return rows.filter(({ kind, act }) => kind === "repair" && act === REPAIR_BRACKETS_ACT).length;
}

function crafted(page: Page, write: (doc: Y.Doc) => void): void {
  const doc = createTextDoc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(page.doc));
  const vector = Y.encodeStateVector(doc);
  doc.transact(() => write(doc));
  page.sendEdit(Y.encodeStateAsUpdate(doc, vector));
}

function textIn(doc: Y.Doc, id: string): Y.Text {
  const text = paragraphsOf(doc).get(id)?.get("text");
  if (!(text instanceof Y.Text)) throw new Error(`no paragraph ${id}`);
  return text;
}

describe("what pages may do to brackets", () => {
  it("[BR12] takes both glyphs at once, across paragraphs, and takes both away at once", async () => {
    const room = await scene();
    expect(await linesOf(room)).toEqual(["States [affirm", "They] recall"]);
    room.bilal.doc.transact(() => {
      room.bilal.textOf("p1").delete(7, 1);
      room.bilal.textOf("p2").delete(4, 1);
    });
    await room.settle();
    expect(room.bilal.refused).toEqual([]);
    expect(await linesOf(room)).toEqual(["States affirm", "They recall"]);
    expect(await repairsOf(room)).toBe(0);
  });

  const refused: readonly (readonly [name: string, code: string, craft: (doc: Y.Doc) => void])[] = [
    ["an opening glyph alone", "bracket-half", (doc) => put(doc, ["p1", 0], "x", "open")],
    ["a closing glyph alone", "bracket-half", (doc) => put(doc, ["p1", 0], "x", "close")],
    [
      "two glyphs of one side",
      "bracket-half",
      (doc) => {
        put(doc, ["p1", 0], "x", "open");
        put(doc, ["p1", 3], "x", "open");
      },
    ],
    [
      "three glyphs of one bracket",
      "bracket-again",
      (doc) => {
        put(doc, ["p1", 0], "x", "open");
        put(doc, ["p1", 3], "x", "close");
        put(doc, ["p1", 5], "x", "close");
      },
    ],
    [
      "a bracket that closes before it opens",
      "bracket-turned",
      (doc) => {
        put(doc, ["p1", 0], "x", "close");
        put(doc, ["p1", 3], "x", "open");
      },
    ],
    [
      "a bracket turned round over two paragraphs",
      "bracket-turned",
      (doc) => {
        put(doc, ["p1", 0], "x", "close");
        put(doc, ["p2", 3], "x", "open");
      },
    ],
    ["another glyph of a bracket that is there", "bracket-again", (doc) => put(doc, ["p1", 0], "k", "open")],
    [
      "an id for a second time",
      "bracket-again",
      (doc) => {
        put(doc, ["p1", 0], "k", "open");
        put(doc, ["p1", 3], "k", "close");
      },
    ],
    ["one glyph taken away", "bracket-half", (doc) => textIn(doc, "p1").delete(7, 1)],
    ["one glyph taken away with its words", "bracket-half", (doc) => textIn(doc, "p2").delete(0, 5)],
    ["a bracket without a name", "outside-model", (doc) => put(doc, ["p1", 0], "", "open")],
    [
      "a glyph with more to it",
      "outside-model",
      (doc) => textIn(doc, "p1").insertEmbed(0, { bracket: "x", side: "open", by: "amara" }, {}),
    ],
    [
      "a glyph of no side",
      "outside-model",
      (doc) => textIn(doc, "p1").insertEmbed(0, { bracket: "x", side: "both" }, {}),
    ],
  ];
  it.for(refused)("[BR12] refuses %s", async ([, code, craft]) => {
    const room = await scene();
    crafted(room.bilal, craft);
    await room.settle();
    expect(room.bilal.refused.map((each) => each.code)).toEqual([code]);
    expect(await linesOf(room)).toEqual(["States [affirm", "They] recall"]);
    room.amara.type("p1", 0, "All ");
    await room.settle();
    expect(room.amara.refused).toEqual([]);
    expect(await linesOf(room)).toEqual(["All States [affirm", "They] recall"]);
  });

  it("[BR12] never takes an id again, although the bracket is gone and the room was opened anew", async () => {
    const room = await scene();
    room.amara.doc.transact(() => {
      room.amara.textOf("p1").delete(7, 1);
      room.amara.textOf("p2").delete(4, 1);
    });
    await room.settle();
    await room.rooms.close();
    const again = await testRooms({ db: room.db, clock: room.clock });
    const chiara = await again.enter("chiara");
    bracket(chiara, ["p1", 0], ["p1", 3]);
    await again.settle();
    expect(chiara.refused.map(({ code }) => code)).toEqual(["bracket-again"]);
  });

  it("[BR12] refuses a forged record that puts a glyph there for a second time", async () => {
    const room = await scene();
    crafted(room.bilal, (doc) => {
      put(doc, ["p2", 0], "k", "open");
      const end = Y.getState(doc.store, doc.clientID);
      const source = Y.createAbsolutePositionFromRelativePosition(
        Y.createRelativePositionFromTypeIndex(textIn(doc, "p1"), 7),
        doc,
      );
      expect(source).not.toBe(null);
      const item = textIn(doc, "p1")._start?.right;
      const id = item?.id ?? { client: 0, clock: 0 };
      const record = { from: "p1", src: [[id.client, id.clock, 1]], dst: [[doc.clientID, end - 1, 1]] };
      paragraphsOf(doc).get("p2")?.set(`${CARRY_PREFIX}forged`, record);
    });
    await room.settle();
    expect(room.bilal.refused.map(({ code }) => code)).toEqual(["carry"]);
  });

  it("[BR12] leaves locked paragraphs alone, glyphs included", async () => {
    const room = await scene();
    await room.rooms.hold(TEXT, async (turn) => turn.setLocked("p2", true));
    bracket(room.bilal, ["p1", 0], ["p2", 2], "x");
    await room.settle();
    expect(room.bilal.refused.map(({ code }) => code)).toEqual(["locked"]);
  });
});

describe("what others' acts make of brackets", () => {
  it("[BR13] takes away a glyph whose partner's paragraph was deleted, in the same turn, by a repair in the log", async () => {
    const room = await scene();
    hideParagraphs(room.bilal.doc, ["p2"], { newId: () => "s1" });
    await room.settle();
    expect(await linesOf(room)).toEqual(["States affirm"]);
    expect(await repairsOf(room)).toBe(1);
    expect(contentOf(room.bilal.doc)).toBe(contentOf(room.amara.doc));
    room.bilal.set("p2", "deleted", false);
    await room.settle();
    expect(await linesOf(room)).toEqual(["States affirm", "They recall"]);
    expect(await repairsOf(room)).toBe(2);
    expect(contentOf(room.bilal.doc)).toBe(contentOf(room.amara.doc));
  });

  it("[BR13] takes away both where one deletes the paragraph that another one is just bracketing", async () => {
    const room = await scene();
    room.bilal.isOffline = true;
    bracket(room.bilal, ["p1", 0], ["p2", 2], "x");
    const update = Y.encodeStateAsUpdate(room.bilal.doc, Y.encodeStateVector(room.amara.doc));
    hideParagraphs(room.amara.doc, ["p2"], { newId: () => "s1" });
    await room.settle();
    room.bilal.isOffline = false;
    room.bilal.sendEdit(update);
    await room.settle();
    expect(room.bilal.refused).toEqual([]);
    expect(await linesOf(room)).toEqual(["States affirm"]);
  });

  it("[BR13] leaves a glyph in a locked paragraph standing", async () => {
    const room = await scene();
    await room.rooms.hold(TEXT, async (turn) => turn.setLocked("p1", true));
    hideParagraphs(room.bilal.doc, ["p2"], { newId: () => "s1" });
    await room.settle();
    expect(await linesOf(room)).toEqual(["States [affirm"]);
    const { document } = await room.rooms.inside(TEXT);
    expect(bracketsOf(document).lone).toMatchObject([{ bracket: "k", side: "open" }]);
    await room.rooms.hold(TEXT, async (turn) => {
      turn.setLocked("p1", false);
      expect(await turn.repair("p1")).toBe(null);
    });
    await room.settle();
    expect(await linesOf(room)).toEqual(["States affirm"]);
    expect(await repairsOf(room)).toBe(1);
    expect(contentOf(room.bilal.doc)).toBe(contentOf(room.amara.doc));
  });

  it("[BR13] a lock that goes from whole brackets needs no repair", async () => {
    const room = await scene();
    await room.rooms.hold(TEXT, async (turn) => {
      turn.setLocked("p1", true);
      turn.setLocked("p1", false);
      expect(await turn.repair("p1")).toBe(null);
    });
    expect(await linesOf(room)).toEqual(["States [affirm", "They] recall"]);
    expect(await repairsOf(room)).toBe(0);
  });
});

describe("what is remembered of brackets", () => {
  it("[BR8] a paragraph's life has its wordings with and without the bracket", async () => {
    const room = await scene();
    room.bilal.doc.transact(() => {
      room.bilal.textOf("p1").delete(7, 1);
      room.bilal.textOf("p2").delete(4, 1);
    });
    await room.settle();
    const life = await room.rooms.lifeOf(TEXT, "p1");
    const wordings = life.map(({ spans }) => plainWords({ spans }));
    expect(wordings).toEqual(["States [affirm", "States affirm"]);
  });
});

describe("what the room's own acts do to brackets", () => {
  it("[BR14] a restoration brings a bracket back with its id, over both its paragraphs", async () => {
    const room = await scene();
    const { document: wanted } = await room.rooms.inside(TEXT);
    room.amara.doc.transact(() => {
      room.amara.textOf("p1").delete(7, 3);
      room.amara.textOf("p2").delete(3, 2);
      room.amara.textOf("p2").insert(0, "And ", {});
    });
    await room.settle();
    expect(await linesOf(room)).toEqual(["States firm", "And The recall"]);
    let made = 0;
    const restored = await room.rooms.hold(TEXT, (turn) =>
      turn.restore(wanted, { by: CHAIR, only: null, newId: () => `r${(made += 1)}` }),
    );
    expect(isRefusal(restored)).toBe(false);
    expect(await linesOf(room)).toEqual(["States [affirm", "They] recall"]);
    const { document } = await room.rooms.inside(TEXT);
    expect(bracketsOf(document).brackets.map(({ id }) => id)).toEqual(["k"]);
    expect(await repairsOf(room)).toBe(0);
    expect(contentOf(room.bilal.doc)).toBe(contentOf(room.amara.doc));
  });

  it("[BR14] one paragraph's restoration does not bring half of a bracket back", async () => {
    const room = await scene();
    const { document: wanted } = await room.rooms.inside(TEXT);
    room.amara.doc.transact(() => {
      room.amara.textOf("p1").delete(7, 3);
      room.amara.textOf("p2").delete(4, 1);
    });
    await room.settle();
    let made = 0;
    await room.rooms.hold(TEXT, (turn) =>
      turn.restore(wanted, { by: CHAIR, only: "p1", newId: () => `r${(made += 1)}` }),
    );
    expect(await linesOf(room)).toEqual(["States affirm", "They recall"]);
    expect(contentOf(room.bilal.doc)).toBe(contentOf(room.amara.doc));
  });

  it("[BR5] an import pairs brackets by nesting over its paragraphs and leaves a sign alone as a character", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const { paragraphs, notes } = readPlain("1. Decides [to meet\n\n2. Urges] States [now", "resolution");
    let made = 0;
    await room.rooms.hold(TEXT, (turn) =>
      importInto(
        turn,
        { act: "import", by: CHAIR },
        { paragraphs, notes, after: null, newId: () => `i${(made += 1)}` },
      ),
    );
    expect(await linesOf(room)).toEqual(["Decides [to meet", "Urges] States [now"]);
    const { document } = await room.rooms.inside(TEXT);
    expect(bracketsOf(document)).toMatchObject({ brackets: [{ number: 1 }], lone: [] });
    expect(document.paragraphs[1]?.spans.at(-1)).toMatchObject({ kind: "words", text: " States [now" });
    expect(amara.refused).toEqual([]);
    expect(await repairsOf(room)).toBe(0);
  });

  it("[BR5] a long import pairs brackets over its slices, none of which has half of one", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const long = "word ".repeat(2_000);
    const source = [
      `1. [Decides ${long}`,
      `2. [Urges] ${long}`,
      `3. Invites ${long}`,
      "4. Recalls] all [now",
    ];
    const { paragraphs, notes } = readPlain(source.join("\n\n"), "resolution");
    const halves: number[] = [];
    let made = 0;
    const done = await room.rooms.hold(TEXT, (turn) =>
      turn.insert({
        by: CHAIR,
        paragraphs,
        notes,
        after: null,
        newId: () => `i${(made += 1)}`,
        also: async () => void halves.push(bracketsOf(turn.document()).lone.length),
      }),
    );
    expect(isRefusal(done)).toBe(false);
    expect(halves.length).toBeGreaterThan(2);
    expect(halves.every((lone) => lone === 0)).toBe(true);
    const { document } = await room.rooms.inside(TEXT);
    const reading = bracketsOf(document);
    expect(reading.brackets.map(({ paragraphs: held, number }) => [held.length, number])).toEqual([
      [4, 1],
      [1, 2],
    ]);
    expect(plainWords(document.paragraphs[3] ?? { spans: [] })).toBe("Recalls] all [now");
    expect(await repairsOf(room)).toBe(0);
    await room.settle();
    expect(amara.refused).toEqual([]);
  });
});

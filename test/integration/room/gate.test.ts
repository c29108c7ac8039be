import * as encoding from "lib0/encoding";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf, PARAGRAPHS } from "#collab/model.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { findTextHead } from "#db/stores/text-log.ts";
import { contentOf, Page, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

type Scene = TestRooms & { readonly amara: Page; readonly bilal: Page; readonly chiara: Page };

/** Two paragraphs and a footnote by Amara, watched by Bilal; Chiara is about to send something. */
async function scene(): Promise<Scene> {
  const room = await testRooms();
  const amara = await room.enter("amara");
  amara.write("p1", "States affirm 😀 that law applies", { order: "B1" });
  amara.write("p2", "They recall the Charter", { order: "C1" });
  amara.write("n1", "See above", { order: "B1n", role: "footnote" });
  await room.settle();
  const bilal = await room.enter("bilal");
  const chiara = await room.enter("chiara");
  return { ...room, amara, bilal, chiara };
}

/** Chiara's edit is refused with this code, nothing of it is kept, and the others go on. */
async function expectRefused(
  code: string,
  craft: (page: Page, scene: Scene) => void,
  paragraphId?: string | null,
): Promise<void> {
  const room = await scene();
  const { amara, bilal, chiara, db, settle } = room;
  const head = await findTextHead(db.read, TEXT);
  const before = contentOf(bilal.doc);
  craft(chiara, room);
  await settle();
  expect(chiara.refused[0]?.code).toBe(code);
  if (paragraphId !== undefined) expect(chiara.refused[0]?.paragraphId).toBe(paragraphId);
  expect(chiara.saved).toBe(0);
  expect(await findTextHead(db.read, TEXT)).toEqual(head);
  expect(contentOf(bilal.doc)).toBe(before);
  amara.type("p1", 0, "All ");
  bilal.type("p2", 0, "And ");
  await settle();
  expect([amara.refused, bilal.refused]).toEqual([[], []]);
  expect(contentOf(bilal.doc)).toBe(contentOf(amara.doc));
  expect(bilal.words("p1").startsWith("All States")).toBe(true);
  expect(room.faults).toEqual([]);
}

/** Makes an update in a document of one's own that knows the text. */
function craftedBy(page: Page, write: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = createTextDoc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(page.doc));
  const vector = Y.encodeStateVector(doc);
  if (client !== undefined) doc.clientID = client;
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc, vector);
}

const map = (doc: Y.Doc, id: string): Y.Map<unknown> => {
  const found = paragraphsOf(doc).get(id);
  if (!found) throw new Error(`no paragraph ${id}`);
  return found;
};
const words = (doc: Y.Doc, id: string): Y.Text => {
  const text = map(doc, id).get("text");
  if (!(text instanceof Y.Text)) throw new Error(`no words in ${id}`);
  return text;
};
const paragraph = (doc: Y.Doc, id: string, fields: Record<string, unknown>): void => {
  const made = new Y.Map<unknown>();
  paragraphsOf(doc).set(id, made);
  const all = { order: `Z${id}`, role: "op", level: 0, deleted: false, text: new Y.Text(), ...fields };
  for (const [key, value] of Object.entries(all)) if (value !== undefined) made.set(key, value);
};
/** Ids of visible characters of a paragraph, as ranges. */
const idsOf = (doc: Y.Doc, id: string, from: number, length: number): [number, number, number][] => {
  const ids: [number, number, number][] = [];
  let at = 0;
  for (let item = words(doc, id)._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    for (let unit = 0; unit < item.length; unit += 1, at += 1) {
      if (at >= from && at < from + length) ids.push([item.id.client, item.id.clock + unit, 1]);
    }
  }
  return ids;
};

describe("what cannot be taken as an update", () => {
  it("[GT2] refuses bytes that are no update, cut updates and much too long ones", async () => {
    await expectRefused("malformed", (page) => page.sendEdit(new Uint8Array([1, 2, 3, 255, 255])));
    await expectRefused("malformed", (page) => {
      const update = craftedBy(page, (doc) => words(doc, "p1").insert(0, "Some words", {}));
      page.sendEdit(update.subarray(0, update.length - 6));
    });
    await expectRefused("too-large", (page) =>
      page.sendEdit(craftedBy(page, (doc) => words(doc, "p1").insert(0, "x".repeat(66_000), {}))),
    );
    await expectRefused("too-large", (page) => page.sendEdit(new Uint8Array(1_100_000), { first: true }));
  });

  it("[GT2] reads a hostile length without believing it", async () => {
    const bomb = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, 2 ** 50);
      encoding.writeVarUint(encoder, 7);
      encoding.writeVarUint(encoder, 0);
    });
    await expectRefused("malformed", (page) => page.sendEdit(bomb));
  });

  it("[GT3] refuses what builds on edits that never came, and what deletes them", async () => {
    await expectRefused("pending", (page) => {
      const doc = createTextDoc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(page.doc));
      words(doc, "p1").insert(0, "one", {});
      const vector = Y.encodeStateVector(doc);
      words(doc, "p1").insert(3, "two", {});
      page.sendEdit(Y.encodeStateAsUpdate(doc, vector));
    });
    await expectRefused("pending", (page) => {
      const deletion = encoding.encode((encoder) => {
        for (const number of [0, 1, 4_000_000, 1, 0, 5]) encoding.writeVarUint(encoder, number);
      });
      page.sendEdit(deletion);
    });
  });

  it("[GT4] refuses words under another person's client number, even from another page", async () => {
    await expectRefused("foreign-client", (page, { amara }) =>
      page.sendEdit(craftedBy(page, (doc) => words(doc, "p1").insert(0, "Forged", {}), amara.doc.clientID)),
    );
  });

  it("[GT4] gives a number to who uses it first, across a restart", async () => {
    const room = await scene();
    room.chiara.type("p1", 0, "Mine ");
    await room.settle();
    await room.rooms.close();
    const again = await testRooms({ db: room.db, clock: room.clock });
    const bilal = await again.enter("bilal");
    bilal.sendEdit(
      craftedBy(bilal, (doc) => words(doc, "p1").insert(0, "Forged", {}), room.chiara.doc.clientID),
    );
    await again.settle();
    expect(bilal.refused.map(({ code }) => code)).toEqual(["foreign-client"]);
    const chiara = await again.enter("chiara", { doc: room.chiara.doc });
    chiara.type("p1", 0, "Still ");
    await again.settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
  });
});

describe("what is not part of the model", () => {
  const outside: [string, string, (doc: Y.Doc) => void][] = [
    ["another root", "outside-model", (doc) => doc.getMap("x").set("y", 1)],
    ["a text as root", "outside-model", (doc) => doc.getText("loose").insert(0, "words")],
    ["suggestions", "outside-model", (doc) => doc.getMap("suggestions").set("s", 1)],
    [
      "a value in place of a paragraph",
      "outside-model",
      (doc) => (paragraphsOf(doc) as Y.Map<unknown>).set("p9", "x"),
    ],
    [
      "an array in place of a paragraph",
      "outside-model",
      (doc) => (paragraphsOf(doc) as Y.Map<unknown>).set("p9", new Y.Array()),
    ],
    [
      "a record of copied words, which the server alone makes",
      "outside-model",
      (doc) =>
        map(doc, "p1").set("copy:c1", {
          from: "p2",
          src: idsOf(doc, "p2", 0, 1),
          dst: idsOf(doc, "p1", 0, 1),
        }),
    ],
    ["an unknown key", "outside-model", (doc) => map(doc, "p1").set("colour", "red")],
    ["a nested map", "outside-model", (doc) => map(doc, "p1").set("role", new Y.Map())],
    ["a document in the document", "outside-model", (doc) => map(doc, "p1").set("role", new Y.Doc())],
    ["bytes", "outside-model", (doc) => map(doc, "p1").set("role", new Uint8Array([1]))],
    ["XML as words", "outside-model", (doc) => paragraph(doc, "p9", { text: new Y.XmlText() })],
    ["an unknown embed", "outside-model", (doc) => words(doc, "p1").insertEmbed(0, { image: "data:" }, {})],
    [
      "an embed with more",
      "outside-model",
      (doc) => words(doc, "p1").insertEmbed(0, { footnote: "n1", x: 1 }, {}),
    ],
    ["a list embed", "outside-model", (doc) => words(doc, "p1").insertEmbed(0, [1], {})],
    ["an attribute of the words", "outside-model", (doc) => words(doc, "p1").setAttribute("x", 1)],
    ["a type between the words", "outside-model", (doc) => words(doc, "p1").insertEmbed(0, new Y.Map(), {})],
    ["a format value", "outside-model", (doc) => words(doc, "p1").format(0, 3, { em: 7 })],
    ["an unknown format", "outside-model", (doc) => words(doc, "p1").format(0, 3, { underline: true })],
    ["a script as link", "link", (doc) => words(doc, "p1").format(0, 3, { link: "javascript:alert(1)" })],
    ["any link", "link", (doc) => words(doc, "p1").format(0, 3, { a: "https://example.org" })],
    ["a relation to no name", "field", (doc) => map(doc, "p1").set("relation", { kind: "after", to: "" })],
    ["a relation of no kind", "field", (doc) => map(doc, "p1").set("relation", { kind: "for", to: "p2" })],
    [
      "a relation with more",
      "field",
      (doc) => map(doc, "p1").set("relation", { kind: "after", to: "p2", x: 1 }),
    ],
    [
      "a number, which the server alone gives",
      "outside-model",
      (doc) => map(doc, "p1").set("frozen", "op:7"),
    ],
  ];
  for (const [name, code, write] of outside) {
    it(`[GT5] refuses ${name}`, async () => {
      await expectRefused(code, (page) => page.sendEdit(craftedBy(page, write)));
    });
  }
});

describe("what a page says to have held of what it hid", () => {
  const records: [string, unknown][] = [
    ["in words", "everything"],
    ["without a clock", [[7]]],
    ["in halves", [[7, 0.5]]],
    ["below nothing", [[7, -1]]],
    ["of 4,001 clients", Array.from({ length: 4_001 }, (_, client) => [client, 0])],
    ["of a client that nobody knows", [[4_000_000, 1]]],
  ];
  for (const [name, value] of records) {
    it(`[GT18] refuses it ${name}`, async () => {
      await expectRefused(
        "field",
        (page) => page.sendEdit(craftedBy(page, (doc) => map(doc, "p1").set("seen:s1", value))),
        "p1",
      );
    });
  }

  it("[GT18] refuses more than is there, and a record without a name", async () => {
    await expectRefused("field", (page, { amara }) => {
      const { clientID } = amara.doc;
      const end = Y.getState(page.doc.store, clientID);
      page.sendEdit(craftedBy(page, (doc) => map(doc, "p1").set("seen:s1", [[clientID, end + 1]])));
    });
    await expectRefused("field", (page) =>
      page.sendEdit(craftedBy(page, (doc) => map(doc, "p1").set("seen:", []))),
    );
  });

  const changes: [string, (doc: Y.Doc) => void][] = [
    ["taken out", (doc) => map(doc, "p2").delete("seen:s1")],
    ["written anew", (doc) => map(doc, "p2").set("seen:s1", [])],
  ];
  for (const [name, write] of changes) {
    it(`[GT18] takes one that is true, and lets it not be ${name}`, async () => {
      const { chiara, bilal, db, settle } = await scene();
      chiara.doc.transact(() => hideParagraphs(chiara.doc, ["p2"], { newId: () => "s1" }));
      await settle();
      expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
      const head = await findTextHead(db.read, TEXT);
      bilal.sendEdit(craftedBy(bilal, write));
      await settle();
      expect(bilal.refused.map(({ code, paragraphId }) => [code, paragraphId])).toEqual([["field", "p2"]]);
      expect(await findTextHead(db.read, TEXT)).toEqual(head);
    });
  }
});

describe("paragraphs", () => {
  const cases: [string, string, (doc: Y.Doc) => void][] = [
    ["removed", "paragraph-removed", (doc) => paragraphsOf(doc).delete("p1")],
    ["replaced", "paragraph-removed", (doc) => paragraph(doc, "p1", { order: "Q1" })],
    ["without its words", "text-replaced", (doc) => map(doc, "p1").delete("text")],
    [
      "with other words in place of its own",
      "text-replaced",
      (doc) => map(doc, "p1").set("text", new Y.Text("x")),
    ],
    ["without a role", "field", (doc) => map(doc, "p1").delete("role")],
    ["of an unknown role", "field", (doc) => map(doc, "p1").set("role", "footer")],
    ["6,000 levels deep", "level", (doc) => map(doc, "p1").set("level", 6_000)],
    ["of a broken level", "level", (doc) => map(doc, "p1").set("level", Number.NaN)],
    ["half deleted", "field", (doc) => map(doc, "p1").set("deleted", "yes")],
    ["of no direction", "field", (doc) => map(doc, "p1").set("dir", "up")],
    ["with a strange order", "field", (doc) => map(doc, "p1").set("order", "<b>")],
    ["at a place that is taken", "order-in-use", (doc) => map(doc, "p1").set("order", "C1")],
    [
      "two at one place",
      "order-in-use",
      (doc) => (paragraph(doc, "p8", { order: "K1" }), paragraph(doc, "p9", { order: "K1" })),
    ],
    ["with an impossible id", "field", (doc) => paragraph(doc, "p 9/../", {})],
    ["incomplete", "incomplete", (doc) => paragraph(doc, "p9", { order: undefined })],
  ];
  for (const [name, code, write] of cases) {
    it(`[GT6] refuses a paragraph ${name}`, async () => {
      await expectRefused(code, (page) => page.sendEdit(craftedBy(page, write)));
    });
  }

  it("[GT7] refuses 100,000 characters in a paragraph and 6,000 paragraphs", async () => {
    await expectRefused(
      "paragraph-too-long",
      (page) =>
        page.sendEdit(
          craftedBy(page, (doc) => words(doc, "p1").insert(3, "x".repeat(100_000), {})),
          { first: true },
        ),
      "p1",
    );
    await expectRefused("too-many-paragraphs", (page) => {
      const update = craftedBy(page, (doc) => {
        for (let at = 0; at < 6_000; at += 1) paragraph(doc, `q${at}`, { order: `Y${at}` });
      });
      page.sendEdit(update, { first: true });
    });
  });

  it("[GT7] counts what is deleted in the same edit", async () => {
    const { chiara, settle } = await scene();
    chiara.doc.transact(() => {
      for (let at = 0; at < 5; at += 1) {
        chiara.type("p2", 0, "x".repeat(9_000));
        chiara.textOf("p2").delete(0, 9_000);
      }
    });
    await settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
  });
});

describe("words", () => {
  it("[GT8] refuses direction overrides, control characters and divided characters", async () => {
    for (const sign of ["\u202e", "\u2066"]) {
      await expectRefused("direction-override", (page) => page.type("p1", 0, `evil ${sign}`), "p1");
    }
    await expectRefused("control-character", (page) => page.type("p1", 0, "\u0000"), "p1");
    await expectRefused("torn-character", (page) => page.type("p1", 15, "between the halves"), "p1");
    await expectRefused("torn-character", (page) => page.textOf("p1").delete(14, 1), "p1");
  });

  it("[GT8] refuses a lone surrogate, however it is smuggled in", async () => {
    await expectRefused("malformed", (page) => {
      const update = craftedBy(page, (doc) => words(doc, "p1").insert(0, "AAAA", {}));
      const at = Buffer.from(update).indexOf("AAAA");
      // The three bytes of U+D83D, which UTF-8 does not allow, and a letter.
      update.set([0xed, 0xa0, 0xbd, 0x41], at);
      page.sendEdit(update);
    });
    await expectRefused("outside-model", (page) =>
      page.sendEdit(craftedBy(page, (doc) => words(doc, "p1").insertEmbed(0, { footnote: "\ud83d" }, {}))),
    );
  });

  it("[GT8] takes marks of direction, joiners and every honest script", async () => {
    const { chiara, bilal, settle } = await scene();
    chiara.type("p2", 0, "سيادة\u200f می\u200cخواهم 主权 суверенитет 👩‍💻 ");
    await settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
    expect(bilal.words("p2")).toBe(chiara.words("p2"));
  });

  it("[GT9] refuses a reference to a footnote that is not there", async () => {
    await expectRefused(
      "footnote-missing",
      (page) => page.textOf("p1").insertEmbed(0, { footnote: "n9" }, {}),
      "p1",
    );
    const { chiara, settle } = await scene();
    chiara.textOf("p1").insertEmbed(3, { footnote: "n1" }, {});
    await settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
  });
});

describe("carry records", () => {
  const carry = (
    doc: Y.Doc,
    { to = "p2", from = "p1", src, dst }: { to?: string; from?: string; src: unknown; dst: unknown },
  ): void => {
    map(doc, to).set("carry:c1", { from, src, dst });
  };

  it("[GT10] believes a carry whose words came along and stand nowhere else", async () => {
    const { chiara, settle } = await scene();
    chiara.doc.transact(() => {
      const src = idsOf(chiara.doc, "p1", 0, 6);
      chiara.textOf("p1").delete(0, 6);
      chiara.type("p2", 0, "States");
      carry(chiara.doc, { src, dst: idsOf(chiara.doc, "p2", 0, 6) });
    });
    await settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
  });

  const lies: [string, (page: Page) => void][] = [
    [
      "of other words",
      (page) => {
        const src = idsOf(page.doc, "p1", 0, 6);
        page.textOf("p1").delete(0, 6);
        page.type("p2", 0, "Forged");
        carry(page.doc, { src, dst: idsOf(page.doc, "p2", 0, 6) });
      },
    ],
    [
      "of words that still stand where they were",
      (page) => {
        page.type("p2", 0, "States");
        carry(page.doc, { src: idsOf(page.doc, "p1", 0, 6), dst: idsOf(page.doc, "p2", 0, 6) });
      },
    ],
    [
      "onto words that were there already",
      (page) => {
        const src = idsOf(page.doc, "p1", 8, 2);
        page.textOf("p1").delete(8, 2);
        carry(page.doc, { src, dst: idsOf(page.doc, "p2", 0, 2) });
      },
    ],
    [
      "from words that never were",
      (page) => {
        page.type("p2", 0, "States");
        carry(page.doc, { src: [[77, 0, 6]], dst: idsOf(page.doc, "p2", 0, 6) });
      },
    ],
    [
      "into another paragraph than its own",
      (page) => {
        const src = idsOf(page.doc, "p1", 0, 6);
        page.textOf("p1").delete(0, 6);
        page.type("p2", 0, "States");
        carry(page.doc, { to: "p1", src, dst: idsOf(page.doc, "p2", 0, 6) });
      },
    ],
    [
      "from another paragraph than it says",
      (page) => {
        const src = idsOf(page.doc, "p1", 0, 6);
        page.textOf("p1").delete(0, 6);
        page.type("p2", 0, "States");
        carry(page.doc, { from: "n1", src, dst: idsOf(page.doc, "p2", 0, 6) });
      },
    ],
    ["of unequal length", (page) => carry(page.doc, { src: [[1, 0, 2]], dst: [[1, 0, 3]] })],
    ["of another shape", (page) => carry(page.doc, { src: "all", dst: [[1, 0, 3]] })],
  ];
  for (const [name, lie] of lies) {
    it(`[GT10] refuses a carry ${name}`, async () => {
      await expectRefused("carry", (page) => page.doc.transact(() => lie(page)));
    });
  }

  it("[GT10] refuses the removal of a record that the server made of copied words", async () => {
    const room = await scene();
    await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "restore",
        by: { personId: "amara", delegationId: null, loginId: null },
        change: (doc) => void map(doc, "p2").set("copy:c1", { from: "p2", src: [], dst: [] }),
      }),
    );
    await room.settle();
    expect(map(room.chiara.doc, "p2").has("copy:c1")).toBe(true);
    map(room.chiara.doc, "p2").delete("copy:c1");
    await room.settle();
    expect(room.chiara.refused).toEqual([{ no: 1, code: "carry", paragraphId: "p2" }]);
  });

  it("[GT10] refuses the removal of a carry record", async () => {
    const room = await scene();
    room.amara.doc.transact(() => {
      const src = idsOf(room.amara.doc, "p1", 0, 6);
      room.amara.textOf("p1").delete(0, 6);
      room.amara.type("p2", 0, "States");
      carry(room.amara.doc, { src, dst: idsOf(room.amara.doc, "p2", 0, 6) });
    });
    await room.settle();
    map(room.chiara.doc, "p2").delete("carry:c1");
    await room.settle();
    expect(room.chiara.refused).toEqual([{ no: 1, code: "carry", paragraphId: "p2" }]);
  });
});

describe("locked paragraphs", () => {
  const acts: [string, (page: Page) => void][] = [
    ["typing", (page) => page.type("p1", 0, "x")],
    ["deleting", (page) => page.textOf("p1").delete(0, 2)],
    ["formatting", (page) => page.textOf("p1").format(0, 3, { em: true })],
    ["moving", (page) => page.set("p1", "order", "D9")],
    ["changing its role", (page) => page.set("p1", "role", "pp")],
    ["hiding it", (page) => page.set("p1", "deleted", true)],
  ];
  for (const [name, act] of acts) {
    it(`[GT11] refuses ${name} in a locked paragraph`, async () => {
      await expectLocked(act);
    });
  }

  async function expectLocked(act: (page: Page) => void): Promise<void> {
    const room = await scene();
    await room.rooms.hold(TEXT, async (turn) => {
      await Promise.resolve();
      turn.setLocked("p1", true);
    });
    expect(room.chiara.locks).toEqual(["p1"]);
    act(room.chiara);
    room.bilal.type("p2", 0, "And ");
    await room.settle();
    expect(room.chiara.refused).toEqual([{ no: 1, code: "locked", paragraphId: "p1" }]);
    expect(room.bilal.saved).toBe(1);
    expect(room.amara.words("p1")).toBe("States affirm 😀 that law applies");
  }
});

describe("what is no news, and what is too much", () => {
  it("[GT12] acknowledges a replayed edit and logs nothing", async () => {
    const { db, chiara, settle } = await scene();
    chiara.type("p1", 0, "Once ");
    await settle();
    const head = await findTextHead(db.read, TEXT);
    const again = Y.encodeStateAsUpdate(chiara.doc);
    chiara.sendEdit(again, { first: true });
    await settle();
    expect([chiara.saved, chiara.refused]).toEqual([2, []]);
    expect(await findTextHead(db.read, TEXT)).toEqual(head);
  });

  it("[GT12] logs only what is new of an edit that is partly known", async () => {
    const { db, chiara, bilal, settle } = await scene();
    chiara.type("p1", 0, "Once ");
    await settle();
    chiara.isOffline = true;
    chiara.type("p1", 5, "more ");
    chiara.isOffline = false;
    const { seq } = await findTextHead(db.read, TEXT);
    chiara.sendEdit(Y.encodeStateAsUpdate(chiara.doc), { first: true });
    await settle();
    expect((await findTextHead(db.read, TEXT)).seq).toBe(seq + 1);
    expect(bilal.words("p1").startsWith("Once more States")).toBe(true);
  });

  it("[GT13] puts out a person who is refused too often, on whatever page", async () => {
    const { chiara, bilal, enter, settle } = await scene();
    const second = await enter("chiara");
    for (let time = 0; time < 11; time += 1) {
      chiara.sendEdit(new Uint8Array([9, 9, 9]));
      second.sendEdit(new Uint8Array([9, 9, 9]));
    }
    await settle();
    expect([chiara.closed, second.closed].some((closed) => closed?.code === CLOSE.tooManyRefusals)).toBe(
      true,
    );
    expect(bilal.closed).toBe(null);
  });

  it("[GT13] does not count what follows from one refusal, such as typing on", async () => {
    const { chiara, settle } = await scene();
    chiara.type("p1", 0, "\u202e");
    for (let time = 0; time < 50; time += 1) chiara.type("p1", 1, "abc");
    await settle();
    expect(new Set(chiara.refused.map(({ code }) => code))).toEqual(
      new Set(["direction-override", "pending"]),
    );
    expect(chiara.closed).toBe(null);
  });

  it("[GT17] takes nothing that was on its way behind a refused edit, until the page says hello anew", async () => {
    const { chiara, bilal, db, rooms, settle } = await scene();
    await rooms.hold(TEXT, async (turn) => {
      await Promise.resolve();
      turn.setLocked("p1", true);
    });
    const head = await findTextHead(db.read, TEXT);
    // A deletion takes no number of its own, so what is typed next does not build on it.
    chiara.textOf("p1").delete(0, 7);
    chiara.type("p2", 0, "Today ");
    await settle();
    chiara.type("p2", 0, "Even ");
    await settle();
    expect(chiara.refused.map(({ no, code }) => [no, code])).toEqual([
      [1, "locked"],
      [2, "pending"],
      [3, "pending"],
    ]);
    expect(await findTextHead(db.read, TEXT)).toEqual(head);
    expect(chiara.closed).toBe(null);
    const again = new Page("chiara");
    await again.join(rooms);
    await settle();
    again.type("p2", 0, "Even today ");
    await settle();
    expect(bilal.words("p2")).toBe("Even today They recall the Charter");
  });

  it("[GT14] closes a page that speaks another protocol, and takes its number with it", async () => {
    const { chiara, bilal, settle } = await scene();
    chiara.seat?.receive(new Uint8Array([99, 1, 2]));
    expect(chiara.closed?.code).toBe(CLOSE.malformed);
    await settle();
    bilal.type("p1", 0, "On ");
    await settle();
    expect(bilal.saved).toBe(1);
    expect(paragraphsOf(bilal.doc)).toBe(bilal.doc.getMap(PARAGRAPHS));
  });
});

describe("work that an update makes", () => {
  /** Items that all want to stand between the same two neighbours, from as many places as there are. */
  function pile(client: number, of: { client: number; clock: number }, count: number): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, count);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, 0);
      for (let at = 0; at < count; at += 1) {
        encoding.writeUint8(encoder, 4 | 128);
        encoding.writeVarUint(encoder, of.client);
        encoding.writeVarUint(encoder, of.clock);
        encoding.writeVarString(encoder, "x");
      }
      encoding.writeVarUint(encoder, 0);
    });
  }

  it("[GT16] refuses an update that would take long to put in its place, before trying", async () => {
    await expectRefused("too-large", (page) => {
      const [origin] = idsOf(page.doc, "p1", 0, 1);
      const update = pile(4_000_000, { client: origin?.[0] ?? 0, clock: origin?.[1] ?? 0 }, 5_000);
      expect(update.length).toBeLessThan(64 * 1024);
      page.sendEdit(update);
    });
  });

  it("[GT16] refuses deletions that overlap, which would be gone through again and again", async () => {
    await expectRefused("malformed", (page) => {
      const [id] = idsOf(page.doc, "p1", 0, 1);
      const update = encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarUint(encoder, id?.[0] ?? 0);
        encoding.writeVarUint(encoder, 5_000);
        for (let at = 0; at < 5_000; at += 1) {
          encoding.writeVarUint(encoder, id?.[1] ?? 0);
          encoding.writeVarUint(encoder, 3);
        }
      });
      page.sendEdit(update);
    });
  });

  it("[GT16] takes long honest work: typed letter by letter, in front, in the middle, all over the place", async () => {
    const { chiara, bilal, settle, rooms } = await scene();
    chiara.isOffline = true;
    for (let at = 0; at < 3_000; at += 1) chiara.type("p1", 0, "f");
    for (let at = 0; at < 3_000; at += 1) chiara.type("p2", 5 + at, "o");
    for (let at = 0; at < 3_000; at += 1) chiara.type("p2", (at * 7_919) % chiara.words("p2").length, "s");
    chiara.isOffline = false;
    bilal.type("p1", 0, "Meanwhile ");
    bilal.type("p2", 6, "meanwhile ");
    await settle();
    chiara.leave();
    await chiara.join(rooms);
    await settle();
    await settle();
    expect([chiara.refused, chiara.saved]).toEqual([[], 1]);
    expect(contentOf(bilal.doc)).toBe(contentOf(chiara.doc));
  });
});

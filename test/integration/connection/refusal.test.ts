import { describe, expect, it, onTestFinished } from "vitest";
import * as Y from "yjs";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { plainWords } from "#collab/document.ts";
import { insertedBy } from "#collab/attribution.ts";
import { paragraphsOf } from "#collab/model.ts";
import { Drafter, KeptReplicas, openPage, settleAll } from "#test/support/drafter.ts";
import { contentOf, Page, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

async function lock(room: TestRooms, ...ids: string[]): Promise<void> {
  await room.rooms.hold(TEXT, async (turn) => {
    for (const id of ids) turn.setLocked(id, true);
  });
}

async function wordsInRoom(room: TestRooms): Promise<Record<string, string>> {
  const { document } = await room.rooms.wording(TEXT);
  return Object.fromEntries(document.paragraphs.map((paragraph) => [paragraph.id, plainWords(paragraph)]));
}

/** Lets whatever the page still has to say be said. */
async function calm(room: TestRooms): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await settleAll(room);
    room.clock.advance(50);
  }
}

describe("after a refusal", () => {
  it("[SS11] brings 500 offline edits, those of a locked paragraph aside, which are offered as wording", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    for (let at = 0; at < 10; at += 1) amara.write(`p${at}`, `Paragraph ${at}.`, `V${at}`);
    await settleAll(room);
    amara.line.cut();
    for (let edit = 0; edit < 500; edit += 1) amara.type(`p${edit % 10}`, 9, `${Math.floor(edit / 10) % 10}`);
    await lock(room, "p3", "p7");
    bilal.type("p0", 0, "First ");
    await settleAll(room);
    const before = await wordsInRoom(room);
    const edits = amara.edits;

    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);

    const after = await wordsInRoom(room);
    for (let at = 0; at < 10; at += 1) {
      const typed = Array.from({ length: 50 }, (_, edit) => String(edit % 10))
        .reverse()
        .join("");
      const first = at === 0 ? "First " : "";
      expect(after[`p${at}`]).toBe(
        at === 3 || at === 7 ? before[`p${at}`] : `${first}Paragraph${typed} ${at}.`,
      );
    }
    expect(amara.notTaken?.untaken.map(({ paragraphId, code }) => [paragraphId, code])).toEqual([
      ["p3", "locked"],
      ["p7", "locked"],
    ]);
    expect(amara.notTaken?.untaken[0]?.words).toMatch(/^Paragraph(9876543210){5} 3\.$/);
    expect(amara.page.unsaved()).toBeNull();
    expect(contentOf(amara.page.doc())).toBe(contentOf(bilal.page.doc()));
    expect(amara.edits - edits).toBeLessThan(5);
  });

  it("[SS11] brings more than a frame takes in pieces: nothing of what was written offline is lost or sent for ever", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    for (let at = 0; at < 60; at += 1)
      amara.write(`p${at}`, `Paragraph ${at}.`, `V${String(at).padStart(2, "0")}`);
    await settleAll(room);
    amara.line.cut();
    // Of two bytes each: some 2 MB in all.
    const words = "كلمة واحدة ".repeat(1_600);
    for (let at = 0; at < 60; at += 1) amara.type(`p${at}`, 9, `${at} ${words}`);
    await lock(room, "p7");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);

    const after = await wordsInRoom(room);
    for (let at = 0; at < 60; at += 1) {
      expect([at, after[`p${at}`]]).toEqual([
        at,
        at === 7 ? "Paragraph 7." : `Paragraph${at} ${words} ${at}.`,
      ]);
    }
    expect(amara.notTaken?.untaken.map(({ paragraphId, code }) => [paragraphId, code])).toEqual([
      ["p7", "locked"],
    ]);
    expect(amara.notTaken?.untaken[0]?.words).toBe(`Paragraph7 ${words} 7.`);
    expect(amara.page.unsaved()).toBeNull();
    const { opened } = amara.line;
    room.clock.advance(60_000);
    await calm(room);
    expect(amara.line.opened).toBe(opened);
  });

  it("[SS12] never sends again what was refused, and does not go round in circles", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    const [doc] = amara.docs;
    amara.line.isHeld = true;
    amara.type("p1", 9, " its");
    await lock(room, "p1");
    amara.line.release();
    await calm(room);
    expect(amara.docs.length).toBe(2);
    expect(amara.docs[1]).not.toBe(doc);
    expect(amara.words("p1")).toBe("Recalling");
    expect(amara.notTaken?.untaken).toEqual([{ paragraphId: "p1", words: "Recalling its", code: "locked" }]);
    const sent = amara.line.sent.length;
    const opened = amara.line.opened;
    room.clock.advance(120_000);
    await calm(room);
    expect(amara.line.sent.length).toBe(sent);
    expect(amara.line.opened).toBe(opened);
    const clients = amara.line.sent.flatMap((part) => (part.type === "hello" ? [part.client] : []));
    expect(new Set(clients).size).toBe(2);
    amara.page.answer();
    expect(amara.notTaken).toBeNull();
  });

  it("[SS1] counts a change that was refused once while it is done again", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.isHeld = true;
    amara.type("p1", 9, " its");
    await lock(room, "p1");
    amara.statuses.length = 0;
    amara.line.release();
    await calm(room);
    expect(amara.notTaken?.untaken.length).toBe(1);
    const counts = amara.statuses.flatMap((status) => ("changes" in status ? status.changes : []));
    expect(counts).toEqual(counts.map(() => 1));
    expect(counts.length).toBeGreaterThan(0);
  });

  it("[SS13] takes formatting, new paragraphs, moves, roles and deletions along, and carried words keep their author", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    bilal.write("p1", "Recalling its resolution and noting the report", "V1");
    bilal.write("p2", "Merged away", "V2");
    bilal.write("p3", "Locked soon", "V3");
    bilal.write("p4", "Deleted", "V4");
    await settleAll(room);
    amara.line.cut();
    const binding = bindText({ doc: amara.page.doc() });
    const { state } = binding;
    // Splits p1 in front of " and", offline, then types in both parts.
    binding.apply(state.tr.split(1 + "Recalling its resolution".length));
    const second = binding.state.doc.child(1).attrs["id"] as string;
    amara.type(second, 0, "also");
    amara.type("p1", 0, "Further ");
    amara.textOf("p1").format(0, 7, { em: true });
    amara.set("p1", "role", "pp");
    amara.set("p4", "deleted", true);
    amara.type("p3", 0, "Not ");
    binding.destroy();
    await lock(room, "p3");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    const { document, attribution } = await room.rooms.inside(TEXT);
    expect(
      document.paragraphs.map((paragraph) => [paragraph.id, paragraph.role, plainWords(paragraph)]),
    ).toEqual([
      ["p1", "pp", "Further Recalling its resolution"],
      [second, "op", "also and noting the report"],
      ["p2", "op", "Merged away"],
      ["p3", "op", "Locked soon"],
    ]);
    expect(document.paragraphs[0]?.spans[0]).toMatchObject({ text: "Further", em: true });
    expect(amara.notTaken?.untaken.map(({ paragraphId }) => paragraphId)).toEqual(["p3"]);
    const carried = (await room.rooms.inside(TEXT)).carries.flatMap(
      ({ from, src }) => [[from, src[0]]] as const,
    );
    expect(carried.length).toBe(1);
    const [client = 0, clock = 0] = carried[0]?.[1] ?? [];
    expect(insertedBy(attribution, client, clock)?.person).toBe("bilal");
    expect(contentOf(bilal.page.doc())).toBe(contentOf(amara.page.doc()));
  });

  it("[SS13] [BD11] remembers which of its own new words a merger carried, so that they are there once when it is undone", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    bilal.write("p1", "Recalling", "V1");
    bilal.write("p2", " its resolution", "V2");
    bilal.write("p3", "Locked soon", "V3");
    await settleAll(room);
    amara.line.cut();
    amara.type("p2", " its".length, " earlier");
    const binding = bindText({ doc: amara.page.doc() });
    binding.apply(binding.state.tr.join(binding.state.doc.child(0).nodeSize));
    binding.destroy();
    amara.type("p3", 0, "Not ");
    await lock(room, "p3");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({ p1: "Recalling its earlier resolution", p3: "Locked soon" });
    await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "bring back",
        by: { personId: "chiara", delegationId: null, loginId: null },
        change: (doc) => paragraphsOf(doc).get("p2")?.set("deleted", false),
      }),
    );
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({
      p1: "Recalling",
      p2: " its earlier resolution",
      p3: "Locked soon",
    });
    expect(contentOf(bilal.page.doc())).toBe(contentOf(amara.page.doc()));
  });

  it("[SS14] offers words written in a paragraph that was deleted and locked meanwhile", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    amara.write("p1", "Recalling", "V1");
    amara.write("p2", "Noting", "V2");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 9, " firmly");
    amara.type("p2", 6, " well");
    bilal.set("p1", "deleted", true);
    await settleAll(room);
    await lock(room, "p2");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    expect(amara.notTaken?.untaken).toEqual([
      { paragraphId: "p1", words: "Recalling firmly", code: "gone" },
      { paragraphId: "p2", words: "Noting well", code: "locked" },
    ]);
    expect(await wordsInRoom(room)).toEqual({ p2: "Noting" });
  });

  it("[SS15] keeps what was refused over a reload until the person has answered", async () => {
    const room = await testRooms();
    const store = new KeptReplicas();
    const amara = await openPage(room, "amara", { store });
    amara.write("p1", "Recalling");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 9, " its");
    await lock(room, "p1");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    await amara.page.close();
    const again = await openPage(room, "amara", { store });
    expect(again.notTaken?.untaken).toEqual([{ paragraphId: "p1", words: "Recalling its", code: "locked" }]);
    again.page.answer();
    await again.page.close();
    const third = await openPage(room, "amara", { store });
    expect(third.notTaken).toBeNull();
  });

  it("[SS31] [RM24] deletes again only what its person had seen, however much has come since", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    const bilal = await openPage(room, "bilal");
    bilal.write("p1", "Recalling its", "V1");
    bilal.write("p2", "Noting", "V2");
    bilal.write("p3", "Locked soon", "V3");
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 0, "Also ");
    const binding = bindText({ doc: amara.page.doc() });
    const { tr, doc } = binding.state;
    binding.apply(tr.delete(0, doc.child(0).nodeSize + doc.child(1).nodeSize));
    binding.destroy();
    amara.type("p3", 0, "Not ");
    bilal.type("p1", 13, " resolution");
    await settleAll(room);
    await lock(room, "p3");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    const { document, lateWords } = await room.rooms.inside(TEXT);
    expect(document.paragraphs.map(({ id }) => id)).toEqual(["p3"]);
    expect(
      document.hidden.map((paragraph) => [
        plainWords(paragraph),
        lateWords(paragraph).map(({ words, stamp }) => [words, stamp.person]),
      ]),
    ).toEqual([
      ["Also Recalling its resolution", [[" resolution", "bilal"]]],
      ["Noting", []],
    ]);
  });

  /** A tab that has typed and is gone: what it sent is still on the way, and the browser has its words. */
  async function goneTab(
    room: TestRooms,
  ): Promise<{ store: KeptReplicas; arrive: () => void; client: number }> {
    const store = new KeptReplicas();
    const tab = await room.enter("amara");
    const replica = await store.open(tab.doc, () => {});
    tab.isOffline = true;
    const updates: Uint8Array[] = [];
    tab.doc.on("update", (update: Uint8Array) => updates.push(update));
    tab.type("p1", 9, " its");
    tab.type("p2", 6, " well");
    await replica.noteUnsaved({ changes: 2, since: room.clock.now(), paragraphIds: ["p1", "p2"] });
    const arrive = (): void => {
      for (const update of updates.slice(0, 2)) tab.sendEdit(update);
    };
    return { store, arrive, client: tab.doc.clientID };
  }

  it.each([
    "before the next page opens",
    "before the room's text is there",
    "when all is done again",
  ] as const)("[SS30] has the words of a tab that is gone once, when they arrive %s", async (when) => {
    const room = await testRooms();
    const bilal = await openPage(room, "bilal");
    bilal.write("p1", "Recalling", "V1");
    bilal.write("p2", "Noting", "V2");
    await settleAll(room);
    const { store, arrive, client } = await goneTab(room);
    if (when === "before the next page opens") arrive();
    await lock(room, "p2");
    await settleAll(room);
    const amara = new Drafter(room.rooms, "amara", TEXT, {});
    if (when === "before the room's text is there") {
      // The first edit has been refused, the page is about to begin anew.
      amara.line.onRefusal = arrive;
    }
    await amara.start(room.clock, store);
    onTestFinished(() => amara.page.close());
    await calm(room);
    if (when === "when all is done again") arrive();
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({
      p1: "Recalling its",
      p2: when === "before the next page opens" ? "Noting well" : "Noting",
    });
    expect(amara.page.unsaved()).toBeNull();
    expect(amara.page.doc().clientID).not.toBe(client);
    expect(contentOf(bilal.page.doc())).toBe(contentOf(amara.page.doc()));
  });

  it("[SS30] offers what another page of its person has taken over, and does none of it again", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling", "V1");
    await settleAll(room);
    const other = new Page("amara");
    other.seat = await room.rooms.join(TEXT, other.peer);
    const ends = new Map([[amara.page.doc().clientID, 1_000]]);
    other.send([{ type: "aside", stateVector: Y.encodeStateVector(ends) }]);
    other.sayHello();
    await settleAll(room);
    amara.type("p1", 9, " its");
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({ p1: "Recalling" });
    expect(amara.notTaken?.untaken).toEqual([
      { paragraphId: "p1", words: "Recalling its", code: "set-aside" },
    ]);
    amara.type("p1", 9, " the");
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({ p1: "Recalling the" });
    expect([amara.page.unsaved(), amara.docs.length]).toEqual([null, 2]);
  });

  it("[SS16] finds the refused paragraph when the room names none, and brings the others", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    for (const id of ["p1", "p2", "p3"]) amara.write(id, id, `V${id}`);
    await settleAll(room);
    amara.line.cut();
    amara.type("p1", 2, " one");
    amara.type("p2", 2, " two \u202E turned");
    amara.type("p3", 2, " three");
    amara.line.isCut = false;
    amara.page.tryNow();
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({ p1: "p1 one", p2: "p2", p3: "p3 three" });
    expect(amara.notTaken?.untaken).toMatchObject([{ paragraphId: "p2", code: "direction-override" }]);
  });

  it("[SS17] begins anew when updates are missing, without calling it a refusal", async () => {
    const room = await testRooms();
    const amara = await openPage(room, "amara");
    amara.write("p1", "Recalling");
    await settleAll(room);
    // Words of another page of the same person that the room has not got, and words typed behind them.
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(amara.page.doc()));
    (other.getMap("paragraphs").get("p1") as Y.Map<Y.Text>).get("text")?.insert(9, " its", {});
    Y.applyUpdate(amara.page.doc(), Y.encodeStateAsUpdate(other), "replica");
    amara.type("p1", 13, " resolution");
    await calm(room);
    expect(await wordsInRoom(room)).toEqual({ p1: "Recalling its resolution" });
    expect(amara.docs.length).toBe(1);
    expect(amara.notTaken).toBeNull();
  });
});

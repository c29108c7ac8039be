import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { isRefusal } from "#app/rules/refusal.ts";
import { sameAttribution } from "#collab/attribution-bytes.ts";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { plainWords } from "#collab/document.ts";
import type { Span } from "#collab/document.ts";
import { CLOSE } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import { wordingAt } from "#collab/server/history.ts";
import { findTextHead, listUpdates } from "#db/stores/text-log.ts";
import { contentOf, Page, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

async function lock({ rooms }: TestRooms, paragraphId: string): Promise<void> {
  await rooms.hold(TEXT, async (turn) => {
    await Promise.resolve();
    turn.setLocked(paragraphId, true);
  });
}

async function liveWords({ rooms }: TestRooms): Promise<string[]> {
  return (await rooms.wording(TEXT)).document.paragraphs.map(plainWords);
}

/** An editor without a view over a page's document. */
function edit(page: Page) {
  return bindText({ doc: page.doc, isLocked: (id) => page.locks.includes(id), captureTimeoutMs: 0 });
}

describe("rights", () => {
  it("[RM8] closes the pages of a person whose right is withdrawn, at once, and takes nothing more from them", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal", { loginId: "one" });
    const phone = await room.enter("bilal", { loginId: "two" });
    amara.write("p1", "Words");
    await room.settle();
    bilal.type("p1", 0, "Late ");
    room.rooms.withdraw({ personId: "bilal", textId: TEXT, loginId: "one" });
    expect(bilal.closed?.code).toBe(CLOSE.notAllowed);
    expect(phone.closed).toBe(null);
    await room.settle();
    expect(bilal.saved).toBe(0);
    expect(await liveWords(room)).toEqual(["Words"]);
    room.rooms.withdraw({ personId: "bilal" });
    expect(phone.closed?.code).toBe(CLOSE.notAllowed);
    expect(amara.closed).toBe(null);
    expect(room.rooms.counts().peers).toBe(1);
  });

  it("[RM8] lets a page that may only look send nothing", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara", { mayWrite: false });
    amara.write("p1", "Words");
    expect(amara.closed?.code).toBe(CLOSE.notAllowed);
    await room.settle();
    expect(await liveWords(room)).toEqual([]);
  });
});

describe("pages that come, read slowly and go", () => {
  it("[RM9] cuts a page that leaves more than 1 MiB unread for ten seconds", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const slow = await room.enter("bilal");
    amara.write("p1", "");
    amara.type("p1", 0, "x".repeat(19_000));
    await room.settle();
    slow.unread = 1_100_000;
    // As if all of this had been sent to it and not read.
    for (let turn = 0; turn < 60; turn += 1) {
      amara.textOf("p1").delete(0, 19_000);
      amara.type("p1", 0, "y".repeat(19_000));
      await room.settle();
    }
    room.clock.advance(9_000);
    expect(slow.closed).toBe(null);
    room.clock.advance(4_000);
    expect(slow.closed?.code).toBe(CLOSE.tooSlow);
    expect(amara.closed).toBe(null);
  });

  it("[RM9] gives a page time for its first state, and for a moment of slowness", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    for (let at = 0; at < 80; at += 1) {
      amara.write(`p${at}`, "x".repeat(15_000), { order: `B${at}x` });
      await room.settle();
    }
    const slow = await room.enter("bilal");
    // The first state of 1.2 MB is still on its way.
    slow.unread = 1_190_000;
    amara.type("p1", 0, "on ");
    await room.settle();
    room.clock.advance(60_000);
    expect(slow.closed).toBe(null);
  });

  it("[RM9] closes a page that asks for the text again before it has read what it was sent", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "x".repeat(19_000));
    await room.settle();
    const slow = new Page("bilal");
    await slow.join(room.rooms);
    // A second hello in the same turn is the same wish.
    slow.sayHello();
    await room.settle();
    expect(slow.closed).toBe(null);
    const states = () => slow.frames.flat().filter(({ type }) => type === "welcome").length;
    expect(states()).toBe(1);
    slow.sayHello();
    await room.settle();
    expect([states(), slow.closed]).toEqual([2, null]);
    slow.sayHello(createTextDoc());
    await room.settle();
    expect([states(), slow.closed]).toEqual([3, null]);
    slow.unread = 19_000;
    slow.sayHello();
    await room.settle();
    expect([states(), slow.closed?.code]).toEqual([3, CLOSE.tooSlow]);
    expect(amara.closed).toBe(null);
  });

  it("[RM9] exempts the first state alone: one that a page asks for later is cut when it is left unread", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    for (let at = 0; at < 80; at += 1) {
      amara.write(`p${at}`, "x".repeat(15_000), { order: `B${at}x` });
      await room.settle();
    }
    const slow = await room.enter("bilal");
    slow.sayHello(createTextDoc());
    await room.settle();
    slow.unread = 1_190_000;
    room.clock.advance(9_000);
    expect(slow.closed).toBe(null);
    // Nobody writes and nothing else is sent: the state alone is looked at.
    room.clock.advance(4_000);
    expect(slow.closed?.code).toBe(CLOSE.tooSlow);
    expect(amara.closed).toBe(null);
  });

  it("[RM22] closes a page that says hello more than twenty times in ten seconds, however fast it reads", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const eager = await room.enter("bilal");
    for (let round = 0; round < 3; round += 1) {
      room.clock.advance(10_000);
      for (let count = 0; count < 20; count += 1) {
        eager.sayHello();
        await room.settle();
      }
      expect(eager.closed).toBe(null);
    }
    eager.sayHello();
    expect(eager.closed?.code).toBe(CLOSE.tooMany);
    expect(amara.closed).toBe(null);
  });

  it("[RM10] says who is here from the server's knowledge, and when somebody goes", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    await room.settle();
    expect(amara.present.get(bilal.number)).toEqual({
      peer: bilal.number,
      name: "BILAL",
      siglum: "BIL",
      caret: null,
    });
    const frames = amara.frames.length;
    bilal.send([{ type: "caret", caret: '{"name":"AMARA"}' }]);
    bilal.send([{ type: "caret", caret: '{"at":2}' }]);
    expect(amara.frames.length).toBe(frames);
    room.clock.advance(100);
    expect(amara.frames.length).toBe(frames + 1);
    expect(amara.present.get(bilal.number)).toMatchObject({ name: "BILAL", caret: '{"at":2}' });
    bilal.send([{ type: "caret", caret: "x".repeat(501) }]);
    expect(bilal.closed?.code).toBe(CLOSE.malformed);
    room.clock.advance(100);
    expect(amara.present.has(bilal.number)).toBe(false);
  });

  it("[RM15] takes what somebody typed right before leaving", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Last words");
    amara.leave();
    await room.settle();
    expect(await liveWords(room)).toEqual(["Last words"]);
  });
});

describe("commands", () => {
  it("[RM11] hold the queue from what they read to what they write", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "One");
    await room.settle();
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const held = room.rooms.hold(TEXT, async (turn) => {
      begin();
      const before = turn.document().paragraphs.map(plainWords);
      await waiting;
      return [before, turn.document().paragraphs.map(plainWords), turn.seq];
    });
    await begun;
    amara.type("p1", 3, " two");
    await new Promise(setImmediate);
    go();
    expect(await held).toEqual([["One"], ["One"], 1]);
    await room.settle();
    expect(await liveWords(room)).toEqual(["One two"]);
  });

  it("[RM11] leave no trace when they are refused or fail, rows of their own included", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Locked");
    amara.write("p2", "Free");
    await room.settle();
    await lock(room, "p1");
    const head = await findTextHead(room.db.read, TEXT);
    const refused = await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "restore",
        by: amara.peer.author,
        change: (doc) => {
          paragraphsOf(doc).get("p2")?.set("level", 1);
          paragraphsOf(doc).get("p1")?.set("level", 1);
        },
      }),
    );
    expect(isRefusal(refused) && [refused.code, refused.values]).toEqual([
      "paragraph-locked",
      { paragraph: "p1" },
    ]);
    await expect(
      room.rooms.hold(TEXT, (turn) =>
        turn.change({
          act: "restore",
          by: amara.peer.author,
          change: (doc) => paragraphsOf(doc).get("p2")?.set("level", 2),
          also: () => Promise.reject(new Error("the version could not be written")),
        }),
      ),
    ).rejects.toThrow("the version could not be written");
    expect(await findTextHead(room.db.read, TEXT)).toEqual(head);
    amara.type("p2", 4, " again");
    await room.settle();
    expect(amara.refused).toEqual([]);
    expect(await liveWords(room)).toEqual(["Locked", "Free again"]);
    expect(paragraphsOf(amara.doc).get("p2")?.get("level")).toBe(0);
  });
});

describe("editors in one text", () => {
  it("[GT11] keeps a locked paragraph between two typists, one of whom moves and merges its neighbours", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "First words", { order: "B1" });
    amara.write("p2", "Agreed words", { order: "C1" });
    amara.write("p3", "Third words", { order: "D1" });
    amara.write("p4", "Fourth words", { order: "E1" });
    await room.settle();
    const bilal = await room.enter("bilal");
    const [mover, typist] = [edit(amara), edit(bilal)];
    await lock(room, "p2");
    const at = (binding: typeof mover, index: number): number => {
      let pos = 0;
      for (let child = 0; child < index; child += 1) pos += binding.state.doc.child(child).nodeSize;
      return pos;
    };
    // Bilal types in p3 while Amara moves p4 above the locked paragraph and merges p3 into p1.
    typist.apply(typist.state.tr.insertText("very ", at(typist, 2) + 1));
    const moved = mover.state.doc.child(3);
    let tr = mover.state.tr.delete(at(mover, 3), at(mover, 3) + moved.nodeSize);
    mover.apply(tr.insert(at(mover, 1), moved));
    await room.settle();
    typist.apply(typist.state.tr.insertText("still ", at(typist, 3) + 1));
    const third = mover.state.doc.child(3);
    tr = mover.state.tr.delete(at(mover, 3), at(mover, 3) + third.nodeSize);
    mover.apply(tr.insert(at(mover, 0) + mover.state.doc.child(0).nodeSize - 1, third.content));
    await room.settle();
    expect([amara.refused, bilal.refused]).toEqual([[], []]);
    expect(contentOf(amara.doc)).toBe(contentOf(bilal.doc));
    const { document } = await room.rooms.wording(TEXT);
    const agreed = document.paragraphs.find(({ id }) => id === "p2");
    expect(agreed && plainWords(agreed)).toBe("Agreed words");
    expect(agreed?.order).toBe("C1");
    const everything = [...document.paragraphs, ...document.hidden].map(plainWords).join("|");
    for (const words of ["First words", "Fourth words", "still ", "very ", "Third words"]) {
      expect(everything).toContain(words);
    }
    // Typing or merging into the locked one is stopped, in the page and at the gate.
    const locked = document.paragraphs.findIndex(({ id }) => id === "p2");
    typist.apply(typist.state.tr.insertText("x", at(typist, locked) + 3));
    const neighbour = mover.state.doc.child(locked - 1);
    tr = mover.state.tr.delete(at(mover, locked - 1), at(mover, locked - 1) + neighbour.nodeSize);
    mover.apply(tr.insert(at(mover, locked - 1) + 1, neighbour.content));
    await room.settle();
    expect([amara.refused, bilal.refused]).toEqual([[], []]);
    const { document: after } = await room.rooms.wording(TEXT);
    const kept = after.paragraphs.find(({ id }) => id === "p2");
    expect(kept && plainWords(kept)).toBe("Agreed words");
    expect(contentOf(amara.doc)).toBe(contentOf(bilal.doc));
    mover.destroy();
    typist.destroy();
  });

  it("[RM12] repairs words that two people carried at the same time, as a row of the log", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Alpha bravo charlie");
    await room.settle();
    const bilal = await room.enter("bilal");
    const [first, second] = [edit(amara), edit(bilal)];
    first.apply(first.state.tr.split(7));
    second.apply(second.state.tr.split(7));
    await room.settle();
    expect([amara.refused, bilal.refused]).toEqual([[], []]);
    expect((await liveWords(room)).join("|").replace(/[| ]+/g, " ").trim()).toBe("Alpha bravo charlie");
    const rows = await listUpdates(room.db.read, TEXT);
    expect(rows.map(({ kind, act, personId }) => [kind, act, personId])).toEqual([
      ["edit", "", "amara"],
      ["edit", "", "amara"],
      ["edit", "", "bilal"],
      ["repair", "carried twice", null],
    ]);
    expect(contentOf(amara.doc)).toBe(contentOf(bilal.doc));
    first.destroy();
    second.destroy();
  });
});

describe("papers", () => {
  it("[RM13] are made at most twice a second, and say what changed since", async () => {
    const room = await testRooms();
    const told: number[] = [];
    room.rooms.onPaper((_, seq) => told.push(seq));
    const amara = await room.enter("amara");
    amara.write("p1", "One", { order: "B1" });
    amara.write("p2", "Two", { order: "C1" });
    await room.settle();
    room.clock.advance(0);
    const start = await room.rooms.paper(TEXT);
    expect(start.paragraphs.map(({ id }) => id)).toEqual(["p1", "p2"]);
    for (let at = 0; at < 20; at += 1) {
      amara.type("p1", 0, "x");
      await room.settle();
      room.clock.advance(100);
    }
    expect(told.length).toBeLessThanOrEqual(6);
    expect(told.length).toBeGreaterThan(3);
    room.clock.advance(500);
    const change = await room.rooms.paperAfter(TEXT, start.seq);
    expect(change?.delta.set.map(({ id }) => id)).toEqual(["p1"]);
    expect(change?.delta.set[0]?.html).toContain("x".repeat(20));
    expect(change?.seq).toBe(22);
    expect(await room.rooms.paperAfter(TEXT, 22)).toEqual({ seq: 22, delta: { set: [], removed: [] } });
    expect(await room.rooms.paperAfter(TEXT, 21)).toBe(null);
  });

  it("[RM13] show a lock and its end to readers, although neither is a change of words", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "One");
    await room.settle();
    const { seq } = await room.rooms.paper(TEXT);
    room.clock.advance(600);
    await lock(room, "p1");
    room.clock.advance(600);
    const locked = await room.rooms.paperAfter(TEXT, seq);
    expect(locked?.delta.set[0]?.html).toContain("Locked");
    await room.rooms.hold(TEXT, async (turn) => {
      await Promise.resolve();
      turn.setLocked("p1", false);
    });
    room.clock.advance(600);
    const unlocked = await room.rooms.paperAfter(TEXT, seq);
    expect(unlocked?.delta.set[0]?.html).not.toContain("Locked");
  });
});

describe("opening and closing", () => {
  it("[RM14] opens a text once, closes it when nobody uses it, and says when it has been quiet", async () => {
    const idle: string[] = [];
    const room = await testRooms({ onIdle: (textId) => idle.push(textId) });
    const [amara, bilal] = await Promise.all([room.enter("amara"), room.enter("bilal")]);
    expect(room.rooms.counts()).toMatchObject({ rooms: 1, peers: 2 });
    room.clock.advance(20 * 60_000);
    expect(idle).toEqual([]);
    amara.write("p1", "One");
    await room.settle();
    room.clock.advance(4 * 60_000);
    expect(idle).toEqual([]);
    room.clock.advance(60_000);
    expect(idle).toEqual([TEXT]);
    expect(room.rooms.counts().rooms).toBe(1);
    amara.leave();
    bilal.leave();
    room.clock.advance(11 * 60_000);
    expect(room.rooms.counts().rooms).toBe(0);
    expect(await liveWords(room)).toEqual(["One"]);
    await expect(room.rooms.wording("no such text")).rejects.toThrow("There is no text");
  });
});

describe("history", () => {
  const read = (spans: readonly Span[]): string =>
    spans.map((span) => (span.kind === "words" ? span.text : "*")).join("");

  it("[HS7] rebuilds who wrote and deleted what from the log alone, at any row", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara", { delegationId: "d-lem" });
    const bilal = await room.enter("bilal");
    amara.write("p1", "Alpha bravo charlie");
    await room.settle();
    const [first, second] = [edit(amara), edit(bilal)];
    const kept: [number, string][] = [];
    for (let step = 0; step < 12; step += 1) {
      const binding = step % 2 === 0 ? first : second;
      if (step % 5 === 4) binding.apply(binding.state.tr.split(4 + step));
      else if (step % 5 === 3) binding.apply(binding.state.tr.delete(2, 5));
      else binding.apply(binding.state.tr.insertText(`w${step} `, 3));
      room.clock.advance(40_000);
      await room.settle();
      const { seq, document } = await room.rooms.wording(TEXT);
      kept.push([seq, JSON.stringify(document)]);
    }
    first.undo();
    await room.settle();
    const inside = await room.rooms.inside(TEXT);
    const rebuilt = await wordingAt(room.db, TEXT, { seq: inside.seq, fromStart: true });
    expect(rebuilt && sameAttribution(rebuilt.attribution, inside.attribution)).toBe(true);
    expect(rebuilt?.carries.map(({ from, src, dst }) => ({ from, src, dst }))).toEqual(
      inside.carries.map(({ from, src, dst }) => ({ from, src, dst })),
    );
    expect(rebuilt?.head).toBe(inside.head);
    for (const [seq, document] of kept) {
      expect(JSON.stringify((await room.rooms.wordingAt(TEXT, seq))?.document)).toBe(document);
    }
    expect(await room.rooms.wordingAt(TEXT, inside.seq + 1)).toBe(null);
    first.destroy();
    second.destroy();
  });

  it("[HS8] knows every wording of a paragraph, with who and when, also after a restart", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    amara.write("p1", "States affirm");
    amara.type("p1", 13, " that");
    await room.settle();
    room.clock.advance(120_000);
    bilal.textOf("p1").delete(7, 6);
    bilal.type("p1", 7, "recall");
    await room.settle();
    room.clock.advance(120_000);
    amara.set("p1", "deleted", true);
    await room.settle();
    room.clock.advance(120_000);
    bilal.set("p1", "deleted", false);
    bilal.set("p1", "role", "pp");
    await room.settle();
    const expected = [
      ["amara", "States affirm that", ["created"]],
      ["bilal", "States recall that", []],
      ["amara", "States recall that", ["deleted"]],
      ["bilal", "States recall that", ["restored", "role"]],
    ];
    const life = await room.rooms.lifeOf(TEXT, "p1");
    expect(life.map(({ stamp, spans, acts }) => [stamp.person, read(spans), acts])).toEqual(expected);
    expect(life.map(({ stamp }) => stamp.at - (life[0]?.stamp.at ?? 0))).toEqual([
      0, 120_000, 240_000, 360_000,
    ]);
    for (const { stamp, spans } of life.slice(1, 3)) {
      const then = await room.rooms.wordingAt(TEXT, stamp.seq + 1);
      const paragraph = [...(then?.document.paragraphs ?? []), ...(then?.document.hidden ?? [])][0];
      expect(paragraph && plainWords(paragraph)).toBe(read(spans));
    }
    await room.rooms.close();
    const again = await testRooms({ db: room.db, clock: room.clock });
    const after = await again.rooms.lifeOf(TEXT, "p1");
    expect(after.map(({ stamp, spans, acts }) => [stamp.person, read(spans), acts])).toEqual(expected);
    expect(await again.rooms.lifeOf(TEXT, "p9")).toEqual([]);
  });
});

it("[RM2] tells two pages of one person apart and both agree", async () => {
  const room = await testRooms();
  const [one, two] = [await room.enter("amara"), await room.enter("amara")];
  one.write("p1", "ab");
  await room.settle();
  one.type("p1", 1, "1");
  two.type("p1", 1, "2");
  await room.settle();
  expect(contentOf(one.doc)).toBe(contentOf(two.doc));
  expect(Y.encodeStateVector(one.doc)).toEqual(Y.encodeStateVector(two.doc));
});

import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { isRefusal } from "#app/rules/refusal.ts";
import { insertedBy } from "#collab/attribution.ts";
import { authorshipOf } from "#collab/authorship.ts";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { plainWords } from "#collab/document.ts";
import type { TextDocument } from "#collab/document.ts";
import { idRangesOf } from "#collab/id-ranges.ts";
import { paragraphsOf } from "#collab/model.ts";
import { eachRoot, rootsOf } from "#collab/roots.ts";
import type { Restored } from "#collab/server/restore.ts";
import { restoreInto } from "#collab/server/restore.ts";
import { importInto } from "#collab/server/import.ts";
import { openText } from "#collab/server/opening.ts";
import { listUpdates } from "#db/stores/text-log.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { contentOf, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

const CHAIR = { personId: "chiara", delegationId: null, loginId: null };

async function restore(
  { rooms }: TestRooms,
  wanted: TextDocument,
  only?: string,
): Promise<Restored & { readonly seq: number }> {
  let count = 0;
  return rooms.hold(TEXT, async (turn) => {
    let restored: Restored = { changed: [], skipped: [] };
    const current = turn.document();
    const done = await turn.change({
      act: "restore",
      by: CHAIR,
      change(doc) {
        restored = restoreInto(doc, current, wanted, {
          locked: turn.lockedParagraphs(),
          roots: rootsOf(turn.carries()),
          newId: () => `r${turn.seq}-${(count += 1)}`,
          ...(only === undefined ? {} : { only }),
        });
      },
    });
    if (isRefusal(done)) throw new Error(done.code);
    return { ...restored, seq: done.seq };
  });
}

type Inside = Awaited<ReturnType<TestRooms["rooms"]["inside"]>>;

const wordsIn = (document: TextDocument): [string, string][] =>
  document.paragraphs.map((paragraph) => [paragraph.id, plainWords(paragraph)]);

/** What is shown of each paragraph, span by span. */
function looksOf(document: TextDocument): unknown {
  return document.paragraphs.map((paragraph) => ({
    ...paragraph,
    spans: paragraph.spans.map((span) => ({ ...span, ids: [] })),
  }));
}

/** Who typed each character, in the order of the text, and which character that was. */
function authorsIn({ document, carries, attribution }: Inside): {
  readonly authors: (string | null)[];
  readonly roots: string[];
} {
  const index = rootsOf(carries);
  const authors: (string | null)[] = [];
  const roots: string[] = [];
  for (const range of document.paragraphs.flatMap(({ spans }) => spans.flatMap(({ ids }) => ids))) {
    eachRoot(index, range, ([client, clock, length]) => {
      for (let at = clock; at < clock + length; at += 1) {
        authors.push(insertedBy(attribution, client, at)?.person ?? null);
        roots.push(`${client} ${at}`);
      }
    });
  }
  return { authors, roots };
}

/** One unit for each place, references included. */
function unitsOf(text: Y.Text): string {
  const pieces: readonly { readonly insert?: unknown }[] = text.toDelta();
  return pieces.map(({ insert }) => (typeof insert === "string" ? insert : "*")).join("");
}

/** A place at or in front of `at` that cuts no character in two. */
function wholeBefore(words: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(words.charAt(at - 1)) ? at - 1 : at;
}

describe("restoring a version", () => {
  it("[HS1] brings back the version's words, order and paragraphs, whatever was done since", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    amara.write("p1", "States affirm that international law applies.", { order: "B1" });
    amara.write("p2", "They recall the Charter.", { order: "C1" });
    bilal.write("p3", "They decide to meet again.", { order: "D1" });
    amara.textOf("p1").format(0, 6, { em: true });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);

    bilal.textOf("p1").delete(14, 24);
    bilal.type("p1", 0, "All ");
    amara.set("p2", "deleted", true);
    bilal.set("p3", "order", "A1");
    bilal.set("p3", "role", "pp");
    bilal.write("p4", "Something else.", { order: "E1" });
    await room.settle();
    const restored = await restore(room, version);
    expect([...restored.changed].sort()).toEqual(["p1", "p2", "p3", "p4"]);
    const { document } = await room.rooms.wording(TEXT);
    expect(wordsIn(document)).toEqual(wordsIn(version));
    expect(document.paragraphs.map(({ role, level, order }) => [role, level, order])).toEqual(
      version.paragraphs.map(({ role, level, order }) => [role, level, order]),
    );
    expect(
      document.paragraphs[0]?.spans.map((span) => span.kind === "words" && [span.text, span.em]),
    ).toEqual(version.paragraphs[0]?.spans.map((span) => span.kind === "words" && [span.text, span.em]));
    expect(contentOf(amara.doc)).toBe(contentOf(bilal.doc));
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual(wordsIn(version));
  });

  it("[HS2] gives restored words back to who wrote them, and leaves characters that are there alone", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    amara.write("p1", "States affirm");
    await room.settle();
    bilal.type("p1", 13, " that law applies");
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    const kept = version.paragraphs[0]?.spans[0]?.ids[0];
    amara.textOf("p1").delete(13, 17);
    amara.type("p1", 13, " nothing");
    await room.settle();
    await restore(room, version);
    const { document, carries, attribution } = await room.rooms.inside(TEXT);
    expect(wordsIn(document)).toEqual([["p1", "States affirm that law applies"]]);
    const ids = document.paragraphs[0]?.spans.flatMap((span) => span.ids) ?? [];
    expect(ids[0]?.slice(0, 2)).toEqual(kept?.slice(0, 2));
    const roots = rootsOf(carries);
    const authors: [number, string | null][] = [];
    for (const range of ids) {
      eachRoot(roots, range, ([client, clock, length]) =>
        authors.push([length, insertedBy(attribution, client, clock)?.person ?? null]),
      );
    }
    const bilals = authors
      .filter(([, person]) => person === "bilal")
      .reduce((sum, [length]) => sum + length, 0);
    expect(authors.every(([, person]) => person === "amara" || person === "bilal")).toBe(true);
    expect(bilals).toBe(" that law applies".length);
  });

  it("[HS2] [AU6] words put back beside the same words in another place are their author's, in both and after a restart", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const bilal = await room.enter("bilal");
    bilal.write("p1", "States affirm that law applies", { order: "B1" });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    const split = (at: number): void => {
      const binding = bindText({ doc: amara.doc });
      binding.apply(binding.state.tr.split(1 + at));
      binding.destroy();
    };
    split("States affirm".length);
    await room.settle();
    await restore(room, version, "p1");
    const expectBilals = async (rooms: TestRooms["rooms"], words: readonly string[]): Promise<void> => {
      const { document, carries, copies, attribution } = await rooms.inside(TEXT);
      expect(wordsIn(document).map(([, each]) => each)).toEqual(words);
      const runs = [...authorshipOf(document, [...carries, ...copies], attribution).values()].flat();
      expect(runs.map(({ person }) => person)).toEqual(runs.map(() => "bilal"));
    };
    await expectBilals(room.rooms, ["States affirm that law applies", " that law applies"]);
    // The copy is split, and so is what it was made beside: whose words they are is told all the same.
    split("States affirm that".length);
    await room.settle();
    const words = ["States affirm that", " law applies", " that law applies"];
    await expectBilals(room.rooms, words);
    await room.rooms.close();
    const again = await testRooms({ db: room.db });
    await expectBilals(again.rooms, words);
    const fromStart = await openText(room.db, TEXT, { fromStart: true });
    expect(fromStart?.live.copies).toEqual((await again.rooms.inside(TEXT)).copies);
    expect(fromStart?.live.copies).toHaveLength(1);
  });

  it("[HS3] skips locked paragraphs and names them", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Agreed words", { order: "B1" });
    amara.write("p2", "Other words", { order: "C1" });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    amara.type("p1", 0, "Newly ");
    amara.type("p2", 0, "Newly ");
    await room.settle();
    await room.rooms.hold(TEXT, async (turn) => {
      await Promise.resolve();
      turn.setLocked("p1", true);
    });
    const restored = await restore(room, version);
    expect(restored).toMatchObject({ changed: ["p2"], skipped: ["p1"] });
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "Newly Agreed words"],
      ["p2", "Other words"],
    ]);
  });

  it("[HS1] [HS3] shows a paragraph with all its words, though some had gone into one that is locked since", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "States affirm", { order: "B1" });
    amara.write("p2", " that law applies", { order: "C1" });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    const join = (): void => {
      const binding = bindText({ doc: amara.doc });
      binding.apply(binding.state.tr.join(binding.state.doc.child(0).nodeSize));
      binding.destroy();
    };
    join();
    await room.settle();
    const before = amara.words("p2");
    // Somebody deleted the words where they had been and took that back, so theirs is the later copy.
    amara.doc.transact(() => {
      const text = amara.textOf("p2");
      const src = idRangesOf(text, 0, before.length);
      text.delete(0, before.length);
      text.insert(0, before, {});
      amara.set("p2", "carry:u1", { from: "p2", src, dst: idRangesOf(text, 0, before.length) });
    });
    await room.rooms.hold(TEXT, async (turn) => {
      await Promise.resolve();
      turn.setLocked("p1", true);
    });
    expect(amara.refused).toEqual([]);
    const restored = await restore(room, version);
    expect(restored).toMatchObject({ changed: ["p2"], skipped: ["p1"] });
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "States affirm that law applies"],
      ["p2", " that law applies"],
    ]);
    expect(contentOf((await room.enter("bilal")).doc)).toBe(contentOf(amara.doc));
  });

  it("[RM12] words are there once when a paragraph comes back that nobody but its maker had ever seen", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "States affirm that law applies");
    await room.settle();
    amara.leave();
    // Divided and joined again without a connection: the room hears of both at once.
    const binding = bindText({ doc: amara.doc });
    binding.apply(binding.state.tr.split(1 + "States affirm".length));
    const second = String(binding.state.doc.child(1).attrs["id"]);
    binding.apply(binding.state.tr.join(binding.state.doc.child(0).nodeSize));
    binding.destroy();
    await amara.join(room.rooms);
    await room.settle();
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "States affirm that law applies"],
    ]);
    await room.rooms.hold(TEXT, (turn) =>
      turn.change({
        act: "bring back",
        by: CHAIR,
        change: (doc) => paragraphsOf(doc).get(second)?.set("deleted", false),
      }),
    );
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "States affirm"],
      [second, " that law applies"],
    ]);
  });

  it("[HS4] [BD11] one paragraph comes back with all its words, though some stand where they had come from again", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "States affirm", { order: "B1" });
    amara.write("p2", " that law applies", { order: "C1" });
    await room.settle();
    const binding = bindText({ doc: amara.doc });
    binding.apply(binding.state.tr.join(binding.state.doc.child(0).nodeSize));
    binding.destroy();
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    expect(wordsIn(version)).toEqual([["p1", "States affirm that law applies"]]);
    amara.set("p1", "deleted", true);
    await room.settle();
    amara.set("p2", "deleted", false);
    await room.settle();
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([["p2", " that law applies"]]);
    await restore(room, version, "p1");
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "States affirm that law applies"],
      ["p2", ""],
    ]);
    expect(contentOf((await room.enter("bilal")).doc)).toBe(contentOf(amara.doc));
  });

  it("[HS4] restores one paragraph alone and leaves the words of others where they are", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "First words", { order: "B1" });
    amara.write("p2", "Second words", { order: "C1" });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    amara.textOf("p1").delete(0, 6);
    amara.type("p2", 6, " and third");
    await room.settle();
    const typing = room.enter("bilal");
    const restored = await restore(room, version, "p1");
    expect(restored.changed).toEqual(["p1"]);
    (await typing).type("p1", 0, "Very ");
    await room.settle();
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual([
      ["p1", "Very First words"],
      ["p2", "Second and third words"],
    ]);
  });

  it.each([1, 2, 3])(
    "[HS1] [HS2] brings back any version in any order, each character with its author and no word twice (seed %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const below = (most: number): number => Math.floor(random() * most);
      const room = await testRooms();
      const people = [await room.enter("amara"), await room.enter("bilal")] as const;
      const ids = ["p1", "p2", "p3", "p4", "p5"];
      ids.forEach((id, at) =>
        people[at % 2]?.write(id, `Words ${id} 😀 begin`, { order: `${"BCDEF"[at]}1` }),
      );
      people[0].write("n1", "See the Charter", { order: "B1n", role: "footnote" });
      await room.settle();
      let count = 0;
      const change = (): void => {
        const who = people[below(2)] ?? people[0];
        const id = ids[below(ids.length)] ?? "p1";
        const text = who.textOf(id);
        const words = unitsOf(text);
        const at = wholeBefore(words, below(words.length + 1));
        const end = wholeBefore(words, Math.min(words.length, at + below(12)));
        const act = below(8);
        if (act < 3)
          text.insert(at, `t${(count += 1)}${act === 0 ? "😀" : ""} `, act === 2 ? { em: true } : {});
        else if (act === 3 && end > at) text.format(at, end - at, { strong: below(2) === 0 });
        else if (act === 4) text.insertEmbed(at, { footnote: "n1" }, {});
        else if (act === 5) who.set(id, "deleted", below(2) === 0);
        else if (end > at) text.delete(at, end - at);
      };
      const versions: { document: TextDocument; authors: (string | null)[] }[] = [];
      for (let round = 0; round < 12; round += 1) {
        for (let step = 0; step < 12; step += 1) {
          change();
          await room.settle();
        }
        const now = await room.rooms.inside(TEXT);
        versions.push({ document: now.document, authors: authorsIn(now).authors });
        const wanted = versions[below(versions.length)];
        if (!wanted) continue;
        const { paragraphs, hidden } = now.document;
        const all = { ...now.document, paragraphs: [...paragraphs, ...hidden] };
        const live = new Set(authorsIn({ ...now, document: all }).roots);
        await restore(room, wanted.document);
        const restored = await room.rooms.inside(TEXT);
        expect(looksOf(restored.document)).toEqual(looksOf(wanted.document));
        const { authors, roots } = authorsIn(restored);
        // What somebody typed anew and reads the same may stay instead, as its own author's.
        const isOther = (author: string | null, at: number): boolean =>
          author !== wanted.authors[at] && !live.has(roots[at] ?? "");
        expect(authors.filter(isOther)).toEqual([]);
        expect(new Set(roots).size).toBe(roots.length);
        expect(contentOf(people[0].doc)).toBe(contentOf(people[1].doc));
      }
      const rows = await listUpdates(room.db.read, TEXT);
      expect(rows.filter(({ kind }) => kind === "repair")).toEqual([]);
      expect(people.flatMap(({ refused }) => refused)).toEqual([]);
    },
  );

  it.each([false, true])(
    "[HS1] [HS3] shows a merged paragraph of a long text again, its words once where they may be taken away (locked: %s)",
    async (isLocked) => {
      const room = await testRooms();
      const amara = await room.enter("amara");
      const ids = Array.from({ length: 120 }, (_, at) => `p${at}`);
      ids.forEach((id, at) => amara.write(id, `Words of ${id} in the draft`, { order: `B${1_001 + at}` }));
      await room.settle();
      const { document: version } = await room.rooms.wording(TEXT);
      amara.doc.transact(() => {
        const [into, from] = [amara.textOf("p0"), amara.textOf("p1")];
        const [at, words] = [into.length, from.toString()];
        into.insert(at, words, {});
        const [src, dst] = [idRangesOf(from, 0, words.length), idRangesOf(into, at, words.length)];
        amara.set("p0", "carry:m1", { from: "p1", src, dst });
        amara.set("p1", "deleted", true);
        from.delete(0, 6);
      });
      for (const id of ids.slice(2)) amara.textOf(id).delete(5, 3);
      await room.settle();
      if (isLocked) {
        await room.rooms.hold(TEXT, async (turn) => {
          await Promise.resolve();
          turn.setLocked("p0", true);
        });
      }
      const restored = await restore(room, version);
      expect(restored.skipped).toEqual(isLocked ? ["p0"] : []);
      const { document, carries } = await room.rooms.inside(TEXT);
      const p0 = `Words of p0 in the draft${isLocked ? "Words of p1 in the draft" : ""}`;
      expect(wordsIn(document)).toEqual(
        ids.map((id) => [id, id === "p0" ? p0 : `Words of ${id} in the draft`]),
      );
      // One record for what came back in each of the others; what stands in the locked paragraph as well is a copy.
      expect(carries.length).toBe(1 + 118 + (isLocked ? 0 : 1));
      expect(amara.refused).toEqual([]);
    },
  );

  it("[HS4] shows one paragraph again and takes its words from where a hundred carries had brought them", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    const words = Array.from({ length: 120 }, (_, at) => `word${1_000 + at} `);
    amara.write("p0", "Before ", { order: "B1" });
    amara.write("p1", words.join(""), { order: "C1" });
    await room.settle();
    const { document: version } = await room.rooms.wording(TEXT);
    amara.doc.transact(() => {
      const [into, from] = [amara.textOf("p0"), amara.textOf("p1")];
      into.insert(7, words.join(""), {});
      words.forEach((word, at) => {
        const src = idRangesOf(from, at * word.length, word.length);
        const dst = idRangesOf(into, 7 + at * word.length, word.length);
        amara.set("p0", `carry:m${at}`, { from: "p1", src, dst });
      });
      amara.set("p1", "deleted", true);
    });
    await room.settle();
    expect(amara.refused).toEqual([]);
    expect((await restore(room, version, "p1")).changed).toEqual(["p1"]);
    expect(wordsIn((await room.rooms.wording(TEXT)).document)).toEqual(wordsIn(version));
  });

  it("[HS5] changes nothing when the text reads like the version already", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "The same 😀 words");
    await room.settle();
    const { document: version, seq } = await room.rooms.wording(TEXT);
    amara.textOf("p1").delete(9, 2);
    amara.type("p1", 9, "😀");
    await room.settle();
    const again = await room.rooms.wording(TEXT);
    expect(again.seq).toBe(seq + 2);
    const restored = await restore(room, version);
    expect(restored).toEqual({ changed: [], skipped: [], seq: again.seq });
  });
});

describe("importing", () => {
  it("[HS6] puts the paragraphs of a file behind the one that was named, footnotes last, in rows of bearable size", async () => {
    const room = await testRooms();
    const amara = await room.enter("amara");
    amara.write("p1", "Before", { order: "B1" });
    amara.write("p2", "Behind", { order: "C1" });
    await room.settle();
    const paragraphs = Array.from({ length: 400 }, (_, at) => ({
      role: "op" as const,
      level: at % 3,
      dir: "auto" as const,
      spans: [{ text: `Paragraph ${at} `, em: true as const }, { text: "x".repeat(300) }, { note: 0 }],
    }));
    let count = 0;
    const done = await room.rooms.hold(TEXT, (turn) =>
      importInto(
        turn,
        { act: "import", by: CHAIR },
        { paragraphs, notes: [[{ text: "See the Charter." }]], after: "p1", newId: () => `i${(count += 1)}` },
      ),
    );
    if (isRefusal(done)) throw new Error(done.code);
    expect(done.ids.length).toBe(401);
    expect(done.seq).toBeGreaterThan(5);
    await room.settle();
    const { document } = await room.rooms.wording(TEXT);
    expect(document.paragraphs.map(({ id }) => id)).toEqual(["p1", ...done.ids.slice(1), "p2", done.ids[0]]);
    expect(amara.words("i2")).toBe(`Paragraph 0 ${"x".repeat(300)}`);
    expect(document.paragraphs.every(({ order }) => order.length < 40)).toBe(true);
  });
});

import { expect, test } from "vitest";
import * as Y from "yjs";
import { carriesOf, deleteStretches, laterCopies } from "#collab/carry.ts";
import { plainWords } from "#collab/document.ts";
import { idRangesOf } from "#collab/id-ranges.ts";
import { CARRY_PREFIX, createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import { liveIds, projectDocument } from "#collab/projection.ts";
import { revertVerdict } from "#collab/server/revert-verdict.ts";
import { changesOf, decide } from "#collab/server/verdicts.ts";
import type { Change } from "#collab/server/verdicts.ts";
import { asSuggestion, deleteAs } from "#collab/suggesting.ts";
import {
  GONE_PREFIX,
  marksOf,
  readOut,
  readSuggestions,
  suggestionMap,
  withoutSuggestions,
} from "#collab/suggestions.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";

type Drafter = {
  readonly doc: Y.Doc;
  readonly name: string;
  readonly owner: { readonly person: string; readonly delegation: string };
  suggestion: number;
};

function textOf(doc: Y.Doc, id: string): Y.Text {
  const map = paragraphsOf(doc).get(id);
  const text = map && wordsOf(map);
  if (!text) throw new Error(`no paragraph ${id}`);
  return text;
}

function create(doc: Y.Doc, id: string, order: string): Y.Text {
  const map = new Y.Map<unknown>();
  paragraphsOf(doc).set(id, map);
  const fields = { order, role: "op", level: 0, relation: null, dir: "auto", deleted: false };
  for (const [key, value] of Object.entries(fields)) map.set(key, value);
  map.set("text", new Y.Text());
  return textOf(doc, id);
}

/** Drafters before "Alpha bravo" and "Echo golf", paragraphs a and b. */
function drafters(count: number): Drafter[] {
  const base = createTextDoc();
  base.clientID = 1;
  create(base, "a", "F").insert(0, "Alpha bravo", {});
  create(base, "b", "U").insert(0, "Echo golf", {});
  return Array.from({ length: count }, (_, at) => {
    const doc = createTextDoc();
    doc.clientID = 10 + at;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    const name = `p${at}`;
    return { doc, name, owner: { person: name, delegation: `d${at}` }, suggestion: 1000 * (at + 1) };
  });
}

function meet(all: readonly Drafter[]): void {
  for (const { doc: from } of all)
    for (const { doc: to } of all)
      if (to !== from) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

function suggest(
  { doc, suggestion, owner }: Drafter,
  paragraph: string,
  offset: number,
  words: string,
): void {
  doc.transact(() =>
    asSuggestion(doc, suggestion, owner, () => textOf(doc, paragraph).insert(offset, words, {})),
  );
}

function remove(
  { doc, suggestion, owner }: Drafter,
  mode: "editing" | "suggesting",
  [paragraph, offset, length]: readonly [string, number, number],
): void {
  doc.transact(() => deleteAs(doc, { paragraph, offset, length }, { mode, suggestion, owner }));
}

/** "Alpha {1000+:new} {-2000:bravo}": what is suggested, drawn. */
function drawn(doc: Y.Doc, id: string): string {
  const suggested = readSuggestions(doc);
  const words = textOf(doc, id).toString();
  let at = 0;
  return marksOf(suggested, idRangesOf(textOf(doc, id), 0, words.length))
    .map((run) => {
      const part = words.slice(at, (at += run.length));
      if (run.in === null && run.out.length === 0) return part;
      return `{${run.in === null ? "" : `+${run.in}`}${run.out.map((by) => `-${by}`).join("")}:${part}}`;
    })
    .join("");
}

function wording(doc: Y.Doc): string[] {
  return projectDocument(doc, "resolution").paragraphs.map((each) => `${each.id}:${plainWords(each)}`);
}

function base(doc: Y.Doc): string[] {
  const document = projectDocument(doc, "resolution");
  return withoutSuggestions(doc, readSuggestions(doc), document).paragraphs.map(
    (each) => `${each.id}:${plainWords(each)}`,
  );
}

/** What a change is about, without its characters: what comes back has new ones. */
function nameOf({ kind, suggestion, paragraph }: Change): string {
  return `${kind} ${suggestion} ${paragraph}`;
}

let acts = 0;
function decideAll(doc: Y.Doc, accepted: boolean, of?: number): void {
  const which = ({ suggestion }: Change): boolean => of === undefined || suggestion === of;
  doc.transact(() => decide(doc, { which, accepted, id: `v${acts++}` }));
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = createTextDoc({ gc: false });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = 9;
  return copy;
}

function pair(): [Drafter, Drafter] {
  const [amara, bilal] = drafters(2);
  if (!amara || !bilal) throw new Error("two drafters");
  return [amara, bilal];
}

test("[SU1] what a suggestion inserts is what its number typed, and typing inside it is one's own", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 6, "sugar ");
  meet([amara, bilal]);
  suggest(bilal, "a", 8, "XX");
  textOf(bilal.doc, "a").insert(0, "Yes ", {});
  meet([amara, bilal]);
  expect(drawn(amara.doc, "a")).toBe("Yes Alpha {+1000:su}{+2000:XX}{+1000:gar }bravo");
  expect(base(amara.doc)).toEqual(["a:Yes Alpha bravo", "b:Echo golf"]);
});

test("[SU2] adjacent insertions of two delegations never become one", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, "one");
  suggest(bilal, "a", 5, "two");
  meet([amara, bilal]);
  expect(drawn(amara.doc, "a")).toBe("Alpha{+1000:one}{+2000:two} bravo");
  expect(changesOf(amara.doc)).toHaveLength(2);
});

test("[SU3] words typed while they are inside somebody's deletion at that moment are not in it", () => {
  const [amara, bilal] = pair();
  remove(amara, "suggesting", ["a", 0, 11]);
  textOf(bilal.doc, "a").insert(5, "QQ", {});
  suggest(bilal, "a", 2, "ZZ");
  meet([amara, bilal]);
  expect(drawn(bilal.doc, "a")).toBe("{-1000:Al}{+2000:ZZ}{-1000:pha}QQ{-1000: bravo}");
});

test("[SU4] one's own pending words vanish when they are deleted, another's get a deletion on top", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, " mine");
  meet([amara, bilal]);
  const colleague = { ...bilal, owner: { person: "px", delegation: "d0" } };
  remove(bilal, "editing", ["a", 7, 2]);
  remove(colleague, "editing", ["a", 9, 1]);
  meet([amara, bilal]);
  expect(drawn(amara.doc, "a")).toBe("Alpha{+1000: m}{+1000-2000:in} bravo");
  remove(amara, "suggesting", ["a", 5, 3]);
  expect(drawn(amara.doc, "a")).toBe("Alpha{+1000-2000:n} bravo");
});

test("[SU5] accepted words are the text's own, and a rejected deletion leaves the others that are suggested", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, " new");
  remove(amara, "suggesting", ["a", 10, 5]);
  remove(bilal, "suggesting", ["a", 6, 2]);
  meet([amara, bilal]);
  const { doc } = amara;
  expect(drawn(doc, "a")).toBe("Alpha{+1000: new} {-1000-2000:br}{-1000:avo}");
  decideAll(doc, false, 1000);
  expect(drawn(doc, "a")).toBe("Alpha {-2000:br}avo");
  decideAll(doc, true);
  expect(drawn(doc, "a")).toBe("Alpha avo");
  expect(changesOf(doc)).toEqual([]);
});

test("[SU6] of a rejected paragraph the words of others stay, and it goes when they are gone too", () => {
  const [amara, bilal] = pair();
  amara.doc.transact(() =>
    asSuggestion(amara.doc, 1000, amara.owner, () => create(amara.doc, "n", "H").insert(0, "Mine", {})),
  );
  meet([amara, bilal]);
  suggest(bilal, "n", 2, "THEIRS");
  meet([amara, bilal]);
  expect(base(amara.doc)).toEqual(["a:Alpha bravo", "b:Echo golf"]);
  decideAll(amara.doc, false, 1000);
  expect(wording(amara.doc)).toEqual(["a:Alpha bravo", "n:THEIRS", "b:Echo golf"]);
  const other = copyOf(amara.doc);
  decideAll(amara.doc, false);
  expect(wording(amara.doc)).toEqual(["a:Alpha bravo", "b:Echo golf"]);
  decideAll(other, true);
  expect(base(other)).toEqual(["a:Alpha bravo", "n:THEIRS", "b:Echo golf"]);
});

test("[SU7] an entry that is not the first act of its number is none", () => {
  const [amara] = pair();
  const { doc } = amara;
  textOf(doc, "a").insert(0, "Base ", {});
  doc.getMap("suggestions").set(String(doc.clientID), new Y.Map());
  doc.getMap("suggestions").set("77", new Y.Map());
  expect(readSuggestions(doc).suggestions.size).toBe(0);
  expect(suggestionMap(doc, 5)).toBeNull();
  expect(readOut("out:3:7", 4)).toEqual([3, 7, 4]);
  for (const [key, value] of [
    ["out:3:7", 0],
    ["out:03:7", 1],
    ["out:3", 1],
    ["gone:a", true],
  ] as const)
    expect(readOut(key, value)).toBeNull();
});

/** What everybody typed, by letter: no two are the same. */
class Books {
  readonly typed = new Map<string, number | null>();
  readonly out = new Map<string, Set<number>>();
  #next = 0x4e00;
  letters(count: number, by: number | null): string {
    let words = "";
    for (let i = 0; i < count; i++) {
      const letter = String.fromCodePoint(this.#next++);
      this.typed.set(letter, by);
      words += letter;
    }
    return words;
  }
}

/** Carries the words behind `offset` to a new paragraph, as an editor's split does. */
function split({ doc, name }: Drafter, id: string, offset: number, made: number): void {
  doc.transact(() => {
    const text = textOf(doc, id);
    const length = text.length - offset;
    const src = idRangesOf(text, offset, length);
    const words = text.toString().slice(offset);
    const order = String(paragraphsOf(doc).get(id)?.get("order"));
    const after = liveIds(doc)[liveIds(doc).indexOf(id) + 1];
    const next = after === undefined ? "" : String(paragraphsOf(doc).get(after)?.get("order"));
    const to = `${name}s${made}`;
    const target = create(
      doc,
      to,
      orderBetween(order, next, () => 0.3 + made / 1000),
    );
    if (length === 0) return;
    target.insert(0, words, {});
    text.delete(offset, length);
    const dst = idRangesOf(target, 0, length);
    paragraphsOf(doc).get(to)?.set(`${CARRY_PREFIX}${name}c${made}`, { from: id, src, dst });
  });
}

/** Carries all words of a paragraph to the end of another and hides it, as an editor's merger does. */
function merge({ doc, name }: Drafter, from: string, to: string, made: number): void {
  doc.transact(() => {
    const [source, target] = [textOf(doc, from), textOf(doc, to)];
    const at = target.length;
    const src = idRangesOf(source, 0, source.length);
    if (source.length > 0) {
      target.insert(at, source.toString(), {});
      const dst = idRangesOf(target, at, source.length);
      paragraphsOf(doc).get(to)?.set(`${CARRY_PREFIX}${name}c${made}`, { from, src, dst });
    }
    paragraphsOf(doc).get(from)?.set("deleted", true);
  });
}

/** Deletes some of the text's own words and brings them back, as the undo of a deletion does. */
function deleteAndUndo({ doc, name }: Drafter, id: string, offset: number, made: number): void {
  doc.transact(() => {
    const text = textOf(doc, id);
    const length = Math.min(3, text.length - offset);
    if (length <= 0) return;
    const words = text.toString().slice(offset, offset + length);
    const src = idRangesOf(text, offset, length);
    text.delete(offset, length);
    text.insert(offset, words, {});
    const carry = { from: id, src, dst: idRangesOf(text, offset, length) };
    paragraphsOf(doc).get(id)?.set(`${CARRY_PREFIX}${name}c${made}`, carry);
  });
}

function act(drafter: Drafter, books: Books, random: () => number, made: number): void {
  const { doc, suggestion, owner, name } = drafter;
  const below = (n: number): number => Math.floor(random() * n);
  const ids = liveIds(doc);
  const id = ids[below(ids.length)];
  if (id === undefined) return;
  const { length } = textOf(doc, id);
  const offset = below(length + 1);
  const kind = random();
  if (kind < 0.2) textOf(doc, id).insert(offset, books.letters(1 + below(4), null), {});
  else if (kind < 0.5) suggest(drafter, id, offset, books.letters(1 + below(4), suggestion));
  else if (kind < 0.7) {
    const mode = random() < 0.3 ? "editing" : "suggesting";
    const count = Math.min(1 + below(4), length - offset);
    const before = textOf(doc, id).toString();
    remove(drafter, mode, [id, offset, count]);
    for (const letter of before.slice(offset, offset + count)) {
      // Of what a drafter suggested itself nothing but the words go; what nobody typed here is of the first draft.
      const by = books.typed.get(letter) ?? null;
      const isGone =
        by === null ? mode === "editing" : Math.trunc(by / 1000) === Math.trunc(suggestion / 1000);
      if (!isGone) books.out.set(letter, (books.out.get(letter) ?? new Set()).add(suggestion));
    }
  } else if (kind < 0.75) drafter.suggestion += 1;
  else if (kind < 0.8)
    doc.transact(() =>
      asSuggestion(doc, suggestion, owner, () => {
        const order = String(paragraphsOf(doc).get(id)?.get("order"));
        const words = books.letters(2, suggestion);
        create(doc, `${name}n${made}`, `${order}${name}${made}`).insert(0, words, {});
      }),
    );
  else if (kind < 0.83)
    doc.transact(() =>
      asSuggestion(doc, suggestion, owner, () => suggestionMap(doc, suggestion)?.set(GONE_PREFIX + id, true)),
    );
  else if (kind < 0.9) split(drafter, id, offset, made);
  else if (kind < 0.94) deleteAndUndo(drafter, id, offset, made);
  else {
    const next = ids[ids.indexOf(id) + 1];
    if (next !== undefined) merge(drafter, next, id, made);
  }
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test.each(SEEDS)(
  "[SU8] [SU9] [SU10] [SU11] two to six people in every order of delivery, seed %i",
  (seed) => {
    const random = seededRandom(seed);
    const all = drafters(2 + (seed % 5));
    const books = new Books();
    for (let step = 0; step < 70; step++) {
      const drafter = all[Math.floor(random() * all.length)];
      const other = all[Math.floor(random() * all.length)];
      if (!drafter || !other) continue;
      act(drafter, books, random, step);
      if (random() < 0.35) meet([drafter, other]);
    }
    meet(all);
    const [first] = all;
    if (!first) return;
    const server = copyOf(first.doc);
    for (let more = laterCopies(server, carriesOf(server)); more.length > 0;) {
      deleteStretches(server, more, "repair");
      more = laterCopies(server, carriesOf(server));
    }
    // A reload reads the same.
    const reloaded = copyOf(server);
    const suggested = readSuggestions(reloaded);
    let own = "";
    for (const id of liveIds(reloaded)) {
      const text = textOf(reloaded, id);
      const words = text.toString();
      let at = 0;
      for (const run of marksOf(suggested, idRangesOf(text, 0, words.length)))
        for (const letter of words.slice(at, (at += run.length))) {
          const typed = books.typed.get(letter) ?? null;
          expect(run.in, letter).toBe(typed);
          if (typed === null) own += letter;
          if (!books.typed.has(letter)) continue;
          expect(new Set(run.out), letter).toEqual(books.out.get(letter) ?? new Set());
        }
      expect(at).toBe(words.length);
    }
    const wanted = base(server);
    expect(wanted.map((line) => line.slice(line.indexOf(":") + 1)).join("")).toBe(own);
    // Of paragraphs that somebody suggested only those with words of the text's own are left.
    for (const line of wanted) expect(line).not.toMatch(/^p\dn\d+:$/);
    decideAll(reloaded, false);
    expect(wording(reloaded)).toEqual(wanted);
    expect(changesOf(reloaded)).toEqual([]);

    const ids = [...suggested.suggestions.keys()];
    const inTurn = copyOf(server);
    for (const id of ids) decideAll(inTurn, true, id);
    const backwards = copyOf(server);
    for (const id of ids.toReversed()) decideAll(backwards, true, id);
    const atOnce = copyOf(server);
    decideAll(atOnce, true);
    expect(wording(backwards)).toEqual(wording(inTurn));
    expect(wording(atOnce)).toEqual(wording(inTurn));
    expect(base(inTurn)).toEqual(wording(inTurn));

    // Some of it is decided, in several acts, and each is taken back.
    const decided = copyOf(server);
    const before = liveIds(decided).map((id) => `${id}:${drawn(decided, id)}`);
    const pending = new Set(changesOf(decided).map(nameOf));
    for (let turn = 0; turn < 4; turn++) {
      const chosen = new Set(
        changesOf(decided)
          .filter(() => random() < 0.4)
          .map(nameOf),
      );
      const which = (change: Change): boolean => chosen.has(nameOf(change));
      const isAccepted = random() < 0.5;
      decided.transact(() => decide(decided, { which, accepted: isAccepted, id: `r${turn}` }));
    }
    // In any order.
    const turns = [0, 1, 2, 3].toSorted(() => random() - 0.5);
    for (const turn of turns) revertVerdict(decided, `r${turn}`, `b${turn}`);
    expect(liveIds(decided).map((id) => `${id}:${drawn(decided, id)}`)).toEqual(before);
    expect(new Set(changesOf(decided).map(nameOf))).toEqual(pending);
  },
);

test("[SU11] what was decided is taken back once, around what others have written since", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, " new");
  remove(bilal, "suggesting", ["a", 0, 5]);
  meet([amara, bilal]);
  const doc = copyOf(amara.doc);
  const revert = (id: string): boolean => revertVerdict(doc, id, `back-${id}`);
  doc.transact(() => decide(doc, { which: () => true, accepted: true, id: "yes" }));
  textOf(doc, "a").insert(0, "Since ", {});
  expect(drawn(doc, "a")).toBe("Since  new bravo");
  expect(revert("yes")).toBe(true);
  expect(drawn(doc, "a")).toBe("{-2000:Alpha}Since {+1000: new} bravo");
  expect(revert("yes")).toBe(false);
  doc.transact(() => decide(doc, { which: () => true, accepted: false, id: "no" }));
  expect(drawn(doc, "a")).toBe("AlphaSince  bravo");
  expect(revert("no")).toBe(true);
  expect(drawn(doc, "a")).toBe("{-2000:Alpha}Since {+1000: new} bravo");
});

test("[SU11] notes, brackets and characters of two units come back as they were", () => {
  const [amara, bilal] = pair();
  const text = textOf(amara.doc, "a");
  amara.doc.transact(() =>
    asSuggestion(amara.doc, 1000, amara.owner, () => {
      text.insert(5, "😀 strong", {});
      text.insertEmbed(14, { footnote: "n1" }, {});
      text.insertEmbed(15, { bracket: "k1", side: "open" }, {});
      text.insertEmbed(16, { bracket: "k1", side: "close" }, {});
    }),
  );
  meet([amara, bilal]);
  remove(bilal, "suggesting", ["a", 3, 4]);
  meet([amara, bilal]);
  const doc = copyOf(amara.doc);
  const spans = () =>
    projectDocument(doc, "resolution").paragraphs.map((each) =>
      each.spans.map((span) => ({ ...span, ids: span.ids.reduce((sum, [, , length]) => sum + length, 0) })),
    );
  const before = [spans(), drawn(doc, "a")];
  for (const accepted of [true, false]) {
    doc.transact(() => decide(doc, { which: () => true, accepted, id: "x" }));
    expect(wording(doc)[0]).toBe(accepted ? "a:Alp strong[] bravo" : "a:Alpha bravo");
    expect(revertVerdict(doc, "x", `x${accepted}`)).toBe(true);
    expect([spans(), drawn(doc, "a")]).toEqual(before);
  }
  // Another page that gets all of this has the same, and so has the one that did it when it is typed into.
  textOf(doc, "a").insert(8, "typed", {});
  expect(textOf(copyOf(doc), "a").toDelta()).toEqual(textOf(doc, "a").toDelta());
});

test("[SU12] of two who decide about the same at once the second finds nothing, and takes back nothing", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, " new");
  remove(amara, "suggesting", ["a", 9, 6]);
  meet([amara, bilal]);
  const doc = copyOf(bilal.doc);
  const which = ({ suggestion }: Change): boolean => suggestion === 1000;
  expect(doc.transact(() => decide(doc, { which, accepted: true, id: "yes" }))).toHaveLength(2);
  const after = Y.encodeStateAsUpdate(doc);
  expect(doc.transact(() => decide(doc, { which, accepted: false, id: "no" }))).toEqual([]);
  expect(revertVerdict(doc, "no", "back")).toBe(false);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(after);
  expect(wording(doc)[0]).toBe("a:Alpha new");
});

test("[SU13] accepted words are no longer their author's to take away: that is a suggestion again", () => {
  const [amara, bilal] = pair();
  suggest(amara, "a", 5, " new");
  meet([amara, bilal]);
  const doc = copyOf(amara.doc);
  decideAll(doc, true);
  Y.applyUpdate(amara.doc, Y.encodeStateAsUpdate(doc));
  // In suggesting mode accepted words are the text's own: their author's deletion is a suggestion like any other.
  remove(amara, "suggesting", ["a", 5, 4]);
  expect(drawn(amara.doc, "a")).toBe("Alpha{-1000: new} bravo");
  decideAll(amara.doc, false);
  expect(wording(amara.doc)[0]).toBe("a:Alpha new bravo");
});

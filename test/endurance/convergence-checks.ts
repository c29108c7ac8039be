/** What must hold after healing: equal copies, and every character where somebody put it. */
import { TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import { bracketsOf } from "#collab/brackets.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import { carriesOf, rootsOf } from "#collab/carry.ts";
import { characterKey, charactersOf } from "#collab/id-ranges.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { documentNode } from "#collab/nodes.ts";
import { paragraphIdOf, projectDocument } from "#collab/projection.ts";
import { idOf } from "#collab/schema.ts";
import { runsOf } from "#collab/runs.ts";
import type { Held, Letters } from "./letters.ts";

type Count = { count: number; paragraphs: string[] };

/** Every character in any paragraph, hidden ones included. */
export function countCharacters(doc: Y.Doc): Map<string, Count> {
  const counts = new Map<string, Count>();
  paragraphsOf(doc).forEach((map, id) => {
    for (const character of wordsOf(map)?.toString() ?? "") {
      const known = counts.get(character);
      if (known === undefined) counts.set(character, { count: 1, paragraphs: [id] });
      else {
        known.count += 1;
        known.paragraphs.push(id);
      }
    }
  });
  return counts;
}

export function visibleCharacters(doc: Y.Doc): Set<string> {
  const visible = new Set<string>();
  paragraphsOf(doc).forEach((map) => {
    if (map.get("deleted") === true) return;
    for (const character of wordsOf(map)?.toString() ?? "") visible.add(character);
  });
  return visible;
}

function sortedEntries(map: Y.Map<unknown>): [string, unknown][] {
  return [...map.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function checkCopies(
  server: Y.Doc,
  clients: readonly { number: number; doc: Y.Doc; binding: Binding }[],
): void {
  const content = joined(server);
  const node = documentNode(server);
  const snapshot = Y.snapshot(server);
  const isPending = (doc: Y.Doc): boolean =>
    doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  if (isPending(server)) throw new Error("the server waits for updates");
  for (const { number, doc, binding } of clients) {
    if (isPending(doc)) throw new Error(`client ${number} waits for updates`);
    if (joined(doc) !== content) throw new Error(`client ${number} has other content`);
    if (!binding.state.doc.eq(node)) throw new Error(`client ${number} shows another text`);
    if (!Y.equalSnapshots(Y.snapshot(doc), snapshot))
      throw new Error(`client ${number} has another delete set`);
    binding.state.doc.check();
    const ids = new Set<string>();
    binding.state.doc.forEach((paragraph) => ids.add(idOf(paragraph)));
    if (ids.size !== binding.state.doc.childCount)
      throw new Error(`client ${number}: two paragraphs share an id`);
  }
}

/** Every bracket has two glyphs where people see them, or none. Returns how many there are. */
export function checkBrackets(doc: Y.Doc, { isRepaired }: { readonly isRepaired: boolean }): number {
  const { brackets, lone } = bracketsOf(projectDocument(doc, "resolution"));
  if (isRepaired && lone.length > 0) throw new Error(`glyphs without a partner: ${JSON.stringify(lone)}`);
  return brackets.length;
}

/** Runs are cut where replicas happen to have items; characters are compared one by one. */
function joined(doc: Y.Doc): string {
  const words: unknown[] = [];
  for (const [id, map] of sortedEntries(paragraphsOf(doc) as Y.Map<unknown>)) {
    const text = wordsOf(map as Y.Map<unknown>);
    const characters = (text === null ? [] : runsOf(text)).flatMap((run) =>
      Array.from({ length: run.length }, (_, i) => [
        run.client,
        run.clock + i,
        typeof run.content === "string" ? run.content[i] : run.content,
        run.em,
        run.strong,
      ]),
    );
    const fields = sortedEntries(map as Y.Map<unknown>).filter(([key]) => key !== "text");
    words.push([id, fields, characters]);
  }
  return JSON.stringify(words);
}

/**
 * No character lost (it is in some paragraph, or somebody deleted it, or it was put before its author), none in a
 * paragraph that it was neither typed into nor carried to by a record, no U+FFFD. Returns those that are visible twice.
 */
export function checkCharacters(doc: Y.Doc, { typed, deleted, offered, unkept }: Letters): string[] {
  const paragraphs = paragraphsOf(doc);
  const counts = countCharacters(doc);
  if (counts.has("\uFFFD")) throw new Error("a character was cut");
  for (const [character, { homes, by }] of typed)
    if (
      !counts.has(character) &&
      !deleted.has(character) &&
      !offered.has(character) &&
      !unkept.has(character)
    )
      throw new Error(`lost ${character} of client ${by}, typed into ${[...homes].join()}`);
  const carries = carriesOf(doc);
  const rootOf = rootsOf(carries);
  const carriedTo = new Map<string, string>();
  for (const { dst, to } of carries)
    for (const [client, clock] of charactersOf(dst)) carriedTo.set(characterKey(client, clock), to);
  const visible = new Map<string, number>();
  paragraphs.forEach((map, id) => {
    const text = wordsOf(map);
    if (text === null) return;
    for (const run of runsOf(text)) {
      if (typeof run.content !== "string") continue;
      let clock = run.clock;
      for (const character of run.content) {
        const to = carriedTo.get(characterKey(run.client, clock));
        if (to !== undefined && to !== id) throw new Error(`${character} was carried to ${to}, is in ${id}`);
        const root = Y.getItem(doc.store, Y.createID(...rootOf(run.client, clock)));
        const home = root instanceof Y.Item ? paragraphIdOf(root.parent, paragraphs) : null;
        const wanted = typed.get(character)?.homes;
        if (home === null || !wanted?.has(home))
          throw new Error(
            `${character} of ${[...(wanted ?? [])].join()} wandered to ${id} (root in ${home})`,
          );
        clock += character.length;
        if (map.get("deleted") !== true) visible.set(character, (visible.get(character) ?? 0) + 1);
      }
    }
  });
  return [...visible].filter(([, count]) => count > 1).map(([character]) => character);
}

/**
 * In a paragraph that pages have hidden, those letters are late that stood in it on none of them, whichever came into the
 * log first, and no character that one of them had. Returns how many there are.
 */
export function checkLate(doc: Y.Doc, { held }: Letters, lateIn: (paragraphId: string) => string): number {
  let count = 0;
  paragraphsOf(doc).forEach((map, id) => {
    if (map.get("deleted") !== true) return;
    const hidings: (Held | undefined)[] = [];
    for (let item = map._map.get("deleted") ?? null; item; item = item.left) {
      const values: readonly unknown[] = item.content instanceof Y.ContentAny ? item.content.arr : [];
      const shown = values.lastIndexOf(false);
      for (let at = values.length - 1; at > shown; at -= 1)
        hidings.push(held.get(characterKey(item.id.client, item.id.clock + at)));
      if (shown >= 0 || values.length === 0) break;
    }
    // What the server hides it hides with all that is there.
    if (hidings.length === 0 || hidings.includes(undefined)) return;
    const late = new Set(lateIn(id));
    const once = (letter: string): boolean => (wordsOf(map)?.toString() ?? "").split(letter).length === 2;
    const text = wordsOf(map);
    for (const run of text ? runsOf(text) : []) {
      let { clock } = run;
      for (const letter of typeof run.content === "string" ? run.content : "") {
        const isUnseen = !hidings.some((hiding) => hiding?.letters.has(letter));
        const isHeld = hidings.some((hiding) => clock < (hiding?.ends.get(run.client) ?? 0));
        clock += letter.length;
        if (isUnseen) count += 1;
        if (isUnseen && !late.has(letter))
          throw new Error(`nobody is told of ${letter} in ${id}, which pages hid that did not hold it`);
        if (isHeld && late.has(letter) && once(letter))
          throw new Error(`${letter} in ${id} is told as late, and a page that hid it held it`);
      }
    }
  });
  return count;
}

/** The editor shows exactly what Yjs holds, but for the paragraph of a composition. */
export function checkView({
  number,
  doc,
  binding,
  isComposing,
}: {
  readonly number: number;
  readonly doc: Y.Doc;
  readonly binding: Binding;
  readonly isComposing: boolean;
}): void {
  if (isComposing) return;
  const wanted = documentNode(doc);
  if (!binding.state.doc.eq(wanted))
    throw new Error(`client ${number}: the view is\n${binding.state.doc}\nnot\n${wanted}`);
}

/** A caret saved and resolved is where it was. */
export function checkCaret(binding: Binding, random: () => number): number {
  const { state } = binding;
  if (random() > 0.3 || state.doc.childCount === 0) return 0;
  const at = Math.floor(random() * state.doc.content.size);
  binding.apply(state.tr.setSelection(TextSelection.near(state.doc.resolve(at))));
  const { $head } = binding.state.selection;
  const place = binding.resolveCaret(binding.caretOf());
  const map = paragraphsOf(binding.doc).get(place?.paragraphId ?? "");
  if (map === undefined || wordsOf(map) === null) throw new Error("the caret is nowhere");
  if (place?.offset !== $head.parentOffset || place.paragraphId !== $head.parent.attrs["id"])
    throw new Error("the caret came back elsewhere");
  return 1;
}

/** The inverse of an act. What it writes is noted as an act in its turn, so redo is the inverse of the inverse. */
import type * as Y from "yjs";
import { carriesOf, rootsOf } from "#collab/carry.ts";
import { characterKey, charactersOf, rangesOfCharacters } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { isBracketEmbed, isFootnoteEmbed, runsOf } from "#collab/runs.ts";
import type { Act, Carried, Pen } from "./act.ts";
import { cutPieces, piecesOfText } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import { placesIn } from "./trail.ts";
import type { Trail } from "./trail.ts";
import { unmerge } from "./unmerge.ts";

type Undoing = {
  readonly doc: Y.Doc;
  readonly pen: Pen;
  readonly trail: Trail;
  readonly act: Act;
};

/** Ids of the paragraphs that undoing an act would change. */
export function touchedByUndo({ act, trail }: Pick<Undoing, "act" | "trail">): Set<string> {
  const ids = new Set([...act.hidden, ...act.shown, ...act.fields.map((field) => field.id)]);
  for (const { from, to } of act.carried) ids.add(from).add(to);
  for (const { id } of act.removed) ids.add(id);
  for (const part of [...act.inserted, ...act.formatted])
    for (const { paragraph } of trail.stretchesOf(part.ids)) ids.add(paragraph);
  return ids;
}

/** Brackets whose glyphs an act put in, wherever they are now: undoing it takes them away. */
export function bracketsPutBy({ act, trail, doc }: Pick<Undoing, "act" | "trail" | "doc">): Set<string> {
  const brackets = new Set<string>();
  for (const { ids } of act.inserted)
    for (const { paragraph, offset, length } of trail.stretchesOf(ids)) {
      const map = paragraphsOf(doc).get(paragraph);
      const text = map === undefined ? null : wordsOf(map);
      for (const run of text === null ? [] : runsOf(text))
        if (isBracketEmbed(run.content) && run.offset >= offset && run.offset < offset + length)
          brackets.add(run.content.bracket);
    }
  return brackets;
}

export function undoAct(undoing: Undoing): void {
  const { act, doc, pen } = undoing;
  const isLive = (id: string): boolean => {
    const map = paragraphsOf(doc).get(id);
    return map !== undefined && map.get("deleted") !== true && wordsOf(map) !== null;
  };
  const homes = new Map<string, Carried>();
  for (const link of act.carried)
    if (act.shown.includes(link.to) && !act.hidden.includes(link.from)) homes.set(link.to, link);
  const mine = new Set<CharacterKey>();
  for (const { ids } of act.inserted)
    for (const [client, clock] of charactersOf(ids)) mine.add(characterKey(client, clock));
  // A new paragraph stays when somebody else has written in it and there is no place to bring their words back to.
  const staying = new Set(
    act.created.filter((id) => isLive(id) && !homes.has(id) && holdsOthersWords(undoing, id, mine)),
  );
  pen.act.created.push(...act.created);
  for (const { ids } of act.inserted.toReversed()) removeInserted(undoing, ids, staying);
  for (const link of act.carried.toReversed()) {
    if (act.hidden.includes(link.from)) {
      if (!isLive(link.from)) unmerge({ ...undoing, link });
    } else if (!act.shown.includes(link.to)) carryBack(undoing, link);
  }
  for (const id of act.shown) {
    const home = homes.get(id);
    if (home === undefined || !isLive(id)) continue;
    const to = homeOf(undoing, home, isLive);
    if (to === null) staying.add(id);
    else pen.carryAll(id, to);
  }
  for (const removed of act.removed.toReversed()) restore(undoing, removed, mine);
  for (const { ids, format, after } of act.formatted.toReversed())
    for (const { paragraph, offset, length } of undoing.trail.stretchesOf(ids))
      for (const run of runsOf(pen.textOf(paragraph))) {
        const from = Math.max(offset, run.offset);
        const to = Math.min(offset + length, run.offset + run.length);
        if (to > from && run[format] === after) pen.format(paragraph, from, to - from, format, !after);
      }
  for (const { id, key, before, after } of act.fields.toReversed())
    if (JSON.stringify(pen.mapOf(id).get(key) ?? null) === JSON.stringify(after))
      pen.setField(id, key, before);
  pen.hide([...new Set(act.shown)].filter((id) => isLive(id) && !staying.has(id)));
  for (const id of act.hidden) if (pen.mapOf(id).get("deleted") === true) pen.show(id);
}

function holdsOthersWords({ doc, pen }: Undoing, id: string, mine: ReadonlySet<CharacterKey>): boolean {
  const rest = runsOf(pen.textOf(id)).flatMap((run) =>
    [...charactersOf([[run.client, run.clock, run.length]])].filter(
      (character) => !mine.has(characterKey(...character)),
    ),
  );
  if (rest.length === 0) return false;
  const rootOf = rootsOf(carriesOf(doc));
  return rest.some((character) => rootOf(...character)[0] !== doc.clientID);
}

/** Takes this act's own words out again, wherever they are; a reference whose footnote stays is left. */
function removeInserted(
  { pen, trail }: Undoing,
  ids: Act["inserted"][number]["ids"],
  staying: ReadonlySet<string>,
): void {
  for (const { paragraph, offset, length } of trail.stretchesOf(ids)) {
    const kept = runsOf(pen.textOf(paragraph)).filter(
      (run) =>
        run.offset >= offset &&
        run.offset < offset + length &&
        isFootnoteEmbed(run.content) &&
        staying.has(run.content.footnote),
    );
    let end = offset + length;
    for (const run of kept.toReversed()) {
      pen.remove(paragraph, run.offset + 1, end - run.offset - 1);
      end = run.offset;
    }
    pen.remove(paragraph, offset, end - offset);
  }
}

/** Where the words of a split-off paragraph go back to: the paragraph that they came from, or what it became. */
function homeOf(
  { doc, trail }: Undoing,
  { from, to }: Carried,
  isLive: (id: string) => boolean,
): string | null {
  if (isLive(from)) return from;
  const map = paragraphsOf(doc).get(from);
  const text = map === undefined ? null : wordsOf(map);
  for (const run of text === null ? [] : runsOf(text).toReversed()) {
    const found = trail.find(run.client, run.clock + run.length - 1);
    if (found !== null && !found.isHidden && found.paragraph !== to) return found.paragraph;
  }
  return null;
}

/** Words that went between two paragraphs which both stayed. */
function carryBack({ pen, trail }: Undoing, { from, src, dst }: Carried): void {
  const first = src[0];
  if (first === undefined) return;
  const anchor = characterKey(first[0], first[1]);
  for (const { paragraph, offset, length } of trail.stretchesOf(dst)) {
    if (paragraph === from) continue;
    const text = pen.textOf(paragraph);
    const pieces = piecesOfText(text, offset, length);
    const ids = runsOf(text).flatMap((run) => [...charactersOf([[run.client, run.clock, run.length]])]);
    const at = placesIn(pen.textOf(from), (key) => key === anchor)[0]?.offset ?? pen.textOf(from).length;
    pen.take(paragraph, offset, length);
    pen.carried({
      from: paragraph,
      to: from,
      src: rangesOfCharacters(ids.slice(offset, offset + length)),
      dst: pen.put(from, at, pieces),
    });
  }
}

/**
 * Puts deleted words back where they stood, between whatever others have written there since: after the nearest
 * character on their left that is there, or whose restored copy is.
 */
function restore(
  { pen, trail }: Undoing,
  removed: Act["removed"][number],
  mine: ReadonlySet<CharacterKey>,
): void {
  const characters = [...charactersOf(removed.ids)];
  const wanted = new Map<CharacterKey, number>();
  characters.forEach(([client, clock], index) => {
    const key = characterKey(client, clock);
    if (!mine.has(key) && trail.find(client, clock) === null) wanted.set(key, index);
  });
  if (wanted.size === 0) return;
  const groups: { offset: number; from: number; to: number }[] = [];
  const places = placesIn(pen.textOf(removed.id), () => true);
  const visible = new Map(
    places
      .filter((place) => !place.isDeleted)
      .map(({ client, clock, offset }) => [characterKey(client, clock), offset]),
  );
  let offset = 0;
  for (const { client, clock, isDeleted, offset: own } of places) {
    const index = wanted.get(characterKey(client, clock));
    const last = groups.at(-1);
    if (!isDeleted) offset = own + 1;
    else if (index === undefined) {
      const copy = trail.find(client, clock);
      const at = copy === null ? undefined : visible.get(characterKey(copy.client, copy.clock));
      if (at !== undefined) offset = at + 1;
    } else if (last !== undefined && last.offset === offset && last.to === index) last.to += 1;
    else groups.push({ offset, from: index, to: index + 1 });
  }
  const src: (readonly [number, number])[] = [];
  const dst: (readonly [number, number])[] = [];
  for (const group of groups.toReversed().toSorted((a, b) => b.offset - a.offset)) {
    const pieces: Piece[] = cutPieces(removed.pieces, group.from, group.to);
    dst.push(...charactersOf(pen.put(removed.id, group.offset, pieces)));
    src.push(...characters.slice(group.from, group.to));
  }
  const ids = rangesOfCharacters(dst);
  pen.record({ from: removed.id, to: removed.id, src: rangesOfCharacters(src), dst: ids });
  pen.act.inserted.push({ id: removed.id, ids });
}

/** What a command of the chair may have done to the text, looked at while it still holds the queue. */
import { bracketsOf } from "#collab/brackets.ts";
import type { Paragraph, Span, TextDocument } from "#collab/document.ts";
import { eachRoot, rootsOf } from "#collab/roots.ts";
import type { Turn } from "#collab/server/room.ts";
import type { Letters } from "./letters.ts";

/** All there is to a paragraph, deleted or not. */
export function readOf({ paragraphs, hidden }: TextDocument, id: string): string {
  const at = [...paragraphs, ...hidden].find((paragraph) => paragraph.id === id);
  // Its number is given when a version is issued, over locks as well.
  return JSON.stringify([paragraphs.some((paragraph) => paragraph.id === id), { ...at, frozen: undefined }]);
}

type Place = {
  readonly client: number;
  readonly clock: number;
  readonly paragraph: string;
  readonly isHidden: boolean;
};

/** Where each letter stands. */
function placesIn({ paragraphs, hidden }: TextDocument): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const [list, isHidden] of [
    [paragraphs, false],
    [hidden, true],
  ] as const) {
    for (const { id, spans } of list) {
      for (const span of spans) {
        if (span.kind !== "words") continue;
        let offset = 0;
        for (const [client, clock, length] of span.ids) {
          for (let at = 0; at < length;) {
            const letter = String.fromCodePoint(span.text.codePointAt(offset + at) ?? 0);
            const place = { client, clock: clock + at, paragraph: id, isHidden };
            const known = places.get(letter);
            if (known) known.push(place);
            else places.set(letter, [place]);
            at += letter.length;
          }
          offset += length;
        }
      }
    }
  }
  return places;
}

/**
 * Keeps the books over what a command did: letters that a restoration took away were deleted by somebody, and any other
 * command takes none. A letter that came back goes back to the one that was typed; without a record of that it is a copy
 * of one that stands elsewhere.
 */
export function noteCommand({
  before,
  turn,
  letters,
  mayRemove,
}: {
  readonly before: TextDocument;
  readonly turn: Turn;
  readonly letters: Letters;
  readonly mayRemove: boolean;
}): void {
  const was = placesIn(before);
  const is = placesIn(turn.document());
  const roots = rootsOf(turn.carries());
  for (const [letter, places] of was) {
    const left = is.get(letter)?.length ?? 0;
    if (left >= places.length) continue;
    if (mayRemove) letters.deleted.add(letter);
    else if (left === 0) throw new Error(`a command that takes nothing away lost ${letter}`);
  }
  for (const [letter, places] of is) {
    const old = new Set(was.get(letter)?.map(({ client, clock }) => `${client}.${clock}`));
    for (const { client, clock, paragraph } of places) {
      if (old.has(`${client}.${clock}`)) continue;
      let isRoot = false;
      eachRoot(roots, [client, clock, 1], ([of, at]) => {
        isRoot = of === client && at === clock;
      });
      if (!isRoot) continue;
      const stands = ({ isHidden, ...other }: Place): boolean =>
        !isHidden && old.has(`${other.client}.${other.clock}`);
      if (!places.some(stands)) throw new Error(`${letter} came back in ${paragraph} without its author`);
      letters.copied.add(letter);
      letters.typed.get(letter)?.homes.add(paragraph);
    }
  }
}

/**
 * Words and formatting without ids, however they are divided. Without brackets: one that a restoration would halve goes
 * as a whole, from other paragraphs too.
 */
function unitsOf({ spans }: Paragraph): string[] {
  return spans.flatMap((span: Span) => {
    if (span.kind === "bracket") return [];
    return span.kind === "words"
      ? Array.from(span.text, (letter) => `${letter}${span.em ? "e" : ""}${span.strong ? "s" : ""}`)
      : [JSON.stringify({ ...span, ids: null })];
  });
}

/** Throws on a glyph without a partner that nothing kept from being repaired. */
function checkWhole(after: TextDocument, locked: ReadonlySet<string>): void {
  const half = bracketsOf(after).lone.find(({ paragraph }) => !locked.has(paragraph));
  if (half) throw new Error(`half of the bracket ${half.bracket} stands in ${half.paragraph}`);
}

function lookOf(paragraph: Paragraph | undefined): string {
  if (!paragraph) return "";
  return [paragraph.role, paragraph.level, paragraph.dir, ...unitsOf(paragraph)].join(" ");
}

/** A letter without its formatting. */
const letterOf = (unit: string): string => String.fromCodePoint(unit.codePointAt(0) ?? 0);

/**
 * Throws when a paragraph changed that was not restored: words that had been carried into it from the one that was
 * leave it, since they are there once, and nothing else may.
 */
function checkLeftAlone(
  was: Paragraph,
  {
    before,
    after,
    back,
  }: {
    readonly before: TextDocument;
    readonly after: TextDocument;
    /** Restored. */
    readonly back: readonly Paragraph[];
  },
): void {
  if (readOf(before, was.id) === readOf(after, was.id)) return;
  const is = [...after.paragraphs, ...after.hidden].find(({ id }) => id === was.id);
  const returned = new Set(back.flatMap(unitsOf).map(letterOf));
  const left = new Set(is ? unitsOf(is) : []);
  const expected = unitsOf(was).filter((unit) => left.has(unit) || !returned.has(letterOf(unit)));
  const wanted = { ...was, spans: [] };
  if (
    before.paragraphs.includes(was) !== after.paragraphs.some(({ id }) => id === was.id) ||
    JSON.stringify(wanted) !== JSON.stringify({ ...(is ?? wanted), spans: [] }) ||
    expected.join(" ") !== (is ? unitsOf(is) : []).join(" ")
  )
    throw new Error(
      `${was.id} changed beside a restoration:\n${readOf(before, was.id)}\n${readOf(after, was.id)}`,
    );
}

/** Of a moment at which words stood twice, until the repair behind it, each comes back once. */
function isOnce(is: Paragraph | undefined, wanted: Paragraph): boolean {
  if (!is || lookOf({ ...is, spans: [] }) !== lookOf({ ...wanted, spans: [] })) return false;
  const [units, all] = [unitsOf(is), unitsOf(wanted)];
  let at = 0;
  for (const unit of units) {
    at = all.indexOf(unit, at) + 1;
    if (at === 0) return false;
  }
  return units.length < all.length && new Set(units).size === new Set(all).size;
}

/** Throws unless the text says now what was wanted, locked paragraphs aside, and nothing else was touched. */
export function checkRestored({
  before,
  after,
  wanted,
  only,
  locked,
}: {
  readonly before: TextDocument;
  readonly after: TextDocument;
  readonly wanted: TextDocument;
  readonly only: string | null;
  readonly locked: ReadonlySet<string>;
}): void {
  checkWhole(after, locked);
  const live = new Map(after.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  const notes = new Set(
    wanted.paragraphs
      .find(({ id }) => id === only)
      ?.spans.flatMap((span) => (span.kind === "note" ? [span.note] : [])),
  );
  const isMeant = (id: string): boolean => (only === null || only === id || notes.has(id)) && !locked.has(id);
  for (const paragraph of wanted.paragraphs) {
    if (!isMeant(paragraph.id)) continue;
    const is = lookOf(live.get(paragraph.id));
    if (is !== lookOf(paragraph) && !isOnce(live.get(paragraph.id), paragraph))
      throw new Error(`${paragraph.id} was to be\n${lookOf(paragraph)}\nand is\n${is}`);
  }
  const kept = new Set(wanted.paragraphs.map(({ id }) => id));
  for (const { id } of after.paragraphs)
    if (only === null && !kept.has(id) && !locked.has(id))
      throw new Error(`${id} was not in the version and is still there`);
  if (only !== null) {
    const back = after.paragraphs.filter(({ id }) => isMeant(id));
    for (const paragraph of [...before.paragraphs, ...before.hidden])
      if (!isMeant(paragraph.id)) checkLeftAlone(paragraph, { before, after, back });
    return;
  }
  for (const isNote of [false, true]) {
    const order = (document: TextDocument): string =>
      document.paragraphs
        .filter(({ id, role }) => (role === "footnote") === isNote && kept.has(id) && !locked.has(id))
        .map(({ id }) => id)
        .join(" ");
    if (order(after) !== order(wanted))
      throw new Error(`the paragraphs stand as ${order(after)}, and stood as ${order(wanted)}`);
  }
}

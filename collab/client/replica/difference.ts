/**
 * What a page's copy has that the room never took. Both copies share character identities, and the local one has been
 * brought up to the room's state, so the difference is exact: nobody else's work is in it. It comes in units, one for
 * each paragraph and those that exchanged words with it.
 */
import type * as Y from "yjs";
import { plainWords } from "#collab/document.ts";
import type { Paragraph, Span } from "#collab/document.ts";
import { characterKey, charactersOf } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { CARRY_PREFIX, paragraphsOf } from "#collab/model.ts";
import type { IdRange, ParagraphMap, Seen } from "#collab/model.ts";
import { factsOf, projectParagraph } from "#collab/projection.ts";
import type { ParagraphFacts } from "#collab/projection.ts";
import { deletionsOf, seenRecords } from "#collab/seen.ts";
import type { SeenIndex } from "#collab/seen.ts";

/** One character or embed with its formatting. */
export type Character = {
  readonly content: string | Readonly<Record<string, string>>;
  readonly em: boolean;
  readonly strong: boolean;
  readonly client: number;
  readonly clock: number;
};

/** A step over the room's words of a paragraph, in order. */
export type WordStep =
  | { readonly kind: "keep"; readonly length: number }
  | { readonly kind: "delete"; readonly length: number }
  | { readonly kind: "format"; readonly length: number; readonly em?: boolean; readonly strong?: boolean }
  | { readonly kind: "insert"; readonly characters: readonly Character[] };

export type GlyphChange = {
  readonly kind: "delete" | "insert";
  readonly bracket: string;
  readonly side: string;
};

export type ParagraphChange = {
  readonly id: string;
  /** Not in the room's text yet. */
  readonly created: boolean;
  /** Fields that differ, in the local form. */
  readonly fields: Partial<ParagraphFacts>;
  readonly words: readonly WordStep[];
  /** The whole local wording, to be copied when the change cannot be made. */
  readonly wording: string;
  /** It is deleted in the room's text while there are new words in it. */
  readonly gone: boolean;
  /** Glyphs of brackets that the change takes away and puts in. */
  readonly glyphs: readonly GlyphChange[];
  /** Deleted in the local copy alone: what the page held of it then, null where that was not written down. */
  readonly held: Seen | null;
};

export type Origin = { readonly from: string; readonly client: number; readonly clock: number };
export type Origins = ReadonlyMap<CharacterKey, Origin>;

/** Paragraphs that can only change together. */
export type Unit = {
  readonly changes: readonly ParagraphChange[];
  /** For inserted characters that were carried: the room's character they came from, and its paragraph. */
  readonly origins: Origins;
};

function charactersIn(spans: readonly Span[]): Character[] {
  const characters: Character[] = [];
  for (const span of spans) {
    let at = 0;
    for (const [client, clock] of charactersOf(span.ids)) {
      if (span.kind === "words") {
        const content = span.text.charAt(at);
        characters.push({ content, em: span.em === true, strong: span.strong === true, client, clock });
      } else {
        const content: Record<string, string> =
          span.kind === "note"
            ? { footnote: span.note }
            : span.kind === "reference"
              ? { paragraph: span.to }
              : { bracket: span.bracket, side: span.side };
        characters.push({ content, em: false, strong: false, client, clock });
      }
      at += 1;
    }
  }
  return characters;
}

const keyOf = (character: Character): CharacterKey => characterKey(character.client, character.clock);

type OldWordsStep = Exclude<WordStep, { readonly kind: "insert" }>;

function append(steps: WordStep[], step: OldWordsStep): void {
  const last = steps.at(-1);
  if (
    last?.kind === step.kind &&
    (step.kind !== "format" || (last.kind === "format" && last.em === step.em && last.strong === step.strong))
  ) {
    steps[steps.length - 1] = { ...last, length: last.length + step.length };
  } else {
    steps.push(step);
  }
}

/** From the room's words to the local ones. Both are parts of one Yjs list, so kept characters stand in one order. */
function wordSteps(room: readonly Character[], local: readonly Character[]): WordStep[] {
  const steps: WordStep[] = [];
  const inRoom = new Set(room.map(keyOf));
  let at = 0;
  /** Of the step that is being gathered: it may be a whole paragraph of them. */
  let inserted: Character[] | null = null;
  for (const character of local) {
    const key = keyOf(character);
    if (!inRoom.has(key)) {
      if (inserted === null) steps.push({ kind: "insert", characters: (inserted = []) });
      inserted.push(character);
      continue;
    }
    inserted = null;
    for (; at < room.length; at += 1) {
      const old = room[at];
      if (!old || keyOf(old) === key) break;
      append(steps, { kind: "delete", length: 1 });
    }
    const old = room[at];
    at += 1;
    if (!old || (old.em === character.em && old.strong === character.strong)) {
      append(steps, { kind: "keep", length: 1 });
    } else {
      append(steps, {
        kind: "format",
        length: 1,
        ...(old.em === character.em ? {} : { em: character.em }),
        ...(old.strong === character.strong ? {} : { strong: character.strong }),
      });
    }
  }
  if (at < room.length) append(steps, { kind: "delete", length: room.length - at });
  while (steps.at(-1)?.kind === "keep") steps.pop();
  return steps;
}

/** The bracket of a character that is a glyph, and its side. */
export function glyphOf({ content }: Pick<Character, "content">): Omit<GlyphChange, "kind"> | null {
  if (typeof content === "string") return null;
  const { bracket, side } = content;
  return bracket === undefined || side === undefined ? null : { bracket, side };
}

function glyphChanges(room: readonly Character[], local: readonly Character[]): GlyphChange[] {
  const changes = (from: readonly Character[], to: readonly Character[], kind: GlyphChange["kind"]) => {
    const there = new Set(to.flatMap((character) => (glyphOf(character) ? keyOf(character) : [])));
    return from.flatMap((character): GlyphChange[] => {
      const glyph = glyphOf(character);
      return glyph && !there.has(keyOf(character)) ? [{ kind, ...glyph }] : [];
    });
  };
  return [...changes(room, local, "delete"), ...changes(local, room, "insert")];
}

const FIELDS = ["order", "role", "level", "relation", "dir", "deleted"] as const;

function differingFields(room: ParagraphFacts | null, local: ParagraphFacts): Partial<ParagraphFacts> {
  // The number on paper is the server's.
  const changed = FIELDS.filter((field) => JSON.stringify(room?.[field]) !== JSON.stringify(local[field]));
  return Object.fromEntries(changed.map((field) => [field, local[field]]));
}

const NOTHING: Pick<Paragraph, "spans"> = { spans: [] };

/** What the page that hid a paragraph held, its own characters included. */
function heldOf(map: ParagraphMap, records: SeenIndex): Seen | null {
  const [newest] = deletionsOf(map, records);
  return newest?.held ? [...newest.held, [newest.client, newest.clock]] : null;
}

function changeOf(room: Y.Doc, local: Y.Doc, id: string, records: SeenIndex): ParagraphChange | null {
  const localMap = paragraphsOf(local).get(id);
  const localParagraph = localMap && projectParagraph(localMap, id);
  if (!localMap || !localParagraph) return null;
  const roomMap = paragraphsOf(room).get(id);
  const roomParagraph = roomMap ? projectParagraph(roomMap, id) : null;
  const roomFacts = roomMap && roomParagraph ? factsOf(roomMap) : null;
  const facts = factsOf(localMap);
  const before = charactersIn((roomParagraph ?? NOTHING).spans);
  const after = charactersIn(localParagraph.spans);
  const words = wordSteps(before, after);
  const fields = differingFields(roomFacts, facts);
  if (roomFacts && words.length === 0 && Object.keys(fields).length === 0) return null;
  // A paragraph made and deleted again between two acknowledgements was never anything to anybody.
  if (!roomFacts && facts.deleted && localParagraph.spans.length === 0) return null;
  const inserts = words.some((step) => step.kind === "insert");
  return {
    id,
    created: roomFacts === null,
    fields,
    words,
    wording: plainWords(localParagraph),
    gone: roomFacts?.deleted === true && facts.deleted && inserts,
    glyphs: glyphChanges(before, after),
    held: fields.deleted === true ? heldOf(localMap, records) : null,
  };
}

type CarryEntry = {
  readonly to: string;
  readonly from: string;
  readonly src: readonly IdRange[];
  readonly dst: readonly IdRange[];
};

function isRanges(value: unknown): value is IdRange[] {
  return Array.isArray(value) && value.every((range) => Array.isArray(range) && range.length === 3);
}

/** Records of carried words that only the local copy has. */
function localCarries(room: Y.Doc, local: Y.Doc): CarryEntry[] {
  const found: CarryEntry[] = [];
  paragraphsOf(local).forEach((map, to) => {
    const known = paragraphsOf(room).get(to);
    map.forEach((value, key) => {
      if (!key.startsWith(CARRY_PREFIX) || known?.has(key) || typeof value !== "object" || value === null)
        return;
      if (!("from" in value && "src" in value && "dst" in value)) return;
      const { from, src, dst } = value;
      if (typeof from === "string" && isRanges(src) && isRanges(dst)) found.push({ to, from, src, dst });
    });
  });
  return found;
}

/** The note that an inserted reference leads to. */
function notesIn(steps: readonly WordStep[]): string[] {
  return steps.flatMap((step) =>
    step.kind === "insert"
      ? step.characters.flatMap(({ content }) => (typeof content === "object" && content["footnote"]) || [])
      : [],
  );
}

/** Puts paragraphs together that exchanged words or share a bracket, and a new note with the reference to it. */
function groupsOf(changes: ReadonlyMap<string, ParagraphChange>, carries: readonly CarryEntry[]): string[][] {
  const leader = new Map<string, string>([...changes.keys()].map((id) => [id, id]));
  const lead = (id: string): string => {
    const next = leader.get(id);
    return next === undefined || next === id ? id : lead(next);
  };
  const join = (a: string, b: string): void => {
    if (leader.has(a) && leader.has(b)) leader.set(lead(a), lead(b));
  };
  for (const { from, to } of carries) join(from, to);
  const holders = new Map<string, string>();
  for (const [id, { glyphs }] of changes)
    for (const { bracket } of glyphs) {
      const holder = holders.get(bracket);
      if (holder === undefined) holders.set(bracket, id);
      else join(holder, id);
    }
  for (const [id, { words }] of changes) {
    for (const note of notesIn(words)) if (changes.get(note)?.created) join(note, id);
  }
  const groups = new Map<string, string[]>();
  for (const id of changes.keys()) {
    const group = groups.get(lead(id));
    if (group) group.push(id);
    else groups.set(lead(id), [id]);
  }
  return [...groups.values()];
}

function originsOf(carries: readonly CarryEntry[]): Origins {
  const origins = new Map<CharacterKey, Origin>();
  for (const { from, src, dst } of carries) {
    const sources = charactersOf(src);
    for (const [client, clock] of charactersOf(dst)) {
      const source = sources.next().value;
      if (source) origins.set(characterKey(client, clock), { from, client: source[0], clock: source[1] });
    }
  }
  return origins;
}

/** Everything the local copy has and the room's has not, in units. `local` must already contain all of `room`. */
export function unitsOf(room: Y.Doc, local: Y.Doc): Unit[] {
  const changes = new Map<string, ParagraphChange>();
  const records = seenRecords(local);
  paragraphsOf(local).forEach((_, id) => {
    const change = changeOf(room, local, id, records);
    if (change) changes.set(id, change);
  });
  const carries = localCarries(room, local);
  const origins = originsOf(carries);
  return groupsOf(changes, carries).map((ids) => ({
    changes: ids.flatMap((id) => changes.get(id) ?? []),
    origins,
  }));
}

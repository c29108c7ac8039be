/**
 * A text written by several people, on plain values: every character has an identity and a known author, so tests can
 * say what authorship and compare must find. Plays the part of the room and its log for pure functions.
 */
import { createAttribution, noteRow } from "#collab/attribution.ts";
import type { Attribution, ParagraphAct } from "#collab/attribution.ts";
import type { Paragraph, Span, TextDocument, TextKind } from "#collab/document.ts";
import type { Carry, IdRange, Role } from "#collab/model.ts";

type Character = { text: string; note: string | null; client: number; clock: number; person: string };
type Sheet = { id: string; role: Role; level: number; deleted: boolean; characters: Character[] };

export type Person = { readonly person: string; readonly delegation: string; readonly client: number };

export const ANA: Person = { person: "ana", delegation: "LMR", client: 101 };
export const BEN: Person = { person: "ben", delegation: "CVN", client: 202 };
export const CHLOE: Person = { person: "chloe", delegation: "HLW", client: 303 };

export class Draft {
  readonly kind: TextKind;
  readonly carries: Carry[] = [];
  readonly attribution: Attribution = createAttribution();
  seq = 0;
  /** Milliseconds; every act takes two minutes, so that each has a stamp of its own. */
  now = 1_000_000;
  #sheets: Sheet[] = [];
  #clocks = new Map<number, number>();
  #names = 0;

  constructor(kind: TextKind = "resolution") {
    this.kind = kind;
  }

  #log(
    by: Person,
    done: { inserted?: IdRange[]; deleted?: IdRange[]; acts?: [string, ParagraphAct][] },
  ): void {
    this.seq += 1;
    this.now += 120_000;
    noteRow(this.attribution, {
      inserted: done.inserted ?? [],
      deleted: done.deleted ?? [],
      acts: (done.acts ?? []).map(([paragraph, act]) => ({ paragraph, act })),
      stamp: { seq: this.seq, person: by.person, delegation: by.delegation, at: this.now },
    });
  }

  #sheet(id: string): Sheet {
    const sheet = this.#sheets.find((one) => one.id === id);
    if (!sheet) throw new Error(`no paragraph ${id}`);
    return sheet;
  }

  #ids(by: Person, length: number): number {
    const clock = this.#clocks.get(by.client) ?? 0;
    this.#clocks.set(by.client, clock + length);
    return clock;
  }

  #typed(by: Person, text: string, note: string | null): Character[] {
    const clock = this.#ids(by, text.length);
    return [...Array(text.length).keys()].map((at) => ({
      text: text.charAt(at),
      note,
      client: by.client,
      clock: clock + at,
      person: by.person,
    }));
  }

  /** A new paragraph behind `after` (or at the end), with its words. */
  add(
    by: Person,
    role: Role,
    words: string,
    options: { after?: string; level?: number; id?: string } = {},
  ): string {
    this.#names += 1;
    const id = options.id ?? `p${this.#names}`;
    const characters = this.#typed(by, words, null);
    const place =
      options.after === undefined
        ? this.#sheets.length
        : this.#sheets.indexOf(this.#sheet(options.after)) + 1;
    this.#sheets.splice(place, 0, { id, role, level: options.level ?? 0, deleted: false, characters });
    this.#log(by, { inserted: ranges(characters), acts: [[id, "created"]] });
    return id;
  }

  type(by: Person, id: string, at: number, words: string): void {
    const characters = this.#typed(by, words, null);
    this.#sheet(id).characters.splice(at, 0, ...characters);
    this.#log(by, { inserted: ranges(characters) });
  }

  refer(by: Person, id: string, at: number, note: string): void {
    const characters = this.#typed(by, "x", note);
    this.#sheet(id).characters.splice(at, 0, ...characters);
    this.#log(by, { inserted: ranges(characters) });
  }

  erase(by: Person, id: string, from: number, to: number): void {
    const gone = this.#sheet(id).characters.splice(from, to - from);
    this.#log(by, { deleted: ranges(gone) });
  }

  /** Replaces the first occurrence of some words, as a drafter does: erase, then type. */
  replace(by: Person, id: string, words: string, others: string): void {
    const at = this.words(id).indexOf(words);
    if (at < 0) throw new Error(`"${words}" is not in ${id}`);
    this.erase(by, id, at, at + words.length);
    if (others !== "") this.type(by, id, at, others);
  }

  #carry(by: Person, characters: readonly Character[]): Character[] {
    const clock = this.#ids(by, characters.length);
    return characters.map((character, at) => ({ ...character, client: by.client, clock: clock + at }));
  }

  split(by: Person, id: string, at: number): string {
    this.#names += 1;
    const sheet = this.#sheet(id);
    const moved = sheet.characters.splice(at);
    const carried = this.#carry(by, moved);
    const part: Sheet = { ...sheet, id: `p${this.#names}`, characters: carried };
    this.#sheets.splice(this.#sheets.indexOf(sheet) + 1, 0, part);
    this.carries.push({ from: id, src: ranges(moved), dst: ranges(carried) });
    this.#log(by, { inserted: ranges(carried), deleted: ranges(moved), acts: [[part.id, "created"]] });
    return part.id;
  }

  /** The words of `id` go to the end of `into`; the paragraph is hidden with them. */
  merge(by: Person, id: string, into: string): void {
    const sheet = this.#sheet(id);
    const carried = this.#carry(by, sheet.characters);
    this.#sheet(into).characters.push(...carried);
    sheet.deleted = true;
    this.carries.push({ from: id, src: ranges(sheet.characters), dst: ranges(carried) });
    this.#log(by, { inserted: ranges(carried), acts: [[id, "deleted"]] });
  }

  move(by: Person, id: string, to: number): void {
    const sheet = this.#sheet(id);
    this.#sheets.splice(this.#sheets.indexOf(sheet), 1);
    this.#sheets.splice(to, 0, sheet);
    this.#log(by, { acts: [[id, "moved"]] });
  }

  call(by: Person, id: string, role: Role, level = 0): void {
    Object.assign(this.#sheet(id), { role, level });
    this.#log(by, { acts: [[id, "role"]] });
  }

  remove(by: Person, id: string): void {
    this.#sheet(id).deleted = true;
    this.#log(by, { acts: [[id, "deleted"]] });
  }

  words(id: string): string {
    return this.#sheet(id)
      .characters.map((character) => character.text)
      .join("");
  }

  live(): readonly string[] {
    return this.#sheets.filter((sheet) => !sheet.deleted).map((sheet) => sheet.id);
  }

  /** The person who first typed each character of a paragraph. */
  authors(id: string): readonly string[] {
    return this.#sheet(id).characters.map((character) => character.person);
  }

  document(): TextDocument {
    const order = (sheet: Sheet): number => (sheet.role === "footnote" ? 1 : 0);
    const all = [...this.#sheets].sort((a, b) => order(a) - order(b));
    return {
      kind: this.kind,
      paragraphs: all.filter((sheet) => !sheet.deleted).map(paragraphOf),
      hidden: all.filter((sheet) => sheet.deleted && sheet.characters.length > 0).map(paragraphOf),
    };
  }
}

function ranges(characters: readonly Character[]): IdRange[] {
  const found: [number, number, number][] = [];
  for (const { client, clock } of characters) {
    const last = found.at(-1);
    if (last && last[0] === client && last[1] + last[2] === clock) last[2] += 1;
    else found.push([client, clock, 1]);
  }
  return found;
}

function paragraphOf(sheet: Sheet): Paragraph {
  const spans: Span[] = [];
  let open: Character[] = [];
  const close = (): void => {
    if (open.length === 0) return;
    spans.push({ kind: "words", text: open.map((character) => character.text).join(""), ids: ranges(open) });
    open = [];
  };
  for (const character of sheet.characters) {
    if (character.note === null) open.push(character);
    else {
      close();
      spans.push({ kind: "note", note: character.note, ids: ranges([character]) });
    }
  }
  close();
  const { id, role, level } = sheet;
  return { id, role, level, relation: null, dir: "auto", order: id, spans };
}

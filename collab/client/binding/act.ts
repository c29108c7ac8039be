/**
 * One act of this person, written into the Y.Doc and noted at the same time in a form that can be undone: by character
 * ids, not by positions, so that it can be undone whatever others have done since.
 */
import * as Y from "yjs";
import { idRangesOf } from "#collab/id-ranges.ts";
import { CARRY_PREFIX, paragraphsOf, wordsOf } from "#collab/model.ts";
import type { Direction, Format, IdRange, Relation, Role } from "#collab/model.ts";
import { runsOf } from "#collab/runs.ts";
import { hideParagraphs } from "#collab/seen.ts";
import { cutPieces, insertPieces, piecesOfText } from "./pieces.ts";
import type { Piece } from "./pieces.ts";
import type { Trail } from "./trail.ts";

export type Fields = {
  readonly order: string;
  readonly role: Role;
  readonly level: number;
  readonly relation: Relation;
  readonly dir: Direction;
};
export type FieldKey = keyof Fields;

export type Carried = {
  readonly from: string;
  readonly to: string;
  readonly src: readonly IdRange[];
  readonly dst: readonly IdRange[];
};

export type Act = {
  readonly fields: { id: string; key: FieldKey; before: unknown; after: unknown }[];
  readonly hidden: string[];
  readonly shown: string[];
  /** Of those shown or hidden: the ones that this act, or the act that it undoes or redoes, brought into being. */
  readonly created: string[];
  readonly carried: Carried[];
  readonly inserted: { id: string; ids: readonly IdRange[] }[];
  readonly removed: { id: string; ids: readonly IdRange[]; pieces: readonly Piece[] }[];
  readonly formatted: { id: string; ids: readonly IdRange[]; format: Format; after: boolean }[];
};

function emptyAct(): Act {
  return {
    fields: [],
    hidden: [],
    shown: [],
    created: [],
    carried: [],
    inserted: [],
    removed: [],
    formatted: [],
  };
}

export function isEmptyAct(act: Act): boolean {
  return Object.entries(act).every(([part, entries]) => part === "created" || entries.length === 0);
}

/** Whether an act touched nothing but words, so that the next typing may join it. */
export function isWordsOnly(act: Act): boolean {
  return act.fields.length + act.hidden.length + act.shown.length + act.carried.length === 0;
}

/** Two acts of words, one after the other, as one. */
export function joinActs(first: Act, then: Act): Act {
  return {
    ...emptyAct(),
    inserted: [...first.inserted, ...then.inserted],
    removed: [...first.removed, ...then.removed],
    formatted: [...first.formatted, ...then.formatted],
  };
}

export type Pen = ReturnType<typeof createPen>;

/** What writes. Everything must happen inside one transaction of `doc`, which the caller opens. */
export function createPen({
  doc,
  newId,
  trail,
}: {
  readonly doc: Y.Doc;
  readonly newId: () => string;
  readonly trail: Trail;
}) {
  const paragraphs = paragraphsOf(doc);
  const act = emptyAct();

  function mapOf(id: string): Y.Map<unknown> {
    const map = paragraphs.get(id);
    if (map === undefined) throw new Error(`There is no paragraph ${id}`);
    return map;
  }
  function textOf(id: string): Y.Text {
    const text = wordsOf(mapOf(id));
    if (text === null) throw new Error(`Paragraph ${id} has no words yet`);
    return text;
  }

  /** Words out of a paragraph on their way elsewhere: not a deletion. */
  function take(id: string, offset: number, length: number): void {
    if (length > 0) textOf(id).delete(offset, length);
  }
  /** Words into a paragraph from elsewhere; returns their new ids. */
  function put(id: string, offset: number, pieces: readonly Piece[]): IdRange[] {
    const text = textOf(id);
    return idRangesOf(text, offset, insertPieces(text, offset, pieces));
  }
  function insert(id: string, offset: number, pieces: readonly Piece[]): IdRange[] {
    const ids = put(id, offset, pieces);
    act.inserted.push({ id, ids });
    return ids;
  }
  function remove(id: string, offset: number, length: number): void {
    if (length <= 0) return;
    const text = textOf(id);
    act.removed.push({
      id,
      ids: idRangesOf(text, offset, length),
      pieces: piecesOfText(text, offset, length),
    });
    text.delete(offset, length);
  }
  function format(id: string, offset: number, length: number, name: Format, on: boolean): void {
    const text = textOf(id);
    for (const run of runsOf(text)) {
      const from = Math.max(offset, run.offset);
      const to = Math.min(offset + length, run.offset + run.length);
      if (to <= from || run[name] === on) continue;
      const ids: IdRange = [run.client, run.clock + from - run.offset, to - from];
      act.formatted.push({ id, ids: [ids], format: name, after: on });
    }
    text.format(offset, length, { [name]: on });
  }
  function setField(id: string, key: FieldKey, after: unknown): void {
    const map = mapOf(id);
    act.fields.push({ id, key, before: map.get(key) ?? null, after });
    map.set(key, after);
  }
  function create(id: string, fields: Fields): void {
    const map = new Y.Map<unknown>();
    paragraphs.set(id, map);
    for (const [key, value] of Object.entries(fields)) map.set(key, value);
    map.set("deleted", false);
    map.set("text", new Y.Text());
    act.shown.push(id);
    act.created.push(id);
  }
  function hide(ids: readonly string[]): void {
    hideParagraphs(doc, ids, { newId });
    act.hidden.push(...ids);
  }
  function show(id: string): void {
    mapOf(id).set("deleted", false);
    act.shown.push(id);
  }
  /** Writes down that `dst` in paragraph `to` are the words that were `src` in `from`. */
  function record(carried: Carried): void {
    if (carried.dst.length === 0) return;
    const { from, to, src, dst } = carried;
    mapOf(to).set(CARRY_PREFIX + newId(), { from, src, dst });
    trail.note(src, dst);
  }
  function carried(link: Carried): void {
    record(link);
    act.carried.push(link);
  }
  /** Brings all visible words of one paragraph to the end of another. */
  function carryAll(from: string, to: string): void {
    const text = textOf(from);
    const src = idRangesOf(text, 0, text.length);
    const dst = put(to, textOf(to).length, piecesOfText(text, 0, text.length));
    carried({ from, to, src, dst });
  }

  return {
    act,
    textOf,
    mapOf,
    take,
    put,
    insert,
    remove,
    format,
    setField,
    create,
    hide,
    show,
    record,
    carried,
    carryAll,
    cutPieces,
  };
}

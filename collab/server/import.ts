/** Brings paragraphs of a file into the text, in slices, so that a long file does not hold anybody up. */
import * as Y from "yjs";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import type { BracketSide } from "#collab/brackets.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import { isGlyph, withBrackets } from "#collab/bracket-signs.ts";
import type { BracketedSpan } from "#collab/bracket-signs.ts";
import { isReference } from "#collab/read-words.ts";
import type { ImportedParagraph } from "#collab/read-words.ts";
import type { WriteTx } from "#db/database.ts";
import type { InsertAct, ServerAct, Turn } from "./room.ts";
import { createSlices, giveWay } from "./slices.ts";

type ImportOptions = Omit<InsertAct, "by"> & {
  /** In [0, 1), for order keys. */
  readonly random?: () => number;
};

/** Characters of one slice: a few milliseconds of work for the gate. */
const SLICE_CHARACTERS = 12_000;

type Sheet = {
  readonly id: string;
  readonly order: string;
  readonly paragraph: ImportedParagraph;
};

/** Order keys for `count` paragraphs between two keys, in order: halved again and again, so that they stay short. */
function* keysBetween(
  before: string,
  after: string,
  count: number,
  random?: () => number,
): Generator<string, void> {
  if (count <= 0) return;
  const middle = orderBetween(before, after, random);
  const left = (count - 1) >> 1;
  yield* keysBetween(before, middle, left, random);
  yield middle;
  yield* keysBetween(middle, after, count - 1 - left, random);
}

function neighbours(turn: Turn, after: string | null): { readonly before: string; readonly behind: string } {
  const body = turn.document().paragraphs.filter(({ role }) => role !== "footnote");
  const at = after === null ? -1 : body.findIndex(({ id }) => id === after);
  return { before: body[at]?.order ?? "", behind: body[at + 1]?.order ?? "" };
}

function* sheetsOf(turn: Turn, options: ImportOptions, noteIds: readonly string[]): Generator<Sheet, void> {
  const { paragraphs, notes, random, newId } = options;
  const { before, behind } = neighbours(turn, options.after);
  const lastNote = turn.document().paragraphs.findLast(({ role }) => role === "footnote");
  const noteKeys = keysBetween(lastNote?.order ?? "", "", notes.length, random);
  for (const [at, spans] of notes.entries()) {
    const paragraph = { role: "footnote", level: 0, dir: "auto", spans } as const;
    yield { id: noteIds[at] ?? newId(), order: noteKeys.next().value ?? "", paragraph };
  }
  const keys = keysBetween(before, behind, paragraphs.length, random);
  for (const paragraph of paragraphs) yield { id: newId(), order: keys.next().value ?? "", paragraph };
}

function lengthOf({ paragraph }: Sheet): number {
  return paragraph.spans.reduce((sum, span) => sum + (isReference(span) ? 1 : span.text.length), 100);
}

/** Gives way between the sheets: a long file has thousands. */
async function slicesOf(sheets: Iterable<Sheet>): Promise<Sheet[][]> {
  const giveWayInTime = createSlices();
  const slices: Sheet[][] = [];
  let room = 0;
  for (const sheet of sheets) {
    const length = lengthOf(sheet);
    const last = slices.at(-1);
    if (last && room >= length) last.push(sheet);
    else {
      await giveWayInTime();
      slices.push([sheet]);
      room = SLICE_CHARACTERS;
    }
    room -= length;
  }
  return slices;
}

/** A sign whose bracket ends in a later slice: a plain character until then. */
type Begun = {
  readonly bracket: string;
  readonly side: BracketSide;
  readonly paragraph: string;
  readonly at: number;
};

type Signed = {
  readonly spans: ReadonlyMap<Sheet, readonly BracketedSpan[]>;
  /** The slice in which both glyphs of a bracket are there. */
  readonly wholeIn: ReadonlyMap<string, number>;
};

/**
 * The words of all sheets with their brackets, which nest over all of the body and within each note. A slice is one row
 * of the log, and no row has half of a bracket: one that goes over several becomes one with the last of them.
 */
function bracketedSpans(slices: readonly (readonly Sheet[])[], newId: () => string): Signed {
  const spansOf = ({ paragraph }: Sheet): ImportedParagraph["spans"] => paragraph.spans;
  const sheets = slices.flat();
  const body = sheets.filter((sheet) => !isNote(sheet));
  const signed = withBrackets(body.map(spansOf), newId);
  const spans = new Map(body.map((sheet, at): [Sheet, BracketedSpan[]] => [sheet, signed[at] ?? []]));
  for (const note of sheets.filter(isNote)) spans.set(note, withBrackets([spansOf(note)], newId)[0] ?? []);
  const wholeIn = new Map<string, number>();
  for (const [at, slice] of slices.entries())
    for (const sheet of slice)
      for (const span of spans.get(sheet) ?? []) if (isGlyph(span)) wholeIn.set(span.bracket, at);
  return { spans, wholeIn };
}

/** Puts the glyph where its sign has stood as a plain character. */
function finishGlyph(doc: Y.Doc, { bracket, side, paragraph, at }: Begun): void {
  const map = paragraphsOf(doc).get(paragraph);
  const text = map ? wordsOf(map) : null;
  text?.delete(at, 1);
  text?.insertEmbed(at, { bracket, side }, {});
}

function writeSheet(
  doc: Y.Doc,
  { id, order, paragraph }: Sheet,
  {
    spans,
    noteIds,
    isWhole,
  }: {
    readonly spans: readonly BracketedSpan[];
    readonly noteIds: readonly string[];
    readonly isWhole: (bracket: string) => boolean;
  },
): Begun[] {
  const begun: Begun[] = [];
  const { role, level, dir } = paragraph;
  const map = new Y.Map<unknown>();
  paragraphsOf(doc).set(id, map);
  const fields = { order, role, level, relation: null, dir, deleted: false };
  for (const [key, value] of Object.entries(fields)) map.set(key, value);
  const text = new Y.Text();
  map.set("text", text);
  for (const span of spans) {
    const at = text.length;
    if (isGlyph(span) && !isWhole(span.bracket)) {
      text.insert(at, span.side === "open" ? "[" : "]", {});
      begun.push({ ...span, paragraph: id, at });
    } else if (isGlyph(span)) {
      text.insertEmbed(at, { bracket: span.bracket, side: span.side }, {});
    } else if (isReference(span)) {
      const note = noteIds[span.note];
      if (note !== undefined) text.insertEmbed(at, { footnote: note }, {});
    } else if (span.text !== "") {
      text.insert(at, span.text, {
        ...(span.em ? { em: true } : {}),
        ...(span.strong ? { strong: true } : {}),
      });
    }
  }
  return begun;
}

function isNote({ paragraph }: Sheet): boolean {
  return paragraph.role === "footnote";
}

/**
 * Imports within a turn that is held: one row of the log per slice, each with its own `also`. Returns the ids of the
 * new paragraphs in order, footnotes first. When a slice behind the first is refused, what came before it stays in the
 * text, and the refusal is "import-partly" with `came` of `total` paragraphs and `why`, the code of that slice.
 */
export async function importInto(
  turn: Turn,
  act: Pick<ServerAct, "act" | "by">,
  options: ImportOptions,
): Promise<Refusal | { readonly seq: number; readonly ids: readonly string[] }> {
  const { also } = options;
  const noteIds = options.notes.map(options.newId);
  const slices = await slicesOf(sheetsOf(turn, options, noteIds));
  await giveWay();
  const { spans, wholeIn } = bracketedSpans(slices, options.newId);
  let begun: Begun[] = [];
  let came = 0;
  for (const [at, slice] of slices.entries()) {
    const notes = slice.filter(isNote).length;
    const about = { number: at + 1, of: slices.length, paragraphs: slice.length - notes, notes };
    const isWhole = (bracket: string): boolean => (wholeIn.get(bracket) ?? 0) <= at;
    let written: Begun[] = [];
    const write = (doc: Y.Doc): void => {
      begun.filter(({ bracket }) => isWhole(bracket)).forEach((sign) => finishGlyph(doc, sign));
      written = slice.flatMap((sheet) =>
        writeSheet(doc, sheet, { spans: spans.get(sheet) ?? [], noteIds, isWhole }),
      );
    };
    const done = await turn.change({
      ...act,
      change: (doc) => doc.transact(() => write(doc)),
      ...(also ? { also: (tx: WriteTx, seq: number) => also(tx, seq, about) } : {}),
    });
    if (isRefusal(done)) {
      if (at === 0) return done;
      const values = { came, total: options.paragraphs.length, why: done.code };
      return refuse(done.kind, "import-partly", { values });
    }
    begun = [...begun.filter(({ bracket }) => !isWhole(bracket)), ...written];
    came += about.paragraphs;
  }
  return { seq: turn.seq, ids: slices.flatMap((slice) => slice.map(({ id }) => id)) };
}

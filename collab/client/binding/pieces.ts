/** Words on their way into a `Y.Text`: strings and embeds with their formatting, without ids. */
import type { Fragment, Mark, Node as ProseNode } from "prosemirror-model";
import * as Y from "yjs";
import { FORMATS } from "#collab/model.ts";
import type { Format } from "#collab/model.ts";
import { firstItem, runsOf } from "#collab/runs.ts";
import type { Formats } from "#collab/runs.ts";

export type Piece = Formats & { readonly content: string | Readonly<Record<string, unknown>> };

function pieceLength(piece: Piece): number {
  return typeof piece.content === "string" ? piece.content.length : 1;
}

function formatsOf(marks: readonly Mark[]): Formats {
  const has = (name: Format): boolean => marks.some((mark) => mark.type.name === name);
  return { em: has("em"), strong: has("strong") };
}

function embedOf(node: ProseNode): Readonly<Record<string, unknown>> {
  if (node.type.name === "footnote") return { footnote: node.attrs["note"] };
  if (node.type.name === "reference") return { paragraph: node.attrs["to"] };
  if (node.type.name === "bracket") return { bracket: node.attrs["bracket"], side: node.attrs["side"] };
  return node.attrs["value"] as Record<string, unknown>;
}

/** Inline nodes as pieces. */
export function piecesOfNodes(fragment: Fragment): Piece[] {
  const pieces: Piece[] = [];
  fragment.forEach((node) => {
    pieces.push({ ...formatsOf(node.marks), content: node.text ?? embedOf(node) });
  });
  return pieces;
}

/** The part [start, end) of pieces, counted in UTF-16 units. */
export function cutPieces(pieces: readonly Piece[], start: number, end: number): Piece[] {
  const cut: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = pieceLength(piece);
    const from = Math.max(start, at) - at;
    const to = Math.min(end, at + length) - at;
    if (to > from)
      cut.push(
        typeof piece.content === "string" ? { ...piece, content: piece.content.slice(from, to) } : piece,
      );
    at += length;
  }
  return cut;
}

/** The visible words [offset, offset + length) of a text. */
export function piecesOfText(text: Y.Text, offset: number, length: number): Piece[] {
  const pieces = runsOf(text).map(({ em, strong, content }): Piece => ({ em, strong, content }));
  return cutPieces(pieces, offset, offset + length);
}

/** What the formatting keys hold right after the visible character before `offset`. */
function valuesAt(text: Y.Text, offset: number): Map<string, unknown> {
  const values = new Map<string, unknown>();
  let at = 0;
  for (let item = firstItem(text); item !== null && at < offset; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content as unknown as { key: string; value: unknown };
      values.set(key, value);
    } else if (item.countable) at += item.length;
  }
  return values;
}

/**
 * Inserts pieces with every format said explicitly, so that nothing is inherited from the words beside them. Where a
 * format is switched off in the surroundings, `false` and never `null` is written.
 */
export function insertPieces(text: Y.Text, offset: number, pieces: readonly Piece[]): number {
  let at = offset;
  for (const piece of pieces) {
    const around = valuesAt(text, at);
    const attributes: Record<string, boolean> = {};
    for (const format of FORMATS) {
      if (piece[format]) attributes[format] = true;
      else if (typeof around.get(format) === "boolean") attributes[format] = false;
    }
    if (typeof piece.content === "string") {
      if (piece.content !== "") text.insert(at, piece.content, attributes);
    } else text.insertEmbed(at, { ...piece.content }, attributes);
    at += pieceLength(piece);
  }
  return at - offset;
}

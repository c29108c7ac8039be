/**
 * A composition (input of Chinese, of accents, on phones) lives in the browser's DOM and dies when its paragraph is
 * redrawn. While one goes on, remote changes of that paragraph stay out of the view: Yjs has them, and the composed
 * words go to their place in Yjs by the ids of the characters that the view shows.
 */
import { Fragment, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type * as Y from "yjs";
import { characterKey, charactersOf } from "#collab/id-ranges.ts";
import type { CharacterKey } from "#collab/id-ranges.ts";
import { inlineNode } from "#collab/nodes.ts";
import { runsOf } from "#collab/runs.ts";
import type { Pen } from "./act.ts";
import type { WordsPen } from "./local-words.ts";
import { cutPieces, piecesOfText } from "./pieces.ts";
import { matchWords, removeAt } from "./remote.ts";
import type { BindingStats } from "./remote.ts";
import { joinOffsets, placesIn } from "./trail.ts";

export type Hold = { readonly id: string; readonly keys: CharacterKey[] };

/** A pen for a paragraph whose view is held back: offsets are those of the view. */
export function heldPen(pen: Pen, hold: Hold): WordsPen {
  const live = (keys: readonly CharacterKey[]): { offset: number; length: number }[] => {
    const wanted = new Set(keys);
    const places = placesIn(pen.textOf(hold.id), (key) => wanted.has(key));
    return joinOffsets(places.filter((place) => !place.isDeleted).map((place) => place.offset));
  };
  return {
    insert(id, offset, pieces) {
      if (id !== hold.id) {
        pen.insert(id, offset, pieces);
        return;
      }
      const left = hold.keys[offset - 1];
      const place = placesIn(pen.textOf(id), (key) => key === left)[0];
      const at = place === undefined ? 0 : place.offset + (place.isDeleted ? 0 : 1);
      const ids = pen.insert(id, at, pieces);
      const keys = [...charactersOf(ids)].map((character) => characterKey(...character));
      hold.keys.splice(offset, 0, ...keys);
    },
    remove(id, offset, length) {
      if (id !== hold.id) pen.remove(id, offset, length);
      else for (const at of live(hold.keys.splice(offset, length))) pen.remove(id, at.offset, at.length);
    },
    format(id, offset, length, format, on) {
      if (id !== hold.id) pen.format(id, offset, length, format, on);
      else
        for (const at of live(hold.keys.slice(offset, offset + length)))
          pen.format(id, at.offset, at.length, format, on);
    },
  };
}

/** Brings the view of a held paragraph to what Yjs has, character by character. */
export function release({
  tr,
  pos,
  text,
  hold,
  stats,
}: {
  readonly tr: Transaction;
  readonly pos: number;
  readonly text: Y.Text;
  readonly hold: Hold;
  readonly stats: BindingStats;
}): void {
  const wanted = runsOf(text).flatMap((run) =>
    [...charactersOf([[run.client, run.clock, run.length]])].map((id) => characterKey(...id)),
  );
  const live = new Set(wanted);
  const shown = hold.keys.filter((key) => live.has(key));
  for (let i = hold.keys.length - 1; i >= 0; i--) {
    const end = i + 1;
    while (i > 0 && !live.has(hold.keys[i] ?? "0:0") && !live.has(hold.keys[i - 1] ?? "0:0")) i--;
    if (!live.has(hold.keys[i] ?? "0:0")) removeAt(tr, pos + 1 + i, pos + 1 + end);
  }
  const pieces = piecesOfText(text, 0, text.length);
  const has = new Set(shown);
  for (let i = 0; i < wanted.length;) {
    let end = i;
    while (end < wanted.length && !has.has(wanted[end] ?? "0:0")) end++;
    const nodes = cutPieces(pieces, i, end).map((piece) => inlineNode(piece.content, piece));
    if (nodes.length > 0)
      tr.step(new ReplaceStep(pos + 1 + i, pos + 1 + i, new Slice(Fragment.fromArray(nodes), 0, 0)));
    i = Math.max(end, i + 1);
  }
  matchWords(tr, pos, text, stats);
}

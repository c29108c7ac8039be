/**
 * The selection kept over a remote change as (paragraph, offset). A remote insertion at the caret leaves it to the left,
 * otherwise two typists interleave their letters; a range never grows at its ends.
 */
import type { ResolvedPos } from "prosemirror-model";
import { Selection, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { idOf } from "#collab/schema.ts";
import { placesOf } from "./places.ts";

type SavedEnd = {
  readonly id: string | null;
  offset: number;
  readonly assoc: -1 | 1;
  readonly pos: number;
};
export type SavedSelection = readonly [anchor: SavedEnd, head: SavedEnd];

export function saveSelection(state: EditorState): SavedSelection {
  const { selection } = state;
  const save = ($pos: ResolvedPos, other: number): SavedEnd => ({
    id: $pos.depth === 1 ? idOf($pos.parent) : null,
    offset: $pos.depth === 1 ? $pos.parentOffset : 0,
    assoc: $pos.pos < other ? 1 : -1,
    pos: $pos.pos,
  });
  return [save(selection.$anchor, selection.head), save(selection.$head, selection.anchor)];
}

export function restoreSelection(tr: Transaction, saved: SavedSelection): void {
  const places = placesOf(tr.doc);
  const [anchor, head] = saved.map((end) => {
    const place = end.id === null ? undefined : places.find((each) => each.id === end.id);
    const pos =
      place === undefined
        ? tr.mapping.map(end.pos, end.assoc)
        : place.pos + 1 + Math.min(end.offset, place.node.content.size);
    return tr.doc.resolve(Math.min(pos, tr.doc.content.size));
  });
  if (anchor === undefined || head === undefined) return;
  tr.setSelection(
    anchor.parent.isTextblock && head.parent.isTextblock
      ? new TextSelection(anchor, head)
      : Selection.near(head),
  );
}

/** After undo the caret is where something changed. */
export function selectChange(tr: Transaction): void {
  let at = -1;
  tr.mapping.maps.forEach((map, i) => {
    map.forEach((_start, _end, _newStart, newEnd) => {
      at = tr.mapping.slice(i + 1).map(newEnd);
    });
  });
  if (at >= 0) tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)), -1));
}

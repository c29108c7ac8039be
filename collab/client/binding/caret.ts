/** Carets that mean the same place on every replica. */
import type { EditorState } from "prosemirror-state";
import * as Y from "yjs";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { paragraphIdOf } from "#collab/projection.ts";
import { placeAt } from "./places.ts";

/** A relative position as plain JSON: fit for a frame, opaque otherwise. */
export type Caret = Readonly<Record<string, unknown>>;
export type CaretPlace = { readonly paragraphId: string; readonly offset: number };

/** The caret at a paragraph and offset; null when there is no such paragraph. */
function caretAt(doc: Y.Doc, { paragraphId, offset }: CaretPlace): Caret | null {
  const map = paragraphsOf(doc).get(paragraphId);
  const text = map === undefined ? null : wordsOf(map);
  if (text === null) return null;
  const position = Y.createRelativePositionFromTypeIndex(text, Math.min(offset, text.length), -1);
  return Y.relativePositionToJSON(position) as Caret;
}

/** The head (or anchor) of the selection; null outside of a paragraph. */
export function caretOf(doc: Y.Doc, state: EditorState, end: "head" | "anchor" = "head"): Caret | null {
  const place = placeAt(state.doc, state.selection[end]);
  return place === null ? null : caretAt(doc, { paragraphId: place.id, offset: place.offset });
}

/** Where a caret from anybody's replica is here; null when it is not (or not yet) anywhere, or is no caret at all. */
export function resolveCaret(doc: Y.Doc, caret: unknown): CaretPlace | null {
  if (typeof caret !== "object" || caret === null) return null;
  try {
    const position = Y.createRelativePositionFromJSON(caret);
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
    const paragraphId = absolute === null ? null : paragraphIdOf(absolute.type, paragraphsOf(doc));
    return absolute === null || paragraphId === null ? null : { paragraphId, offset: absolute.index };
  } catch {
    return null;
  }
}

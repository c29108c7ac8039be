/**
 * The gate's own copy of the text. Edits are tried on it; what an edit did is read there, and what it leaves is what is
 * logged. It keeps deleted words, so that the undoing of a deletion can be checked against them.
 */
import * as Y from "yjs";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";
import { indexGlyphs } from "./glyphs.ts";
import type { GlyphIndex } from "./glyphs.ts";

export type GateCopy = {
  readonly doc: Y.Doc;
  /** Order keys in use, with their paragraphs; hidden paragraphs keep theirs. */
  readonly orders: Map<string, string>;
  /** The order key of each paragraph. */
  readonly orderOf: Map<string, string>;
  /** The glyphs of brackets that ever were in the text. */
  readonly glyphs: GlyphIndex;
};

/** @param updates the text's state, then what was accepted after it */
export function createGateCopy(updates: readonly Uint8Array[], client: number): GateCopy {
  const doc = createTextDoc({ gc: false });
  // The root must have its type before the first update: what is read of a transaction names it.
  paragraphsOf(doc);
  for (const update of updates) Y.applyUpdate(doc, update);
  doc.clientID = client;
  const copy: GateCopy = { doc, orders: new Map(), orderOf: new Map(), glyphs: indexGlyphs(doc) };
  paragraphsOf(doc).forEach((_, id) => noteOrder(copy, id));
  return copy;
}

/** Keeps the index of orders in step after a paragraph's order may have changed. */
export function noteOrder(copy: GateCopy, paragraphId: string): void {
  const order = paragraphsOf(copy.doc).get(paragraphId)?.get("order");
  const before = copy.orderOf.get(paragraphId);
  if (before !== undefined && copy.orders.get(before) === paragraphId) copy.orders.delete(before);
  if (typeof order !== "string") return;
  copy.orders.set(order, paragraphId);
  copy.orderOf.set(paragraphId, order);
}

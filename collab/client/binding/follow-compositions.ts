/** Tells when a composition begins and ends in a view. */
import type { EditorView } from "prosemirror-view";
import { placeAt } from "./places.ts";

/** After `compositionend` the browser and ProseMirror still settle the composed words. */
const SETTLE_MS = 60;

/** Calls `begin` with the paragraph composed in and `end` when its words are settled; returns how to stop. */
export function followCompositions(
  view: EditorView,
  tell: { readonly begin: (paragraphId: string) => void; readonly end: () => void },
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = (): void => {
    clearTimeout(timer);
    const place = placeAt(view.state.doc, view.state.selection.head);
    if (place !== null) tell.begin(place.id);
  };
  const end = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!view.composing) tell.end();
    }, SETTLE_MS);
  };
  view.dom.addEventListener("compositionstart", begin);
  view.dom.addEventListener("compositionend", end);
  return () => {
    clearTimeout(timer);
    view.dom.removeEventListener("compositionstart", begin);
    view.dom.removeEventListener("compositionend", end);
  };
}

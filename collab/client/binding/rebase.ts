/** A transaction made on a view that was held back, made again on the whole text. */
import type { EditorState, Transaction } from "prosemirror-state";
import { Mapping } from "prosemirror-transform";
import type { StepMap } from "prosemirror-transform";

/** The steps of a transaction on a state that other steps, given by their maps, have led to from the same document. */
export function rebase(tr: Transaction, over: readonly StepMap[], state: EditorState): Transaction {
  const rebased = state.tr;
  const undone = tr.mapping.maps.map((map) => map.invert()).toReversed();
  const mapping = new Mapping([...undone, ...over]);
  let mirror = undone.length;
  for (const step of tr.steps) {
    const mapped = step.map(mapping.slice(mirror));
    mirror -= 1;
    if (mapped !== null && rebased.maybeStep(mapped).failed === null)
      mapping.appendMap(mapped.getMap(), mirror);
  }
  return rebased.scrollIntoView();
}

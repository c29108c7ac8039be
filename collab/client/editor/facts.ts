/** What the toolbar shows of the place where the caret is. */
import type { MarkType } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import { attrsOf, idOf } from "#collab/schema.ts";
import type { EditorFacts } from "./editor-options.ts";
import { foundIn } from "./find-plugin.ts";
import { countSigns, signAtCaret } from "./plain-signs.ts";

/** The paragraph that the caret is in; null between paragraphs. */
export function paragraphAtCaret({ selection: { $head } }: EditorState): string | null {
  return $head.depth === 1 ? idOf($head.parent) : null;
}

/** The bracket of a glyph beside the caret, or of the one that is selected; null when there is none. */
export function bracketAtCaret({ selection: { $from, $to, empty } }: EditorState): string | null {
  const near = empty
    ? [$from.nodeBefore, $from.nodeAfter]
    : $to.pos - $from.pos === 1
      ? [$from.nodeAfter]
      : [];
  const glyph = near.find((node) => node?.type.name === "bracket");
  return glyph ? String(glyph.attrs["bracket"]) : null;
}

type Around = {
  readonly isLocked: (paragraphId: string) => boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
  readonly bracketsOf: (paragraphId: string) => EditorFacts["brackets"];
};

export function readFacts(
  state: EditorState,
  { isLocked, mayUndo, mayRedo, bracketsOf }: Around,
): EditorFacts {
  const { $head } = state.selection;
  const paragraphId = paragraphAtCaret(state);
  const attrs = paragraphId === null ? null : attrsOf($head.parent);
  const found = foundIn(state);
  const { em, strong } = state.schema.marks;
  return {
    paragraphId,
    role: attrs?.role ?? null,
    level: attrs?.level ?? 0,
    isRelated: attrs !== null && attrs.relation !== null,
    dir: attrs?.dir ?? "auto",
    em: hasMark(state, em),
    strong: hasMark(state, strong),
    locked: paragraphId !== null && isLocked(paragraphId),
    mayUndo,
    mayRedo,
    isEmpty: state.doc.childCount === 0,
    signs: { count: countSigns(state.doc), isAt: signAtCaret(state) !== null },
    brackets: paragraphId === null ? [] : bracketsOf(paragraphId),
    bracket: bracketAtCaret(state),
    found: { count: found.places.length, current: found.current },
  };
}

/** Of the selected words, or of what would be typed. */
function hasMark({ selection, storedMarks, doc }: EditorState, mark: MarkType | undefined): boolean {
  if (mark === undefined) return false;
  const { $from, empty, from, to } = selection;
  return empty ? mark.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, mark);
}

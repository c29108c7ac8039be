/** Carets of the others, as bars with their siglum; told apart by three line patterns, never by hue. */
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export type OtherCaret = {
  readonly peer: number;
  readonly name: string;
  readonly siglum: string;
  /** Position in the document. */
  readonly pos: number;
  /** 1 solid, 2 dashed, 3 double. */
  readonly pattern: number;
};

type Carets = { readonly all: readonly OtherCaret[]; readonly drawn: DecorationSet };

const caretsKey = new PluginKey<Carets>("carets");

function caretElement({ name, siglum, pattern }: OtherCaret): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "caret";
  caret.dataset["n"] = String(pattern);
  // The words of the text are read aloud, the others' places are not: the list of those present names them.
  caret.setAttribute("aria-hidden", "true");
  const flag = document.createElement("span");
  flag.dataset["siglum"] = siglum;
  flag.dataset["name"] = `${name}, ${siglum}`;
  caret.append(flag);
  return caret;
}

function draw(state: EditorState, all: readonly OtherCaret[]): DecorationSet {
  const decorations = all.map((caret) =>
    Decoration.widget(caret.pos, () => caretElement(caret), {
      key: `${caret.peer}/${caret.pattern}/${caret.siglum}/${caret.name}`,
      side: 10,
      ignoreSelection: true,
    }),
  );
  return DecorationSet.create(state.doc, decorations);
}

/** Shows these carets from now on. */
export function setCarets(tr: Transaction, carets: readonly OtherCaret[]): Transaction {
  return tr.setMeta(caretsKey, carets).setMeta("addToHistory", false);
}

export function caretsPlugin(): Plugin<Carets> {
  return new Plugin<Carets>({
    key: caretsKey,
    state: {
      init: () => ({ all: [], drawn: DecorationSet.empty }),
      apply(tr, carets, _, state) {
        const given = tr.getMeta(caretsKey) as readonly OtherCaret[] | undefined;
        if (given) return { all: given, drawn: draw(state, given) };
        return tr.docChanged && carets.all.length > 0
          ? { all: carets.all, drawn: carets.drawn.map(tr.mapping, tr.doc) }
          : carets;
      },
    },
    props: { decorations: (state) => caretsKey.getState(state)?.drawn },
  });
}

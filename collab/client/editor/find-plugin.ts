/** Find in the text: every place where the words stand, drawn by decorations, one of them the current one. */
import type { Node as ProseNode } from "prosemirror-model";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import type { Command, EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export type Found = {
  readonly query: string;
  readonly places: readonly { readonly from: number; readonly to: number }[];
  /** Index of the current place; -1 when there is none. */
  readonly current: number;
};

type Shown = { readonly found: Found; readonly drawn: DecorationSet };
type Meta = { readonly query?: string; readonly current?: number };

const NOTHING: Found = { query: "", places: [], current: -1 };
const key = new PluginKey<Shown>("find");

/** Lower case of the same length, so that offsets stay offsets. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

const foldedByNode = new WeakMap<ProseNode, string>();

function wordsOf(node: ProseNode): string {
  let words = foldedByNode.get(node);
  if (words === undefined) {
    words = folded(
      node.textBetween(0, node.content.size, "", (leaf) => leaf.type.spec.leafText?.(leaf) ?? "\uFFFC"),
    );
    foldedByNode.set(node, words);
  }
  return words;
}

/** Places in reading order; at most `most`. */
export function findPlaces(doc: ProseNode, query: string, most = 5_000): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  const wanted = folded(query);
  if (wanted === "") return places;
  doc.forEach((node, pos) => {
    const words = wordsOf(node);
    for (
      let at = words.indexOf(wanted);
      at >= 0 && places.length < most;
      at = words.indexOf(wanted, at + wanted.length)
    ) {
      places.push({ from: pos + 1 + at, to: pos + 1 + at + wanted.length });
    }
  });
  return places;
}

function drawn(state: EditorState, { places, current }: Found): DecorationSet {
  return DecorationSet.create(
    state.doc,
    places.map(({ from, to }, at) =>
      Decoration.inline(from, to, { class: at === current ? "found now" : "found" }),
    ),
  );
}

function follow(
  tr: { readonly getMeta: (key: PluginKey<Shown>) => unknown; readonly docChanged: boolean },
  shown: Shown,
  state: EditorState,
): Shown {
  const meta = tr.getMeta(key) as Meta | undefined;
  if (!meta && (!tr.docChanged || shown.found.query === "")) return shown;
  const query = meta?.query ?? shown.found.query;
  if (query === "") return { found: NOTHING, drawn: DecorationSet.empty };
  const places =
    meta?.query === undefined && !tr.docChanged ? shown.found.places : findPlaces(state.doc, query);
  let current = meta?.current ?? shown.found.current;
  if (meta?.query !== undefined) current = places.findIndex(({ from }) => from >= state.selection.from);
  if (places.length === 0) current = -1;
  else if (current < 0 || current >= places.length) current = 0;
  const found: Found = { query, places, current };
  return { found, drawn: drawn(state, found) };
}

export function findPlugin(): Plugin<Shown> {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ found: NOTHING, drawn: DecorationSet.empty }),
      apply: (tr, shown, _, state) => follow(tr, shown, state),
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });
}

export function foundIn(state: EditorState): Found {
  return key.getState(state)?.found ?? NOTHING;
}

/** Looks for other words, from the caret on; "" ends it. */
export function find(query: string): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.setMeta(key, { query } satisfies Meta));
    return true;
  };
}

/** Goes to the next or previous place, around the ends. */
export function findNext(by: 1 | -1): Command {
  return (state, dispatch) => {
    const { places, current } = foundIn(state);
    if (places.length === 0) return false;
    const next = (current + by + places.length) % places.length;
    const place = places[next];
    if (place && dispatch) {
      const tr = state.tr.setMeta(key, { current: next } satisfies Meta);
      dispatch(tr.setSelection(TextSelection.create(tr.doc, place.from, place.to)).scrollIntoView());
    }
    return true;
  };
}

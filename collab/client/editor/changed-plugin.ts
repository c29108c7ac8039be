/** Words just changed by somebody else keep a dotted box for two seconds. Nothing moves or blinks. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { EditorView } from "prosemirror-view";
import { FROM_TEXT } from "#collab/client/binding/bind-text.ts";

const SHOWN_MS = 2_000;
/** More at once is a restore or an import: boxes around everything would say nothing. */
const MOST_RANGES = 40;

type Spec = { readonly until: number };
const key = new PluginKey<DecorationSet>("changed");

function insertedRanges(tr: Transaction): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  tr.mapping.maps.forEach((map, at) => {
    const rest = tr.mapping.slice(at + 1);
    map.forEach((_from, _to, start, end) => {
      const from = rest.map(start, 1);
      const to = rest.map(end, -1);
      if (to > from) ranges.push({ from, to });
    });
  });
  return ranges;
}

/** One box around words that stand side by side, letter after letter, for as long as the newest of them. */
function withRange(
  set: DecorationSet,
  range: { readonly from: number; readonly to: number; readonly until: number },
  doc: Node,
): DecorationSet {
  const beside = set.find(range.from, range.to);
  const from = Math.min(range.from, ...beside.map((one) => one.from));
  const to = Math.max(range.to, ...beside.map((one) => one.to));
  const box = Decoration.inline(from, to, { class: "just-changed" }, { until: range.until });
  return set.remove(beside).add(doc, [box]);
}

export function changedPlugin(now: () => number): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const over = tr.getMeta(key) as number | undefined;
        if (over !== undefined) {
          return set.remove(
            set.find(undefined, undefined, (spec: Partial<Spec>) => (spec.until ?? 0) <= over),
          );
        }
        if (!tr.docChanged) return set;
        const kept = set === DecorationSet.empty ? set : set.map(tr.mapping, tr.doc);
        if (tr.getMeta(FROM_TEXT) !== "remote") return kept;
        const ranges = insertedRanges(tr);
        if (ranges.length === 0 || ranges.length > MOST_RANGES) return kept;
        const until = now() + SHOWN_MS;
        return ranges.reduce((set, range) => withRange(set, { ...range, until }, tr.doc), kept);
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: () => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const sweep = (view: EditorView): void => {
        timer = null;
        if (!view.isDestroyed)
          view.dispatch(view.state.tr.setMeta(key, now()).setMeta("addToHistory", false));
      };
      return {
        update(view) {
          const set = key.getState(view.state);
          if (timer === null && set && set.find().length > 0)
            timer = setTimeout(() => sweep(view), SHOWN_MS / 4);
        },
        destroy() {
          if (timer !== null) clearTimeout(timer);
        },
      };
    },
  });
}

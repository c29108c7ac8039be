/** A reference to a paragraph in the editor: what that is called now, and a way there. */
import type { Node as ProseNode } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import type { PaperSetting } from "./paragraph-view.ts";

export class ReferenceView implements NodeView {
  readonly dom: HTMLElement;
  readonly #unwatch: () => void;

  constructor(node: ProseNode, setting: PaperSetting) {
    const to = String(node.attrs["to"]);
    this.dom = document.createElement("span");
    this.dom.dataset["reference"] = to;
    this.dom.setAttribute("role", "link");
    const words = document.createElement("bdi");
    this.dom.append(words);
    const draw = (): void => {
      const { text, spoken, isLive } = setting.labels.referenceTo(to);
      words.textContent = text;
      this.dom.className = isLive ? "xref" : "xref gone";
      this.dom.setAttribute("aria-label", spoken);
      this.dom.setAttribute("aria-disabled", String(!isLive));
    };
    // A press alone puts the caret there; by keys the way is that of notes.
    this.dom.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) setting.goTo(to);
    });
    this.#unwatch = setting.labels.watch(to, draw);
    draw();
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#unwatch();
  }
}

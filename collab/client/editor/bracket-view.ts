/** A glyph of a bracket in the editor: "[" or "]" wherever it is seen or copied; its number is drawn and read aloud. */
import type { Node as ProseNode } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";
import type { BracketBoard } from "./bracket-board.ts";

export type BracketWords = {
  readonly opens: (number: number) => string;
  readonly closes: (number: number) => string;
  /** Of a glyph without a partner. */
  readonly alone: string;
  /** Of the button behind a sign that is a plain character: "Make a bracket of this [". */
  readonly pair: (sign: string) => string;
};

export class BracketView implements NodeView {
  readonly dom: HTMLElement;
  readonly #unwatch: () => void;
  readonly #bracket: string;
  readonly #board: BracketBoard;

  constructor(node: ProseNode, board: BracketBoard, words: BracketWords) {
    const isOpening = node.attrs["side"] === "open";
    const bracket = String(node.attrs["bracket"]);
    this.#bracket = bracket;
    this.#board = board;
    this.dom = document.createElement("span");
    this.dom.className = isOpening ? "b" : "b z";
    this.dom.textContent = isOpening ? "[" : "]";
    this.dom.dataset["bracket"] = bracket;
    this.dom.setAttribute("role", "img");
    const draw = (): void => {
      const number = board.numberOf(bracket);
      const name = number === null ? words.alone : isOpening ? words.opens(number) : words.closes(number);
      if (number === null) delete this.dom.dataset["n"];
      else this.dom.dataset["n"] = String(number);
      this.dom.classList.toggle("lone", number === null);
      this.dom.classList.toggle("pair", board.isLookedAt(bracket));
      const chip = isOpening || number === null ? null : board.chipOf(bracket);
      if (chip === null) delete this.dom.dataset["chip"];
      else this.dom.dataset["chip"] = chip.text;
      this.dom.setAttribute("aria-label", chip === null ? name : `${name}, ${chip.spoken}`);
    };
    this.#unwatch = board.watch(bracket, draw);
    this.dom.addEventListener("pointerenter", this.#enter);
    this.dom.addEventListener("pointerleave", this.#leave);
    draw();
  }

  readonly #enter = (): void => this.#board.look("pointer", this.#bracket);
  readonly #leave = (): void => this.#board.look("pointer", null);

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#unwatch();
    this.#leave();
  }
}

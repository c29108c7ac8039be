/** One paragraph in the editor, with the structure of the paper (`collab/paper.ts`): gutter, words, margin. */
import type { Node as ProseNode } from "prosemirror-model";
import type { NodeView, ViewMutationRecord } from "prosemirror-view";
import { attrsOf, idOf } from "#collab/schema.ts";
import type { ReferenceWords } from "#collab/references.ts";
import type { BracketWords } from "./bracket-view.ts";
import type { FlagBoard } from "./flag-board.ts";
import type { LabelBoard } from "./label-board.ts";

/** What the views of paragraphs and notes share. */
export type PaperSetting = {
  readonly labels: LabelBoard;
  readonly locked: FlagBoard;
  readonly pending: FlagBoard;
  readonly current: FlagBoard;
  readonly words: PaperWords;
  /** BCP 47 tag of the language the text is written in. */
  readonly lang: string;
  /** Somebody took hold of a paragraph's handle. */
  readonly onGrip: (event: PointerEvent, paragraphId: string) => void;
  /** Somebody followed a reference. */
  readonly goTo: (paragraphId: string) => void;
};

export type PaperWords = {
  readonly locked: string;
  readonly notes: string;
  readonly note: string;
  readonly brackets: BracketWords;
  readonly references: ReferenceWords;
  /** Of the handle: "Move OP7". */
  readonly move: (label: string) => string;
};

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  return made;
}

function icon(id: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

function tagOf(node: ProseNode): string {
  const { role, level } = attrsOf(node);
  if (role === "annex") return "h2";
  return role === "heading" ? `h${Math.min(2 + level, 4)}` : "p";
}

export class ParagraphView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  readonly #gutter: HTMLElement;
  readonly #tag: string;
  readonly #setting: PaperSetting;
  readonly #unwatch: readonly (() => void)[];
  #node: ProseNode;

  constructor(node: ProseNode, setting: PaperSetting) {
    this.#node = node;
    this.#setting = setting;
    this.#tag = tagOf(node);
    this.dom = element("section", "para");
    this.#gutter = element("div", "gut");
    this.#gutter.contentEditable = "false";
    this.contentDOM = element(this.#tag, "txt");
    this.contentDOM.lang = setting.lang;
    const margin = element("div", "mar");
    margin.contentEditable = "false";
    this.dom.append(this.#gutter, this.contentDOM, margin);
    this.#gutter.addEventListener("pointerdown", this.#grip);
    const id = idOf(node);
    this.#unwatch = [
      setting.labels.watch(id, () => this.#drawGutter()),
      setting.locked.watch(id, () => this.#drawGutter()),
      setting.pending.watch(id, () => this.#drawFlags()),
      setting.current.watch(id, () => this.#drawFlags()),
    ];
    this.#drawAttributes();
    this.#drawGutter();
    this.#drawFlags();
  }

  readonly #grip = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest(".grip")) {
      this.#setting.onGrip(event, idOf(this.#node));
    }
  };

  #drawAttributes(): void {
    const { role, level, dir } = attrsOf(this.#node);
    this.dom.id = `p-${idOf(this.#node)}`;
    this.dom.dataset["role"] = role;
    this.dom.dataset["level"] = String(level);
    this.contentDOM.dir = dir;
  }

  #drawGutter(): void {
    const { labels, locked, words } = this.#setting;
    const id = idOf(this.#node);
    const label = labels.labelOf(id);
    const isLocked = locked.has(id);
    const parts: Node[] = [];
    if (label.within !== "") {
      const lab = element("span", "lab");
      const bdi = element("bdi", "");
      bdi.textContent = label.within;
      lab.append(bdi);
      parts.push(lab);
    }
    if (label.told !== "") {
      const told = element("span", "rel");
      told.textContent = label.told;
      parts.push(told);
    }
    if (label.place !== "") {
      const place = element("span", "rel");
      const bdi = element("bdi", "");
      bdi.textContent = label.place;
      place.append(bdi);
      parts.push(place);
    }
    if (isLocked) {
      const mark = element("span", "st locked");
      mark.append(icon("i-locked"), ` ${words.locked}`);
      parts.push(mark);
    }
    if (attrsOf(this.#node).role !== "footnote" && !isLocked) {
      // Moving by keys is Alt-Shift-arrow; the handle is for the pointer and out of the way of the Tab key.
      const grip = element("span", "grip");
      grip.title = words.move(label.short);
      grip.setAttribute("aria-hidden", "true");
      parts.push(grip);
    }
    this.#gutter.replaceChildren(...parts);
    const name = [label.spoken, label.told, isLocked ? words.locked.toLowerCase() : ""]
      .filter((part) => part !== "")
      .join(", ");
    if (name === "" || this.#tag !== "p") this.dom.removeAttribute("aria-label");
    else this.dom.setAttribute("aria-label", name);
    const heads = labels.firstNote() === id;
    this.dom.classList.toggle("first-note", heads);
    if (heads) this.dom.dataset["notes"] = words.notes;
    else delete this.dom.dataset["notes"];
    this.dom.classList.toggle("is-locked", isLocked);
  }

  #drawFlags(): void {
    const id = idOf(this.#node);
    if (this.#setting.current.has(id)) this.dom.setAttribute("aria-current", "true");
    else this.dom.removeAttribute("aria-current");
    this.dom.classList.toggle("pending", this.#setting.pending.has(id));
  }

  update(node: ProseNode): boolean {
    if (node.type !== this.#node.type || idOf(node) !== idOf(this.#node) || tagOf(node) !== this.#tag)
      return false;
    const before = attrsOf(this.#node);
    this.#node = node;
    const now = attrsOf(node);
    if (before.role !== now.role || before.level !== now.level || before.dir !== now.dir) {
      this.#drawAttributes();
      if (before.role !== now.role) this.#drawGutter();
    }
    return true;
  }

  /** Gutter and margin are ours; ProseMirror looks after the words, and after what a browser puts beside them. */
  ignoreMutation(mutation: ViewMutationRecord): boolean {
    if (mutation.type === "selection") return false;
    if (mutation.type === "childList" && mutation.target === this.dom) return false;
    return !this.contentDOM.contains(mutation.target);
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Node && this.#gutter.contains(event.target);
  }

  destroy(): void {
    for (const unwatch of this.#unwatch) unwatch();
    this.#gutter.removeEventListener("pointerdown", this.#grip);
  }
}

/** A reference to a note: its number follows the order of the references. */
export class NoteReferenceView implements NodeView {
  readonly dom: HTMLElement;
  readonly #unwatch: () => void;

  constructor(node: ProseNode, setting: PaperSetting) {
    const note = String(node.attrs["note"]);
    this.dom = element("sup", "fn");
    this.dom.dataset["note"] = note;
    const draw = (): void => {
      const number = setting.labels.numberOf(note);
      this.dom.textContent = number;
      this.dom.setAttribute("aria-label", `${setting.words.note} ${number}`);
    };
    this.dom.setAttribute("role", "img");
    this.#unwatch = setting.labels.watch(note, draw);
    draw();
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#unwatch();
  }
}

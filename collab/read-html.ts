/**
 * Reads pasted or imported HTML into paragraphs with roles, levels, italics, bold and footnotes. Works on any tree
 * that looks like a DOM: the browser's own, or parse5's through `read-html-parse5.ts`. Nothing of the page but its
 * words survives: no link, no style, no script.
 */
import type { TextKind } from "./document.ts";
import { attribute, textOf } from "./html-node.ts";
import type { HtmlNode } from "./html-node.ts";
import { isNoteMark, notePlaces, placeNames, referredNote } from "./read-notes.ts";
import { readRoles } from "./read-roles.ts";
import type { Block } from "./read-roles.ts";
import { isDrawnMarker, isLeftOut, isStruck, settingInside, START } from "./read-setting.ts";
import type { Setting } from "./read-setting.ts";
import { cleanWords, isReference, tidySpans, withinLimits, wordsOfSpans } from "./read-words.ts";
import type { Imported, ImportedSpan, ImportWarning } from "./read-words.ts";

const BLOCKS = new Set(
  "address,article,aside,blockquote,body,caption,center,dd,details,dialog,dir,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hgroup,hr,legend,li,main,menu,nav,ol,p,pre,section,summary,table,tbody,tfoot,thead,tr,ul,xmp,listing".split(
    ",",
  ),
);
type Step = { readonly node: HtmlNode; readonly setting: Setting };

class HtmlReader {
  readonly blocks: Block[] = [];
  readonly notes: ImportedSpan[][];
  readonly counts = { table: 0, image: 0, struck: 0 };
  readonly #numbers: ReadonlyMap<string, number>;
  #spans: ImportedSpan[] = [];
  #marker = "";
  #setting: Setting = START;
  /** The note that is being read; null in the body. */
  #note: number | null = null;
  #held = 0;

  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
    this.notes = Array.from({ length: numbers.size }, () => []);
  }

  /** Closes the paragraph that was being read. */
  flush(): void {
    const spans = tidySpans(this.#spans);
    const marker = cleanWords(this.#marker).trim();
    this.#spans = [];
    this.#marker = "";
    if (spans.length === 0) return;
    const note = this.#note === null ? undefined : this.notes[this.#note];
    if (note) {
      if (note.length > 0) note.push({ text: " " });
      note.push(...spans);
      return;
    }
    const { dir, heading, list, stated } = this.#setting;
    this.blocks.push({ spans, dir, heading, list, marker, stated });
  }

  #words(text: string, setting: Setting): void {
    // What stands in no block of its own belongs to the paragraph that is open.
    if (this.#spans.length === 0) this.#setting = setting;
    const format = {
      ...(setting.em ? { em: true as const } : {}),
      ...(setting.strong ? { strong: true as const } : {}),
    };
    if (!setting.preformatted) this.#spans.push({ text, ...format });
    else {
      for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
        if (at > 0) this.flush();
        this.#setting = setting;
        this.#spans.push({ text: line, ...format });
      }
    }
  }

  /** A line break ends a paragraph where a clause ends; elsewhere it only wraps. */
  #lineBreak(): void {
    const words = wordsOfSpans(this.#spans).trimEnd();
    const setting = this.#setting;
    if (/[.;:,!?،؛。；：\]]$/u.test(words)) this.flush();
    else this.#spans.push({ text: " " });
    this.#setting = setting;
  }

  /** The setting inside an element, or null when the element and all in it are left out. */
  #enter(node: HtmlNode, name: string, outer: Setting): Setting | null {
    if (isLeftOut(node, name, outer)) return null;
    if (isDrawnMarker(node)) {
      this.#marker += textOf(node);
      return null;
    }
    if (name === "img") this.counts.image += 1;
    if (isStruck(node, name)) this.counts.struck += 1;
    return settingInside(node, name, outer);
  }

  /** Whether an element is a block, and what its cells need around them. */
  #isBlock(name: string, setting: Setting): boolean {
    if (!setting.inTable) return BLOCKS.has(name);
    return name === "table" || name === "tr" || name === "caption";
  }

  /** Goes through the tree without recursion, so that no depth of nesting can break it. */
  read(root: HtmlNode): void {
    const steps: (Step | (() => void))[] = [{ node: root, setting: START }];
    for (let step = steps.pop(); step; step = steps.pop()) {
      if (typeof step === "function") {
        step();
        continue;
      }
      const { node, setting: outer } = step;
      if (node.nodeType === 3) {
        this.#words(node.nodeValue ?? "", outer);
        continue;
      }
      const name = node.nodeName.toLowerCase();
      if (name === "br") {
        this.#lineBreak();
        continue;
      }
      const setting =
        node.nodeType === 1 ? this.#enter(node, name, outer) : node.nodeType >= 9 ? outer : null;
      if (setting === null) continue;
      const children = [...node.childNodes].map((child) => ({ node: child, setting }));
      const isBlock = node.nodeType === 1 && this.#isBlock(name, setting);
      if (isBlock) this.flush();
      const started = placeNames(node).find((place) => this.#numbers.has(place));
      if (started !== undefined && !this.#isReferenceTo(node, started)) {
        const number = this.#numbers.get(started) ?? 0;
        this.#startNote(number);
        // The mark before the note's words leads back; the words themselves follow it.
        if (name === "a" && isNoteMark(node)) continue;
        if (isBlock) this.#holdNote(steps);
      } else if (isBlock && /mso-element\s*:\s*(?:foot|end)note(?:;|$)/i.test(attribute(node, "style"))) {
        this.#holdNote(steps);
      }
      const note = name === "a" && isNoteMark(node) ? this.#numbers.get(referredNote(node)) : undefined;
      if (note !== undefined && this.#note === null) {
        if (this.#spans.length === 0) this.#setting = setting;
        this.#spans.push({ note });
        continue;
      }
      if (name === "a" && this.#note !== null && attribute(node, "href").includes("#") && isNoteMark(node))
        continue;
      if (name === "table" && !outer.inTable) this.counts.table += 1;
      if (isBlock) steps.push(() => this.#leaveBlock(name));
      if ((name === "td" || name === "th" || BLOCKS.has(name)) && setting.inTable && !isBlock)
        this.#separate();
      steps.push(...children.reverse());
    }
    this.flush();
  }

  #leaveBlock(name: string): void {
    this.flush();
    // A note that began inside a paragraph without a block of its own ends with the paragraph.
    if (this.#note === null || this.#held > 0) return;
    if (name === "p" || name === "li" || name === "div" || name === "tr") this.#endNote();
  }

  /** A note that has an element of its own lasts as long as that, over several paragraphs. */
  #holdNote(steps: (Step | (() => void))[]): void {
    this.#held += 1;
    steps.push(() => {
      this.#held -= 1;
      this.#endNote();
    });
  }

  #isReferenceTo(node: HtmlNode, place: string): boolean {
    return referredNote(node) === place;
  }

  #startNote(number: number): void {
    if (this.#note === number) return;
    const before = this.#spans;
    this.#spans = [];
    if (this.#note === null && tidySpans(before).length > 0) {
      this.#spans = before;
      this.flush();
    }
    this.#note = number;
  }

  #endNote(): void {
    this.flush();
    this.#note = null;
  }

  /** Between the cells of a row. */
  #separate(): void {
    const words = wordsOfSpans(this.#spans).trim();
    if (words !== "" && !words.endsWith("|")) this.#spans.push({ text: " | " });
  }
}

/** Reads a page or a fragment. Never throws on what a page may contain; what was changed is in `warnings`. */
export function readHtml(root: HtmlNode, kind: TextKind): Imported {
  const { numbers } = notePlaces(root);
  const reader = new HtmlReader(numbers);
  reader.read(root);
  const warnings: ImportWarning[] = [];
  for (const code of ["table", "image", "struck"] as const) {
    if (reader.counts[code] > 0) warnings.push({ code, count: reader.counts[code], words: "" });
  }
  // A reference inside a note, or to a note without words, has nowhere to lead.
  const notes = reader.notes.map((spans) => tidySpans(spans.filter((span) => !isReference(span))));
  return withinLimits(readRoles(kind, reader.blocks), notes, warnings);
}

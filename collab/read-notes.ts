/** Finds the footnotes of an HTML page: links to a place that is marked as a note, as Word, Google Docs and we make them. */
import { attribute, everyNode, textOf } from "./html-node.ts";
import type { HtmlNode } from "./html-node.ts";

/** `#_ftn1`, `#_edn1` of Word, `#ftnt1` of Google Docs, `#fn1`, `#fn:1`, `#footnote-1` of web pages, `#p-…` of our own. */
const NOTE_TARGET =
  /#(_?(?:ftn|edn)\d+|ftnt\d+|fn[:-]?\d[\w-]*|footnote[-_]?\d[\w-]*|cite_note[-\w.]*|note[-_]?\d+)$/i;

/** "1", "[1]", "*", "↩": what stands for a note, as against words that are merely linked. */
export function isNoteMark(node: HtmlNode): boolean {
  return /^[[({^]*(?:\d{1,4}|[ivxl]{1,6}|[*†‡§↩↑]+)?[\])}.]*\uFE0E?$/iu.test(
    textOf(node).replaceAll(/\s+/g, ""),
  );
}

export type NotePlaces = {
  /** Name or id of the place of each note → its number from 0, in the order of the references. */
  readonly numbers: ReadonlyMap<string, number>;
};

/** The note that a link refers to, if it looks like a footnote reference; "" otherwise. */
export function referredNote(node: HtmlNode): string {
  const href = attribute(node, "href");
  if (attribute(node, "role") === "doc-noteref" && href.includes("#"))
    return href.slice(href.indexOf("#") + 1);
  return NOTE_TARGET.exec(href)?.[1] ?? "";
}

/** The names under which an element can be linked to. */
export function placeNames(node: HtmlNode): readonly string[] {
  return [attribute(node, "id"), attribute(node, "name")].filter((name) => name !== "");
}

/** Notes that are referred to and are there, numbered by first reference. */
export function notePlaces(root: HtmlNode): NotePlaces {
  const referred: string[] = [];
  const there = new Set<string>();
  for (const node of everyNode(root)) {
    for (const name of placeNames(node)) there.add(name);
    const note = node.nodeName.toLowerCase() === "a" && isNoteMark(node) ? referredNote(node) : "";
    if (note !== "") referred.push(note);
  }
  const numbers = new Map<string, number>();
  for (const note of referred) if (there.has(note) && !numbers.has(note)) numbers.set(note, numbers.size);
  return { numbers };
}

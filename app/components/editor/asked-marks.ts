/**
 * Marks in an editor what somebody looked for who comes from search (`?mark=`), as the server's paper did before it. They
 * are painted over the text and are no part of it: until the first edit of one's own, or Escape.
 */
import { type RefObject, useEffect } from "react";
import { rangesIn } from "#app/rules/search-marks.ts";
import { parseQuery, type SearchQuery } from "#app/rules/search-query.ts";

/** What the style sheet calls them. */
const NAME = "asked";
/** As `data-saving` of the host says it: something of this page is on its way. */
const WRITTEN = new Set(["sending", "saving", "not-saved"]);
/** Numbers of footnotes, and carets of others with their names. */
const NO_WORDS = "sup, .ProseMirror-widget";

export function useAskedMarks(host: RefObject<HTMLElement>, isOpen: boolean): void {
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get("mark");
    const query = asked === null ? "search-empty" : parseQuery(asked);
    if (!isOpen || !host.current || typeof query === "string" || !("highlights" in CSS)) return;
    return markAsked(host.current, query);
  }, [host, isOpen]);
}

/** Returns what ends it. */
function markAsked(host: HTMLElement, query: SearchQuery): () => void {
  const painted = new Highlight();
  const byBlock = new Map<Element, readonly Range[]>();
  const paint = (block: Element): void => {
    for (const range of byBlock.get(block) ?? []) painted.delete(range);
    byBlock.delete(block);
    if (!host.contains(block)) return;
    const ranges = rangesOf(block, query);
    if (ranges.length > 0) byBlock.set(block, ranges);
    for (const range of ranges) painted.add(range);
  };
  // Others go on writing: what is drawn anew is marked anew, the rest is left alone.
  const words = new MutationObserver((records) => {
    for (const block of new Set(records.flatMap(blocksOf))) paint(block);
  });
  const saving = new MutationObserver(() => {
    if (WRITTEN.has(host.dataset["saving"] ?? "")) end();
  });
  const leave = (event: KeyboardEvent): void => {
    if (event.key === "Escape") end();
  };
  function end(): void {
    words.disconnect();
    saving.disconnect();
    document.removeEventListener("keydown", leave);
    CSS.highlights.delete(NAME);
  }
  for (const block of host.querySelectorAll(".txt")) paint(block);
  CSS.highlights.set(NAME, painted);
  words.observe(host, { subtree: true, childList: true, characterData: true });
  saving.observe(host, { attributeFilter: ["data-saving"] });
  document.addEventListener("keydown", leave);
  return end;
}

/** The words that were drawn anew: those around the change, and those within what came. */
function blocksOf({ target, addedNodes, removedNodes }: MutationRecord): Element[] {
  const around = (target instanceof Element ? target : target.parentElement)?.closest(".txt");
  if (around) return [around];
  return [...addedNodes, ...removedNodes].flatMap((node) =>
    node instanceof Element ? [...node.querySelectorAll(".txt")] : [],
  );
}

/** Where in a block's words those stand that were asked for. */
function rangesOf(block: Element, query: SearchQuery): Range[] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(NO_WORDS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const pieces: { readonly node: Text; readonly from: number; readonly to: number }[] = [];
  let written = "";
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
    const from = written.length;
    written += node.data;
    pieces.push({ node, from, to: written.length });
  }
  return rangesIn(written, query).flatMap(({ from, to }) => {
    const first = pieces.find((piece) => piece.to > from);
    const last = pieces.find((piece) => piece.to >= to);
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, from - first.from);
    range.setEnd(last.node, to - last.from);
    return [range];
  });
}

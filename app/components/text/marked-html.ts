/** The HTML of a paper with marks where the words stand that somebody looked for. Its tags stay as they are. */
import { rangesIn } from "#app/rules/search-marks.ts";
import { parseQuery } from "#app/rules/search-query.ts";

/** The words of a paragraph; labels and margins are not looked at. */
const WORDS = /(<(p|h\d) class="txt"[^>]*>)([\s\S]*?)(<\/\2>)/g;
/** What is no word: the number of a footnote, a tag, a sign that HTML writes by name. */
const PARTS = /<sup[\s\S]*?<\/sup>|<a class="back"[\s\S]*?<\/a>|<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);/gi;

/** `asked`: as it was typed; null, or what cannot be looked for, marks nothing. */
export function markedHtml(html: string, asked: string | null): string {
  const query = asked === null ? "search-empty" : parseQuery(asked);
  if (typeof query === "string") return html;
  return html.replace(WORDS, (_all, open: string, _tag: string, inner: string, close: string) => {
    const parts = partsOf(inner);
    const ranges = rangesIn(parts.map(({ plain }) => plain).join(""), query);
    if (ranges.length === 0) return `${open}${inner}${close}`;
    let at = 0;
    const written = parts.map(({ source, plain, isWords }) => {
      const from = at;
      at += plain.length;
      return isWords ? markedWords(source, from, ranges) : source;
    });
    return `${open}${written.join("")}${close}`;
  });
}

type Part = { readonly source: string; readonly plain: string; readonly isWords: boolean };

function partsOf(html: string): Part[] {
  const parts: Part[] = [];
  const add = (source: string, plain: string, isWords: boolean): void => {
    if (source !== "") parts.push({ source, plain, isWords });
  };
  let at = 0;
  for (const { 0: source, index } of html.matchAll(PARTS)) {
    const words = html.slice(at, index);
    add(words, words, true);
    add(source, source.startsWith("&") ? " " : "", false);
    at = index + source.length;
  }
  add(html.slice(at), html.slice(at), true);
  return parts;
}

/** What of the ranges lies in these words, which begin at the place `start` of their paragraph. */
function markedWords(
  words: string,
  start: number,
  ranges: readonly { readonly from: number; readonly to: number }[],
): string {
  let html = "";
  let at = 0;
  for (const range of ranges) {
    const from = Math.max(range.from - start, at);
    const to = Math.min(range.to - start, words.length);
    if (from >= to) continue;
    html += `${words.slice(at, from)}<mark>${words.slice(from, to)}</mark>`;
    at = to;
  }
  return html + words.slice(at);
}

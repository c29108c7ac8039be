/** What somebody asks of search: words, phrases, beginnings, and what is not to be there. Rules SE4 and SE8. */
import { isUnspaced, tokensOf } from "./search-words.ts";

/** In UTF-16 units: as long as a long sentence, and short enough for an address in any script. */
export const LONGEST_QUERY = 300;
/** Words, or characters of scripts without spaces. */
export const MOST_WORDS = 64;
/** Words of which only the beginning is given: each may stand for thousands. */
export const MOST_BEGINNINGS = 8;

/** Words one after the other. */
export type Term = {
  readonly words: readonly [string, ...string[]];
  /** The last of them is the beginning of a word. */
  readonly isBeginning: boolean;
};

export type SearchQuery = {
  /** All of them, wherever they stand. */
  readonly wanted: readonly [Term, ...Term[]];
  /** None of them. */
  readonly unwanted: readonly Term[];
};

/** Message codes: nothing asked, too long, too many words or beginnings, no letter or digit, only what is not to be there. */
export type QueryFault =
  | "search-empty"
  | "search-long"
  | "search-many"
  | "search-stars"
  | "search-wordless"
  | "search-only-without";

const QUOTES = /[“”„‟«»＂]/g;
const PART = /(-?)"([^"]*)(?:"(\*?)|$)|[^\s"]+/g;
/** A single letter is the beginning of too much. */
const SHORTEST_BEGINNING = 2;

/**
 * Never throws, whatever was typed. Words are divided by spaces; what stands in quotation marks, or is one word to the
 * eye and several to search ("A/AC.300", "cyber-attack", Chinese), is a phrase; `*` behind it makes it a beginning, and so
 * is the last word as long as nothing follows it; a minus before it excludes it. Everything else is literal.
 */
export function parseQuery(typed: string): SearchQuery | QueryFault {
  if (typed.length > LONGEST_QUERY) return "search-long";
  const asked = typed.toWellFormed().replace(QUOTES, '"');
  if (asked.trim() === "") return "search-empty";
  const wanted = new Map<string, Term>();
  const unwanted = new Map<string, Term>();
  for (const match of asked.matchAll(PART)) {
    const [whole, minus, quoted, star] = match;
    const isFirst = match.index === 0 || /\s/.test(asked[match.index - 1] ?? "");
    const without = whole.startsWith("-") && isFirst && (quoted === undefined || minus === "-");
    const isLast = match.index + whole.length === asked.length;
    const isBeginning = quoted === undefined ? whole.endsWith("*") || (isLast && !without) : star === "*";
    const term = termOf(quoted ?? whole, isBeginning);
    if (term === null) continue;
    // What is asked for twice is asked for.
    (without ? unwanted : wanted).set(`${term.words.join(" ")}${term.isBeginning ? "*" : ""}`, term);
  }
  const all = [...wanted.values(), ...unwanted.values()];
  if (all.flatMap(({ words }) => words).length > MOST_WORDS) return "search-many";
  if (all.filter((term) => term.isBeginning).length > MOST_BEGINNINGS) return "search-stars";
  const [first, ...others] = wanted.values();
  if (first) return { wanted: [first, ...others], unwanted: [...unwanted.values()] };
  return unwanted.size > 0 ? "search-only-without" : "search-wordless";
}

function termOf(written: string, asBeginning: boolean): Term | null {
  const [first, ...others] = tokensOf(written).map(({ word }) => word);
  if (first === undefined) return null;
  const last = others.at(-1) ?? first;
  const isBeginning = asBeginning && last.length >= SHORTEST_BEGINNING && !isUnspaced(last);
  return { words: [first, ...others], isBeginning };
}

/**
 * Words as search compares them: one form for every way of writing the same word, in what is on record and in what is
 * asked alike. Case, accents and other marks, the ways of writing Arabic letters and its article make no difference.
 * Scripts that put no space between words are compared character by character. Rules SE5 to SE7.
 */

/** A word with its place in what was written, in UTF-16 units. */
export type Token = { readonly word: string; readonly from: number; readonly to: number };

/** Nobody looks for a longer one; whoever pastes one finds it by its beginning. */
const LONGEST_WORD = 64;

const UNSPACED =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
// Joiners and hyphens that no eye sees belong to the word that they stand in.
const WITHIN = "\\p{M}\\u00ad\\u200c\\u200d\\u2060\\ufeff";
const RUN = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}${WITHIN}]*`, "gu");
/** One character of such a script, or a word between them. */
const WORD = new RegExp(`[${UNSPACED}][${WITHIN}]*|[^${UNSPACED}]+`, "gu");
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const PLAIN_WORD = /[a-z0-9]+/g;
// oxlint-disable-next-line no-control-regex
const PLAIN = /^[\u0000-\u007f]*$/;
const NO_LETTER = /[^\p{L}\p{N}]+/gu;

/** What taking marks away leaves different though people write one for the other. */
const SAME_AS: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ħ: "h",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ð: "d",
  þ: "th",
  ς: "σ",
  ـ: "",
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ة: "ه",
};
const SAME = new RegExp(`[${Object.keys(SAME_AS).join("")}]`, "gu");
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** The article, with what is written in one with it, before the letters of a word. */
const ARTICLE = /^(?:(?:وال|بال|كال|فال|لل)(?=\p{L}{3})|ال(?=\p{L}{2}))/u;

/** One word as it is compared; "" when nothing of it is a letter or a digit. */
export function folded(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase().slice(0, LONGEST_WORD);
  const bare = word
    .normalize("NFKD")
    .toLowerCase()
    .replace(SAME, (letter) => SAME_AS[letter] ?? "")
    .replace(DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
    .normalize("NFKD")
    .replace(NO_LETTER, "");
  return bare.replace(ARTICLE, "").slice(0, LONGEST_WORD).toWellFormed();
}

/** The words of what was written, in order. */
export function tokensOf(written: string): Token[] {
  const tokens: Token[] = [];
  if (PLAIN.test(written)) {
    // Most of what is written is plain, and a page of hits reads thousands of words.
    const lower = written.toLowerCase();
    for (const { 0: word, index } of lower.matchAll(PLAIN_WORD)) {
      tokens.push({ word: word.slice(0, LONGEST_WORD), from: index, to: index + word.length });
    }
    return tokens;
  }
  for (const { 0: run, index } of written.matchAll(RUN)) {
    if (!HAS_UNSPACED.test(run)) addToken(tokens, run, index);
    else for (const part of run.matchAll(WORD)) addToken(tokens, part[0], index + part.index);
  }
  return tokens;
}

function addToken(tokens: Token[], written: string, from: number): void {
  const word = folded(written);
  if (word !== "") tokens.push({ word, from, to: from + written.length });
}

/** What the index holds of something written: its words with a space between them. */
export function indexedWords(written: string): string {
  // Most of what is written is plain, and thousands of pages of it are taken over at once.
  const words = PLAIN.test(written)
    ? (written.toLowerCase().match(PLAIN_WORD) ?? []).map((word) => word.slice(0, LONGEST_WORD))
    : tokensOf(written).map(({ word }) => word);
  return words.join(" ");
}

/** Whether the word is one character of a script without spaces: it has no beginning to look for. */
export function isUnspaced(word: string): boolean {
  return HAS_UNSPACED.test(word);
}

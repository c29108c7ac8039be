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
const WORD = new RegExp(`[${UNSPACED}][${WITHIN}]*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}][${WITHIN}]*)+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
// oxlint-disable-next-line no-control-regex
const PLAIN = /^[\u0000-\u007f]+$/;
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
  for (const match of written.matchAll(WORD)) {
    const word = folded(match[0]);
    if (word !== "") tokens.push({ word, from: match.index, to: match.index + match[0].length });
  }
  return tokens;
}

/** What the index holds of something written: its words with a space between them. */
export function indexedWords(written: string): string {
  return tokensOf(written)
    .map(({ word }) => word)
    .join(" ");
}

/** Whether the word is one character of a script without spaces: it has no beginning to look for. */
export function isUnspaced(word: string): boolean {
  return IS_UNSPACED.test(word);
}

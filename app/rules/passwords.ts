/** Which passwords are taken. Length is what counts; what stands on everybody's list does not. */
import common from "./common-passwords.json" with { type: "json" };
import { type Refusal, refuse } from "./refusal.ts";

export const PASSWORD_MIN_LENGTH = 12;
/** Above this a password only costs time. */
export const PASSWORD_MAX_LENGTH = 200;
const MIN_DIFFERENT = 5;

const long = new Set(common.long.flatMap((line) => line.split(" ")));
const words = new Set(common.words.flatMap((line) => line.split(" ")));
const runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiop",
  "azertyuiop",
];

/**
 * Refuses (`invalid`, at the field `password`) one that is too short or too long, common, or made of the person's own
 * name or address. Rule SI1.
 */
export function checkPassword(
  password: string,
  person: { readonly name: string; readonly email: string },
): Refusal | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH) return wrong("password-short");
  if (length > PASSWORD_MAX_LENGTH) return wrong("password-long");
  const lower = password.normalize("NFKC").toLowerCase();
  if (new Set(lower).size < MIN_DIFFERENT || isCommon(lower) || isRun(lower)) return wrong("password-common");
  const own = [...person.name.split(/[^\p{L}]+/u), ...person.email.split(/[^\p{L}]+/u), "chapeau"];
  if (isOneOf(lower, (word) => own.some((name) => name.length >= 3 && name.toLowerCase() === word))) {
    return wrong("password-own");
  }
  return null;
}

function wrong(code: string): Refusal {
  return refuse("invalid", code, { fields: { password: code } });
}

function isCommon(lower: string): boolean {
  const plain = unleet(lower);
  return long.has(lower) || [lower, plain].some((form) => isOneOf(form, (word) => words.has(word)));
}

/** Whether nothing but such a word, perhaps repeated, is left without digits and signs around and inside it. */
function isOneOf(lower: string, isWord: (word: string) => boolean): boolean {
  const parts = lower.split(/[^\p{L}]+/u).filter((part) => part !== "");
  const [first] = parts;
  if (first === undefined) return false;
  if (parts.every((part) => part === first)) {
    if (isWord(first)) return true;
    const half = first.slice(0, first.length / 2);
    return half !== "" && half + half === first && isWord(half);
  }
  return false;
}

function unleet(lower: string): string {
  const letters: Record<string, string> = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    $: "s",
  };
  // Digits at the end are decoration, not letters.
  return lower.replace(/[013457@$](?=.*\p{L})/gu, (sign) => letters[sign] ?? sign);
}

/** "123456789012", "abcdefghijkl", "qwertyuiopas", and the same backwards. */
function isRun(lower: string): boolean {
  const backwards = [...lower].reverse().join("");
  return runs.some((run) => `${run}${run}`.includes(lower) || `${run}${run}`.includes(backwards));
}

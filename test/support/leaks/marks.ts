/**
 * Marks: words that stand nowhere else, put into private fields, and found again in whatever the server gives out. A mark
 * is twelve small letters and digits, so that no escaping of HTML, JSON or addresses changes it; it is looked for also in
 * capitals, in base64, in hexadecimal, backwards, and with signs or markup between its letters.
 */
import { createHash } from "node:crypto";
import type { Viewer } from "#app/rules/viewer.ts";

type Mark = {
  readonly word: string;
  /** What it stands in, in words: "A: summary of a draft position". */
  readonly what: string;
  /** Who may find it: asked of the permission table. */
  readonly may: (viewer: Viewer) => boolean;
  /** Who must find it, where that is fewer: some pages need a right more. */
  readonly must: (viewer: Viewer) => boolean;
  /** Routes, and other ways, where everybody who must find it does. Empty: anywhere. */
  readonly at: readonly string[];
  /** An identifier, not a word: the log may hold those of texts. */
  readonly isId: boolean;
};

const HEAD = "zqx7";
const LENGTH = 12;

export type Marks = {
  /** Makes a mark; its word. */
  plant(mark: Omit<Mark, "word" | "must" | "at" | "isId"> & Partial<Mark>): string;
  all(): readonly Mark[];
  named(word: string): Mark | undefined;
};

/** A word of that length, like a mark's, that was never planted. */
export function unplanted(name: string, length = LENGTH): string {
  return wordOf(`never planted: ${name}`).padEnd(length, "0").slice(0, length);
}

function wordOf(name: string): string {
  const digest = createHash("sha256").update(name).digest();
  const letters = [...digest].map((byte) => (byte % 36).toString(36)).join("");
  return `${HEAD}${letters.slice(0, LENGTH - HEAD.length)}`;
}

export function createMarks(): Marks {
  const marks = new Map<string, Mark>();
  return {
    plant(spec) {
      const word = wordOf(`${marks.size} ${spec.what}`);
      marks.set(word, { must: spec.may, at: [], isId: false, ...spec, word });
      return word;
    },
    all: () => [...marks.values()],
    named: (word) => marks.get(word),
  };
}

/** What of the base64 of some bytes does not depend on the bytes around them, for each place within three. */
function base64Heads(): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(HEAD)]);
    const whole = bytes.toString("base64").replace(/=+$/, "");
    const from = Math.ceil((before * 8) / 6);
    return whole.slice(from, Math.floor((bytes.length * 8) / 6));
  });
}

const backwards = (word: string) => [...word].toReversed().join("");
const hex = Buffer.from(HEAD).toString("hex");
const plainMark = new RegExp(`${HEAD}[a-z0-9]{${LENGTH - HEAD.length}}`, "gi");
const turnedMark = new RegExp(`[a-z0-9]{${LENGTH - HEAD.length}}${backwards(HEAD)}`, "gi");
const anyHead = new RegExp(`${HEAD}|${backwards(HEAD)}|${hex}`, "i");
const anyBase64 = new RegExp(base64Heads().join("|"));
/** Signs that nobody sees, and zeros of a wider encoding. */
// oxlint-disable-next-line no-control-regex, no-misleading-character-class
const UNSEEN = /[\u0000\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]/g;
const ENTITY = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi;

/** The marks in an answer, however they are written there. */
export function wordsIn(given: string | Uint8Array): Set<string> {
  const found = new Set<string>();
  const text = typeof given === "string" ? given : Buffer.from(given).toString("utf8");
  lookIn(text, found);
  if (UNSEEN.test(text)) lookIn(text.replace(UNSEEN, ""), found);
  if (text.includes("<")) lookIn(text.replace(/<[^<>]*>/g, ""), found);
  if (text.includes("&#")) lookIn(text.replace(ENTITY, characterOf), found);
  if (text.includes("%"))
    lookIn(
      text.replace(/%([0-9a-f]{2})/gi, (_, code) => characterOf("", code)),
      found,
    );
  return found;
}

function characterOf(_: string, hexCode?: string, code?: string): string {
  const point = hexCode === undefined ? Number(code) : Number.parseInt(hexCode, 16);
  return point <= 0x10_ffff ? String.fromCodePoint(point) : "";
}

function lookIn(text: string, found: Set<string>): void {
  if (anyHead.test(text)) {
    for (const [word] of text.matchAll(plainMark)) found.add(word.toLowerCase());
    for (const [word] of text.matchAll(turnedMark)) found.add(backwards(word.toLowerCase()));
    for (const [run] of text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)) {
      lookPlainly(Buffer.from(run, "hex").toString("latin1"), found);
    }
  }
  if (anyBase64.test(text)) {
    for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{12,}/g)) {
      if (!anyBase64.test(run)) continue;
      for (const from of [0, 1, 2, 3]) {
        lookPlainly(Buffer.from(run.slice(from), "base64").toString("latin1"), found);
      }
    }
  }
}

function lookPlainly(text: string, found: Set<string>): void {
  for (const [word] of text.matchAll(plainMark)) found.add(word.toLowerCase());
}

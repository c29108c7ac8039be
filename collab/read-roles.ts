/**
 * Finds what a paragraph from outside is: by its heading tag or list, by a typed label ("OP 3", "12.", "(a)"), and in
 * a resolution by its opening words. Typed labels are taken off, since labels are computed.
 */
import type { TextKind } from "./document.ts";
import { letters, roman } from "./labels.ts";
import { isRole, MAX_LEVEL } from "./model.ts";
import type { Direction, Role } from "./model.ts";
import { openingLength } from "./openings.ts";
import { dropStart, tidySpans, wordsOfSpans } from "./read-words.ts";
import type { ImportedParagraph, ImportedSpan } from "./read-words.ts";

/** A paragraph as it was found, before its role is known. */
export type Block = {
  readonly spans: readonly ImportedSpan[];
  readonly dir: Direction;
  /** 1 to 6 for headings. */
  readonly heading: number | null;
  /** Depth of the list it is an item of, from 0, and the level at which that list begins. */
  readonly list: { readonly depth: number; readonly base: number } | null;
  /** The number or bullet that a word processor drew. */
  readonly marker: string;
  /** Role and level that the page states, when it is one of ours. */
  readonly stated: { readonly role: string; readonly level: number } | null;
};

type Found = { readonly role: Role; readonly level: number; readonly label: number };

const PP_OP =
  /^(PP|OP)[\s.]*\d+(?:\s+(?:bis|ter|quater|alt))?((?:\s*\((?:[a-z]{1,3}|[ivxl]+)\))*)\s*[.:)–-]?(?=\s|$)\s*/i;
const NUMBER = /^(?:para(?:graph)?\.?\s+)?(\d{1,3})[.)](?=\s|$)\s*/i;
const LETTER = /^\(([a-z]{1,4})\)(?=\s|$)\s*/i;
const LETTER_DOT = /^([a-h])[.)]\s+(?=\S)/;
const SECTION = /^([IVXL]{1,6})\.\s+(?=\S)/;
const SUBSECTION = /^([A-H])\.\s+(?=\S)/;
const BULLET = /^(?:[•·▪◦●○■□§–—-]|o(?=\s{2}))\s+(?=\S)/u;
const ANNEX = /^annex(?:e)?(?:\s+(?:[IVXL]+|\d{1,2}|[A-Z]))?(?:\s*[.:–—-]\s*|\s*$)/i;
const RECOMMENDATION = /^recommendation\s+\d{1,3}\s*[.:)]\s*/i;
const HEADING_LENGTH = 140;

/** Reads block after block: what "(i)" means hangs on what stood before. */
class RoleReader {
  readonly #kind: TextKind;
  #last: Role = "plain";
  #letter = 0;
  #roman = 0;
  #inAnnex = false;

  constructor(kind: TextKind) {
    this.#kind = kind;
  }

  /** Paragraphs that count on: OP in a resolution, numbered ones in a report and in annexes. */
  get #counted(): Role {
    return this.#kind === "resolution" && !this.#inAnnex ? "op" : "numbered";
  }

  /** A sub-paragraph belongs to the family of the paragraph before it. */
  get #family(): Role {
    const families: readonly Role[] = ["pp", "op", "numbered", "recommendation"];
    return families.includes(this.#last) ? this.#last : this.#counted;
  }

  /** "(i)" is a ninth letter behind "(h)", else a roman one. */
  #parenthesis(sign: string): number {
    const lower = sign.toLowerCase();
    if (lower === letters(this.#letter + 1)) return 1;
    if (lower === roman(this.#roman + 1)) return 2;
    return lower.length === 1 || /^([a-z])\1$/.test(lower) ? 1 : 2;
  }

  #note(level: number): void {
    if (level === 0) [this.#letter, this.#roman] = [0, 0];
    else if (level === 1) [this.#letter, this.#roman] = [this.#letter + 1, 0];
    else if (level === 2) this.#roman += 1;
  }

  #byLabel(words: string): Found | null {
    const named = PP_OP.exec(words);
    if (named) {
      const depth = (named[2]?.match(/\(/g) ?? []).length;
      return {
        role: named[1]?.toLowerCase() === "pp" ? "pp" : "op",
        level: Math.min(depth, MAX_LEVEL),
        label: named[0].length,
      };
    }
    const recommendation = RECOMMENDATION.exec(words);
    if (recommendation && this.#kind === "report")
      return { role: "recommendation", level: 0, label: recommendation[0].length };
    const number = NUMBER.exec(words);
    if (number) return { role: this.#counted, level: 0, label: number[0].length };
    const letter = LETTER.exec(words);
    if (letter)
      return { role: this.#family, level: this.#parenthesis(letter[1] ?? ""), label: letter[0].length };
    if (this.#kind === "report" && words.length <= HEADING_LENGTH && !/[.;,]$/.test(words)) {
      const section = SECTION.exec(words);
      if (section) return { role: "heading", level: 0, label: section[0].length };
      const sub = SUBSECTION.exec(words);
      if (sub) return { role: "heading", level: 1, label: sub[0].length };
    }
    const dotted = LETTER_DOT.exec(words);
    if (dotted && this.#family === this.#last) {
      return { role: this.#family, level: this.#roman > 0 ? 3 : 1, label: dotted[0].length };
    }
    return null;
  }

  #byOpening(words: string): Role | null {
    if (this.#kind !== "resolution" || this.#inAnnex) return null;
    if (openingLength("op", words) > 0) return "op";
    if (openingLength("pp", words) > 0) return "pp";
    return /;(?:\s*and)?$/.test(words) ? this.#family : null;
  }

  #find(block: Block, words: string): Found {
    const { stated, heading, list, marker } = block;
    if (stated && isRole(stated.role) && stated.role !== "footnote") {
      return { role: stated.role, level: Math.min(Math.max(0, stated.level), MAX_LEVEL), label: 0 };
    }
    const annex = words.length <= HEADING_LENGTH ? ANNEX.exec(words) : null;
    if (annex && (heading !== null || /^ann/i.test(words)))
      return { role: "annex", level: 0, label: annex[0].length };
    if (this.#kind === "statement")
      return { role: heading === null ? "plain" : "heading", level: 0, label: 0 };
    const labelled = this.#byLabel(words);
    if (heading !== null) {
      const label =
        labelled?.role === "heading" || (NUMBER.test(words) && this.#kind === "report")
          ? (labelled?.label ?? 0)
          : 0;
      return { role: "heading", level: Math.min(heading - 1, MAX_LEVEL), label };
    }
    if (labelled) {
      const opening =
        labelled.level === 0 && labelled.role === "op" ? this.#byOpening(words.slice(labelled.label)) : null;
      return opening === "pp" ? { ...labelled, role: "pp" } : labelled;
    }
    if (marker !== "") {
      const drawn = this.#byLabel(`${marker} x`);
      if (drawn && drawn.role !== "heading") {
        const deeper = Math.max(drawn.level, list?.depth ?? 0);
        const opening = deeper === 0 ? this.#byOpening(words) : null;
        return { role: opening ?? drawn.role, level: Math.min(deeper, MAX_LEVEL), label: 0 };
      }
    }
    const opening = this.#byOpening(words);
    if (list) {
      const isDrawnBullet = marker !== "" && !/[\p{L}\p{N}]/u.test(marker);
      const level = list.depth + (isDrawnBullet ? Math.max(list.base, 1) : list.base);
      if (level === 0) return { role: opening ?? this.#counted, level: 0, label: 0 };
      return { role: this.#family, level: Math.min(level, MAX_LEVEL), label: 0 };
    }
    const bullet = BULLET.exec(words);
    if (bullet) return { role: this.#family, level: 1, label: bullet[0].length };
    return { role: opening ?? "plain", level: 0, label: 0 };
  }

  read(block: Block): ImportedParagraph | null {
    const spans = tidySpans(block.spans);
    const words = wordsOfSpans(spans);
    if (spans.length === 0) return null;
    const { role, level, label } = this.#find(block, words);
    if (role === "annex") this.#inAnnex = true;
    this.#note(role === "heading" || role === "annex" ? 0 : level);
    this.#last = role;
    const bare = label > 0 ? dropStart(spans, label) : spans;
    return { role, level, dir: block.dir, spans: bare.length === 0 && role !== "annex" ? spans : bare };
  }
}

/** Roles and levels for blocks in reading order; empty ones are left out, apart from an annex without a title. */
export function readRoles(kind: TextKind, blocks: readonly Block[]): ImportedParagraph[] {
  const reader = new RoleReader(kind);
  return blocks.flatMap((block) => reader.read(block) ?? []);
}

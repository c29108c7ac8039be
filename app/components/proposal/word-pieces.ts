/** Two wordings of a paragraph as one run of pieces: what stands in both, what is struck and what is put in. */
import { compareDocuments } from "#collab/compare.ts";
import type { TextDocument } from "#collab/document.ts";

export type WordPiece = { readonly kind: "equal" | "ins" | "del"; readonly text: string };

/** `before` and `now` in plain words; pieces in reading order. */
export function wordPieces(before: string, now: string): WordPiece[] {
  const { rows } = compareDocuments({ a: alone(before), b: alone(now) });
  return rows.flatMap(({ segments }) => segments.map(({ kind, text }) => ({ kind, text })));
}

function alone(text: string): TextDocument {
  const spans = text === "" ? [] : [{ kind: "words" as const, text, ids: [] }];
  const paragraph = { id: "p", role: "plain", level: 0, relation: null, dir: "auto", order: "a" } as const;
  return { kind: "statement", paragraphs: [{ ...paragraph, spans }], hidden: [] };
}

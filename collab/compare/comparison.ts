/** What comparing two wordings of a text gives: plain values, ready to be drawn side by side or inline. */
import type { Direction, Role } from "#collab/model.ts";
import type { Maker } from "./who.ts";

export type ChangeKind = "words" | "added" | "deleted" | "moved" | "split" | "merged" | "role";

export type Change = {
  /** 1, 2, 3, … in reading order. */
  readonly no: number;
  readonly kind: ChangeKind;
  readonly paragraphId: string;
  /** The paragraph's label in each text; of a split the label it came from, of a merger the label it went into. */
  readonly labelA: string | null;
  readonly labelB: string | null;
  readonly removed: string;
  readonly inserted: string;
  readonly makers: readonly Maker[];
};

/** Consecutive words of one kind. `del` stands in A alone, `ins` in B alone. */
export type Segment = {
  readonly kind: "equal" | "ins" | "del";
  /** A footnote reference reads as its number in raised figures. */
  readonly text: string;
  /** The footnote paragraph, for a reference. */
  readonly note?: string;
  /** The change it belongs to; null for equal words and in paragraphs that are as they were. */
  readonly no: number | null;
  /** Where it begins in the paragraph of A and of B, for drawing formatting and authors. */
  readonly atA: number;
  readonly atB: number;
};

export type Side = {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly level: number;
  readonly dir: Direction;
  /** The row shows a part of this paragraph; the rest is in other rows of the same split or merger. */
  readonly part: boolean;
};

/** One line of the comparison. Its equal and deleted words are A's, its equal and inserted words are B's. */
export type Row = {
  readonly paragraphId: string;
  readonly a: Side | null;
  readonly b: Side | null;
  readonly segments: readonly Segment[];
  /** Numbers of the changes in this row, in order. */
  readonly changes: readonly number[];
};

export type Totals = {
  readonly changes: number;
  /** Paragraphs with a change, and all paragraphs that stand in either text. */
  readonly changedParagraphs: number;
  readonly paragraphs: number;
  /** Words. */
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
};

export type Comparison = {
  readonly rows: readonly Row[];
  readonly changes: readonly Change[];
  readonly totals: Totals;
};

/** What is to be done to the words of a paragraph, so that they read as is wanted. */
import type { IdRange } from "#collab/model.ts";
import type { Stay, Units } from "./restore-units.ts";

/** One change in the words, from their beginning on. */
export type Step = {
  /** So many characters stay in front of it. */
  readonly keep: number;
  /** So many characters go. */
  readonly remove: number;
  /** Wanted units from and up to these places come in behind them. */
  readonly from: number;
  readonly to: number;
};

export type Format = {
  readonly at: number;
  readonly length: number;
  readonly em: boolean;
  readonly strong: boolean;
};

export type WordsPlan = {
  readonly wanted: Units;
  readonly steps: readonly Step[];
  /** Formatting of characters that stay, by their place in the wanted words. */
  readonly formats: readonly Format[];
  /** The words as they are, and what of them stays. */
  readonly before: Units;
  readonly stays: readonly Stay[];
};

/** Goes over a range part by part, in order, and says of each whether its words stand in another place. */
export type EachPart = (
  range: IdRange,
  visit: (offset: number, length: number, isElsewhere: boolean) => void,
) => void;

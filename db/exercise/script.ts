/** The shapes in which the exercise is written down; `app/server/exercise-play.ts` plays them. */

/** Role, level, words; `^[…]` in the words is a footnote in its place. */
export type DraftParagraph = readonly [
  role: "pp" | "op" | "numbered" | "recommendation" | "heading" | "annex" | "plain",
  level: number,
  words: string,
];

/** What a drafter does in a text, at words that are unique in it. */
export type Act =
  | { readonly by: string; readonly kind: "insert"; readonly after: string; readonly words: string }
  | { readonly by: string; readonly kind: "replace"; readonly find: string; readonly words: string }
  /** Splits the paragraph that begins with `find` after `at` characters. */
  | { readonly by: string; readonly kind: "split"; readonly find: string; readonly at: number }
  /** Merges the paragraph that begins with `find` with the one after it. */
  | { readonly by: string; readonly kind: "merge"; readonly find: string }
  | {
      readonly by: string;
      readonly kind: "add";
      /** Ends of the paragraph after which the new one comes. */
      readonly after: string;
      readonly role: DraftParagraph[0];
      readonly level: number;
      readonly words: string;
    }
  /** Moves the paragraph that begins with `find` before the one that begins with `before`. */
  | { readonly by: string; readonly kind: "move"; readonly find: string; readonly before: string };

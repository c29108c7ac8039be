/** What a catalogue in another language must hold: the same keys, every form of a count, the same gaps to fill. */

type Form = "zero" | "one" | "two" | "few" | "many" | "other";
/** Forms that stand for one number alone, whose words may say it: "two paragraphs". */
type Spoken = "zero" | "one" | "two";

type Gaps<Words> = Words extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Gaps<Rest> : never;

/** Any words in which each of the gaps occurs. */
type WithGaps<Name extends string> = [Name] extends [never]
  ? string
  : (Name extends string ? (words: `${string}{{${Name}}}${string}`) => void : never) extends (
        words: infer All,
      ) => void
    ? All
    : never;

type Same<Words> = Words extends string ? WithGaps<Gaps<Words>> : never;

/**
 * The shape of an area in a language whose counts have the forms `Forms`. `English` is the area in English, with `_one`
 * and `_other` for what is counted.
 */
type Translated<English, Forms extends Form> = {
  readonly [
    Key in keyof English as Key extends `${string}_one` | `${string}_other` ? never : Key
  ]: English[Key] extends string ? Same<English[Key]> : Translated<English[Key], Forms>;
} & {
  readonly [
    Key in keyof English as Key extends `${infer Counted}_other`
      ? `${Counted}_${Exclude<Forms, Spoken>}`
      : never
  ]: Same<English[Key]>;
} & {
  readonly [
    Key in keyof English as Key extends `${infer Counted}_other`
      ? `${Counted}_${Extract<Forms, Spoken>}`
      : never
  ]: WithGaps<Exclude<Gaps<English[Key]>, "count">>;
};

/** Arabic counts in six ways. */
export type InArabic<English> = Translated<English, Form>;

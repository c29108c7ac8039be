/** Where somebody stands on a topic's own scale: a mark in its place, then the word. Monochrome, since it does not rank. */
import { useTranslation } from "react-i18next";

export type Scale = readonly { readonly id: string; readonly label: string }[];
export type Standing = "own" | "editors";

/** The scale as a row of strokes with one mark: a disc for own words, a dashed ring for an editors' reading. */
export function ScaleMarks({
  scale,
  stance,
  standing,
}: {
  readonly scale: Scale;
  readonly stance: string;
  readonly standing: Standing;
}) {
  return (
    <span className="sc" aria-hidden="true">
      {scale.map(({ id }) => (
        <i key={id} className={id === stance ? (standing === "own" ? "x" : "e") : undefined} />
      ))}
    </span>
  );
}

/** One mark alone, for the key of a table. */
export function KeyMark({ standing }: { readonly standing: Standing }) {
  return (
    <span className="sc" aria-hidden="true">
      <i className={standing === "own" ? "x" : "e"} />
    </span>
  );
}

/** The whole scale in words; the chosen place is ink. */
export function ScaleList({
  scale,
  stance,
  who,
}: {
  readonly scale: Scale;
  readonly stance: string;
  /** Code of the entity that stands there. */
  readonly who: string;
}) {
  const { t } = useTranslation("record");
  return (
    <ol className="scale-list" aria-label={t("position.scale")}>
      {scale.map(({ id, label }, at) => (
        <li key={id} className={id === stance ? "here" : undefined}>
          <span className="num" aria-hidden="true">
            {at + 1}
          </span>
          <span>{label}</span>
          {id === stance ? <bdi className="code">{who}</bdi> : null}
        </li>
      ))}
    </ol>
  );
}

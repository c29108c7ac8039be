/** Where somebody stands on a topic's own scale: a mark in its place, then the word. Monochrome, since it does not rank. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import type { Manner } from "#app/rules/placing.ts";

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
  const mark = `<i class="${standing === "own" ? "x" : "e"}"></i>`;
  // As HTML: on a page of hundreds the strokes alone would be as many elements as everything else.
  const strokes = scale.map(({ id }) => (id === stance ? mark : "<i></i>")).join("");
  return <span className="sc" aria-hidden="true" dangerouslySetInnerHTML={{ __html: strokes }} />;
}

/** Which mark says how somebody is placed: own words, through a group, both, both but different, an editors' reading. */
export const MARKS: Readonly<Record<Manner, string>> = {
  own: "x",
  same: "x b",
  differs: "d",
  via: "v",
  reading: "e",
};

/** One mark alone, for the key of a table. */
export function KeyMark({ manner }: { readonly manner: Manner }) {
  return (
    <span className="sc" aria-hidden="true">
      <i className={MARKS[manner]} />
    </span>
  );
}

/** Who stands at one place of a scale. */
export type Here = {
  readonly stance: string;
  /** Code of the entity or group. */
  readonly code: string;
  readonly isGroup?: boolean;
};

/** The whole scale in words; the place of the first of `here` is ink. */
export function ScaleList({ scale, here }: { readonly scale: Scale; readonly here: readonly Here[] }) {
  const { t } = useTranslation("record");
  const first = here[0]?.stance;
  return (
    <ol className="scale-list" aria-label={t("position.scale")}>
      {scale.map(({ id, label }, at) => (
        <li key={id} className={id === first ? "here" : undefined}>
          <span className="num" aria-hidden="true">
            {at + 1}
          </span>
          <span>{label}</span>
          <span className="who-here">
            {here
              .filter(({ stance }) => stance === id)
              .map(({ code, isGroup = false }) => (
                <bdi key={code} className={isGroup ? "code grp" : "code"}>
                  {code}
                </bdi>
              ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Paragraphs of texts that can be ticked in the form of a statement. */
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { Wrong } from "#app/components/record/ticks.tsx";

export type TextChoices = {
  readonly id: string;
  readonly title: string;
  readonly symbol: string;
  readonly language: string;
  readonly paragraphs: readonly { readonly name: string; readonly label: string; readonly start: string }[];
};

type ParagraphTicksProps = {
  readonly texts: readonly TextChoices[];
  readonly chosen: readonly string[];
  readonly answer: Answer;
  /** Its item is not known yet, and so neither are the texts under it. */
  readonly isNew: boolean;
};

/** Paragraphs of the texts under the item, one text below the other; a text with something ticked is open. */
export function ParagraphTicks({ texts, chosen, answer, isNew }: ParagraphTicksProps) {
  const { t } = useTranslation("record");
  const known = new Set(texts.flatMap(({ paragraphs }) => paragraphs.map(({ name }) => name)));
  const gone = chosen.filter((name) => !known.has(name));
  if (texts.length === 0 && gone.length === 0) {
    return isNew ? <p className="hint">{t("draft.paragraphsLater")}</p> : null;
  }
  return (
    <fieldset className="f" id="f-paragraphs" tabIndex={-1}>
      <legend>{t("draft.paragraphs")}</legend>
      <span className="hint">{t("draft.paragraphsHint")}</span>
      {texts.map(({ id, title, symbol, language, paragraphs }) => (
        <details key={id} open={paragraphs.some(({ name }) => chosen.includes(name))}>
          <summary>
            <bdi>{title}</bdi> <bdi className="cap">{symbol}</bdi>
          </summary>
          <div className="paragraph-ticks">
            {paragraphs.map(({ name, label, start }) => (
              <label key={name} className="choice">
                <input
                  type="checkbox"
                  name="paragraphs"
                  value={name}
                  defaultChecked={chosen.includes(name)}
                />
                <span>
                  {label === "" ? null : <bdi className="code">{label}</bdi>}{" "}
                  <span lang={language} dir="auto">
                    {start}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </details>
      ))}
      {gone.map((name) => (
        <label key={name} className="choice">
          <input type="checkbox" name="paragraphs" value={name} defaultChecked />
          <span>{t("draft.paragraphGone")}</span>
        </label>
      ))}
      <Wrong name="paragraphs" answer={answer} />
    </fieldset>
  );
}

/** What a colleague saved and what was typed here, side by side, where they differ. */
import { useTranslation } from "react-i18next";

export type TwoWordingsField = { readonly name: string; readonly label: string };

export function TwoWordings({
  fields,
  theirs,
  typed,
  who,
}: {
  readonly fields: readonly TwoWordingsField[];
  /** What is kept now, by field. */
  readonly theirs: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
  /** Who saved it. */
  readonly who: string;
}) {
  const { t } = useTranslation("record");
  const lines = (words: string | undefined) => (words ?? "").replace(/\r\n?/g, "\n").trim();
  const different = fields.filter(({ name }) => lines(theirs[name]) !== lines(typed[name]));
  return (
    <section className="two-wordings" aria-labelledby="two-wordings">
      <h2 className="h2" id="two-wordings">
        {t("draft.conflictTitle")}
      </h2>
      <p>{t("draft.conflict", { name: who })}</p>
      {different.map(({ name, label }) => (
        <div key={name} className="pair">
          <h3 className="h">{label}</h3>
          <div>
            <p className="label">{t("draft.theirs", { name: who })}</p>
            <p className="wording" dir="auto">
              {lines(theirs[name]) || <span className="dim">{t("draft.empty")}</span>}
            </p>
          </div>
          <div>
            <p className="label">{t("draft.yours")}</p>
            <p className="wording" dir="auto">
              {lines(typed[name]) || <span className="dim">{t("draft.empty")}</span>}
            </p>
          </div>
        </div>
      ))}
    </section>
  );
}

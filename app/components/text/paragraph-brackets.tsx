/** The brackets that a paragraph has or had, with all that was said of them. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { StanceHistory, type ToldStance } from "./stance-lines.tsx";

type ParagraphBracketsProps = {
  /** `number` 0: it is gone. */
  readonly brackets: readonly {
    readonly id: string;
    readonly number: number;
    readonly stances: readonly ToldStance[];
  }[];
  readonly zone: string;
  readonly base: string;
};

export function ParagraphBrackets({ brackets, zone, base }: ParagraphBracketsProps) {
  const { t } = useTranslation("text");
  if (brackets.length === 0) return null;
  return (
    <section className="block" aria-labelledby="brackets">
      <h2 id="brackets" className="h2">
        {t("paragraph.brackets")}
      </h2>
      {brackets.map(({ id, number, stances }) => (
        <div key={id}>
          <h3>
            {number === 0 ? (
              t("brackets.gone")
            ) : (
              <Link to={`${base}/brackets/${id}`}>{t("brackets.one", { number })}</Link>
            )}
          </h3>
          <StanceHistory stances={stances} zone={zone} />
        </div>
      ))}
    </section>
  );
}

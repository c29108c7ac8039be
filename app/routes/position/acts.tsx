/** What a delegation may do with what is on record in its name: go on from it, withdraw it, confirm what editors read. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";

type ActsProps = {
  readonly here: string;
  /** Where a draft begins that goes on from this position. */
  readonly draftTo: string | null;
  readonly isReading: boolean;
  readonly mayWithdraw: boolean;
  readonly mayConfirm: boolean;
};

/** Links to the second steps. */
export function PositionActs({ here, draftTo, isReading, mayWithdraw, mayConfirm }: ActsProps) {
  const { t } = useTranslation("record");
  if (draftTo === null && !mayWithdraw && !mayConfirm) return null;
  return (
    <section className="part no-print" aria-labelledby="position-acts">
      <h2 id="position-acts">{t("position.yours")}</h2>
      <p className="cap">{isReading ? t("position.yoursReading") : t("position.yoursOwn")}</p>
      <p className="row wrap">
        {mayConfirm ? (
          <Link className="btn primary" to={`${here}?confirm=confirm`} preventScrollReset>
            {t("position.confirm")}
          </Link>
        ) : null}
        {draftTo === null ? null : (
          <Link className="btn" to={draftTo}>
            {isReading ? t("position.correct") : t("position.supersede")}
          </Link>
        )}
        {mayWithdraw ? (
          <Link className="btn quiet" to={`${here}?confirm=withdraw`} preventScrollReset>
            {t("position.withdraw")}
          </Link>
        ) : null}
      </p>
    </section>
  );
}

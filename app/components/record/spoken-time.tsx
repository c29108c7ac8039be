/** How long it takes to say a statement, in words. */
import { useTranslation } from "react-i18next";

export function SpokenTime({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation("record");
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [
    minutes === 0 ? "" : t("statement.minutes", { minutes }),
    rest === 0 && minutes > 0 ? "" : t("statement.seconds", { seconds: rest }),
  ].filter((part) => part !== "");
  return <span className="spoken-time">{t("statement.spoken", { time: parts.join(" ") })}</span>;
}

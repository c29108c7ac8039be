/** A day as a source gives it: `YYYY-MM-DD`, or only as exact as it is known. */
import { useTranslation } from "react-i18next";
import { instantIn } from "#app/i18n/locale.ts";

export function PlainDay({ day }: { readonly day: string }) {
  const { i18n } = useTranslation();
  const parts = day.split("-").length;
  const at = new Date(parts === 3 ? `${day}T00:00:00Z` : parts === 2 ? `${day}-01T00:00:00Z` : "");
  if (parts === 1 || Number.isNaN(at.getTime())) return <span className="num">{day}</span>;
  const shown = instantIn(
    i18n.language,
    { ...(parts === 3 ? { day: "numeric" } : {}), month: "short", year: "numeric", timeZone: "UTC" },
    at,
  );
  return (
    <time dateTime={day} className="num">
      {shown}
    </time>
  );
}

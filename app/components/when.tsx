/** Instants, in the venue's time zone; the reader's own stands in the title and is added once the page runs. */
import { useTranslation } from "react-i18next";
import { localeFor } from "#app/i18n/locale.ts";
import { useOwnZone } from "./own-zone.ts";

type Form = "time" | "day" | "both";

const forms: Record<Form, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit", hour12: false },
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  both: {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  },
};

/** `at` in milliseconds; `zone` an IANA name. */
export function When({
  at,
  zone,
  form = "both",
}: {
  readonly at: number;
  readonly zone: string;
  readonly form?: Form;
}) {
  const { i18n, t } = useTranslation();
  const mine = useOwnZone();
  const own =
    mine === null || mine === zone
      ? undefined
      : `${new Intl.DateTimeFormat(localeFor(i18n.language), { ...forms.both, timeZone: mine }).format(at)} ${t("time.yours")}`;
  const shown = new Intl.DateTimeFormat(localeFor(i18n.language), { ...forms[form], timeZone: zone }).format(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={own} className="num">
      {shown}
    </time>
  );
}

/** Days of a session, from and to: `YYYY-MM-DD`. */
export function Days({ from, to }: { readonly from: string; readonly to: string }) {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(localeFor(i18n.language), {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const instant = (day: string) => new Date(`${day}T00:00:00Z`);
  // Servers and browsers put different spaces around the dash: the first rendering in the browser must be equal.
  const range = format.formatRange(instant(from), instant(to));
  return <span>{range.replace(/\s*–\s*/u, "–").replace(/\s/gu, " ")}</span>;
}

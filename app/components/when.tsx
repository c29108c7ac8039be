/** Instants, in the venue's time zone; the reader's own stands in the title and is added once the page runs. */
import { useTranslation } from "react-i18next";
import { localeFor } from "#app/i18n/locale.ts";
import { useOwnZone } from "./own-zone.ts";

type Form = "time" | "day" | "both";

const day = { weekday: "short", day: "numeric", month: "short" } as const;
const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const forms: Record<Form, Intl.DateTimeFormatOptions> = {
  time,
  day: { ...day, year: "numeric" },
  both: { ...day, ...time },
};

/**
 * "Mon 23 Nov 10:00". What stands between the parts is ours: server and browser know the same words, but not always the
 * same commas and spaces.
 */
export function instantIn(locale: string, options: Intl.DateTimeFormatOptions, at: number | Date): string {
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(at);
  const words = parts.filter(({ type }) => type !== "literal");
  return words
    .map(({ type, value }, index) => {
      const before = words[index - 1]?.type;
      if (index === 0) return value;
      return type === "minute" && before === "hour" ? `:${value}` : ` ${value}`;
    })
    .join("");
}

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
      : `${instantIn(localeFor(i18n.language), { ...forms.both, timeZone: mine }, at)} ${t("time.yours")}`;
  const shown = instantIn(localeFor(i18n.language), { ...forms[form], timeZone: zone }, at);
  return (
    <time dateTime={new Date(at).toISOString()} title={own} className="num">
      {shown}
    </time>
  );
}

/** Days of a session, from and to (`YYYY-MM-DD`): "23–27 November 2026". */
export function Days({ from, to }: { readonly from: string; readonly to: string }) {
  const { i18n } = useTranslation();
  const locale = localeFor(i18n.language);
  const instant = (one: string) => new Date(`${one}T00:00:00Z`);
  const write = (options: Intl.DateTimeFormatOptions, one: string) =>
    instantIn(locale, { ...options, timeZone: "UTC" }, instant(one));
  const whole = { day: "numeric", month: "long", year: "numeric" } as const;
  if (from === to) return <span>{write(whole, from)}</span>;
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const first = sameMonth
    ? { day: "numeric" as const }
    : sameYear
      ? { day: "numeric" as const, month: "long" as const }
      : whole;
  return (
    <span>
      {write(first, from)}
      {sameMonth ? "–" : " – "}
      {write(whole, to)}
    </span>
  );
}

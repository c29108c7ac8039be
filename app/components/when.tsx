/** Instants, in the venue's time zone; the reader's own stands in the title and is added once the page runs. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { DAY_AND_TIME, instantIn } from "#app/i18n/locale.ts";
import { useOwnZone } from "./own-zone.ts";

type Form = "time" | "day" | "both";

const day = { weekday: "short", day: "numeric", month: "short" } as const;
const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const forms: Record<Form, Intl.DateTimeFormatOptions> = {
  time,
  day: { ...day, year: "numeric" },
  both: DAY_AND_TIME,
};

/** Lists have the same minutes again and again, and writing one takes longer than all the rest of its element. */
const written = new Map<string, string>();
const MOST_KEPT = 5_000;
const MINUTE_MS = 60_000;

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
      : `${instantIn(i18n.language, { ...forms.both, timeZone: mine }, at)} ${t("time.yours")}`;
  const key = `${i18n.language} ${form} ${zone} ${Math.floor(at / MINUTE_MS)}`;
  const shown = written.get(key) ?? instantIn(i18n.language, { ...forms[form], timeZone: zone }, at);
  if (written.size < MOST_KEPT) written.set(key, shown);
  return (
    <time dateTime={new Date(at).toISOString()} title={own} className="num">
      {shown}
    </time>
  );
}

/** Days of a session, from and to (`YYYY-MM-DD`): "23–27 November 2026". */
export function Days({ from, to }: { readonly from: string; readonly to: string }) {
  const { i18n } = useTranslation();
  const instant = (one: string) => new Date(`${one}T00:00:00Z`);
  const write = (options: Intl.DateTimeFormatOptions, one: string) =>
    instantIn(i18n.language, { ...options, timeZone: "UTC" }, instant(one));
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

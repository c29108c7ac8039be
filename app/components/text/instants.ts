/** Instants in sentences, in the venue's zone; `When` draws those that stand alone. */
import { formatFor, instantIn } from "#app/i18n/locale.ts";

/** "Tue 11 May, 19:20". `at` in milliseconds, `zone` an IANA name. */
export function formatWhen(
  language: string,
  { at, zone }: { readonly at: number; readonly zone: string },
): string {
  const day = { timeZone: zone, weekday: "short", day: "numeric", month: "short" } as const;
  const time = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const between = language === "ar" ? "، " : ", ";
  return `${instantIn(language, day, at)}${between}${formatFor(language, time).format(at)}`;
}

/** "11 May 2027". */
export function formatDay(
  language: string,
  { at, zone }: { readonly at: number; readonly zone: string },
): string {
  return instantIn(language, { timeZone: zone, day: "numeric", month: "long", year: "numeric" }, at);
}

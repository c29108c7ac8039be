/** A day as a source gives it: `YYYY-MM-DD`, or only as exact as it is known. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { instantIn } from "#app/i18n/locale.ts";

/** Lists have the same days again and again, and writing one takes longer than all the rest of its element. */
const written = new Map<string, string>();
const MOST_KEPT = 5_000;

/** "13 Jul 2021", "Jul 2021", "2021": as exact as `day` is. */
export function plainDay(language: string, day: string): string {
  const key = `${language} ${day}`;
  const words = written.get(key) ?? writeDay(language, day);
  if (written.size < MOST_KEPT) written.set(key, words);
  return words;
}

function writeDay(language: string, day: string): string {
  const parts = day.split("-").length;
  const at = new Date(parts === 3 ? `${day}T00:00:00Z` : parts === 2 ? `${day}-01T00:00:00Z` : "");
  if (parts === 1 || Number.isNaN(at.getTime())) return day;
  const exact = parts === 3 ? ({ day: "numeric" } as const) : {};
  return instantIn(language, { ...exact, month: "short", year: "numeric", timeZone: "UTC" }, at);
}

export function PlainDay({ day }: { readonly day: string }) {
  const { i18n } = useTranslation();
  const shown = plainDay(i18n.language, day);
  if (shown === day) return <span className="num">{day}</span>;
  return (
    <time dateTime={day} className="num">
      {shown}
    </time>
  );
}

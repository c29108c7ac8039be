/** How days, times and numbers are written in a language of the interface. */
import { isLanguage } from "#app/rules/language.ts";

/** English as the United Nations writes it; Arabic with the digits of its documents, 0 to 9. */
const LOCALES = { en: "en-GB", ar: "ar-u-nu-latn" } as const;

/** Months as the United Nations writes them in Arabic, in both usages of the Arab countries. */
const ARABIC_MONTHS = [
  "كانون الثاني/يناير",
  "شباط/فبراير",
  "آذار/مارس",
  "نيسان/أبريل",
  "أيار/مايو",
  "حزيران/يونيه",
  "تموز/يوليه",
  "آب/أغسطس",
  "أيلول/سبتمبر",
  "تشرين الأول/أكتوبر",
  "تشرين الثاني/نوفمبر",
  "كانون الأول/ديسمبر",
] as const;

export function localeFor(language: string): string {
  return isLanguage(language) ? LOCALES[language] : LOCALES.en;
}

/** "Mon 23 Nov 10:00". */
export const DAY_AND_TIME = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const satisfies Intl.DateTimeFormatOptions;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each language and form: making one takes longer than a hundred uses. */
export function formatFor(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(localeFor(language), options);
    formats.set(key, made);
  }
  return made;
}

/**
 * "Mon 23 Nov 10:00". What stands between the parts is ours: server and browser know the same words, but not always the
 * same commas and spaces.
 */
export function instantIn(language: string, options: Intl.DateTimeFormatOptions, at: number | Date): string {
  const parts = formatFor(language, options).formatToParts(at);
  const words = parts.filter(({ type }) => type !== "literal");
  return words
    .map(({ type, value }, index) => {
      const before = words[index - 1]?.type;
      const said = type === "month" && language === "ar" ? arabicMonth(options, at) : value;
      if (index === 0) return said;
      return (type === "minute" && before === "hour") || type === "second" ? `:${said}` : ` ${said}`;
    })
    .join("");
}

/** Both names of a month that is written out, else the one that is known everywhere. */
function arabicMonth({ month, timeZone }: Intl.DateTimeFormatOptions, at: number | Date): string {
  const number = Number(formatFor("en", { month: "numeric", ...(timeZone ? { timeZone } : {}) }).format(at));
  const names = ARABIC_MONTHS[number - 1] ?? "";
  return month === "long" ? names : (names.split("/").at(-1) ?? names);
}

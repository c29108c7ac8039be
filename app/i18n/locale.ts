/** How days, times and numbers are written in a language of the interface: English as the United Nations writes it. */
export function localeFor(language: string): string {
  return language === "en" ? "en-GB" : language;
}

/** Times as the editor says them, in the venue's zone where it is known, else the reader's own. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string | undefined, seconds: boolean): Intl.DateTimeFormat {
  const key = `${zone}|${seconds}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      ...(seconds ? { second: "2-digit" } : {}),
      hourCycle: "h23",
      ...(zone ? { timeZone: zone } : {}),
    });
    formats.set(key, made);
  }
  return made;
}

/** "16:42:07". `at` in ms. */
export function clockTime(at: number, zone?: string): string {
  return format(zone, true).format(at);
}

/** "16:42". */
export function clockMinute(at: number, zone?: string): string {
  return format(zone, false).format(at);
}

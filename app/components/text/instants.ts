/** Instants in sentences, in the venue's zone; `When` draws those that stand alone. */

const formats = new Map<string, Intl.DateTimeFormat>();

function inZone(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    });
    formats.set(zone, format);
  }
  return format;
}

/** "Tue 11 May, 19:20". `at` in milliseconds, `zone` an IANA name. */
export function formatWhen({ at, zone }: { readonly at: number; readonly zone: string }): string {
  return inZone(zone).format(at);
}

/** "11 May 2027". */
export function formatDay(at: number, zone: string): string {
  const day = { day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...day }).format(at);
}

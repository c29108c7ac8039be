/** Distance of a time zone from UTC in minutes at an instant, from the zone's own rules. */
export function offsetOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const parts = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
    if (!parts) return 0;
    const minutes = Number(parts[2]) * 60 + Number(parts[3]);
    return parts[1] === "-" ? -minutes : minutes;
  };
}

/** Whether there is such a time zone. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

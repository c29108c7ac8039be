/** An instant in the venue's zone; the same on server and page, so nothing jumps. */
type WhenProps = {
  /** Milliseconds. */
  readonly at: number;
  readonly zone: string;
  /** Leave out the day when the reader has it before the eyes already. */
  readonly timeOnly?: boolean;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, timeOnly: boolean): Intl.DateTimeFormat {
  const key = `${zone}|${timeOnly}`;
  let made = formats.get(key);
  if (!made) {
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const day = { weekday: "short", day: "numeric", month: "short" } as const;
    made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...(timeOnly ? time : { ...day, ...time }) });
    formats.set(key, made);
  }
  return made;
}

/** "Tue 11 May 19:20". */
export function formatWhen({ at, zone, timeOnly = false }: WhenProps): string {
  return format(zone, timeOnly)
    .formatToParts(at)
    .map((part) => (part.type === "literal" ? part.value.replace(/,\s*/, " ") : part.value))
    .join("");
}

/** "11 May 2027". */
export function formatDay(at: number, zone: string): string {
  const day = { day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...day }).format(at);
}

export function When(props: WhenProps) {
  return (
    <time className="num" dateTime={new Date(props.at).toISOString()}>
      {formatWhen(props)}
    </time>
  );
}

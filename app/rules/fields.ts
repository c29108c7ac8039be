/** Every field that somebody types in words, with the longest that it may be, in UTF-16 units. Rules FL1 and FL2. */

type Field = { readonly longest: number; readonly lines: "one" | "many" };

const line = (longest: number) => ({ longest, lines: "one" }) as const;
const lines = (longest: number) => ({ longest, lines: "many" }) as const;

/** By language. */
const names = {
  en: line(200),
  fr: line(200),
  es: line(200),
  ru: line(200),
  zh: line(200),
  ar: line(200),
};

export const FIELDS = {
  session: { title: line(300), body: line(300), symbol: line(120), venue: line(300) },
  meeting: { room: line(120) },
  delegationWithdrawal: { reason: line(300) },
  item: { number: line(12), title: line(300), note: line(2_000) },
  agenda: { symbol: line(120) },
  agendaChange: { reason: line(300) },
  document: { symbol: line(120), title: line(300), url: line(600) },
  // The longest address that mail can be sent to (RFC 5321).
  person: { name: line(120), email: line(254) },
  text: { title: line(300), symbol: line(80), organ: line(200), note: line(300) },
  version: { label: line(60), symbol: line(80), note: line(2_000) },
  unlocking: { reason: line(300) },
  bracketStance: { reason: line(300) },
  position: {
    summary: lines(600),
    excerpt: lines(4_000),
    sourceTitle: line(300),
    sourceSymbol: line(80),
    sourceUrl: line(600),
    sourceForum: line(300),
  },
  reading: {
    summary: lines(600),
    sourceTitle: line(300),
    sourceSymbol: line(80),
    sourceUrl: line(600),
    sourceForum: line(300),
    reason: line(300),
  },
  withdrawal: { reason: lines(600) },
  statement: { title: line(300), body: lines(60_000) },
  statementCorrection: { correction: line(600) },
  proposal: { wording: lines(20_000), reason: lines(2_000) },
  proposalWithdrawal: { reason: lines(600) },
  note: { body: lines(10_000) },
  correction: { reason: line(300) },
  entity: { ...names, code: line(12), alphabet: line(200), reason: line(300) },
  group: { ...names, source: line(600), reason: line(300) },
  calendar: { title: line(300), venue: line(300), note: line(600), reason: line(300) },
  outline: { outline: lines(8_000), reason: line(300) },
  topic: { title: line(120), question: line(600) },
  stance: { label: line(200) },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

type Form = keyof typeof FIELDS;
type Typed<F extends Form> = Readonly<Record<keyof (typeof FIELDS)[F], string>>;

/** Message codes by form field. */
export type Faults = Readonly<Record<string, string>>;

/** The fields as they are kept: see `oneLine` and `plainWords`. What else `typed` carries stays as it is. */
export function cleanFields<F extends Form, T extends Typed<F>>(form: F, typed: T): T {
  const kept: Record<string, unknown> = { ...typed };
  for (const [name, { lines: count }] of fieldsOf(form)) {
    const words = typed[name as keyof T] as string;
    kept[name] = count === "one" ? oneLine(words) : plainWords(words);
  }
  return kept as T;
}

/** "too-long" for each field that is, after cleaning. */
export function faultsOfLength<F extends Form>(form: F, kept: Typed<F>): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [name, { longest }] of fieldsOf(form)) {
    if (kept[name as keyof Typed<F>].length > longest) faults[name] = "too-long";
  }
  return faults;
}

function fieldsOf(form: Form): [string, Field][] {
  return Object.entries<Field>(FIELDS[form]);
}

// Every control character but tab and line feed, what changes the direction of the words around it, and what no eye
// sees. Marks and joiners that scripts need stay.
const HIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u180E\u200B\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Words as typed, without what nobody can see: control characters, direction overrides, halves of characters. */
export function plainWords(typed: string): string {
  return typed
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .toWellFormed()
    .replace(HIDDEN, "")
    .trim();
}

/** The same in one line, with one space wherever there were several, or a new line. */
export function oneLine(typed: string): string {
  return plainWords(typed).replace(/\s+/g, " ").normalize("NFC");
}

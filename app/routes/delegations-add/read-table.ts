/** What the form of the table holds, as lines of cells: a file or a paste, of whatever a spreadsheet writes. */
import { setImmediate as giveWay } from "node:timers/promises";
import { type CsvError, parse } from "csv-parse";
import { MOST_LINES } from "#app/rules/delegation-table.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";

export type Encoding = "utf-8" | "utf-16" | "windows-1252";

export type Source = {
  readonly source: string;
  /** Null for words that were pasted. */
  readonly encoding: Encoding | null;
};

/** A line with its number in the file. */
export type Cells = { readonly number: number; readonly cells: readonly string[] };

export const LONGEST_TABLE_BYTES = 2 * 1024 * 1024;
/** Characters that are given to the parser at once: less than a millisecond of work. */
const PIECE = 16 * 1024;
const LONGEST_LINE = 8 * 1024;

/** Refused when there is nothing, too much, or a file that is no table of text. */
export async function readSource(form: FormData): Promise<Refusal | Source> {
  const again = form.get("source");
  if (typeof again === "string" && again !== "") return within(again, "file");
  const file = form.get("file");
  if (file instanceof File && file.size > 0) {
    if (file.size > LONGEST_TABLE_BYTES) return wrong("file", "table-too-large");
    return decode(new Uint8Array(await file.arrayBuffer()));
  }
  const pasted = form.get("paste");
  if (typeof pasted !== "string" || pasted.trim() === "") return wrong("file", "table-nothing");
  return within(pasted, "paste");
}

function within(source: string, name: string): Refusal | Source {
  if (Buffer.byteLength(source) > LONGEST_TABLE_BYTES) return wrong(name, "table-too-large");
  return { source, encoding: null };
}

function wrong(name: string, code: string): Refusal {
  return refuse("invalid", "check-fields", { fields: { [name]: code } });
}

/**
 * UTF-8, UTF-16 with or without a mark, or Windows-1252, which older spreadsheets of Western Europe write. Nothing in a
 * file tells Windows-1252 from the other encodings of one byte: what could not be it is refused, and what is read as it
 * is said to be.
 */
export function decode(bytes: Uint8Array): Refusal | Source {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) {
    const source = new TextDecoder(utf16).decode(bytes);
    return source.includes("\uFFFD") || source.includes("\0")
      ? wrong("file", "table-no-text")
      : { source, encoding: "utf-16" };
  }
  if (bytes.includes(0)) return wrong("file", "table-no-text");
  try {
    return { source: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return isWesternEuropean(bytes)
      ? { source: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" }
      : wrong("file", "table-encoding");
  }
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: separators and line ends have a zero on the same side.
  const start = bytes.subarray(0, 512);
  const zeros = (side: 0 | 1) => start.filter((byte, at) => byte === 0 && at % 2 === side).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (start.length < 4 || even + odd < start.length / 8) return null;
  if (even === 0) return "utf-16le";
  return odd === 0 ? "utf-16be" : null;
}

/** The five bytes that Windows-1252 leaves empty, and words of accented letters alone, say that it is another one. */
function isWesternEuropean(bytes: Uint8Array): boolean {
  const empty = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
  let high = 0;
  let letters = 0;
  for (const byte of bytes) {
    if (empty.has(byte)) return false;
    if (byte >= 0xc0) high += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters += 1;
  }
  return high * 3 <= letters;
}

const SEPARATORS = [",", ";", "\t"] as const;

/** The separator that stands most often outside of quotes in the first line that has words. */
function separatorIn(source: string): (typeof SEPARATORS)[number] {
  const line = source.split("\n").find((one) => one.trim() !== "") ?? "";
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((one) => bare.split(one).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/**
 * The lines that have words, with their numbers; parsed in pieces, so that nobody's keystroke waits. Refused with
 * "table-too-long" as soon as there is a line too many, however long the file goes on.
 */
export async function cellsIn({ source }: Source): Promise<Refusal | readonly Cells[]> {
  const bare = source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  // Spreadsheets of Microsoft write and read such a line before the table.
  const said = /^sep=([,;\t])\n/i.exec(bare);
  // One more than is allowed: the first may name the columns.
  const lines: Cells[] = [];
  const parser = parse({
    delimiter: said?.[1] ?? separatorIn(bare),
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_LINE,
    info: true,
    from_line: said ? 2 : 1,
  });
  const ended = new Promise<Refusal | null>((resolve) => {
    parser.once("end", () => resolve(null));
    parser.once("error", (error: CsvError) => resolve(faultOf(error)));
  });
  let line = said ? 2 : 1;
  parser.on(
    "data",
    ({ record, info }: { readonly record: readonly string[]; readonly info: { readonly lines: number } }) => {
      if (record.some((cell) => cell.trim() !== "")) lines.push({ number: line, cells: record });
      line = info.lines + 1;
    },
  );
  for (let at = 0; at < bare.length && lines.length <= MOST_LINES + 1 && !parser.destroyed; at += PIECE) {
    parser.write(bare.slice(at, at + PIECE));
    await giveWay();
  }
  const isTooLong = () => lines.length > MOST_LINES + 1;
  if (isTooLong()) {
    parser.destroy();
    return tooLong();
  }
  parser.end();
  const fault = await ended;
  if (isTooLong()) return tooLong();
  return fault ?? (lines.length === 0 ? wrong("file", "table-nothing") : lines);
}

export function tooLong(): Refusal {
  return refuse("invalid", "check-fields", {
    fields: { file: "table-too-long" },
    values: { most: MOST_LINES },
  });
}

function faultOf(error: CsvError): Refusal {
  const { lines } = error as { readonly lines?: number };
  return refuse("invalid", "check-fields", {
    fields: { file: "table-quotes" },
    values: { line: lines ?? 1 },
  });
}

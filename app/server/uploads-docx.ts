/** Word files, looked into without unpacking them: what they are, what they carry along, and their words. */
import type { Readable } from "node:stream";
import { type Entry, type ZipFile, fromBufferPromise } from "yauzl";
import type { Looked } from "#app/rules/files.ts";

const MEGABYTE = 1024 * 1024;
/** A document of 25 MB with pictures unpacks to little more; what unpacks to this is made to be large. */
const MOST_UNPACKED_BYTES = 200 * MEGABYTE;
const MOST_ENTRIES = 4_000;
/** Parts that are read as words or as lists. */
const MOST_READ_BYTES = 48 * MEGABYTE;

const TYPES = "[Content_Types].xml";
/** Word writes `document.xml`, in the browser also `document2.xml`. */
const WORDS = /^word\/(document|footnotes|endnotes)\d*\.xml$/;
const LINKS = /\.rels$/;
const MAIN = /["']application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.document\.main\+xml["']/;
const MACROS = /(^|\/)vba(Project|Data)[^/]*$|(^|\/)activeX\//i;
const MACRO_TYPES = /macroEnabled|vbaProject|vnd\.ms-office\.activeX/i;
const EMBEDDED = /(^|\/)embeddings\/|(^|\/)oleObject[^/]*$|(^|\/)afchunk[^/]*$/i;
/** What Word fetches from another computer when the file is opened: a template, an object, a page. */
const FETCHED =
  /<[\w:]*Relationship\b(?=[^>]*\bType\s*=\s*["'][^"']*\/(attachedTemplate|oleObject|frame|subDocument|aFChunk)["'])(?=[^>]*\bTarget\s*=\s*["'](https?:|ftp:|\\\\|file:\/\/\/?\\\\|file:\/\/[^/]))/i;

/** Throws for what is no whole archive. */
export async function lookIntoDocx(bytes: Uint8Array): Promise<Looked> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  const parts = new Map<string, string>();
  let unpacked = 0;
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    entries += 1;
    unpacked += entry.uncompressedSize;
    if (entries > MOST_ENTRIES || unpacked > MOST_UNPACKED_BYTES) return refused("file-bomb");
    if (entry.isEncrypted()) return refused("file-locked");
    if (MACROS.test(entry.fileName)) return refused("file-macros");
    if (EMBEDDED.test(entry.fileName)) return refused("file-embedded");
    const part = await unpack(zip, entry);
    if (part === null) return refused("file-bomb");
    if (part !== "") parts.set(entry.fileName, part);
  }
  const types = decoded(parts.get(TYPES) ?? "");
  const links = [...parts].filter(([name]) => LINKS.test(name)).map(([, part]) => decoded(part));
  if (MACRO_TYPES.test(types)) return refused("file-macros");
  if (links.some((part) => FETCHED.test(part))) return refused("file-linked");
  // In an encoding that nobody uses links could not be seen.
  if (!links.every((part) => part.includes("Relationships"))) return refused("file-damaged");
  const written = [...parts].filter(([name]) => WORDS.test(name));
  if (!MAIN.test(types) || !written.some(([name]) => name.includes("document"))) return refused("file-type");
  const words = written.toSorted().map(([, part]) => wordsIn(part));
  return { kind: "taken", type: "docx", words: words.filter((one) => one !== "").join("\n") };
}

/**
 * Every part is unpacked: what is not as large as the list says is an error of the library. Only what is to be read is
 * kept; null when that is too much.
 */
async function unpack(zip: ZipFile, entry: Entry): Promise<string | null> {
  const { fileName } = entry;
  const isRead = fileName === TYPES || WORDS.test(fileName) || LINKS.test(fileName);
  if (isRead && entry.uncompressedSize > MOST_READ_BYTES) return null;
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  for await (const piece of stream) if (isRead) pieces.push(piece as Buffer);
  const part = Buffer.concat(pieces);
  const isWide = part[0] === 0xff && part[1] === 0xfe;
  return part.toString(isWide ? "utf16le" : "utf8");
}

const refused = (code: string): Looked => ({ kind: "refused", code });

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
// A run of words, a tab, a break, the end of a paragraph; deleted words (`delText`) are no words.
const PIECES = /<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<|<(?:\w+:)?(tab|br|cr)\b[^>]*>|<\/(?:\w+:)?(p)>/g;

/** The words of one part, a line for each paragraph. Entities that a file defines itself are left as they are. */
function wordsIn(xml: string): string {
  let words = "";
  for (const [, run, space, end] of xml.matchAll(PIECES)) {
    if (run !== undefined) words += decoded(run);
    else if (space !== undefined) words += " ";
    else if (end !== undefined) words += "\n";
  }
  return words.replace(/ +\n/g, "\n").trim();
}

function decoded(run: string): string {
  return run.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

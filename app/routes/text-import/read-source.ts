/** What the import form holds: a file, or pasted words, as text of a known format. */
import { type Refusal, refuse } from "#app/rules/refusal.ts";

export type Source = { readonly source: string; readonly format: "html" | "text" };

export const LONGEST_SOURCE_BYTES = 2 * 1024 * 1024;
const HTML_NAME = /\.(x?html?|htm)$/i;
const LOOKS_LIKE_HTML =
  /^\s*(<!doctype html|<html|<(p|div|table|ol|ul|h[1-6]|body|head|meta|span|article|section)\b)/i;

/** Refused when there is nothing, too much, or something that is no text (a Word or PDF file). */
export async function readSource(form: FormData): Promise<Refusal | Source> {
  const again = form.get("source");
  if (typeof again === "string") return within(again, form.get("format") === "html" ? "html" : "text");
  const file = form.get("file");
  if (file instanceof File && file.size > 0) {
    if (file.size > LONGEST_SOURCE_BYTES) return wrong("file", "import-too-large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const source = decode(bytes);
    if (source === null) return wrong("file", "import-no-text");
    return { source, format: HTML_NAME.test(file.name) || LOOKS_LIKE_HTML.test(source) ? "html" : "text" };
  }
  const pasted = form.get("paste");
  if (typeof pasted !== "string" || pasted.trim() === "") return wrong("file", "import-nothing");
  return within(pasted, LOOKS_LIKE_HTML.test(pasted) ? "html" : "text", "paste");
}

function within(source: string, format: Source["format"], name = "file"): Refusal | Source {
  if (Buffer.byteLength(source) > LONGEST_SOURCE_BYTES) return wrong(name, "import-too-large");
  return { source, format };
}

function wrong(name: string, code: string): Refusal {
  return refuse("invalid", "check-fields", { fields: { [name]: code } });
}

/** UTF-8 or UTF-16 with a mark; else Western European, which older word processors write. Null for what is no text. */
function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.subarray(0, 4096).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

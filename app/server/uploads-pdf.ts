/** PDF files: whether they can be read, what they carry along, and their words. */
import { getDocumentProxy } from "unpdf";
import type { Looked } from "#app/rules/files.ts";

/** A book; pages behind it are not searched. */
const MOST_PAGES = 2_000;
const MOST_WORDS = 8 * 1024 * 1024;

/** Throws for what is no PDF, however much of it is mended. */
export async function lookIntoPdf(bytes: Uint8Array): Promise<Looked> {
  const pdf = await getDocumentProxy(bytes, {
    // Nothing in a file is run, drawn or fetched.
    disableFontFace: true,
    useSystemFonts: false,
    disableAutoFetch: true,
    verbosity: 0,
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === "PasswordException") return null;
    throw error;
  });
  if (pdf === null) return { kind: "refused", code: "file-locked" };
  if (await pdf.hasJSActions()) return { kind: "refused", code: "file-macros" };
  const attached = await pdf.getAttachments();
  if (attached !== null && sizeOf(attached) > 0) return { kind: "refused", code: "file-embedded" };
  let words = "";
  for (
    let number = 1;
    number <= Math.min(pdf.numPages, MOST_PAGES) && words.length < MOST_WORDS;
    number += 1
  ) {
    const page = await pdf.getPage(number);
    if ((await page.getJSActions()) !== null) return { kind: "refused", code: "file-macros" };
    const { items } = await page.getTextContent();
    for (const item of items) {
      if (!("str" in item)) continue;
      words += item.str;
      if (item.hasEOL) words += "\n";
    }
    words += "\n";
    page.cleanup();
  }
  return { kind: "taken", type: "pdf", words: words.trim() };
}

const sizeOf = (attached: object): number =>
  attached instanceof Map ? attached.size : Object.keys(attached).length;

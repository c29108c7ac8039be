/** What a file is, by its content and never by its name. Runs in the thread of `uploads-thread.ts`. */
import { createHash } from "node:crypto";
import { plainWords } from "#app/rules/fields.ts";
import type { Looked } from "#app/rules/files.ts";
import { lookIntoDocx } from "./uploads-docx.ts";
import { lookIntoPdf } from "./uploads-pdf.ts";

export type Seen = Looked & { readonly sha256: string };

const PDF = Buffer.from("%PDF-");
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Old Word files, and new ones behind a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

export async function lookInto(bytes: Uint8Array): Promise<Seen> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const begins = (with_: Buffer) => Buffer.compare(bytes.subarray(0, with_.length), with_) === 0;
  let looked: Looked;
  try {
    if (begins(PDF)) looked = await lookIntoPdf(bytes);
    else if (begins(ZIP)) looked = await lookIntoDocx(bytes);
    else looked = { kind: "refused", code: begins(COMPOUND) ? "file-old" : "file-type" };
  } catch {
    // Whatever a library says of it: it cannot be read.
    looked = { kind: "refused", code: "file-damaged" };
  }
  return looked.kind === "taken"
    ? { ...looked, words: plainWords(looked.words), sha256 }
    : { ...looked, sha256 };
}

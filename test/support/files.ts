/** Files as people put them in, and as nobody should: PDF and Word, made byte by byte. */
import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import type { FileToTake } from "#app/commands/context.ts";

/** A file as a form brings it. */
export function fileOf(name: string, bytes: Uint8Array): FileToTake {
  return { name, stream: () => new Blob([new Uint8Array(bytes)]).stream() };
}

export type Part = {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Told in the list instead of its size. */
  readonly toldSize?: number;
  readonly encrypted?: boolean;
};

/** A zip archive, as Word writes them. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, content, toldSize, encrypted = false } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const called = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(encrypted ? 1 : 0, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(toldSize ?? bytes.length, 18);
    head.writeUInt16LE(called.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), head, called, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    list.push(Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"), head, entry, called);
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

export function typesPart(main = MAIN): Part {
  const override = `<Override PartName="/word/document.xml" ContentType="${main}"/>`;
  return { name: "[Content_Types].xml", content: `<?xml version="1.0"?><Types>${override}</Types>` };
}

/** Runs of a paragraph, as Word cuts them. */
export function documentPart(...paragraphs: readonly (readonly string[])[]): Part {
  const body = paragraphs
    .map(
      (runs) =>
        `<w:p>${runs.map((run) => `<w:r><w:t xml:space="preserve">${run}</w:t></w:r>`).join("")}</w:p>`,
    )
    .join("");
  return { name: "word/document.xml", content: `<w:document><w:body>${body}</w:body></w:document>` };
}

export function docxOf(words = "Due diligence", ...more: readonly Part[]): Buffer {
  return zipOf([typesPart(), documentPart([words]), ...more]);
}

/** One page with these words; `catalog` is put into its root, `objects` behind the others from number 6 on. */
export function pdfOf(
  words: string,
  more: { readonly catalog?: string; readonly objects?: readonly string[]; readonly content?: Buffer } = {},
): Buffer {
  const drawn = deflateSync(more.content ?? Buffer.from(`BT /F1 12 Tf 72 720 Td (${words}) Tj ET`));
  const pieces: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const places: number[] = [];
  const put = (...object: readonly (string | Buffer)[]) => {
    places.push(pieces.reduce((sum, piece) => sum + piece.length, 0));
    pieces.push(Buffer.from(`${places.length} 0 obj\n`));
    for (const piece of object) pieces.push(Buffer.from(piece));
    pieces.push(Buffer.from("\nendobj\n"));
  };
  put(`<< /Type /Catalog /Pages 2 0 R ${more.catalog ?? ""} >>`);
  put("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  put(
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
  );
  put(`<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n`, drawn, "\nendstream");
  put("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (const object of more.objects ?? []) put(object);
  const start = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const count = places.length + 1;
  pieces.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${table}`));
  pieces.push(Buffer.from(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(pieces);
}

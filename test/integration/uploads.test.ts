/** Files that people put in: what is taken, what is refused with what to do, and how the bytes are kept. */
import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { errors } from "#app/i18n/en/errors.ts";
import type { FileToTake, Uploads } from "#app/commands/context.ts";
import { MOST_FILE_BYTES } from "#app/rules/files.ts";
import { paced } from "#app/server/paced.ts";
import { createUploads } from "#app/server/uploads.ts";
import { sha256 } from "#db/canonical.ts";
import { temporaryFolder } from "#test/support/database.ts";
import { docxOf, documentPart, fileOf, pdfOf, typesPart, zipOf } from "#test/support/files.ts";
import { done, refusedFor } from "#test/support/people.ts";

const officers = { sessionId: "s", delegationId: null };

function open(limits?: { ms: number; memoryBytes: number }) {
  const data = temporaryFolder();
  const notFull = (error: unknown): never => {
    throw error;
  };
  const uploads = createUploads({ data, limits, onFull: notFull });
  const names = () => (existsSync(path.join(data, "uploads")) ? readdirSync(path.join(data, "uploads")) : []);
  return { data, uploads, names };
}

const take = (uploads: Uploads, name: string, bytes: Uint8Array) =>
  uploads.take(fileOf(name, bytes), officers);

/** Why it was refused; whatever it is, the person is told what to do. */
async function whyNot(uploads: Uploads, name: string, bytes: Uint8Array): Promise<string> {
  const code = refusedFor(await take(uploads, name, bytes));
  expect(errors.field).toHaveProperty([code]);
  return code;
}

async function bytesOf(stream: ReadableStream<Uint8Array> | null): Promise<Buffer | null> {
  return stream === null ? null : Buffer.from(await new Response(stream).arrayBuffer());
}

describe("a file", () => {
  it("[UP5] is kept once under the hash of its bytes, readable by its owner alone, and given back whole", async () => {
    const { data, uploads, names } = open();
    const pdf = pdfOf("On due diligence");
    const taken = done(await take(uploads, "Note.pdf", pdf));
    expect(taken).toEqual({
      sha256: sha256(pdf),
      size: pdf.length,
      type: "pdf",
      name: "Note.pdf",
      words: "On due diligence",
    });
    done(await take(uploads, "The same again.pdf", pdf));
    expect(names()).toEqual([taken.sha256]);
    const file = path.join(data, "uploads", taken.sha256);
    expect(readFileSync(file).equals(pdf)).toBe(true);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    expect((statSync(path.dirname(file)).mode & 0o777).toString(8)).toBe("700");
    expect((await bytesOf(await uploads.open(taken.sha256)))?.equals(pdf)).toBe(true);
    for (const other of ["", "0".repeat(64), "../chapeau.db", `${taken.sha256}/..`]) {
      expect(await uploads.open(other)).toBeNull();
    }
  });

  it("[UP5] is there whole or not at all: the next start throws away what was being written", async () => {
    const { data, uploads, names } = open();
    const kept = done(await take(uploads, "a.pdf", pdfOf("kept")));
    writeFileSync(path.join(data, "uploads", `${kept.sha256}.0123.part`), "half");
    expect(await uploads.sweep()).toBe(1);
    expect(names()).toEqual([kept.sha256]);
    expect(await open().uploads.sweep()).toBe(0);
  });

  it("[UP7] has its words read: runs and paragraphs, notes, signs written as entities, and no deleted words", async () => {
    const { uploads } = open();
    const struck = "<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del></w:p>";
    const notes = {
      name: "word/footnotes.xml",
      content: `<w:footnotes><w:p><w:r><w:t>See A/79/214</w:t></w:r></w:p>${struck}</w:footnotes>`,
    };
    const parts = [
      typesPart(),
      documentPart(["Due dil", "igence &amp; "], ["العناية الواجبة"], ["&#x5C3D;&#32844;"]),
      notes,
    ];
    const { type, words } = done(await take(uploads, "note.docx", zipOf(parts)));
    expect([type, words.split("\n")]).toEqual([
      "docx",
      ["Due diligence &", "العناية الواجبة", "尽职", "See A/79/214"],
    ]);
  });

  it("[UP1] is what its content says, whatever it is called, and refused when its name says something else", async () => {
    const { uploads, names } = open();
    expect(done(await take(uploads, "no ending", docxOf())).name).toBe("no ending.docx");
    const wrong = [
      ["a.pdf", docxOf(), "file-lies-docx"],
      ["a.docx", pdfOf("x"), "file-lies-pdf"],
      ["a.docm", docxOf(), "file-lies-docx"],
      ["a.pdf", Buffer.from("MZ this runs"), "file-type"],
      ["a.pdf", Buffer.from("<html>%PDF-1.7</html>"), "file-type"],
      ["a.docx", zipOf([{ name: "xl/workbook.xml", content: "<workbook/>" }]), "file-type"],
      ["a.docx", zipOf([typesPart("application/x"), documentPart(["x"])]), "file-type"],
      ["a.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"), "file-old"],
    ] as const;
    for (const [name, bytes, code] of wrong) {
      expect([name, await whyNot(uploads, name, bytes)]).toEqual([name, code]);
    }
    expect(names()).toHaveLength(1);
  });

  it("[UP2] is refused when it is empty, larger than 25 MB, or cut short", async () => {
    const { uploads, names } = open();
    expect(await whyNot(uploads, "a.pdf", new Uint8Array())).toBe("file-missing");
    const large = Buffer.concat([pdfOf("x"), Buffer.alloc(MOST_FILE_BYTES)]);
    expect(await whyNot(uploads, "a.pdf", large)).toBe("file-too-large");
    const docx = docxOf("words ".repeat(100));
    expect(await whyNot(uploads, "a.docx", docx.subarray(0, docx.length - 30))).toBe("file-damaged");
    expect(await whyNot(uploads, "a.pdf", Buffer.from("%PDF-1.7\nnothing"))).toBe("file-damaged");
    expect(names()).toEqual([]);
  });

  it("[UP2] is refused when it unpacks to far more than it is, or says that it is smaller", async () => {
    const { uploads } = open();
    const zeros = Buffer.alloc(120 * 1024 * 1024);
    const bomb = docxOf(
      "x",
      { name: "word/media/a.png", content: zeros },
      { name: "word/media/b.png", content: zeros },
    );
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await whyNot(uploads, "a.docx", bomb)).toBe("file-bomb");
    const liar = docxOf("x", { name: "word/media/a.png", content: zeros, toldSize: 1_000 });
    expect(await whyNot(uploads, "a.docx", liar)).toBe("file-damaged");
    const many = Array.from({ length: 4_100 }, (_, n) => ({ name: `word/media/${n}`, content: "" }));
    expect(await whyNot(uploads, "a.docx", docxOf("x", ...many))).toBe("file-bomb");
  });

  it("[UP2] that takes the memory or the time of a bomb to read is given up, and the next one is read", async () => {
    const small = open({ ms: 20_000, memoryBytes: 64 * 1024 * 1024 });
    const swollen = pdfOf("", { content: Buffer.alloc(400 * 1024 * 1024, " ") });
    expect(swollen.length).toBeLessThan(2 * 1024 * 1024);
    expect(await whyNot(small.uploads, "a.pdf", swollen)).toBe("file-bomb");
    const hasty = open({ ms: 1, memoryBytes: 1024 * 1024 * 1024 });
    expect(await whyNot(hasty.uploads, "a.pdf", pdfOf("x"))).toBe("file-bomb");
    expect(done(await take(open().uploads, "a.pdf", pdfOf("still read"))).words).toBe("still read");
  });

  it("[UP3] with macros, scripts, other files inside or a password is refused with the reason", async () => {
    const { uploads, names } = open();
    const rels = (type: string, target: string) => ({
      name: "word/_rels/settings.xml.rels",
      content: `<Relationships><Relationship Id="r" Type="http://schemas/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
    });
    const script = (words: string) => ({ catalog: `/OpenAction << /S /JavaScript /JS (${words}) >>` });
    const attached = {
      catalog: "/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>",
      objects: [
        "<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>",
        "<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream",
      ],
    };
    const wrong = [
      ["macros", docxOf("x", { name: "word/vbaProject.bin", content: "x" }), "file-macros"],
      [
        "a macro type",
        zipOf([typesPart("application/vnd.ms-word.document.macroEnabled.main+xml"), documentPart(["x"])]),
        "file-macros",
      ],
      ["controls", docxOf("x", { name: "word/activeX/activeX1.bin", content: "x" }), "file-macros"],
      ["an object", docxOf("x", { name: "word/embeddings/oleObject1.bin", content: "x" }), "file-embedded"],
      ["a workbook", docxOf("x", { name: "word/embeddings/Book.xlsx", content: "x" }), "file-embedded"],
      [
        "a template from elsewhere",
        docxOf("x", rels("attachedTemplate", "https://evil.example/t.dotm")),
        "file-linked",
      ],
      ["an object from elsewhere", docxOf("x", rels("oleObject", "\\\\evil\\share\\a.docx")), "file-linked"],
      [
        "a password on a part",
        docxOf("x", { name: "word/a.xml", content: "x", encrypted: true }),
        "file-locked",
      ],
      [
        "a macro type in disguise",
        zipOf([typesPart("application/vnd.ms-word.document.macro&#69;nabled.main+xml"), documentPart(["x"])]),
        "file-macros",
      ],
      ["a script", pdfOf("x", script("app.alert\\(1\\)")), "file-macros"],
      ["a file attached", pdfOf("x", attached), "file-embedded"],
    ] as const;
    for (const [what, bytes, code] of wrong) {
      const name = bytes[0] === 0x25 ? "a.pdf" : "a.docx";
      expect([what, await whyNot(uploads, name, bytes)]).toEqual([what, code]);
    }
    expect(names()).toEqual([]);
    // An ordinary template and ordinary links are no harm.
    const usual = rels("attachedTemplate", "file:///C:\\Templates\\Normal.dotm");
    const link = {
      ...rels("hyperlink", "https://docs.un.org/A/79/214"),
      name: "word/_rels/document.xml.rels",
    };
    done(await take(uploads, "a.docx", docxOf("x", usual, link)));
  });

  it("[UP6] is read on only as fast as it is taken, and let go of when nobody listens any more", async () => {
    const other = Object.assign(new EventEmitter(), { destroyed: false, writableNeedDrain: false });
    let given = 0;
    let isLetGo = false;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          given += 1;
          controller.enqueue(Uint8Array.of(given));
        },
        cancel: () => void (isLetGo = true),
      },
      { highWaterMark: 0 },
    );
    const reader = paced(source, other as unknown as ServerResponse).getReader();
    expect((await reader.read()).value).toEqual(Uint8Array.of(1));
    other.writableNeedDrain = true;
    const second = reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(given).toBe(1);
    other.emit("drain");
    expect((await second).value).toEqual(Uint8Array.of(2));
    const third = reader.read();
    other.destroyed = true;
    other.emit("close");
    expect(await third).toMatchObject({ done: true });
    expect([given, isLetGo]).toEqual([2, true]);
    expect(other.eventNames()).toEqual([]);
  });

  it("[UP2] waits its turn, two of one delegation at most and eight in all, and is told when there is no room", async () => {
    const { uploads } = open();
    const held = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
    const slow = (n: number): FileToTake => ({
      name: `${n}.pdf`,
      stream: () =>
        new ReadableStream({
          async start(controller) {
            await held[n]?.promise;
            controller.enqueue(new Uint8Array(pdfOf(`number ${n} ${randomBytes(4).toString("hex")}`)));
            controller.close();
          },
        }),
    });
    const from = (n: number, delegationId: string) => uploads.take(slow(n), { sessionId: "s", delegationId });
    const waiting = [from(0, "a"), from(1, "a")];
    expect(refusedFor(await from(2, "a"))).toBe("files-waiting");
    for (let n = 2; n < 8; n += 1) waiting.push(from(n, `d${n}`));
    expect(refusedFor(await from(8, "z"))).toBe("files-waiting");
    for (const { resolve } of held) resolve();
    for (const one of waiting) expect(done(await one).type).toBe("pdf");
    done(await from(9, "a"));
  });
});

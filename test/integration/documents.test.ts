/** Documents of an agenda item: links and files, put in by those who preside and read by everybody. */
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { addDocument } from "#app/commands/add-document.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { action, loader } from "#app/routes/documents/route.tsx";
import { loader as fileLoader } from "#app/routes/document/route.ts";
import { rowHash } from "#db/canonical.ts";
import { event } from "#db/schema/record.ts";
import { agendaDocument, upload } from "#db/schema/session.ts";
import { listDocuments } from "#db/stores/document.ts";
import { faultsIn, runVerify } from "#test/support/database.ts";
import { docxOf, fileOf, pdfOf } from "#test/support/files.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";

const params = { session: "s", item: "i" };
const about = { sessionId: "s", itemId: "i", symbol: "A/AC.1/CRP.1", title: "Working paper", url: "" };

async function putIn(hall: Hall, bytes = pdfOf("On due diligence"), name = "CRP.pdf"): Promise<string> {
  const file = fileOf(name, bytes);
  return done(await addDocument(await hall.as("amara"), { ...about, file })).documentId;
}

/** The answer to somebody who follows the link of a file. */
async function download(hall: Hall, document: string, personId: string | null = null) {
  const context: AppLoadContext = await hall.as(personId);
  const request = new Request("http://here/");
  try {
    return await fileLoader({ request, context, params: { session: "s", document } });
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

describe("a document of an item", () => {
  it("[AG16] is a symbol with a web address, for everybody who reads the item", async () => {
    const hall = await openHall();
    const context = await hall.as("amara");
    const link = { intent: "link", symbol: "A/79/214", title: "Report", url: "https://docs.un.org/A/79/214" };
    expect(await submit(action, link, { context, params })).toMatchObject({
      status: 302,
      location: "/sessions/s/agenda/i/documents",
    });
    const { documents } = (await show(itemLoader, { context: await hall.as(null), params })).body;
    expect(documents).toMatchObject([{ symbol: "A/79/214", title: "Report", url: link.url, type: null }]);
    expect(hall.told).toEqual([{ audience: { kind: "session", sessionId: "s" }, topic: "agenda" }]);
  });

  it.each([
    ["no title", { title: " " }, { title: "required" }],
    ["no address", { url: "" }, { url: "document-nowhere" }],
    ["a script for an address", { url: "javascript:alert(1)" }, { url: "url-wrong" }],
    ["a file of the reader's machine", { url: "file:///etc/passwd" }, { url: "url-wrong" }],
    ["an address without end", { url: `https://x.org/${"x".repeat(600)}` }, { url: "too-long" }],
  ])("[AG16] [PE9] with %s comes back with the reason and all that was typed", async (_, wrong, reasons) => {
    const hall = await openHall();
    const typed = { intent: "link", symbol: "A/1", title: "T", url: "https://x.org", ...wrong };
    const answered = await submit(action, typed, { context: await hall.as("amara"), params });
    expect(answered.status).toBe(422);
    expect(answered.body).toMatchObject({ refusal: { fields: reasons }, typed: { symbol: "A/1" } });
    expect(await hall.db.read.$count(agendaDocument)).toBe(0);
  });

  it("[AG16] [UP5] may be a file, whose row is anchored and whose bytes are in the folder", async () => {
    const hall = await openHall();
    const faults = faultsIn(hall.db.folder);
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent: "file", symbol: "CRP.1", title: "Paper" })) {
      form.set(name, value);
    }
    const docx = docxOf("States should not knowingly allow");
    form.set("file", new File([new Uint8Array(docx)], "C:\\papers\\\u202ECRP.1.docx"));
    const request = new Request("http://here/", { method: "POST", body: form });
    const answered = await action({ request, context: await hall.as("amara"), params });
    expect(answered).toMatchObject({ status: 302 });
    const [row] = await hall.db.read.select().from(upload);
    expect(row).toMatchObject({
      name: "CRP.1.docx",
      type: "docx",
      size: docx.length,
      sha256: createHash("sha256").update(docx).digest("hex"),
      words: "States should not knowingly allow",
      delegationId: null,
      by: "amara",
    });
    const [act] = (await hall.db.read.select().from(event)).slice(-1);
    expect(act).toMatchObject({ act: "addDocument", detail: { sha256: row && rowHash("upload", row) } });
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it("[UP3] [PE9] a file that is refused leaves no row and says why at its field", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const macros = docxOf("x", { name: "word/vbaProject.bin", content: "x" });
    const refused = await addDocument(amara, { ...about, file: fileOf("a.docx", macros) });
    expect(refused).toMatchObject({ kind: "invalid", fields: { file: "file-macros" } });
    const both = { ...about, url: "https://x.org", file: fileOf("a.pdf", pdfOf("x")) };
    expect(refusedFor(await addDocument(amara, both))).toBe("document-twice");
    const elsewhere = { ...about, itemId: "gone", file: fileOf("a.pdf", pdfOf("x")) };
    expect(refusedFor(await addDocument(amara, elsewhere))).toBe("not-there");
    expect(await hall.db.read.$count(upload)).toBe(0);
  });

  it("[UP6] is given as a download alone, that runs and loads nothing", async () => {
    const hall = await openHall();
    const bytes = pdfOf("On due diligence");
    const id = await putIn(hall, bytes, "Note on (b).pdf");
    const response = await download(hall, id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/pdf",
      "content-length": String(bytes.length),
      "content-disposition": `attachment; filename="Note-on-b.pdf"; filename*=UTF-8''Note%20on%20%28b%29.pdf`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("[AG16] [PM1] that is removed is not there any more, like one that never was or is a link", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const id = await putIn(hall);
    const link = { ...about, url: "https://x.org", file: null };
    const { documentId } = done(await addDocument(amara, link));
    done(await removeDocument(amara, { sessionId: "s", documentId: id }));
    expect(refusedFor(await removeDocument(amara, { sessionId: "s", documentId: id }))).toBe("not-there");
    const [none, removed, linked] = await Promise.all(
      ["never", id, documentId].map(async (one) => {
        const answer = await download(hall, one, "amara");
        return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
      }),
    );
    expect(none).toMatchObject({ status: 404 });
    expect([removed, linked]).toEqual([none, none]);
    expect(await listDocuments(hall.db.read, "i")).toHaveLength(1);
    expect(await hall.db.read.$count(upload)).toBe(1);
  });

  it("[PM2] [PM3] is put in and removed by those who preside alone", async () => {
    const hall = await openHall();
    const id = await putIn(hall);
    for (const personId of ["bilal", "chiara", "dario", null]) {
      const context = await hall.as(personId);
      const status = personId === null ? 401 : 403;
      expect((await show(loader, { context, params })).status).toBe(status);
      for (const intent of ["link", "file", "remove", "nonsense"]) {
        const answered = await submit(action, { intent, document: id }, { context, params });
        expect(answered.status).toBe(status);
      }
      expect((await download(hall, id, personId)).status).toBe(200);
    }
    expect(await listDocuments(hall.db.read, "i")).toHaveLength(1);
  });

  it("[UP5] that was changed or taken away on disk is found by the verifier", async () => {
    const hall = await openHall();
    await putIn(hall);
    const [row] = await hall.db.read.select().from(upload);
    const file = path.join(hall.db.folder, "uploads", row?.sha256 ?? "");
    const ofFiles = (faults: readonly string[]) => faults.filter((fault) => fault.startsWith("The file of"));
    expect(ofFiles(faultsIn(hall.db.folder))).toEqual([]);
    writeFileSync(file, pdfOf("On due negligence"));
    expect(ofFiles(runVerify(hall.db.folder).faults)).toEqual([expect.stringContaining("was changed")]);
    rmSync(file);
    expect(ofFiles(faultsIn(hall.db.folder))).toEqual([expect.stringContaining("is missing")]);
    expect((await download(hall, (await listDocuments(hall.db.read, "i"))[0]?.id ?? "")).status).toBe(404);
  });
});

/** Documents of an agenda item: links and files, put in by those who preside and read by everybody. */
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import type { AppLoadContext } from "#app/commands/context.ts";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { addDocument } from "#app/commands/add-document.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { ErrorSummary } from "#app/components/form.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import type { Language } from "#app/rules/language.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { loadDocuments } from "#app/routes/documents/load.ts";
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

  it("[AG16] [PM1] that is removed is not given any more, like one that never was or is a link", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const id = await putIn(hall);
    const link = { ...about, url: "https://x.org", file: null };
    const { documentId } = done(await addDocument(amara, link));
    done(await removeDocument(amara, { sessionId: "s", itemId: "i", documentId: id }));
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

const adopt = async (hall: Hall) =>
  done(await adoptAgenda(await hall.as("amara"), { sessionId: "s", symbol: "A/AC.1/2026/1" }));

/** What the page shows whoever asks for the removal of a document there. */
const reviewOf = async (hall: Hall, documentId: string, itemId = "i") =>
  loadDocuments(
    await hall.as("amara"),
    { sessionId: "s", itemId },
    new URLSearchParams({ remove: documentId }),
  );

const newestAct = async ({ db }: Hall) => (await db.read.select().from(event)).at(-1);

describe("a document of an adopted agenda", () => {
  const link = { intent: "link", symbol: "A/1", title: "Report", url: "https://x.org/1" };

  it("[AG18] [PE9] is put in with a reason alone, and comes back with all that was typed without one", async () => {
    const hall = await openHall();
    const context = await hall.as("amara");
    // Before the adoption nobody is asked, and what somebody says all the same is no reason for a change.
    expect((await submit(action, { ...link, reason: "Early" }, { context, params })).status).toBe(302);
    expect(await newestAct(hall)).toMatchObject({ act: "addDocument", detail: { reason: "" } });
    await adopt(hall);
    for (const reason of ["", " \u200B ", "x".repeat(301)]) {
      const code = reason.length > 300 ? "too-long" : "reason-missing";
      const typed = { ...link, title: "Late", reason };
      expect(await submit(action, typed, { context, params })).toMatchObject({
        status: 422,
        body: { refusal: { fields: { reason: code } }, typed },
      });
    }
    // All that is wrong is said at once, and a file is not looked into in vain.
    const file = fileOf("a.pdf", Buffer.from("no file at all"));
    expect(await addDocument(context, { ...about, title: "", file })).toMatchObject({
      fields: { title: "required", reason: "reason-missing" },
    });
    expect(await hall.db.read.$count(agendaDocument)).toBe(1);
    const sent = { ...link, title: "Late", reason: "Asked for by the floor" };
    expect((await submit(action, sent, { context, params })).status).toBe(302);
    expect(await newestAct(hall)).toMatchObject({ detail: { reason: "Asked for by the floor" } });
  });

  it("[AG18] needs a reason as well when the agenda was adopted while its file was looked into", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const uploads: AppLoadContext["uploads"] = {
      ...amara.uploads,
      async take(file, owner) {
        await adopt(hall);
        return amara.uploads.take(file, owner);
      },
    };
    const file = fileOf("a.pdf", pdfOf("x"));
    expect(refusedFor(await addDocument({ ...amara, uploads }, { ...about, file }))).toBe("reason-missing");
    expect(await hall.db.read.$count(upload)).toBe(0);
  });

  it("[AG18] [PE9] is removed in two steps, with a reason alone", async () => {
    const hall = await openHall();
    const context = await hall.as("amara");
    const id = await putIn(hall);
    await adopt(hall);
    expect(await reviewOf(hall, id)).toMatchObject({
      isAdopted: true,
      removal: { id, document: "A/AC.1/CRP.1 Working paper", gone: null },
    });
    expect(
      await submit(action, { intent: "remove", document: id, reason: " " }, { context, params }),
    ).toMatchObject({
      status: 422,
      body: { refusal: { fields: { reason: "reason-missing" } }, typed: { document: id } },
    });
    expect(await listDocuments(hall.db.read, "i")).toHaveLength(1);
    const sent = { intent: "remove", document: id, reason: "Issued by mistake" };
    expect((await submit(action, sent, { context, params })).status).toBe(302);
    expect(await listDocuments(hall.db.read, "i")).toEqual([]);
    expect(await newestAct(hall)).toMatchObject({
      act: "removeDocument",
      thingId: id,
      detail: { reason: "Issued by mistake", title: "Working paper" },
    });
  });
});

describe("whoever comes too late", () => {
  const sentence = (language: Language, refusal: Refusal) =>
    renderToStaticMarkup(
      createElement(
        I18nextProvider,
        { i18n: createTranslator(language) },
        createElement(ErrorSummary, { answer: { refusal, typed: {} } }),
      ),
    );

  it("[AG16] [PE9] for a document learns who removed it and when, and keeps the reason", async () => {
    const hall = await openHall();
    const id = await putIn(hall);
    await adopt(hall);
    const which = { sessionId: "s", itemId: "i", documentId: id };
    done(await removeDocument(await hall.as("sela"), { ...which, reason: "Twice here" }));
    hall.wait(60_000);
    const typed = { intent: "remove", document: id, reason: "Issued by mistake" };
    const told = await submit(action, typed, { context: await hall.as("amara"), params });
    const document = "A/AC.1/CRP.1 Working paper";
    const at = Date.UTC(2026, 10, 23, 12);
    const values = { document, by: "Sela", at, zone: "America/New_York" };
    expect(told).toMatchObject({
      status: 409,
      body: { refusal: { code: "document-removed", values }, typed },
    });
    const refusal = told.body["refusal"] as Refusal;
    expect(sentence("en", refusal)).toContain(`Sela removed ${document} on Mon 23 Nov 07:00`);
    expect(sentence("en", refusal)).toContain("add it again");
    expect(sentence("ar", refusal)).toContain("07:00");
    // An open page shows it before anything is sent.
    expect((await reviewOf(hall, id)).removal).toEqual({ id, document, gone: refusal });
    // Under another item, or none, it is not there.
    const never = { ...which, documentId: "never" };
    expect(refusedFor(await removeDocument(await hall.as("amara"), never))).toBe("not-there");
    const amara = await hall.as("amara");
    const item = { sessionId: "s", parentId: null, number: "8", title: "T", note: "", topicIds: [] };
    const { itemId } = done(await addAgendaItem(amara, { ...item, reason: "R" }));
    expect(refusedFor(await removeDocument(amara, { ...which, itemId }))).toBe("not-there");
    expect((await reviewOf(hall, id, itemId)).removal).toBeNull();
    expect((await reviewOf(hall, "never")).removal).toBeNull();
  });

  it("[AG16] [PE9] for an item learns who took it off and when, and keeps all that was typed", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const item = {
      sessionId: "s",
      parentId: "i",
      number: "(i)",
      title: "Mercenaries",
      note: "",
      topicIds: [],
    };
    const { itemId } = done(await addAgendaItem(amara, item));
    const here = { session: "s", item: itemId };
    const put = { ...about, itemId, url: "https://x.org/1", file: null };
    const { documentId } = done(await addDocument(amara, put));
    done(await deleteAgendaItem(await hall.as("sela"), { sessionId: "s", itemId }));
    const values = { item: "5 (a) (i) Mercenaries", by: "Sela", zone: "America/New_York" };
    const refusal = { kind: "conflict", code: "document-item-gone", values };
    const late: readonly Readonly<Record<string, string>>[] = [
      { intent: "link", symbol: "A/2", title: "Late", url: "https://x.org/2", reason: "Why" },
      { intent: "file", symbol: "A/2", title: "Late", reason: "Why" },
      { intent: "remove", document: documentId, reason: "Why" },
    ];
    for (const typed of late) {
      const told = await submit(action, typed, { context: amara, params: here });
      expect(told).toMatchObject({ status: 409, body: { refusal, typed } });
      const words = sentence("en", told.body["refusal"] as Refusal);
      expect(words).toContain("Sela took 5 (a) (i) Mercenaries off the agenda on Mon 23 Nov 07:00");
      expect(words).toContain("to the documents of another item");
    }
    // The page of the forms stays, so that they do with it.
    const loaded = await reviewOf(hall, documentId, itemId);
    expect(loaded).toMatchObject({ item: null, gone: refusal, documents: [], number: "5 (a) (i)" });
    expect(loaded.removal).toMatchObject({ id: documentId, gone: refusal });
    expect(await hall.db.read.$count(agendaDocument)).toBe(1);
  });

  it("[PM1] [PM2] [AG16] learns nothing without the right to keep the agenda", async () => {
    const hall = await openHall();
    const amara = await hall.as("amara");
    const id = await putIn(hall);
    done(await removeDocument(amara, { sessionId: "s", itemId: "i", documentId: id }));
    const item = { sessionId: "s", parentId: null, number: "8", title: "T", note: "", topicIds: [] };
    const { itemId } = done(await addAgendaItem(amara, item));
    done(await deleteAgendaItem(amara, { sessionId: "s", itemId }));
    for (const personId of ["bilal", null]) {
      const context = await hall.as(personId);
      const [never, off] = await Promise.all(
        ["never", itemId].map(async (one) => {
          const there = { context, params: { session: "s", item: one } };
          return [await show(loader, there), await submit(action, { intent: "link", title: "T" }, there)];
        }),
      );
      expect(off).toEqual(never);
      const removal = (document: string) =>
        submit(action, { intent: "remove", document }, { context, params });
      expect(await removal(id)).toEqual(await removal("never"));
    }
    // Nor does anybody elsewhere: in a session that it is not of, it never was.
    expect((await show(loader, { context: amara, params: { session: "s", item: "never" } })).status).toBe(
      404,
    );
    const elsewhere = { context: await hall.as("sela"), params: { session: "other", item: itemId } };
    expect((await show(loader, elsewhere)).status).toBe(404);
  });
});

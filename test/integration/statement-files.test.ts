/** A statement handed in as a file: its delegation's until it is released, then of whoever reads the statement. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { wordsHashOf } from "#app/commands/version-row.ts";
import { loader as draftFileLoader } from "#app/routes/statement-draft-file/route.ts";
import { action as draftAction, loader as draftLoader } from "#app/routes/statement-draft/route.tsx";
import { loader as fileLoader } from "#app/routes/statement-file/route.ts";
import { loader as statementLoader } from "#app/routes/statement/route.tsx";
import { frozenDocument } from "#collab/statement-words.ts";
import { rowHash } from "#db/canonical.ts";
import { event } from "#db/schema/record.ts";
import { statement, statementDraft, upload } from "#db/schema/session.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask, openDelegations, openWriting, statementWords } from "#test/support/delegations.ts";
import { docxOf, fileOf, pdfOf } from "#test/support/files.ts";
import { done, type Hall, refusedFor } from "#test/support/people.ts";
import { countsFor, foundIn, hitsFor, openSearch } from "#test/support/search.ts";

const EVERYBODY = [null, "priya", "chiara", "dario", "erin", "nadia", "omar", "bilal", "amara", "sela"];
const OURS = ["nadia", "omar", "bilal"];
/** Amara presides, and Sela is of the secretariat. */
const EMBARGOED = [...OURS, "amara", "sela"];
const words = { ...statementWords, body: "" };

const params = (more: Readonly<Record<string, string>> = {}) => ({ session: "s", item: "i", ...more });

async function draftWith(
  hall: Hall,
  bytes = pdfOf("On acting in time"),
  change: Partial<typeof statementWords> = {},
  name = "ours.pdf",
): Promise<string> {
  const file = fileOf(name, bytes);
  return done(await draftStatement(await hall.as("nadia"), { ...words, ...change, file })).draftId;
}

async function release(hall: Hall, draftId: string, edition = 1, correction = "A word"): Promise<string> {
  const read = { draftId, edition, correction };
  return done(await releaseStatement(await hall.as("bilal"), read)).statementId;
}

type Loader = typeof fileLoader;

/** The whole answer to somebody who follows the address of a file. */
async function download(hall: Hall, loader: Loader, personId: string | null, id: string) {
  const context = await hall.as(personId);
  const request = new Request("http://here/");
  const given = await loader({
    request,
    context,
    params: { session: "s", draft: id, statement: id },
  }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  const bytes = Buffer.from(await given.arrayBuffer());
  return { status: given.status, headers: Object.fromEntries(given.headers), bytes };
}

/** Exactly these get the bytes; for all others it is as if there were nothing at the address. */
async function expectReadBy(hall: Hall, loader: Loader, id: string, bytes: Buffer, who: readonly string[]) {
  const reading = [];
  for (const personId of EVERYBODY) {
    const given = await download(hall, loader, personId, id);
    if (given.status === 200 && given.bytes.equals(bytes)) {
      reading.push(personId ?? "public");
      continue;
    }
    expect({ personId, ...given }).toEqual({
      personId,
      ...(await download(hall, loader, personId, "nothing")),
    });
    expect(given.status).toBe(404);
  }
  expect(reading.toSorted()).toEqual([...who].toSorted());
}

const everybody = EVERYBODY.map((who) => who ?? "public");
const keptIn = (hall: Hall): string[] => {
  try {
    return readdirSync(path.join(hall.db.folder, "uploads"));
  } catch {
    return [];
  }
};

describe("the file of a statement", () => {
  it("[SM19] [UP5] is put in, replaced and taken away in the form of the draft, each with an anchored row", async () => {
    const hall = await openDelegations();
    const faults = faultsIn(hall.db.folder);
    const send = async (draftId: string, more: Readonly<Record<string, string | File>>) => {
      const form = new FormData();
      const fields = { intent: "save", item: "i", title: "Ours", body: "", language: "en", ...more };
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const request = new Request("http://here/", { method: "POST", body: form });
      const context = await hall.as("nadia");
      return draftAction({ request, context, params: params({ draft: draftId }) });
    };
    const pdf = pdfOf("On acting in time");
    const file = new File([new Uint8Array(pdf)], "C:\\papers\\\u202Eours.pdf");
    expect(await send("new", { file })).toMatchObject({ status: 302 });
    const [draft] = await hall.db.read.select().from(statementDraft);
    const draftId = draft?.id ?? "";
    const page = async () =>
      (await ask(hall, "omar", draftLoader, { params: params({ draft: draftId }) })).body;
    expect(await page()).toMatchObject({ file: { name: "ours.pdf", type: "pdf", size: pdf.length } });
    const [row] = await hall.db.read.select().from(upload);
    expect(row).toMatchObject({
      sha256: createHash("sha256").update(pdf).digest("hex"),
      words: "On acting in time",
      delegationId: "d-lem",
      by: "nadia",
    });
    const [act] = (await hall.db.read.select().from(event)).slice(-1);
    expect(act).toMatchObject({
      act: "draftStatement",
      sessionId: null,
      detail: { sha256: row && rowHash("upload", row) },
    });

    // Browsers send an empty file where none was chosen: what there is stays.
    expect(await send(draftId, { edition: "1", file: new File([], "") })).toMatchObject({ status: 302 });
    expect(await page()).toMatchObject({ file: { name: "ours.pdf" } });
    const other = new File([new Uint8Array(docxOf("Better words"))], "better.docx");
    expect(await send(draftId, { edition: "2", file: other, dropFile: "1" })).toMatchObject({ status: 302 });
    expect(await page()).toMatchObject({ file: { name: "better.docx", type: "docx" } });
    expect(await send(draftId, { edition: "3", dropFile: "1" })).toMatchObject({ status: 302 });
    expect(await page()).toMatchObject({ file: null });
    expect((await download(hall, draftFileLoader, "nadia", draftId)).status).toBe(404);
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId, edition: 4 }))).toBe(
      "body-missing",
    );
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it("[SM19] [SM8] is released as part of the row, and taken over by a correction that may bring another", async () => {
    const hall = await openDelegations();
    const faults = faultsIn(hall.db.folder);
    const first = await release(hall, await draftWith(hall));
    const [row] = await hall.db.read.select().from(statement);
    const [file] = await hall.db.read.select().from(upload);
    expect(row).toMatchObject({ uploadId: file?.id, body: "" });
    expect(row?.contentHash).toBe(row && rowHash("statement", row));
    const page = (id: string) => ask(hall, null, statementLoader, { params: params({ statement: id }) });
    expect((await page(first)).body).toMatchObject({
      statement: { file: { name: "ours.pdf", type: "pdf" } },
    });

    const corrects = { sessionId: "s", statementId: first };
    const same = done(await correctStatement(await hall.as("nadia"), corrects)).draftId;
    const better = fileOf("better.docx", docxOf("Better words"));
    done(
      await editStatementDraft(await hall.as("nadia"), { ...words, draftId: same, edition: 1, title: "T" }),
    );
    expect((await ask(hall, "omar", draftLoader, { params: params({ draft: same }) })).body).toMatchObject({
      file: { name: "ours.pdf" },
    });
    const edit = { ...words, draftId: same, edition: 2, file: better };
    done(await editStatementDraft(await hall.as("nadia"), edit));
    const second = await release(hall, same, 3);
    expect((await page(second)).body).toMatchObject({ statement: { file: { name: "better.docx" } } });
    expect((await page(first)).body).toMatchObject({ statement: { file: { name: "ours.pdf" } } });
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it("[SM19] [SM12] is released where nothing was written into the text of its draft, and beside what was", async () => {
    const hall = await openWriting();
    for (const typed of ["", "Thank you, Chair."]) {
      const draftId = await draftWith(hall, pdfOf("On acting in time"), { body: typed });
      const { textId } = done(await openDraftText(await hall.as("nadia"), { draftId }));
      const { document } = await hall.rooms.wording(textId);
      const read = { draftId, edition: 1, words: wordsHashOf(frozenDocument(document)) };
      const { statementId } = done(await releaseStatement(await hall.as("bilal"), read));
      const page = await ask(hall, null, statementLoader, { params: params({ statement: statementId }) });
      expect(page.body).toMatchObject({
        statement: {
          file: { name: "ours.pdf" },
          blocks: typed === "" ? [] : [{ pieces: [{ words: typed }] }],
        },
      });
    }
  });

  it("[UP8] [SM1] [SM14] is given to its delegation, then to whom the statement is, and is not there for others", async () => {
    const hall = await openDelegations();
    const bytes = pdfOf("On acting in time");
    const draftId = await draftWith(hall, bytes, { embargo: "delivery" });
    await expectReadBy(hall, draftFileLoader, draftId, bytes, OURS);
    const statementId = await release(hall, draftId);
    await expectReadBy(hall, draftFileLoader, draftId, bytes, OURS);
    await expectReadBy(hall, fileLoader, statementId, bytes, EMBARGOED);
    const which = { sessionId: "s", statementId, meetingId: "mt" };
    done(await deliverStatement(await hall.as("amara"), which));
    await expectReadBy(hall, fileLoader, statementId, bytes, everybody);
    await expectReadBy(hall, draftFileLoader, draftId, bytes, OURS);
  });

  it("[UP6] [UP8] is a download alone, under its own name, and one given up is not there for anybody", async () => {
    const hall = await openDelegations();
    const bytes = docxOf("Ours");
    const draftId = await draftWith(hall, bytes, {}, "Note (b).docx");
    expect((await download(hall, draftFileLoader, "omar", draftId)).headers).toEqual({
      "content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "content-length": String(bytes.length),
      "content-disposition": `attachment; filename="Note-b.docx"; filename*=UTF-8''Note%20%28b%29.docx`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    done(await discardStatementDraft(await hall.as("nadia"), { draftId, edition: 1 }));
    await expectReadBy(hall, draftFileLoader, draftId, bytes, []);
    // A statement that was only typed has none.
    const typed = done(await draftStatement(await hall.as("nadia"), statementWords)).draftId;
    const statementId = await release(hall, typed);
    await expectReadBy(hall, fileLoader, statementId, bytes, []);
  });

  it("[UP1] [UP2] [UP3] that lies, is a bomb or carries macros is refused at its field, and what was typed is still there", async () => {
    const hall = await openDelegations();
    const zeros = { content: Buffer.alloc(120 * 1024 * 1024) };
    const draftId = await draftWith(hall);
    const wrong = [
      ["a.pdf", docxOf(), "file-lies-docx"],
      ["a.docx", pdfOf("x"), "file-lies-pdf"],
      ["a.pdf", Buffer.from("MZ this runs"), "file-type"],
      ["a.docx", docxOf("x", { name: "word/vbaProject.bin", content: "x" }), "file-macros"],
      ["a.pdf", pdfOf("x", { catalog: "/OpenAction << /S /JavaScript /JS (x) >>" }), "file-macros"],
      [
        "a.docx",
        docxOf("x", { name: "word/media/a", ...zeros }, { name: "word/media/b", ...zeros }),
        "file-bomb",
      ],
    ] as const;
    for (const [name, bytes, code] of wrong) {
      for (const draft of ["new", draftId]) {
        const form = new FormData();
        const typed = {
          intent: "save",
          item: "i",
          title: "Ours",
          body: "Words",
          language: "en",
          edition: "1",
        };
        for (const [key, value] of Object.entries(typed)) form.set(key, value);
        form.set("file", new File([new Uint8Array(bytes)], name));
        const request = new Request("http://here/", { method: "POST", body: form });
        const context = await hall.as("nadia");
        const answer = await draftAction({ request, context, params: params({ draft }) });
        expect([name, draft, answer]).toMatchObject([
          name,
          draft,
          {
            data: {
              refusal: { kind: "invalid", fields: { file: code } },
              typed: { title: "Ours", body: "Words" },
              hadFile: true,
            },
          },
        ]);
      }
    }
    expect(await hall.db.read.$count(upload)).toBe(1);
    expect(await hall.db.read.select().from(statementDraft)).toMatchObject([{ id: draftId, edition: 1 }]);
    expect(keptIn(hall)).toHaveLength(1);
  });

  it("[SM6] [UP8] is not kept for whoever may not draft, for words that cannot stand or from an older form", async () => {
    const hall = await openDelegations();
    const draftId = await draftWith(hall);
    const file = fileOf("other.pdf", pdfOf("Something else"));
    const edit = { ...words, draftId, edition: 1, file };
    for (const personId of [null, "priya", "amara", "sela", "dario", "chiara", "omar"]) {
      const code = personId === "omar" ? "draft-not-allowed" : "not-there";
      const context = await hall.as(personId);
      expect([personId, refusedFor(await editStatementDraft(context, edit))]).toEqual([personId, code]);
      expect([personId, refusedFor(await draftStatement(context, { ...words, file }))]).toEqual([
        personId,
        code,
      ]);
    }
    const nadia = await hall.as("nadia");
    expect(refusedFor(await draftStatement(nadia, { ...words, title: "", file }))).toBe("title-missing");
    expect(refusedFor(await editStatementDraft(nadia, { ...edit, title: "" }))).toBe("title-missing");
    expect(refusedFor(await editStatementDraft(nadia, { ...edit, edition: 7 }))).toBe("draft-changed");
    const statementId = await release(hall, draftId);
    expect(refusedFor(await editStatementDraft(nadia, edit))).toBe("draft-released");
    expect(keptIn(hall)).toHaveLength(1);
    expect(await hall.db.read.$count(upload)).toBe(1);
    expect(await hall.db.read.select().from(statement)).toMatchObject([{ id: statementId }]);
  });
});

describe("the words of a statement's file", () => {
  it("[SM20] [SE1] are found by the delegation, then by whom the statement is, and by nobody else", async () => {
    const hall = await openSearch();
    const counts = async () => {
      await hall.caughtUp();
      return countsFor(hall, EVERYBODY, "quagmire");
    };
    const among = (who: readonly string[]) => Object.fromEntries(who.map((one) => [one, 1]));
    const long = `${"Thank you Chair ".repeat(400)}beware the quagmire ahead`;
    const draftId = await draftWith(hall, docxOf(long), { embargo: "delivery" }, "ours.docx");
    expect(await counts()).toEqual(among(OURS));
    const [hit] = await hitsFor(hall, "omar", "quagmire");
    expect(hit?.to).toContain(`/drafts/statements/${draftId}`);
    expect(hit && foundIn(hit)).toEqual(["quagmire"]);
    const statementId = await release(hall, draftId);
    expect(await counts()).toEqual(among(EMBARGOED));
    done(await deliverStatement(await hall.as("amara"), { sessionId: "s", statementId, meetingId: "mt" }));
    expect(await counts()).toEqual(among(everybody));
    const [open] = await hitsFor(hall, null, "quagmire");
    expect(open?.to).toBe(`/sessions/s/statements/${statementId}?mark=quagmire#file`);
    expect(open && foundIn(open)).toEqual(["quagmire"]);
  });

  it("[SM20] of a file that was replaced, taken away or given up with its draft are found by nobody", async () => {
    const hall = await openSearch();
    const found = async (typed: string) => {
      await hall.caughtUp();
      return countsFor(hall, EVERYBODY, typed);
    };
    const draftId = await draftWith(hall, pdfOf("quagmire"));
    const nadia = await hall.as("nadia");
    const file = fileOf("other.pdf", pdfOf("hinterland"));
    done(await editStatementDraft(nadia, { ...words, draftId, edition: 1, file }));
    expect([await found("quagmire"), await found("hinterland")]).toEqual([
      {},
      { nadia: 1, omar: 1, bilal: 1 },
    ]);
    done(await editStatementDraft(nadia, { ...words, draftId, edition: 2, dropsFile: true }));
    expect(await found("hinterland")).toEqual({});
    const other = await draftWith(hall, pdfOf("quagmire"));
    done(await discardStatementDraft(nadia, { draftId: other, edition: 1 }));
    expect(await found("quagmire")).toEqual({});
  });

  it("[SM20] say how long it takes to say, unless words are typed", async () => {
    const hall = await openDelegations();
    const seconds = async (change: Partial<typeof statementWords>, file: Buffer) => {
      const id = await release(hall, await draftWith(hall, file, change, "a.docx"));
      const { body } = await ask(hall, null, statementLoader, { params: params({ statement: id }) });
      return (body as { statement: { seconds: number } }).statement.seconds;
    };
    const file = docxOf("word ".repeat(240));
    expect(await seconds({}, file)).toBe(120);
    expect(await seconds({ language: "ar" }, docxOf("كلمة ".repeat(73)))).toBe(60);
    expect(await seconds({ body: "Thank you." }, file)).toBe(10);
    expect(await seconds({}, docxOf(`${"word ".repeat(24_000)}end`))).toBeCloseTo(12_000, -2);
  });
});

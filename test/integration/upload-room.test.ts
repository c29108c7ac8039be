/** How much of a delegation's files is kept: what is left, what one file too many is told, and what goes again. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addDocument } from "#app/commands/add-document.ts";
import type { FileToTake } from "#app/commands/context.ts";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { errors as arabic } from "#app/i18n/ar/errors.ts";
import { errors as english } from "#app/i18n/en/errors.ts";
import { action as draftAction } from "#app/routes/statement-draft/route.tsx";
import { MOST_FILE_BYTES, MOST_KEPT_BYTES } from "#app/rules/files.ts";
import { sha256 } from "#db/canonical.ts";
import { statementDraft, upload } from "#db/schema/session.ts";
import { openDelegations, statementWords } from "#test/support/delegations.ts";
import { docxOf, fileOf, pdfOf } from "#test/support/files.ts";
import { done, type Hall, refusedFor } from "#test/support/people.ts";

const MEGABYTE = 1024 * 1024;
const words = { ...statementWords, body: "" };

const kept = (hall: Hall): string[] => {
  const folder = path.join(hall.db.folder, "uploads");
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
};

/** Lemuria has put in files before, and so much is left. */
async function leave(hall: Hall, room: number): Promise<void> {
  const size = MOST_KEPT_BYTES - room;
  const row = { id: "old", name: "Old.pdf", type: "pdf", size, sha256: sha256("old"), by: "nadia" } as const;
  await hall.db.write((tx) =>
    tx.insert(upload).values({ ...row, sessionId: "s", delegationId: "d-lem", at: 1 }),
  );
}

/** What the form of a draft answers to Nadia. */
async function send(hall: Hall, draft: string, file: File) {
  const form = new FormData();
  const typed = { intent: "save", item: "i", title: "Ours", body: "Words", language: "en", edition: "1" };
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  form.set("file", file);
  const request = new Request("http://here/", { method: "POST", body: form });
  return draftAction({ request, context: await hall.as("nadia"), params: { session: "s", draft } });
}

/** It comes when it is let go on. */
function slow(bytes: Uint8Array) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const file: FileToTake = {
    name: "slow.pdf",
    stream: () =>
      new ReadableStream({
        async start(controller) {
          asked.resolve();
          await promise;
          controller.enqueue(new Uint8Array(bytes));
          controller.close();
        },
      }),
  };
  return { file, asked: asked.promise, goOn: resolve };
}

describe("the files of a delegation", () => {
  it("[UP9] take 250 MB in a session at most: one more is refused with what to do, and nothing of it is kept", async () => {
    const hall = await openDelegations();
    const draftId = done(await draftStatement(await hall.as("nadia"), statementWords)).draftId;
    const bytes = pdfOf("On acting in time");
    const file = new File([new Uint8Array(bytes)], "ours.pdf");
    await leave(hall, bytes.length - 1);
    for (const draft of ["new", draftId]) {
      expect(await send(hall, draft, file)).toMatchObject({
        data: {
          refusal: { kind: "invalid", fields: { file: "files-full" }, values: { most: 250, left: 0 } },
          typed: { title: "Ours", body: "Words" },
          hadFile: true,
        },
      });
    }
    for (const { field } of [english, arabic]) {
      expect(field["files-full"]).toContain("{{most}}");
      expect(field["files-full"]).toContain("{{left}}");
    }
    expect(kept(hall)).toEqual([]);
    expect(await hall.db.read.$count(upload)).toBe(1);
    expect(await hall.db.read.$count(statementDraft)).toBe(1);
    // Others have their own: another delegation, and the officers.
    const theirs = { ...words, delegationId: "d-nor", file: fileOf("theirs.pdf", bytes) };
    done(await draftStatement(await hall.as("priya"), theirs));
    const about = { sessionId: "s", itemId: "i", symbol: "", title: "Paper", url: "" };
    done(await addDocument(await hall.as("amara"), { ...about, file: fileOf("Paper.pdf", bytes) }));
    expect(kept(hall)).toEqual([sha256(bytes)]);
  });

  it("[UP9] are counted to the byte with the words read from them, also when they were replaced or given up", async () => {
    const said = "word ".repeat(2_000).trim();
    const packed = docxOf(said);
    expect(packed.length).toBeLessThan(said.length);
    const file = fileOf("packed.docx", packed);
    const room = packed.length + said.length;
    const full = await openDelegations();
    await leave(full, room - 1);
    expect(refusedFor(await draftStatement(await full.as("nadia"), { ...words, file }))).toBe("files-full");
    expect(kept(full)).toEqual([]);
    const hall = await openDelegations();
    await leave(hall, room);
    const nadia = await hall.as("nadia");
    const { draftId } = done(await draftStatement(nadia, { ...words, file }));
    done(await editStatementDraft(nadia, { ...words, body: "x", draftId, edition: 1, dropsFile: true }));
    done(await discardStatementDraft(nadia, { draftId, edition: 2 }));
    expect(refusedFor(await draftStatement(nadia, { ...words, file }))).toBe("files-full");
    expect(kept(hall)).toEqual([sha256(packed)]);
  });

  it("[UP9] that come at the same moment do not share what is left", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    const first = pdfOf("The first");
    const other = pdfOf("Other one");
    await leave(hall, 1.5 * (Math.max(first.length, other.length) + 9));
    const [one, two] = [slow(first), slow(other)];
    const drafts = [one, two].map(({ file }) => draftStatement(nadia, { ...words, file }));
    await Promise.all([one.asked, two.asked]);
    one.goOn();
    two.goOn();
    const answers = await Promise.all(drafts);
    expect(answers.filter((answer) => "draftId" in answer)).toHaveLength(1);
    expect(answers.filter((answer) => "refused" in answer).map(refusedFor)).toEqual(["files-full"]);
    const rows = await hall.db.read.select().from(upload);
    expect(kept(hall)).toEqual(rows.filter(({ id }) => id !== "old").map((row) => row.sha256));
    expect(kept(hall)).toHaveLength(1);
  });

  it("[UP9] [UP5] leave no bytes where the act with them is refused, but those that are on record", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    const bytes = pdfOf("Too late");
    const late = async () => {
      const { draftId } = done(await draftStatement(nadia, statementWords));
      const { file, asked, goOn } = slow(bytes);
      const edit = editStatementDraft(nadia, { ...words, draftId, edition: 1, file });
      await asked;
      done(await discardStatementDraft(nadia, { draftId, edition: 1 }));
      goOn();
      expect(refusedFor(await edit)).toBe("draft-discarded");
    };
    await late();
    expect(kept(hall)).toEqual([]);
    expect(await hall.db.read.$count(upload)).toBe(0);
    done(await draftStatement(nadia, { ...words, file: fileOf("ours.pdf", bytes) }));
    await late();
    expect(kept(hall)).toEqual([sha256(bytes)]);
  });

  it("[UP9] stay while somebody else is at work on the same bytes", async () => {
    const hall = await openDelegations();
    const { uploads } = await hall.as("nadia");
    const bytes = pdfOf("Twice");
    const take = () => uploads.take(fileOf("a.pdf", bytes), { sessionId: "s", delegationId: null });
    const { sha256: hash } = done(await take());
    done(await take());
    const isNot = async () => false;
    await uploads.letGo(hash, isNot);
    expect(kept(hall)).toEqual([hash]);
    // Whoever begins while it is being asked keeps them too.
    let asked = 0;
    await uploads.letGo(hash, async () => {
      asked += 1;
      if (asked === 1) done(await take());
      return false;
    });
    expect([asked, kept(hall)]).toEqual([2, [hash]]);
    await uploads.letGo(hash, isNot);
    expect(kept(hall)).toEqual([]);
  });
});

describe("a file of more than 25 MB", () => {
  it("[UP2] is refused in words that fit the form: a link can be given to a document, and to a statement none", async () => {
    const hall = await openDelegations();
    const large = Buffer.alloc(MOST_FILE_BYTES + 1);
    expect(MOST_FILE_BYTES).toBe(25 * MEGABYTE);
    const file = fileOf("large.pdf", large);
    expect(refusedFor(await draftStatement(await hall.as("nadia"), { ...words, file }))).toBe(
      "file-too-large",
    );
    const about = { sessionId: "s", itemId: "i", symbol: "", title: "Paper", url: "" };
    const document = await addDocument(await hall.as("amara"), { ...about, file });
    expect(refusedFor(document)).toBe("document-too-large");
    expect(english.field["file-too-large"]).not.toMatch(/link/);
    expect(english.field["document-too-large"]).toMatch(/link/);
    expect(arabic.field["file-too-large"]).not.toMatch(/رابط/);
    expect(arabic.field["document-too-large"]).toMatch(/رابط/);
    expect(kept(hall)).toEqual([]);
  });
});

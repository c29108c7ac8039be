/** What else there is in the session: documents, a statement that speaks to texts which few read, notes. */
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { addDocument } from "#app/commands/add-document.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { takeDownReading } from "#app/commands/correct-reading.ts";
import { withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { may, permissions } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { statementWords } from "#test/support/delegations.ts";
import { fileOf, pdfOf } from "#test/support/files.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertPosition } from "#db/stores/position.ts";
import { done } from "#test/support/people.ts";
import { type DelegationThings, ofDelegation, type Private } from "./delegation-things.ts";
import { type House, type Letter, WITHDRAWN, writerOf } from "./house.ts";

const everybody = (): boolean => true;
const nobody = (): boolean => false;

/**
 * One document that everybody may have, one that was removed before the agenda was adopted, whose name only those who
 * keep it learn, and one that was removed since, whose name everybody reads in the list of changes. Returns their ids.
 */
export async function plantDocuments(house: House): Promise<readonly string[]> {
  const { marks, sessionId, itemId } = house;
  const keeps = (viewer: Viewer) => may("manageAgenda", viewer, { kind: "session", sessionId }) === true;
  type Known = { readonly who: (viewer: Viewer) => boolean; readonly at: string };
  const put = async (what: string, file: Known, name: Known, reason = "") => {
    const mark = (field: string, { who, at }: Known) =>
      marks.plant({ what: `${field} of a document ${what}`, may: who, at: [at] });
    const words = pdfOf("Words", { objects: [`<< /Note (${mark("bytes", file)}) >>`] });
    const input = {
      file: fileOf(`${mark("name", file)}.pdf`, words),
      title: mark("title", name),
      symbol: mark("symbol", name),
      url: "",
      reason,
    };
    return done(await addDocument(await house.as("chair"), { sessionId, itemId, ...input })).documentId;
  };
  const remove = async (documentId: string, reason = "") =>
    done(await removeDocument(await house.as("chair"), { sessionId, itemId, documentId, reason }));
  const why = (what: string) => marks.plant({ what: `reason of ${what}`, may: everybody, at: ["agenda"] });
  const toNobody = { who: nobody, at: "document" };
  const early = await put("that was removed before", toNobody, { who: keeps, at: "documents" });
  await remove(early);
  done(await adoptAgenda(await house.as("chair"), { sessionId, symbol: "SG/1/1" }));
  const inChanges = { who: everybody, at: "agenda" };
  const late = await put("that was removed since", toNobody, inChanges, why("a document that is gone"));
  await remove(late, why("a document's removal"));
  const inFile = { who: everybody, at: "document" };
  const onPage = { who: everybody, at: "agenda-item" };
  return [await put("that is there", inFile, onPage, why("a document")), early, late];
}

/** A drafter's delegation speaks to paragraphs of every text that the drafter reads: others learn of none. */
export async function speakTo(house: House, texts: readonly Private[]): Promise<Private> {
  const { itemId, meetingId } = house;
  const paragraphs = texts.map(({ id }) => ({ textId: id, paragraphId: "newest" }));
  const who = { delegationId: house.delegations.c, itemId, meetingId };
  const title = house.marks.plant({
    what: "title of a statement to texts",
    may: everybody,
    at: ["statement"],
  });
  const words = { ...statementWords, ...who, title, paragraphs };
  const { draftId } = done(await draftStatement(await house.as("c-editor"), words));
  const { statementId } = done(await releaseStatement(await house.as("c-head"), { draftId, edition: 1 }));
  return {
    id: statementId,
    may: everybody,
    does: (act, viewer) => ofDelegation(house, "c", act)(viewer),
  };
}

/** An observer prepares a statement as well, in a file. */
export async function prepareAsObserver(house: House): Promise<Private> {
  const may = ofDelegation(house, "observer", "readDrafts");
  const mark = (what: string, at: string) =>
    house.marks.plant({ what: `observer: ${what} of a draft`, may, at: [at] });
  const id = () => house.marks.plant({ what: "observer: id of a draft", may, isId: true });
  const { itemId, meetingId } = house;
  const bytes = pdfOf(mark("words of the file", "search"), {
    objects: [`<< /Note (${mark("bytes of the file", "statement-draft-file")}) >>`],
  });
  const { draftId } = done(
    await draftStatement(await house.as("observer", id), {
      ...statementWords,
      delegationId: house.delegations.observer,
      itemId,
      meetingId,
      title: mark("title", "statement-draft"),
      body: "",
      file: fileOf(`${mark("name of the file", "statement-draft")}.pdf`, bytes),
    }),
  );
  const does: Private["does"] = (act, viewer) =>
    permissions[act].on === "delegation" ? ofDelegation(house, "observer", act)(viewer) : null;
  return { id: draftId, may, does };
}

/** A note of each delegation on the item, and one on what it has released under embargo. */
export async function plantNotes(house: House, things: ReadonlyMap<Letter, DelegationThings>): Promise<void> {
  for (const [letter, { statements }] of things) {
    const may = ofDelegation(house, letter, "readNotes");
    const about = [
      { thing: "item", thingId: house.itemId },
      { thing: "statement", thingId: statements[0]?.id ?? "" },
    ] as const;
    for (const one of about) {
      const body = house.marks.plant({
        what: `${letter}: a note on the ${one.thing}`,
        may,
        at: ["notes", "note"],
      });
      const note = { ...one, delegationId: house.delegations[letter], body, edition: 0 };
      done(await writeNote(await house.as(writerOf(letter)), note));
    }
  }
}

/** What editors read of a State, and what stands in its place since it was taken down: whoever may puts it back there. */
export async function plantReading(house: House): Promise<readonly Private[]> {
  const { marks, topicId, stanceIds } = house;
  const mark = (what: string) =>
    marks.plant({ what: `${what} of a reading`, may: everybody, at: ["position"] });
  const row = {
    id: "leak-reading",
    entityId: "leak-d",
    topicId,
    stance: stanceIds[0] ?? "",
    summary: mark("summary"),
    excerpt: "",
    language: "en",
    sourceTitle: mark("source"),
    sourceDate: "2021-07-13",
    sourceSymbol: mark("symbol"),
    sourceUrl: "",
    sourceForum: mark("forum"),
    explicit: true,
    standing: "editors" as const,
    confidence: "known",
    supersedes: null,
    releasedBy: null,
    releasedAt: 1,
  };
  await house.server.db.write(async (tx) => {
    const { sha256 } = await insertPosition(tx, row);
    const act = { act: "publishPositions", thing: "reference", thingId: "v" };
    await appendEvent(tx, { at: 1, by: { personId: null }, ...act, detail: { sha256 } });
  });
  const reason = mark("reason of the taking down");
  const down = { positionId: row.id, reason };
  const { positionId } = done(await takeDownReading(await house.as("secretariat"), down));
  const does: Private["does"] = (act, viewer) =>
    permissions[act].on === "delegation" ? ofDelegation(house, WITHDRAWN, act)(viewer) : null;
  return [row.id, positionId].map((id) => ({ id, may: everybody, does }));
}

/** Everybody reads why; what it has prepared is nobody's from then on. */
export async function withdrawOne(house: House): Promise<void> {
  const reason = house.marks.plant({ what: "reason of a withdrawal", may: everybody, at: ["delegations"] });
  const which = { sessionId: house.sessionId, delegationId: house.delegations[WITHDRAWN] };
  done(await withdrawDelegation(await house.as("secretariat"), { ...which, reason }));
}

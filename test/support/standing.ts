/** Standing rows of the small record, each with its act: locks, offices, seats, pens, the agenda. Also as older folders have them. */
import type { Database as File } from "better-sqlite3";
import { chainedHash } from "#db/canonical.ts";
import type { Database, WriteTx } from "#db/database.ts";
import { delegate, officer } from "#db/schema/people.ts";
import { agendaDocument } from "#db/schema/session.ts";
import { drafter } from "#db/schema/text.ts";
import { endDrafter } from "#db/stores/drafter.ts";
import { appendEvent } from "#db/stores/event.ts";
import { endLock, insertLock } from "#db/stores/paragraph-lock.ts";
import { setItemUnderDiscussion } from "#db/stores/session.ts";

const AT = Date.UTC(2026, 10, 23, 11);
const by = { personId: "bilal", delegationId: "d-lem" };

/** Locks a paragraph; every second one is opened again. */
export async function lockAndUnlock(
  db: Database,
  which: { readonly textId: string; readonly row: number },
): Promise<void> {
  const { textId, row } = which;
  const lockId = `lock-${textId}-${row}`;
  const paragraphId = `p${row}`;
  const about = { thing: "paragraph", thingId: paragraphId, sessionId: "s" };
  const at = AT + row;
  await db.write(async (tx) => {
    const lock = { id: lockId, textId, paragraphId, wordsHash: "00", lockedBy: by.personId, lockedAt: at };
    await insertLock(tx, lock);
    const detail = { textId, lockId, wordsHash: "00" };
    await appendEvent(tx, { at, by, act: "lockParagraph", ...about, detail });
  });
  if (row % 20 !== 0) return;
  await db.write(async (tx) => {
    const reason = "агреед — “so”";
    await endLock(tx, { id: lockId, by: by.personId, at: at + 1, reason });
    const detail = { textId, lockId, reason };
    await appendEvent(tx, { at: at + 1, by, act: "unlockParagraph", ...about, detail });
  });
}

/** Two officers, a delegate, two drafters of whom one has been withdrawn, a document, an item under discussion. */
export async function seatPeople(db: Database): Promise<void> {
  const from = { fromAt: AT };
  const tell = (tx: WriteTx, act: string, about: { thing: string; thingId: string; detail?: object }) =>
    appendEvent(tx, { at: AT, by, act, sessionId: "s", ...about, detail: { ...about.detail } });
  const offices = [
    { id: "o-1", personId: "amara", office: "chair" },
    { id: "o-2", personId: "chiara", office: "facilitator" },
  ] as const;
  for (const { id, ...held } of offices) {
    await db.write(async (tx) => {
      await tx.insert(officer).values({ id, sessionId: "s", ...held, ...from });
      await tell(tx, "appointOfficer", { thing: "officer", thingId: id, detail: held });
    });
  }
  await db.write(async (tx) => {
    const seat = { delegationId: "d-lem", personId: "bilal", role: "head" } as const;
    await tx.insert(delegate).values({ id: "m-1", ...seat, ...from });
    await tell(tx, "addDelegate", { thing: "delegate", thingId: "m-1", detail: seat });
  });
  for (const personId of ["bilal", "chiara"]) {
    await db.write(async (tx) => {
      const drafterId = `w-${personId}`;
      const pen = { id: drafterId, textId: "report", personId, appointedBy: by.personId };
      await tx.insert(drafter).values({ ...pen, ...from });
      const detail = { drafterId, personId };
      await tell(tx, "appointDrafter", { thing: "text", thingId: "report", detail });
    });
  }
  await db.write(async (tx) => {
    await endDrafter(tx, "w-bilal", AT);
    const detail = { drafterId: "w-bilal", personId: "bilal" };
    await tell(tx, "withdrawDrafter", { thing: "text", thingId: "report", detail });
  });
  await db.write(async (tx) => {
    await setItemUnderDiscussion(tx, "s", "i");
    await tell(tx, "takeUpItem", { thing: "session", thingId: "s", detail: { itemId: "i" } });
  });
  await db.write(async (tx) => {
    const document = { id: "doc-1", itemId: "i", title: "Note", by: by.personId, at: AT };
    await tx.insert(agendaDocument).values(document);
    await tell(tx, "addDocument", { thing: "agenda_document", thingId: "doc-1" });
  });
}

/** The acts as an older version wrote them: none says how rows stand. */
export function forgetStands(file: File): string {
  file.exec("UPDATE event SET detail = json_remove(detail, '$.stands')");
  let previous = "";
  const rows = file
    .prepare<[], Record<string, string | number | null>>("SELECT * FROM event ORDER BY seq")
    .all();
  const link = file.prepare("UPDATE event SET previous_hash = ?, hash = ? WHERE seq = ?");
  for (const row of rows) {
    const hash = chainedHash("event", { ...row, previous_hash: previous });
    link.run(previous, hash, row.seq);
    previous = hash;
  }
  file.prepare("UPDATE chain_head SET hash = ? WHERE chain = 'event'").run(previous);
  return "as an older version wrote it";
}

/** Data folders of the bench: a session with a chair, drafters and readers, and texts. Removed at the end. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { prepareFolder } from "#app/server/prepare.ts";
import { type Database, openDatabase, type WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { agendaItem, session } from "#db/schema/session.ts";
import { drafter } from "#db/schema/text.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { insertText } from "#db/stores/text.ts";

export const SESSION = "bench";
export const CHAIR = "chair";
/** When everything was prepared; typing begins after it. */
const PREPARED_AT = Date.UTC(2026, 9, 5, 9);
export const drafterName = (number: number): string => `drafter-${number}`;
export const readerName = (number: number): string => `reader-${number}`;

const DELEGATIONS = 50;
const PREFIX = "chapeau-bench-";
const folders = new Set<string>();

export type RoomSize = {
  readonly drafters: number;
  readonly readers: number;
  readonly texts: readonly string[];
};

/** An empty folder of this process. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  folders.add(folder);
  return folder;
}

/** A copy, as it is on disk. Nothing may have it open. */
export function copyFolder(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

export function removeFolders(): void {
  for (const folder of folders) removeFolder(folder);
}

/** Folders of a bench that was killed: nobody is there any more to remove them. */
export function removeLeftFolders(): void {
  for (const name of readdirSync(os.tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const [pid = ""] = name.slice(PREFIX.length).split("-");
    if (!isRunning(Number(pid))) rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isSafeInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is there, though no signal may be sent to it.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A new folder in which a server finds these people and texts; `fill` writes what the texts hold. */
export async function makeFolder(size: RoomSize, fill: (db: Database) => Promise<void>): Promise<string> {
  const folder = newFolder();
  await withDatabase(folder, async (db) => {
    await prepareFolder({ db, mode: "exercise", now: () => PREPARED_AT });
    await db.write((tx) => insertRoom(tx, size));
    await fill(db);
  });
  return folder;
}

/** Opens the database of a folder that no server has open. */
export async function withDatabase(folder: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = openDatabase({ folder });
  try {
    await work(db);
    await db.settled();
  } finally {
    db.close();
  }
}

async function insertRoom(tx: WriteTx, size: RoomSize): Promise<void> {
  const at = PREPARED_AT;
  const days = { from: "2026-10-05", to: "2026-10-09", venue: "Conference room 1", timeZone: "UTC" };
  const title = { title: "Session", body: "Standing Group", kind: "plenary" as const };
  await tx.insert(session).values({ id: SESSION, ...title, ...days, exercise: true, createdAt: at });
  const item = { number: "5", title: "Sovereignty", status: "open" as const, statusAt: at, createdAt: at };
  await tx.insert(agendaItem).values({ id: "item", sessionId: SESSION, order: 1, ...item });
  await tx.insert(person).values({ id: CHAIR, name: "The Chair", createdAt: at });
  await tx
    .insert(officer)
    .values({ id: "chairs", sessionId: SESSION, personId: CHAIR, office: "chair", fromAt: at });
  for (let number = 0; number < DELEGATIONS; number += 1) {
    const code = `X${String(number).padStart(2, "0")}`;
    const names = { en: `Invented State ${code}` };
    await tx.insert(entity).values({ id: code, kind: "exercise-state", code, names, alphabet: code });
    const seat = { sessionId: SESSION, entityId: code, capacity: "participant" as const };
    await tx.insert(delegation).values({ id: `d-${code}`, ...seat, createdAt: at });
  }
  for (const textId of size.texts) {
    const facts = {
      kind: "report" as const,
      title: `The text ${textId}`,
      symbol: "A/1",
      organ: "",
      note: "",
    };
    const made = { createdBy: CHAIR, createdAt: at };
    await insertText(tx, {
      id: textId,
      sessionId: SESSION,
      itemId: "item",
      language: "en",
      ...facts,
      ...made,
    });
    const everybody = { audience: "all" as const, delegationIds: [], shows: "live" as const, fromSeq: 0 };
    await insertTextAudience(tx, { id: `a-${textId}`, textId, ...everybody, setBy: CHAIR, setAt: at });
  }
  const people = [
    ...Array.from({ length: size.drafters }, (_, number) => drafterName(number)),
    ...Array.from({ length: size.readers }, (_, number) => readerName(number)),
  ];
  for (const [number, id] of people.entries()) {
    const code = `X${String(number % DELEGATIONS).padStart(2, "0")}`;
    await tx.insert(person).values({ id, name: `${id} of ${code}`, createdAt: at });
    const seat = { delegationId: `d-${code}`, role: "editor" as const, fromAt: at };
    await tx.insert(delegate).values({ id: `m-${id}`, personId: id, ...seat });
    if (number >= size.drafters) continue;
    for (const textId of size.texts) {
      const pen = { textId, personId: id, appointedBy: CHAIR, fromAt: at };
      await tx.insert(drafter).values({ id: `w-${textId}-${id}`, ...pen });
    }
  }
}

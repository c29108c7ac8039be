/**
 * The data folder is opened. An exercise in it whose play was cut off is thrown away first: half an exercise is none, and
 * since nobody is let in before it is whole, nothing in it is anybody's work. Rule SV18.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { start as words } from "#app/i18n/en/start.ts";
import { type Database, openDatabase } from "#db/database.ts";
import { exercisePeople } from "#db/exercise/room.ts";
import { lockFolder } from "#db/lock.ts";
import { findInstallation } from "#db/stores/installation.ts";
import { listPeople } from "#db/stores/person.ts";
import type { Env } from "./env.ts";
import { isPlayed } from "./prepare.ts";

/** The database first: without it SQLite passes over what belonged to it. */
const FILES = ["chapeau.db", "chapeau.db-wal", "chapeau.db-shm"];

/** Throws with a sentence as `openDatabase` does. */
export async function openFolder(options: {
  readonly env: Env;
  readonly playExercise?: boolean;
  readonly onProgress?: (line: string) => void;
  readonly onSlowWrite: (ms: number) => void;
  readonly onSearchFault: (error: unknown) => void;
}): Promise<Database> {
  const { env, playExercise = true, onProgress = () => {}, onSlowWrite, onSearchFault } = options;
  const open = (): Database => openDatabase({ folder: env.data, onSlowWrite, onSearchFault });
  const db = open();
  if (env.mode !== "exercise" || !playExercise) return db;
  try {
    if (!(await isHalfPlayed(db))) return db;
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  onProgress(words.playingAnew);
  throwAway(env.data);
  return open();
}

/** Whether the folder holds the people of the exercise, none of whom has come in, and no end of the play. */
async function isHalfPlayed(db: Database): Promise<boolean> {
  const installation = await findInstallation(db.read);
  if (installation?.mode !== "exercise" || (await isPlayed(db.read))) return false;
  const played = new Set<string>(exercisePeople.map(({ id }) => id));
  const people = await listPeople(db.read);
  return people.length > 0 && people.every(({ id, accountId }) => accountId === null && played.has(id));
}

function throwAway(folder: string): void {
  const lock = lockFolder(folder);
  for (const file of FILES) rmSync(path.join(folder, file), { force: true });
  lock.release();
}

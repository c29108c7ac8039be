/** What a data folder must hold before anybody comes: what it is, the public facts, and in an exercise its people. */
import type { CommandContext } from "#app/commands/context.ts";
import { exerciseBody } from "#db/exercise/room.ts";
import { loadReference } from "#db/reference/load.ts";
import type { Database, Reading } from "#db/database.ts";
import { appendEvent, listEventsOn, takeStock } from "#db/stores/event.ts";
import { listPeople } from "#db/stores/person.ts";
import { findInstallation, insertInstallation } from "#db/stores/installation.ts";
import { start as words } from "#app/i18n/en/start.ts";
import type { Env } from "./env.ts";
import { playExercise } from "./exercise-play.ts";
import { inviteFirstSecretariat } from "./first-secretariat.ts";
import type { SearchTexts } from "./search-texts.ts";

const BODY = "Global Mechanism";
const EXERCISE_BODY = `${exerciseBody}, simulation`;

/**
 * Says once what this folder is, and loads the public facts.
 * Throws with a sentence when it was made in the other mode: an exercise's people have no passwords, and real ones no
 * open door.
 */
export async function prepareFolder(options: {
  readonly db: Database;
  readonly mode: Env["mode"];
  readonly now: () => number;
}): Promise<void> {
  const { db, mode, now } = options;
  const known = await findInstallation(db.read);
  if (known !== null && known.mode !== mode) {
    throw new Error(
      `The data folder ${db.folder} belongs to ${known.mode} mode and CHAPEAU_MODE is ${mode}. Set CHAPEAU_DATA to another folder, or CHAPEAU_MODE to ${known.mode}.`,
    );
  }
  if (known === null) {
    await db.write((tx) =>
      insertInstallation(tx, {
        bodyName: mode === "exercise" ? EXERCISE_BODY : BODY,
        mode,
        createdAt: now(),
      }),
    );
  }
  await db.write((tx) => takeStock(tx, now()));
  await loadReference(db, now);
}

/** At the start a full disk ends the start: nobody is there to be told in a form. */
type Parts = Omit<CommandContext, "viewer" | "origin" | "db"> & { readonly db: Database };

/** An empty exercise is played; a production without a secretariat gets the link by which the first one comes in. */
export async function fillFolder(
  parts: Parts,
  options: {
    readonly env: Env;
    readonly playExercise?: boolean;
    readonly onProgress?: (line: string) => void;
  },
): Promise<{ readonly firstLink: string | null }> {
  const { env } = options;
  if (env.mode === "production") {
    return { firstLink: await inviteFirstSecretariat({ ...parts, origin: env.origin ?? "" }) };
  }
  if (options.playExercise ?? true) await playOnce(parts, options);
  return { firstLink: null };
}

/** Everything can be found from the first moment: a folder of before there was search is taken over here, once. */
export async function indexFolder(
  { db, search }: { readonly db: Database; readonly search: SearchTexts },
  options: { readonly onProgress?: (line: string) => void },
): Promise<void> {
  const { onProgress = () => {} } = options;
  const say = (line: string) => (done: number, all: number) =>
    onProgress(line.replace("{{done}}", String(done)).replace("{{all}}", String(all)));
  await db.indexed(say(words.indexing));
  await search.settled((done, all) => {
    if (all > MANY_WORDINGS && done % MANY_WORDINGS === 0) say(words.indexingTexts)(done, all);
  });
}

/** More wordings than one at a time is worth a line. */
const MANY_WORDINGS = 25;

const PLAYED = { thing: "installation", thingId: "exercise" };

/** Whether the exercise was played to its end. */
export async function isPlayed(db: Reading): Promise<boolean> {
  return (await listEventsOn(db, PLAYED)).length > 0;
}

/** Throws with a sentence when the folder has people and no exercise: whoever they are, they are not thrown away. */
async function playOnce(
  parts: Parts,
  options: { readonly onProgress?: (line: string) => void },
): Promise<void> {
  const { db, now } = parts;
  if (await isPlayed(db.read)) return;
  if ((await listPeople(db.read)).length > 0) {
    throw new Error(
      `The data folder ${db.folder} holds people and no exercise. Set CHAPEAU_DATA to another folder, or delete this one, and start again.`,
    );
  }
  await playExercise(parts, options);
  await db.write((tx) =>
    appendEvent(tx, { at: now(), by: { personId: null }, act: "playExercise", ...PLAYED }),
  );
}

/**
 * Texts that are not their person's to see any more (another delegation, an audience that was narrowed): what the
 * browser keeps of them goes, but for the person's own wording that was never taken.
 */
import * as Y from "yjs";
import { type AsideRow, type ReplicaKey, PREFIX, asideDatabase, mayKeep, slotPrefix } from "./indexed-db.ts";
import { readKeptWords } from "./kept-words.ts";
import type { Untaken } from "./replay.ts";
import { Rows } from "./rows.ts";
import { databaseNames, deleteDatabase, hold } from "./slot.ts";

const OWN = "own-words";
const AT_ONCE = 50;
const IN_TURN_MS = 10_000;

/** Which of the texts the server does not show to this person any more; null when it does not say. */
export type AskGone = (textIds: readonly string[]) => Promise<readonly string[] | null>;

/** Lets go of every text that is kept for this person and gone; returns which those are. Open pages keep theirs. */
export async function letGoOfGoneTexts(personId: string, ask: AskGone): Promise<readonly string[]> {
  if (!(await mayKeep())) return [];
  const kept = await listKeptTexts(personId);
  const gone: string[] = [];
  for (let at = 0; at < kept.length; at += AT_ONCE) {
    gone.push(...((await ask(kept.slice(at, at + AT_ONCE))) ?? []));
  }
  for (const textId of gone) await keepOwnWordsAlone({ personId, textId });
  return gone;
}

async function listKeptTexts(personId: string): Promise<readonly string[]> {
  const names = await databaseNames(`${PREFIX}/`);
  const ids = names.flatMap((name) => {
    const [, , person, textId] = name.split("/");
    return person === personId && textId !== undefined ? [textId] : [];
  });
  return [...new Set(ids)];
}

/** Nothing stays of the text but the wording that `listKeptWords` offers. */
export async function keepOwnWordsAlone(key: ReplicaKey): Promise<void> {
  if (!(await mayKeep())) return;
  // The page of the text and the frame around it hear of it at the same moment: one reads while nobody deletes.
  const release = await hold(`${asideDatabase(key)}/gone`, IN_TURN_MS);
  if (!release) return;
  try {
    await reduce(key);
  } finally {
    release();
  }
}

/** A replica that an open page holds is not read, may have words of its own, and stays until that page has let go. */
async function reduce(key: ReplicaKey): Promise<void> {
  const { words, read } = await readKeptWords(key);
  if (words.length > 0) await keepAsOwn(key, words);
  else if ((await databaseNames(slotPrefix(key))).every((name) => read.has(name)))
    await deleteDatabase(asideDatabase(key));
  for (const name of read) {
    const release = await hold(name);
    if (release) await deleteDatabase(name);
    release?.();
  }
}

/** In the place of refused copies, whose words are among these. */
async function keepAsOwn(key: ReplicaKey, words: readonly Untaken[]): Promise<void> {
  const asides = new Rows<AsideRow>(asideDatabase(key));
  const others = (await asides.list()).filter(({ id }) => id !== OWN);
  await asides.keep({
    id: OWN,
    at: Date.now(),
    code: "gone",
    paragraphId: null,
    untaken: words,
    touched: [],
    state: Y.encodeStateAsUpdate(new Y.Doc()),
  });
  for (const { id } of others) await asides.remove(id);
}

/** Asks this server. A page whose login has ended gets no answer, and lets go of nothing. */
export const askServer: AskGone = async (textIds) => {
  const query = new URLSearchParams(textIds.map((id) => ["text", id]));
  try {
    const answer = await fetch(`/account/kept-texts?${query}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return null;
    const said: unknown = await answer.json();
    const gone = typeof said === "object" && said !== null && "gone" in said ? said.gone : null;
    return Array.isArray(gone) ? gone.filter((id) => typeof id === "string") : null;
  } catch {
    return null;
  }
};

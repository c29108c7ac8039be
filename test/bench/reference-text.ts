/**
 * The reference text: 600 paragraphs, 300,000 characters, 90,000 logged updates typed by twelve people in runs of 20 to
 * 60 keystrokes at one place (or, scattered, every keystroke in another place by another person).
 */
import * as Y from "yjs";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import type { Database } from "#db/database.ts";
import { claimClient } from "#db/stores/text-client.ts";
import { type NewUpdate, appendUpdates } from "#db/stores/text-log.ts";

export const PARAGRAPHS = 600;
const CHARACTERS = 300_000;
export const UPDATES = 90_000;
export const WRITERS = 12;
/** The newest checkpoint lies so many rows behind. */
export const BEHIND = 1_000;

/** A random source that gives the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const vocabulary =
  "the of and to in that States shall international security with regard their use ICTs measures cooperation networks request affected infrastructure which operation through effort confidence capacity existing norms voluntary assistance incident responsible behaviour law humanitarian sovereignty diligence".split(
    " ",
  );

/** About `length` characters of prose. */
export function prose(length: number, random: () => number): string {
  let words = "";
  while (words.length < length) words += `${vocabulary[Math.floor(random() * vocabulary.length)] ?? "the"} `;
  return words.slice(0, length);
}

export type ReferenceLog = {
  readonly rows: readonly NewUpdate[];
  /** Client number by writer. */
  readonly clients: readonly { readonly client: number; readonly person: string }[];
};

/** Makes the rows of the log; the last `BEHIND` of them are meant to come after the checkpoint. */
export function makeReferenceLog(options: {
  readonly persons: readonly string[];
  readonly scattered: boolean;
  readonly startedAt: number;
  readonly seed?: number;
}): ReferenceLog {
  const random = seeded(options.seed ?? 7);
  const doc = createTextDoc();
  const rows: NewUpdate[] = [];
  const clients = options.persons.map((person, index) => ({ client: 10_001 + index * 7_919, person }));
  let at = options.startedAt;
  let writer = clients[0];
  if (!writer) throw new Error("the reference text needs persons");
  doc.on("update", (update: Uint8Array) => {
    at += 400;
    rows.push({
      personId: writer?.person ?? null,
      delegationId: null,
      loginId: null,
      at,
      kind: "edit",
      update,
    });
  });

  // The draft that they start from, in pieces of twenty paragraphs.
  const typed = UPDATES - Math.ceil(PARAGRAPHS / 20);
  const drafted = Math.floor((CHARACTERS - typed) / PARAGRAPHS);
  doc.clientID = writer.client;
  const ids = Array.from({ length: PARAGRAPHS }, (_, index) => `p${index}`);
  let order = "";
  for (let start = 0; start < PARAGRAPHS; start += 20) {
    doc.transact(() => {
      for (const id of ids.slice(start, start + 20)) {
        order = orderBetween(order, "", random);
        const paragraph = new Y.Map<unknown>();
        paragraphsOf(doc).set(id, paragraph);
        const number = Number(id.slice(1));
        paragraph.set("order", order);
        paragraph.set("role", number % 30 === 0 ? "heading" : "numbered");
        paragraph.set("level", number % 30 > 26 ? 1 : 0);
        paragraph.set("deleted", false);
        const words = new Y.Text();
        paragraph.set("text", words);
        words.insert(0, prose(drafted, random), {});
      }
    });
  }

  while (rows.length < UPDATES) {
    writer = clients[Math.floor(random() * clients.length)] ?? writer;
    doc.clientID = writer.client;
    const map = paragraphsOf(doc).get(ids[Math.floor(random() * ids.length)] ?? "p0");
    const words = map && wordsOf(map);
    if (!words) throw new Error("a paragraph is missing");
    const place = Math.floor(random() * (words.length + 1));
    const length = options.scattered ? 1 : 20 + Math.floor(random() * 41);
    const run = prose(length, random);
    for (let index = 0; index < run.length && rows.length < UPDATES; index += 1) {
      words.insert(place + index, run.charAt(index), {});
    }
    at += 3_000;
  }
  return { rows, clients };
}

/** Appends rows to a text's log as a room would, in commits of a thousand. */
export async function appendLog(db: Database, textId: string, log: ReferenceLog, from = 0, to = log.rows.length) {
  if (from === 0) {
    await db.write(async (tx) => {
      for (const { client, person } of log.clients) {
        const at = log.rows[0]?.at ?? 0;
        await claimClient(tx, { textId, client, personId: person, delegationId: null, loginId: null, at });
      }
    });
  }
  for (let start = from; start < to; start += 1_000) {
    const rows = log.rows.slice(start, Math.min(to, start + 1_000));
    await db.write((tx) => appendUpdates(tx, textId, rows));
  }
}

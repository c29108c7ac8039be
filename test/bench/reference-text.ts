/**
 * Texts with a past, as rows of a log. The reference text: 600 paragraphs, 300,000 characters, 90,000 logged updates
 * typed by twelve people in runs of 20 to 60 keystrokes at one place (or, scattered, every keystroke in another place
 * by another person).
 */
import * as Y from "yjs";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import type { Database } from "#db/database.ts";
import { claimClient } from "#db/stores/text-client.ts";
import { type NewUpdate, appendUpdates } from "#db/stores/text-log.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";

export type TextSize = {
  readonly paragraphs: number;
  readonly characters: number;
  readonly updates: number;
};

export const REFERENCE: TextSize = { paragraphs: 600, characters: 300_000, updates: 90_000 };
/** Sixty pages of some 3,000 characters, with a modest past. */
export const SIXTY_PAGES: TextSize = { paragraphs: 360, characters: 180_000, updates: 5_000 };
export const WRITERS = 12;
/** The id of the text that a bench is about. */
export const PREPARED_TEXT = "text";
/** The newest checkpoint of the reference text lies so many rows behind. */
export const BEHIND = 1_000;

const TOGETHER = 20;
const BETWEEN_KEYS_MS = 400;
const BETWEEN_RUNS_MS = 3_000;

const vocabulary =
  "the of and to in that States shall international security with regard their use ICTs measures cooperation networks request affected infrastructure which operation through effort confidence capacity existing norms voluntary assistance incident responsible behaviour law humanitarian sovereignty diligence".split(
    " ",
  );

/** `length` characters of prose. */
export function prose(length: number, random: () => number): string {
  let words = "";
  while (words.length < length) words += `${vocabulary[Math.floor(random() * vocabulary.length)] ?? "the"} `;
  return words.slice(0, length);
}

export type TextLog = {
  readonly rows: readonly NewUpdate[];
  readonly clients: readonly { readonly client: number; readonly person: string }[];
};

/** The rows of a text's log, from the draft that everybody starts from to the last keystroke. */
export function makeLog(options: {
  readonly size: TextSize;
  readonly persons: readonly string[];
  readonly scattered?: boolean;
  readonly startedAt: number;
  readonly seed?: number;
}): TextLog {
  const { paragraphs, characters, updates } = options.size;
  const random = seededRandom(options.seed ?? 7);
  const doc = createTextDoc();
  const rows: NewUpdate[] = [];
  const clients = options.persons.map((person, index) => ({ client: 10_001 + index * 7_919, person }));
  const [first] = clients;
  if (!first) throw new Error("a text needs persons");
  let writer = first;
  let at = options.startedAt;
  doc.on("update", (update: Uint8Array) => {
    at += BETWEEN_KEYS_MS;
    const by = { personId: writer.person, delegationId: null, loginId: null };
    rows.push({ ...by, at, kind: "edit", update });
  });

  const typed = updates - Math.ceil(paragraphs / TOGETHER);
  const drafted = Math.floor((characters - typed) / paragraphs);
  doc.clientID = writer.client;
  const texts: Y.Text[] = [];
  let order = "";
  for (let start = 0; start < paragraphs; start += TOGETHER) {
    doc.transact(() => {
      for (let number = start; number < Math.min(start + TOGETHER, paragraphs); number += 1) {
        order = orderBetween(order, "", random);
        const map = new Y.Map<unknown>();
        paragraphsOf(doc).set(`p${number}`, map);
        map.set("order", order);
        map.set("role", number % 30 === 0 ? "heading" : "numbered");
        map.set("level", number % 30 > 26 ? 1 : 0);
        map.set("relation", null);
        map.set("dir", "auto");
        map.set("deleted", false);
        const words = new Y.Text();
        map.set("text", words);
        words.insert(0, prose(drafted, random), {});
        texts.push(words);
      }
    });
  }

  while (rows.length < updates) {
    writer = clients[Math.floor(random() * clients.length)] ?? writer;
    doc.clientID = writer.client;
    const words = texts[Math.floor(random() * texts.length)];
    if (!words) throw new Error("a paragraph is missing");
    const place = Math.floor(random() * (words.length + 1));
    const run = prose(options.scattered ? 1 : 20 + Math.floor(random() * 41), random);
    for (let index = 0; index < run.length && rows.length < updates; index += 1) {
      words.insert(place + index, run.charAt(index), {});
    }
    at += BETWEEN_RUNS_MS;
  }
  const length = [...paragraphsOf(doc).values()].reduce((sum, map) => sum + (wordsOf(map)?.length ?? 0), 0);
  if (rows.length !== updates || Math.abs(length - characters) > paragraphs) {
    throw new Error(`the text has ${length} characters and ${rows.length} rows`);
  }
  return { rows, clients };
}

/** Appends rows `from` ≤ index < `to` to a text's log as its room would, in commits of a thousand. */
export async function appendLog(
  db: Database,
  textId: string,
  {
    log,
    from = 0,
    to = log.rows.length,
  }: { readonly log: TextLog; readonly from?: number; readonly to?: number },
): Promise<void> {
  const [first] = log.rows;
  if (from === 0 && first) {
    await db.write(async (tx) => {
      for (const { client, person } of log.clients) {
        const owner = { personId: person, delegationId: null, loginId: null };
        await claimClient(tx, { textId, client, ...owner, at: first.at });
      }
    });
  }
  for (let start = from; start < to; start += 1_000) {
    const rows = log.rows.slice(start, Math.min(to, start + 1_000));
    await db.write((tx) => appendUpdates(tx, textId, rows), { log: true });
  }
}

/** A session at its fullest: what a plenary of all States leaves behind. */
import type { WriteTx } from "#db/database.ts";
import { delegation, entity } from "#db/schema/people.ts";
import {
  agendaDocument,
  agendaItem,
  agendaItemTopic,
  position,
  statement,
  topic,
} from "#db/schema/session.ts";
import { text } from "#db/schema/text.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { sentences } from "./busy-words.ts";
import { CHAIR, makeFolder, SESSION } from "./folder.ts";

export const BUSY = {
  entities: 219,
  topics: 12,
  positions: 10_000,
  statements: 20_000,
  items: 200,
  texts: 50,
};
/** Ten items at the top, each with the same number under it. */
const AT_THE_TOP = 10;
const AT = Date.UTC(2026, 9, 5, 11);
/** Two minutes of speech. */
const WORDS_OF_A_STATEMENT = 260;
/** Rows that go into one write. */
const AT_ONCE = 500;

export const itemName = (number: number): string => `item-${number}`;

const times = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** A data folder with `readers` people who read it. */
export function makeBusyFolder(readers: number): Promise<string> {
  return makeFolder({ drafters: 0, readers, texts: [] }, async (db) => {
    await db.write(insertAgenda);
    await inPortions(BUSY.positions, (numbers) =>
      db.write(async (tx) => void (await tx.insert(position).values(numbers.map(positionOf)))),
    );
    await inPortions(BUSY.statements, (numbers) =>
      db.write(async (tx) => void (await tx.insert(statement).values(numbers.map(statementOf)))),
    );
  });
}

async function inPortions(
  count: number,
  write: (numbers: readonly number[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < count; at += AT_ONCE) {
    await write(times(Math.min(AT_ONCE, count - at)).map((number) => at + number));
  }
}

async function insertAgenda(tx: WriteTx): Promise<void> {
  for (const number of times(BUSY.entities)) {
    const code = `S${String(number).padStart(3, "0")}`;
    const names = { en: `Invented State number ${number}` };
    await tx.insert(entity).values({ id: code, kind: "exercise-state", code, names, alphabet: code });
    const seat = { sessionId: SESSION, entityId: code, capacity: "participant" as const };
    await tx.insert(delegation).values({ id: `d-${code}`, ...seat, createdAt: AT });
  }
  const scale = ["duty", "voluntary", "none"].map((id) => ({ id, label: `It is ${id}` }));
  for (const number of times(BUSY.topics)) {
    const words = { title: `Topic ${number}`, question: "What is asked of States?", scale };
    await tx.insert(topic).values({ id: `topic-${number}`, ...words, exercise: true, order: number });
  }
  for (const number of times(BUSY.items)) {
    const parentId = number < AT_THE_TOP ? null : itemName(number % AT_THE_TOP);
    const order = Math.floor(number / AT_THE_TOP);
    const words = { number: String(number + 1), title: `What is dealt with under number ${number + 1}` };
    const state = { status: "open" as const, statusAt: AT, createdAt: AT };
    await tx
      .insert(agendaItem)
      .values({ id: itemName(number), sessionId: SESSION, parentId, order: 10 + order, ...words, ...state });
    await tx
      .insert(agendaItemTopic)
      .values({ itemId: itemName(number), topicId: `topic-${number % BUSY.topics}` });
    const put = { title: "Report of the Secretary-General", symbol: `A/80/${number}`, by: CHAIR, at: AT };
    const url = `https://docs.example.org/A/80/${number}`;
    await tx.insert(agendaDocument).values({ id: `doc-${number}`, itemId: itemName(number), url, ...put });
  }
  for (const number of times(BUSY.texts)) {
    const words = { kind: "report" as const, title: `Draft report, part ${number}`, symbol: `L.${number}` };
    const made = { createdBy: CHAIR, createdAt: AT };
    const itemId = itemName(number);
    await tx.insert(text).values({ id: `text-${number}`, sessionId: SESSION, itemId, ...words, ...made });
    const everybody = { audience: "all" as const, delegationIds: [], shows: "live" as const, fromSeq: 0 };
    const set = { id: `a-${number}`, textId: `text-${number}`, setBy: CHAIR, setAt: AT };
    await insertTextAudience(tx, { ...set, ...everybody });
  }
}

const stateOf = (number: number): string => `S${String(number % BUSY.entities).padStart(3, "0")}`;
const released = { releasedBy: CHAIR, contentHash: "" };

/** One after the other supersedes what its State said on the topic before. */
function positionOf(number: number): typeof position.$inferInsert {
  const each = BUSY.entities * BUSY.topics;
  return {
    id: `position-${number}`,
    entityId: stateOf(number),
    sessionId: SESSION,
    delegationId: `d-${stateOf(number)}`,
    topicId: `topic-${Math.floor(number / BUSY.entities) % BUSY.topics}`,
    stance: ["duty", "voluntary", "none"][number % 3] ?? "none",
    summary: sentences(number, 16),
    sourceTitle: "Statement under this item",
    sourceDate: "2026-10-05",
    standing: "own",
    supersedes: number < each ? null : `position-${number - each}`,
    releasedAt: AT + number,
    ...released,
  };
}

function statementOf(number: number): typeof statement.$inferInsert {
  return {
    id: `statement-${number}`,
    sessionId: SESSION,
    delegationId: `d-${stateOf(number)}`,
    entityId: stateOf(number),
    itemId: itemName(number % BUSY.items),
    title: "On this item",
    body: sentences(BUSY.positions + number, WORDS_OF_A_STATEMENT),
    exceptions: [],
    releasedAt: AT + number,
    ...released,
  };
}

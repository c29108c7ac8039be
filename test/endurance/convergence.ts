/**
 * Many people in one text: random acts, partitions, delays, duplicates and reordering, with every typed character
 * unique, so that each can be followed. After healing all copies must be equal and every character accounted for.
 */
import * as Y from "yjs";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { actOn, compose } from "./checked-acts.ts";
import type { Writer } from "./checked-acts.ts";
import { checkBrackets, checkCaret, checkCharacters, checkCopies, checkView } from "./convergence-checks.ts";
import { createConvergenceServer } from "./convergence-server.ts";
import type { ConvergenceServer, ServerMaker } from "./convergence-server.ts";
import { firstDraft } from "./first-draft.ts";
import { Letters } from "./letters.ts";
import { ACTS } from "./random-acts.ts";
import { seededRandom } from "./seeded-random.ts";

export type ConvergenceOptions = {
  readonly runs: number;
  /** Seed of the first run; run i has seed + i. */
  readonly seed?: number;
  readonly undo?: boolean;
  readonly repair?: boolean;
  /** Fewest and most people in a run. */
  readonly clients?: readonly [fewest: number, most: number];
  /** Fewest and most acts in a run. */
  readonly acts?: readonly [fewest: number, most: number];
  readonly makeServer?: ServerMaker;
  /** How what waits is sent: each update by itself, put together, or as the exchange after a reconnect. */
  readonly sends?: "each" | "merged" | "exchange";
};

export type Summary = {
  readonly runs: number;
  readonly acts: number;
  readonly characters: number;
  readonly fallbacks: number;
  /** Times that a paragraph's view was held back by a composition. */
  readonly held: number;
  /** Runs in which a character was visible twice after healing. */
  readonly duplicateRuns: number;
  readonly repaired: number;
  readonly carets: number;
  /** Brackets that people see after healing. */
  readonly brackets: number;
  /** What went wrong, with the seed first. */
  readonly failures: readonly string[];
};

type Client = Writer & {
  readonly up: Uint8Array[];
  /** Updates on their way here, by sender; -1 is the server itself. */
  readonly down: Map<number, Uint8Array[]>;
  isOffline: boolean;
};

const NETWORK = "network";

export function runConvergence(options: ConvergenceOptions): Summary {
  const { runs, seed = 1 } = options;
  const total = {
    acts: 0,
    characters: 0,
    fallbacks: 0,
    held: 0,
    duplicateRuns: 0,
    repaired: 0,
    carets: 0,
    brackets: 0,
  };
  const failures: string[] = [];
  for (let i = 0; i < runs; i++) {
    try {
      const run = runOnce(seed + i, options);
      total.acts += run.acts;
      total.characters += run.characters;
      total.fallbacks += run.fallbacks;
      total.held += run.held;
      total.duplicateRuns += Number(run.hasDuplicates);
      total.repaired += run.repaired;
      total.carets += run.carets;
      total.brackets += run.brackets;
    } catch (error) {
      const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push(`seed ${seed + i}: ${sentence}`);
      if (failures.length >= 10) break;
    }
  }
  return { runs, ...total, failures };
}

function runOnce(seed: number, options: ConvergenceOptions) {
  const { undo = true, repair = true, clients: [fewest, most] = [2, 6] } = options;
  const [fewestActs, mostActs] = options.acts ?? [20, 60];
  const random = seededRandom(seed * 7919);
  const below = (limit: number): number => Math.floor(random() * limit);
  const isReordered = random() < 0.3;
  const locked = random() < 0.3 ? "b2" : null;
  const letters = new Letters(random);
  const first = firstDraft(letters);
  const people = fewest + below(most - fewest + 1);
  const clients: Client[] = [];
  let idCount = 0;
  let now = 0;

  const send = (from: number, update: Uint8Array): void => {
    clients.forEach((client, to) => {
      if (to === from) return;
      const queue = client.down.get(isReordered ? from : 0) ?? [];
      client.down.set(isReordered ? from : 0, queue);
      queue.push(update);
      if (random() < 0.1) queue.push(update);
    });
  };
  const makeServer = options.makeServer ?? createConvergenceServer;
  const server: ConvergenceServer = makeServer({ state: first, repair, send });
  const lookBefore = lookOf(server.doc, "b2");

  for (let i = 0; i < people; i++) {
    const doc = createTextDoc();
    doc.clientID = 100 + i;
    Y.applyUpdate(doc, first, NETWORK);
    const binding = bindText({
      doc,
      random,
      newId: () => `n${i}_${idCount++}`,
      clock: () => now,
      captureTimeoutMs: 3,
      isLocked: (id) => id === locked,
    });
    const up: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== NETWORK) up.push(update);
      if (origin === null) throw new Error(`client ${i} wrote unasked`);
    });
    clients.push({ number: i, doc, binding, up, down: new Map(), isOffline: false, isComposing: false });
  }

  const deliver = (client: Client, all: boolean): void => {
    for (const queue of client.down.values())
      for (let k = all ? queue.length : below(queue.length + 1); k > 0; k--) {
        const update = queue.shift();
        if (update !== undefined) Y.applyUpdate(client.doc, update, NETWORK);
      }
    checkView(client);
  };
  const upload = (client: Client, all: boolean): void => {
    const { sends = "each" } = options;
    if (sends !== "each" && client.up.length > 0) {
      const together =
        sends === "merged"
          ? Y.mergeUpdates(client.up)
          : Y.encodeStateAsUpdate(client.doc, Y.encodeStateVector(server.doc));
      client.up.length = 0;
      server.receive(client.number, together);
      return;
    }
    for (let k = all ? client.up.length : below(client.up.length + 1); k > 0; k--) {
      const update = client.up.shift();
      if (update === undefined) continue;
      server.receive(client.number, update);
      if (random() < 0.05) server.receive(client.number, update);
    }
  };
  let acts = 0;
  let carets = 0;
  const weights = ACTS.filter((each) => undo || (each.name !== "undo" && each.name !== "redo"));
  const act = (client: Client): void => {
    compose(client, random);
    actOn(client, { random, letters, acts: weights });
    acts += 1;
    now += random() < 0.5 ? 1 : 10;
    checkView(client);
    if (!client.isComposing) carets += checkCaret(client.binding, random);
  };

  const rounds = fewestActs + below(mostActs - fewestActs + 1);
  for (let round = 0; round < rounds; round++) {
    const client = clients[below(people)];
    const other = clients[below(people)];
    if (other !== undefined && random() < 0.1) other.isOffline = random() < 0.6;
    if (client !== undefined) act(client);
    for (const each of clients) {
      if (each.isOffline) continue;
      if (random() < 0.4) upload(each, false);
      if (random() < 0.4) deliver(each, false);
    }
  }
  for (const client of clients) {
    client.binding.endComposition();
    client.isComposing = false;
  }
  for (let turn = 0; turn < 3; turn++) {
    for (const client of clients) upload(client, true);
    for (const client of clients) deliver(client, true);
  }
  letters.forgetHomeless();
  checkCopies(server.doc, clients);
  if (locked !== null && lookOf(server.doc, locked) !== lookBefore)
    throw new Error("the locked paragraph changed");
  const hasDuplicates = checkCharacters(server.doc, letters).length > 0;
  const brackets = checkBrackets(server.doc, { isRepaired: repair && options.makeServer !== undefined });
  if (repair && hasDuplicates) throw new Error("a character is visible twice after repair");
  for (const client of clients) client.binding.destroy();
  return {
    acts,
    carets,
    brackets,
    characters: letters.typed.size,
    fallbacks: clients.reduce((sum, client) => sum + client.binding.stats.fallback, 0),
    held: clients.reduce((sum, client) => sum + client.binding.stats.held, 0),
    hasDuplicates,
    repaired: server.repaired,
  };
}

/** All there is to a paragraph. */
function lookOf(doc: Y.Doc, id: string): string {
  const map = paragraphsOf(doc).get(id);
  return JSON.stringify(map === undefined ? null : [...map.entries(), wordsOf(map)?.toDelta()]);
}

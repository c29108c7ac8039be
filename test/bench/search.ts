/** Search over a session at its fullest, asked for one thing after the other as people do. */
import { createHash } from "node:crypto";
import { openDatabase } from "#db/database.ts";
import { insertVersion } from "#db/stores/text-version.ts";
import { LOOKED_FOR, sentences } from "./busy-words.ts";
import { BUSY, makeBusyFolder } from "./busy-session.ts";
import { CHAIR, readerName } from "./folder.ts";
import { fetchPage, keepAlive, startServerChild } from "./load/pages.ts";
import { type Bench, quantile } from "./row.ts";

const PARAGRAPHS = 100;
const REQUESTS = 400;
const AT = Date.UTC(2026, 9, 5, 12);
const FIGURE = "search, p95";

/** Words, two words, phrases, beginnings and exclusions; rare ones and such as stand nearly everywhere. */
const QUERIES: readonly string[] = [
  ...LOOKED_FOR,
  "critical infrastructure ",
  '"critical infrastructure"',
  '"the use of"',
  "attribution -ransomware ",
  "infra*",
  "se",
  "th",
  "the",
  "the of and to in a that is for ",
  "States must not ",
  "Invented State number 118 ",
  "Report of the Secretary-General",
  "A/80/117",
  "dinoba ",
  "zzzz",
];

/** A version of each text, since there is something to find in texts too. */
async function issueVersions(folder: string): Promise<void> {
  const db = openDatabase({ folder });
  for (let number = 0; number < BUSY.texts; number += 1) {
    const paragraphs = Array.from({ length: PARAGRAPHS }, (_, at) => ({
      id: `p${at}`,
      role: "numbered",
      level: 0,
      relation: null,
      dir: "auto",
      order: String(at).padStart(4, "0"),
      spans: [{ kind: "words", text: sentences(1_000_000 + number * PARAGRAPHS + at, 70), ids: [] }],
    }));
    const document = Buffer.from(JSON.stringify({ kind: "report", paragraphs, hidden: [] }));
    const hash = createHash("sha256").update(document).digest("hex");
    const counts = { wordsAdded: 0, wordsRemoved: 0, wordCount: PARAGRAPHS * 70 };
    const what = { kind: "issued" as const, reason: "", label: "Rev.1", symbol: "", note: "" };
    const where = { number: 1, seq: 0, state: Buffer.alloc(0), document, wordsHash: hash, chainHead: hash };
    const issued = { issuedBy: CHAIR, issuedAt: AT };
    const ids = { id: `version-${number}`, textId: `text-${number}` };
    await db.write((tx) => insertVersion(tx, { ...ids, ...what, ...where, ...counts, ...issued }));
  }
  await db.indexed();
  await db.settled();
  db.close();
}

export const search: Bench = {
  name: "search",
  figures: [
    {
      name: FIGURE,
      unit: "ms",
      most: 30,
      hasBaseline: false,
      workload: `${BUSY.entities} entities, ${BUSY.topics} topics, ${BUSY.positions} positions, ${BUSY.statements} statements, ${BUSY.items} items, ${BUSY.texts} texts of ${PARAGRAPHS} paragraphs; a delegate asks for ${REQUESTS} pages of hits one at a time, ${QUERIES.length} queries in turn, of all kinds and of one.`,
    },
  ],
  async run({ say, note }) {
    say("writing the session");
    const folder = await makeBusyFolder(1);
    await issueVersions(folder);
    const server = await startServerChild(folder);
    const [cookie = ""] = await server.ask<string[]>({ what: "cookies", persons: [readerName(0)] });
    const agent = keepAlive();
    const get = async (q: string, kind: string | null): Promise<number> => {
      const asked = new URLSearchParams({ q, ...(kind === null ? {} : { kind }) });
      const { ms, status } = await fetchPage({ url: `${server.url}/search?${asked}`, cookie, agent });
      if (status !== 200) throw new Error(`"${q}" was answered with ${status}`);
      return ms;
    };
    // The first page of a process loads its parts; that is another figure's affair.
    for (const query of QUERIES) await get(query, null);
    const all: number[] = [];
    const byQuery = new Map<string, number[]>();
    for (let number = 0; number < REQUESTS; number += 1) {
      const query = QUERIES[number % QUERIES.length] ?? "";
      const kind =
        [null, "statements", "positions", "texts"][Math.floor(number / QUERIES.length) % 4] ?? null;
      const ms = await get(query, kind);
      all.push(ms);
      byQuery.set(query, [...(byQuery.get(query) ?? []), ms]);
    }
    for (const [query, samples] of byQuery) {
      say(
        `${query}: median ${quantile(samples, 0.5).toFixed(1)} ms, most ${Math.max(...samples).toFixed(1)} ms`,
      );
    }
    note(FIGURE, { value: quantile(all, 0.95) });
    agent.destroy();
    await server.child.end();
  },
};

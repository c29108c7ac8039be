/** The table of positions: every real entity and topic, every cell said and said again. */
import { gunzipSync } from "node:zlib";
import { rowHash } from "#db/canonical.ts";
import type { Database } from "#db/database.ts";
import { position, session } from "#db/schema/session.ts";
import { listEntities } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listGroups } from "#db/stores/group.ts";
import { listTopics } from "#db/stores/topic.ts";
import { makeFolder, readerName } from "./folder.ts";
import { fetchPage, keepAlive, startServerChild } from "./load/pages.ts";
import { type Bench, quantile } from "./row.ts";

const ROWS = 10_000;
/** Of them on behalf of groups. */
const FOR_GROUPS = 200;
const REQUESTS = 60;
const SESSION = "real";
const AT = Date.UTC(2026, 9, 6);
const WORKLOAD = `The table of every real entity and topic with ${ROWS} rows of positions, ${FOR_GROUPS} of them for groups, ${REQUESTS} requests one at a time`;

const ANEW = "positions: table of a view that nobody has asked for, p95";
const KEPT = "positions: table of a view that is kept, p95";

/** Every cell of every entity and topic in turn, each row superseding the one before it in its cell. */
async function fill(db: Database): Promise<void> {
  const entities = (await listEntities(db.read)).filter(({ kind }) => !kind.startsWith("exercise"));
  const topics = await listTopics(db.read, { exercise: false });
  const groups = await listGroups(db.read, { exercise: false });
  const days = { from: "2026-10-05", to: "2026-10-09", venue: "Conference room 1", timeZone: "UTC" };
  await db.write((tx) =>
    tx.insert(session).values({
      id: SESSION,
      title: "A real session",
      body: "The body",
      kind: "plenary",
      createdAt: AT,
      ...days,
    }),
  );
  const newest = new Map<string, string>();
  const rows = Array.from({ length: ROWS }, (_, number) => {
    const cell = number % (entities.length * topics.length);
    const topic = topics[cell % topics.length];
    const entity = entities[Math.floor(cell / topics.length)];
    if (!topic || !entity) throw new Error("the reference data is empty");
    const group = number >= ROWS - FOR_GROUPS ? groups[number % groups.length] : undefined;
    const key = `${topic.id} ${group?.id ?? entity.id}`;
    const row = {
      id: `bench-${number}`,
      entityId: entity.id,
      sessionId: SESSION,
      topicId: topic.id,
      groupId: group?.id ?? null,
      stance: topic.scale[number % topic.scale.length]?.id ?? "",
      summary: `Said for the ${number}th time, in a sentence that is about as long as such sentences are.`,
      sourceTitle: `Statement at meeting ${number % 90}`,
      sourceSymbol: `A/AC.${number % 400}/2026/SR.${number % 30}`,
      sourceDate: new Date(Date.UTC(2015, 0, 1) + (number / ROWS) * 3_600_000 * 24 * 4_200)
        .toISOString()
        .slice(0, 10),
      standing: "own" as const,
      supersedes: newest.get(key) ?? null,
      releasedAt: AT + number,
    };
    newest.set(key, row.id);
    return { ...row, contentHash: rowHash("position", row) };
  });
  for (let from = 0; from < rows.length; from += 50) {
    const piece = rows.slice(from, from + 50);
    await db.write(async (tx) => {
      await tx.insert(position).values(piece);
      await appendEvent(tx, {
        at: AT,
        by: { personId: null },
        act: "publishPositions",
        thing: "reference",
        thingId: "bench",
        detail: { sha256: piece.map(({ contentHash }) => contentHash) },
      });
    });
  }
}

export const positions: Bench = {
  name: "positions",
  figures: [
    {
      name: ANEW,
      unit: "ms",
      most: 60,
      hasBaseline: false,
      workload: `${WORKLOAD}, each for another day.`,
    },
    { name: KEPT, unit: "ms", most: 60, hasBaseline: false, workload: `${WORKLOAD}, all for today.` },
  ],
  async run({ say, note }) {
    const folder = await makeFolder({ drafters: 1, readers: 1, texts: [] }, fill);
    const server = await startServerChild(folder);
    const [cookie = ""] = await server.ask<string[]>({ what: "cookies", persons: [readerName(0)] });
    const agent = keepAlive();
    const table = `${server.url}/sessions/${SESSION}/positions`;
    const get = async (search: string): Promise<number> => {
      const { ms, status, body, encoding } = await fetchPage({ url: table + search, cookie, agent });
      if (status !== 200) throw new Error(`the table was answered with ${status}`);
      if (search === "") {
        const html = encoding === "gzip" ? gunzipSync(body) : body;
        say(`a page of ${(html.length / 1000).toFixed(0)} kB, ${(body.length / 1000).toFixed(0)} kB sent`);
      }
      return ms;
    };
    // The first page of a process loads its parts; that is another figure's affair.
    await get("?topic=sovereignty");
    const anew: number[] = [];
    const day = (number: number) => new Date(Date.UTC(2026, 5, 1 + number)).toISOString().slice(0, 10);
    for (let number = 0; number < REQUESTS; number += 1) anew.push(await get(`?day=${day(number)}`));
    await get("");
    const kept: number[] = [];
    for (let number = 0; number < REQUESTS; number += 1) kept.push(await get("?"));
    say(`anew: median ${quantile(anew, 0.5).toFixed(0)} ms; kept: ${quantile(kept, 0.5).toFixed(0)} ms`);
    note(ANEW, { value: quantile(anew, 0.95) });
    note(KEPT, { value: quantile(kept, 0.95) });
    agent.destroy();
    await server.child.end();
  },
};

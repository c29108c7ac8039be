/** The pages of a full record against a page that shows nothing, in the same run: given again, and made anew. */
import { BUSY, itemName, makeBusyFolder } from "./busy-session.ts";
import { readerName, SESSION } from "./folder.ts";
import { startChild } from "./load/child.ts";
import { fetchPage, keepAlive, startServerChild } from "./load/pages.ts";
import { type Bench, median } from "./row.ts";

/** Asked at once, each on a connection of its own. */
const AT_ONCE = 4;
const REQUESTS = 100;
const ROUNDS = 5;
const WORKLOAD = `${BUSY.items} items, ${BUSY.statements} statements, ${BUSY.positions} positions of ${BUSY.entities} entities on ${BUSY.topics} topics, ${BUSY.texts} texts; ${AT_ONCE} signed-in readers ask for whole pages without a pause, ${REQUESTS} a round, ${ROUNDS} rounds in turn with an Express + Remix page with an empty loader. Milliseconds of the server for each page.`;

/** Each page of the record: given again while nothing is recorded, and made anew as after an act. */
const PAGES = {
  "the agenda": `/sessions/${SESSION}/agenda`,
  "an item": `/sessions/${SESSION}/agenda/${itemName(3)}`,
  "a topic": "/topics/topic-3",
  "an entity": "/entities/S003",
};
const again = (page: string): string => `pages of the record: ${page}`;
const anew = (page: string): string => `pages of the record: ${page}, made anew for each request`;

/** Milliseconds for each page when they are asked for one behind the other, `AT_ONCE` at a time. */
async function round(addressOf: (asked: number) => string, cookie: string): Promise<number> {
  const startedAt = performance.now();
  let asked = 0;
  const one = async (): Promise<void> => {
    const agent = keepAlive();
    for (; asked < REQUESTS;) {
      asked += 1;
      const url = addressOf(asked);
      const { status } = await fetchPage({ url, cookie, agent });
      if (status !== 200) throw new Error(`${url} was answered by ${status}`);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (performance.now() - startedAt) / REQUESTS;
}

export const agendaPages: Bench = {
  name: "agenda-pages",
  figures: Object.keys(PAGES)
    .flatMap((page) => [again(page), anew(page)])
    .map((name) => ({
      name,
      unit: "ms" as const,
      most: 4,
      hasBaseline: true,
      workload: WORKLOAD,
    })),
  async run({ say, note }) {
    say("writing the session");
    const server = await startServerChild(await makeBusyFolder(AT_ONCE));
    const [cookie = ""] = await server.ask<string[]>({ what: "cookies", persons: [readerName(0)] });
    const empty = startChild("empty-page.ts", {});
    const { url: bare } = await empty.next<{ url: string }>();
    let asked = 0;
    for (const [page, path] of Object.entries(PAGES)) {
      const kept = (): string => `${server.url}${path}`;
      // Another address is another page to whoever keeps pages.
      const made = (): string => `${server.url}${path}?asked=${(asked += 1)}`;
      const took = { empty: [] as number[], kept: [] as number[], made: [] as number[] };
      for (let turn = 0; turn <= ROUNDS; turn += 1) {
        const each = {
          empty: await round(() => bare, ""),
          kept: await round(kept, cookie),
          made: await round(made, cookie),
        };
        // The first time is for warming up.
        if (turn === 0) continue;
        took.empty.push(each.empty);
        took.kept.push(each.kept);
        took.made.push(each.made);
      }
      const baseline = median(took.empty);
      note(again(page), { value: median(took.kept), baseline });
      note(anew(page), { value: median(took.made), baseline });
      say(
        `${page}: ${median(took.kept).toFixed(2)} ms, made anew ${median(took.made).toFixed(2)} ms, an empty page ${baseline.toFixed(2)} ms`,
      );
    }
    await empty.end();
    await server.child.end();
  },
};

/** The pages of a full agenda against a page that shows nothing, in the same run. */
import { BUSY, itemName, makeBusyFolder } from "./busy-session.ts";
import { readerName, SESSION } from "./folder.ts";
import { startChild } from "./load/child.ts";
import { fetchPage, keepAlive, startServerChild } from "./load/pages.ts";
import { type Bench, median } from "./row.ts";

/** Asked at once, each on a connection of its own. */
const AT_ONCE = 4;
const REQUESTS = 200;
const ROUNDS = 5;
const WORKLOAD = `${BUSY.items} items, ${BUSY.statements} statements, ${BUSY.positions} positions of ${BUSY.entities} entities on ${BUSY.topics} topics, ${BUSY.texts} texts; ${AT_ONCE} signed-in readers ask for whole pages without a pause, ${REQUESTS} a round, ${ROUNDS} rounds in turn with an Express + Remix page with an empty loader. Milliseconds of the server for each page.`;

const AGENDA = "agenda pages: the agenda";
const ITEM = "agenda pages: an item";

/** Milliseconds for each page when they are asked for one behind the other, `AT_ONCE` at a time. */
async function round(url: string, cookie: string): Promise<number> {
  const startedAt = performance.now();
  let asked = 0;
  const one = async (): Promise<void> => {
    const agent = keepAlive();
    for (; asked < REQUESTS;) {
      asked += 1;
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
  figures: [AGENDA, ITEM].map((name) => ({
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
    const base = `${server.url}/sessions/${SESSION}/agenda`;
    for (const [name, url] of [
      [AGENDA, base],
      [ITEM, `${base}/${itemName(3)}`],
    ] as const) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      await round(bare, "");
      await round(url, cookie);
      for (let turn = 0; turn < ROUNDS; turn += 1) {
        theirs.push(await round(bare, ""));
        ours.push(await round(url, cookie));
      }
      say(`${name}: ${median(ours).toFixed(2)} ms a page, an empty one ${median(theirs).toFixed(2)} ms`);
      note(name, { value: median(ours), baseline: median(theirs) });
    }
    await empty.end();
    await server.child.end();
  },
};

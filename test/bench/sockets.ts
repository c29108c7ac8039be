/** Drafters' sockets: how long an edit takes to every page that has the text open. */
import type { Database } from "#db/database.ts";
import { startChild, needOpenFiles } from "./load/child.ts";
import { type Server, startServerChild } from "./load/pages.ts";
import { typeAgainst } from "./load/typing.ts";
import type { TypistsOrder, TypistsReport } from "./load/typists.ts";
import { drafterName, makeFolder, withDatabase } from "./folder.ts";
import { appendLog, makeLog, PREPARED_TEXT, SIXTY_PAGES, WRITERS } from "./reference-text.ts";
import { type Bench, type Figure, median } from "./row.ts";

const PEERS = [50, 200, 500];
const RUNS = 5;
const SECONDS = 6;
const DRAFTERS = 250;
const OPEN_FILES = 4_000;

/** A server with sixty-page texts, and the cookies of all drafters. */
export async function startRoom(options: {
  readonly texts: readonly string[];
  readonly readers?: number;
  /** What else there is. */
  readonly fill?: (db: Database) => Promise<void>;
}): Promise<{ readonly server: Server; readonly cookies: readonly string[] }> {
  needOpenFiles(OPEN_FILES);
  const { texts, readers = 0, fill = () => Promise.resolve() } = options;
  const folder = await makeSixtyPages({ texts, readers });
  await withDatabase(folder, fill);
  const server = await startServerChild(folder);
  const persons = Array.from({ length: DRAFTERS }, (_, number) => drafterName(number));
  return { server, cookies: await server.ask<string[]>({ what: "cookies", persons }) };
}

export function makeSixtyPages(options: {
  readonly texts: readonly string[];
  readonly readers: number;
}): Promise<string> {
  const persons = Array.from({ length: WRITERS }, (_, number) => drafterName(number));
  const log = makeLog({ size: SIXTY_PAGES, persons, startedAt: Date.UTC(2026, 9, 5, 10) });
  return makeFolder({ drafters: DRAFTERS, ...options }, async (db) => {
    for (const textId of options.texts) await appendLog(db, textId, { log });
  });
}

export function socketOf(server: Server, textId: string): Pick<TypistsOrder, "kind" | "url" | "origin"> {
  const url = `${server.url.replace(/^http/, "ws")}/collab?text=${textId}`;
  return { kind: "room", url, origin: server.url };
}

const nameOf = (peers: number, what: "median" | "p99"): string =>
  `sockets: 10 writers, ${peers} peers, ${what} from edit to peer`;
const CROWD = "sockets: 40 writers, 500 peers, p99 from edit to peer";

function lineOf({ median: middle, p99, busy }: TypistsReport): string {
  const share = (busy * 100).toFixed(0);
  return `median ${middle.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (the load took ${share} % of a core)`;
}

function figuresFor(peers: number): Figure[] {
  const workload = `One text of 60 pages, log at FULL, 10 writers at 5 edits/s to ${peers} connected peers, server and load in processes of their own, against a bare ws broadcast server with frames of the same size; typing begins a second after all have connected; medians of ${RUNS} alternating runs of ${SECONDS} s.`;
  const common = { unit: "ms" as const, hasBaseline: true, workload };
  return [
    { ...common, name: nameOf(peers, "median"), most: 2 },
    { ...common, name: nameOf(peers, "p99"), most: 3 },
  ];
}

export const sockets: Bench = {
  name: "sockets",
  figures: [
    ...PEERS.flatMap(figuresFor),
    {
      name: CROWD,
      unit: "ms",
      most: 50,
      hasBaseline: false,
      workload: `One text of 60 pages, log at FULL, 40 writers at 5 edits/s to 500 connected peers; median of ${RUNS} runs of ${SECONDS} s.`,
    },
  ],
  async run({ say, note }) {
    say("writing a text of sixty pages");
    const { server, cookies } = await startRoom({ texts: [PREPARED_TEXT] });
    const baseline = startChild("bare-server.ts", {});
    const { url } = await baseline.next<{ url: string }>();
    const room = { ...socketOf(server, PREPARED_TEXT), cookies };
    const bare = { kind: "bare" as const, url, origin: "", cookies: [] };
    const typing = { editsPerSecond: 5, seconds: SECONDS };
    for (const peers of PEERS) {
      const medians: { room: number[]; bare: number[] } = { room: [], bare: [] };
      const p99s: { room: number[]; bare: number[] } = { room: [], bare: [] };
      for (let run = 0; run < RUNS; run += 1) {
        for (const to of [bare, room]) {
          const told = await typeAgainst({ ...to, ...typing, peers, writers: 10 });
          medians[to.kind].push(told.median);
          p99s[to.kind].push(told.p99);
          say(`${peers} peers, ${to.kind}: ${lineOf(told)}`);
        }
      }
      note(nameOf(peers, "median"), { value: median(medians.room), baseline: median(medians.bare) });
      note(nameOf(peers, "p99"), { value: median(p99s.room), baseline: median(p99s.bare) });
    }
    await baseline.end();
    const crowd: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const told = await typeAgainst({ ...room, ...typing, peers: 500, writers: 40 });
      crowd.push(told.p99);
      say(`40 writers, 500 peers: ${lineOf(told)}`);
    }
    note(CROWD, { value: median(crowd) });
    await server.child.end();
  },
};

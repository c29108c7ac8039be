/** Two thousand people read while fifty write. */
import { readerName } from "./folder.ts";
import { startChild } from "./load/child.ts";
import type { Server } from "./load/pages.ts";
import type { ReadersOrder, ReadersReport } from "./load/readers.ts";
import { typeAgainst } from "./load/typing.ts";
import { PREPARED_TEXT } from "./reference-text.ts";
import type { Bench } from "./row.ts";
import { socketOf, startRoom } from "./sockets.ts";

export const READERS = 2_000;
/** Each has several streams open, as somebody with several devices and browsers. */
export const READER_LOGINS = 250;
const SECONDS = 20;
const WORKLOAD = `50 editors at 2 edits/s in one text of 60 pages for ${SECONDS} s, ${READERS} signed-in readers with a stream of notices each who fetch /live when they are told`;

const DELAY = "readers: p95 from keystroke to reader";
const FAILED = "readers: failed requests";
const SAVED = "readers: editors' acknowledgement, p99";

export async function readerCookies(server: Server): Promise<readonly string[]> {
  const persons = Array.from({ length: READER_LOGINS }, (_, number) => readerName(number));
  return server.ask<string[]>({ what: "cookies", persons });
}

/** The row that the live text is at. */
export async function seqNow(server: Server, textId: string, cookie: string): Promise<number> {
  const answer = await fetch(`${server.url}/live/texts/${textId}`, { headers: { cookie } });
  const { seq }: { seq: number } = await answer.json();
  return seq;
}

export const readers: Bench = {
  name: "readers",
  figures: [
    { name: DELAY, unit: "ms", most: 1_500, hasBaseline: false, workload: `${WORKLOAD}.` },
    {
      name: FAILED,
      unit: "count",
      most: 0,
      hasBaseline: false,
      workload: `${WORKLOAD}. Answers other than 200, cut connections, and edits that a reader never got.`,
    },
    { name: SAVED, unit: "ms", most: 50, hasBaseline: false, workload: `${WORKLOAD}.` },
  ],
  async run({ say, note }) {
    const { server, cookies } = await startRoom({ texts: [PREPARED_TEXT], readers: READER_LOGINS });
    const theirs = await readerCookies(server);
    const seq = await seqNow(server, PREPARED_TEXT, theirs[0] ?? "");
    const port = Number(new URL(server.url).port);
    const order: ReadersOrder = { port, textId: PREPARED_TEXT, seq, cookies: theirs, readers: READERS };
    const load = startChild("readers.ts", order);
    await load.next();
    say(`${READERS} readers are there`);
    const editors = {
      ...socketOf(server, PREPARED_TEXT),
      cookies,
      peers: 50,
      writers: 50,
      editsPerSecond: 2,
    };
    const typed = await typeAgainst({ ...editors, seconds: SECONDS });
    const told = await load.ask<ReadersReport>({ edits: typed.edits });
    const { median, p95, requests, failed, firstFailure, missing } = told;
    say(`keystroke to reader: median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${requests} answers`);
    say(`acknowledgement: median ${typed.savedMedian.toFixed(1)} ms, p99 ${typed.savedP99.toFixed(1)} ms`);
    if (failed + missing > 0) say(`${failed} failures (${firstFailure}), ${missing} edits missing`);
    note(DELAY, { value: p95 });
    note(FAILED, { value: failed + missing });
    note(SAVED, { value: typed.savedP99 });
    await load.end();
    await server.child.end();
  },
};

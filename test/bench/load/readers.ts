/** Thousands of readers in a process of their own. Tells when each of them had each edit. */
import { quantile } from "#test/bench/row.ts";
import { openReader, type ReaderPage, textShown } from "./browsing.ts";
import { instant, report, takeOrder } from "./orders.ts";
import type { SentEdit } from "./typists.ts";

export type ReadersOrder = {
  readonly port: number;
  readonly textId: string;
  /** The row that their pages show when they come. */
  readonly seq: number;
  /** By reader, taken in turn. */
  readonly cookies: readonly string[];
  readonly readers: number;
};

export type ReadersReport = {
  /** From sending an edit to its arrival at a reader; ms. */
  readonly median: number;
  readonly p95: number;
  readonly requests: number;
  readonly failed: number;
  readonly firstFailure: string;
  /** Edits that some reader never got. */
  readonly missing: number;
};

const OPEN_AT_ONCE = 50;

const order = await takeOrder<ReadersOrder>();
const arrivals: { readonly seqs: number[]; readonly ats: number[] }[] = [];
const pages: ReaderPage[] = [];
let requests = 0;
let failed = 0;
let firstFailure = "";

function open(index: number): Promise<ReaderPage> {
  const mine: { seqs: number[]; ats: number[] } = { seqs: [], ats: [] };
  arrivals.push(mine);
  const { port, textId, seq, cookies } = order;
  return openReader({
    port,
    shown: textShown(textId),
    seq,
    cookie: cookies[index % cookies.length] ?? "",
    events: {
      shows(to) {
        requests += 1;
        mine.seqs.push(to);
        mine.ats.push(instant());
      },
      failed(why) {
        failed += 1;
        firstFailure ||= why;
      },
    },
  });
}

for (let start = 0; start < order.readers; start += OPEN_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPEN_AT_ONCE, order.readers - start) }, (_, index) =>
    open(start + index),
  );
  pages.push(...(await Promise.all(some)));
}
const typed = takeOrder<{ edits: readonly SentEdit[] }>();
await report({ ready: true });

const edits = [...(await typed).edits].sort((a, b) => a.seq - b.seq);
const delays: number[] = [];
let missing = 0;
for (const { seqs, ats } of arrivals) {
  let next = 0;
  for (const [index, seq] of seqs.entries()) {
    for (let edit = edits[next]; edit && edit.seq <= seq; edit = edits[next]) {
      delays.push((ats[index] ?? 0) - edit.at);
      next += 1;
    }
  }
  missing += edits.length - next;
}
for (const page of pages) page.close();
const told: ReadersReport = {
  median: quantile(delays, 0.5),
  p95: quantile(delays, 0.95),
  requests,
  failed,
  firstFailure,
  missing,
};
await report(told);
process.exit(0);

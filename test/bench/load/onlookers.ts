/** Thousands of open pages of a session in a process of their own. Tells when each of them knew of each change. */
import { quantile } from "#test/bench/row.ts";
import { openReader, type ReaderPage, sessionShown } from "./browsing.ts";
import { instant, report, takeOrder } from "./orders.ts";

export type OnlookersOrder = {
  readonly port: number;
  readonly sessionId: string;
  /** By page, taken in turn. */
  readonly cookies: readonly string[];
  readonly pages: number;
};

export type OnlookersReport = {
  /** From the act to the slowest of the pages, and to 95 of 100 of them, over all changes; ms. */
  readonly slowest: number;
  readonly p95: number;
  readonly answers: number;
  readonly failed: number;
  readonly firstFailure: string;
  /** Changes that a page never knew of. */
  readonly missing: number;
};

const OPEN_AT_ONCE = 50;

const order = await takeOrder<OnlookersOrder>();
/** By page: what each answer said, and when it came. */
const arrivals: { readonly readAt: number; readonly at: number }[][] = [];
const pages: ReaderPage[] = [];
let failed = 0;
let firstFailure = "";

function open(index: number): Promise<ReaderPage> {
  const mine: { readAt: number; at: number }[] = [];
  arrivals.push(mine);
  const { port, sessionId, cookies } = order;
  return openReader({
    port,
    shown: sessionShown(sessionId),
    seq: 0,
    cookie: cookies[index % cookies.length] ?? "",
    events: {
      shows: (readAt) => void mine.push({ readAt, at: instant() }),
      failed(why) {
        failed += 1;
        firstFailure ||= why;
      },
    },
  });
}

for (let start = 0; start < order.pages; start += OPEN_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPEN_AT_ONCE, order.pages - start) }, (_, index) =>
    open(start + index),
  );
  pages.push(...(await Promise.all(some)));
}
const done = takeOrder<{ changes: readonly number[] }>();
await report({ ready: true });

const { changes } = await done;
const delays: number[] = [];
let missing = 0;
for (const mine of arrivals) {
  for (const change of changes) {
    // What was read after the act shows it; the server's clock counts whole milliseconds.
    const first = mine.find(({ readAt }) => readAt >= Math.floor(change));
    if (first === undefined) missing += 1;
    else delays.push(first.at - change);
  }
}
for (const page of pages) page.close();
const told: OnlookersReport = {
  slowest: quantile(delays, 1),
  p95: quantile(delays, 0.95),
  answers: arrivals.reduce((sum, mine) => sum + mine.length, 0),
  failed,
  firstFailure,
  missing,
};
await report(told);
process.exit(0);

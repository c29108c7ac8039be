/** The chair takes up one item after the other while two thousand pages of the session are open. */
import { setTimeout as pause } from "node:timers/promises";
import { SESSION } from "./folder.ts";
import { startChild } from "./load/child.ts";
import type { OnlookersOrder, OnlookersReport } from "./load/onlookers.ts";
import { READERS, READER_LOGINS, readerCookies } from "./readers.ts";
import { PREPARED_TEXT } from "./reference-text.ts";
import type { Bench } from "./row.ts";
import { startRoom } from "./sockets.ts";

const CHANGES = 10;
/** Longer than a page may take. */
const BETWEEN_MS = 2_500;
const WORKLOAD = `${READERS} signed-in pages with a stream of notices each, which fetch /live/sessions when they are told; the item under discussion is set ${CHANGES} times, every ${BETWEEN_MS / 1_000} s`;

const SLOWEST = "under discussion: from the act to the slowest page";
const FAILED = "under discussion: failed requests";

export const underDiscussion: Bench = {
  name: "under-discussion",
  figures: [
    { name: SLOWEST, unit: "ms", most: 2_000, hasBaseline: false, workload: `${WORKLOAD}.` },
    {
      name: FAILED,
      unit: "count",
      most: 0,
      hasBaseline: false,
      workload: `${WORKLOAD}. Answers other than 200, cut connections, and changes that a page never knew of.`,
    },
  ],
  async run({ say, note }) {
    const { server } = await startRoom({ texts: [PREPARED_TEXT], readers: READER_LOGINS });
    const cookies = await readerCookies(server);
    const port = Number(new URL(server.url).port);
    const order: OnlookersOrder = { port, sessionId: SESSION, cookies, pages: READERS };
    const load = startChild("onlookers.ts", order);
    await load.next();
    say(`${READERS} pages are open`);
    const changes: number[] = [];
    for (let change = 0; change < CHANGES; change += 1) {
      const itemId = change % 2 === 0 ? "item" : null;
      changes.push(await server.ask<number>({ what: "take-up", sessionId: SESSION, itemId }));
      await pause(BETWEEN_MS);
    }
    const told = await load.ask<OnlookersReport>({ changes });
    const { slowest, p95, answers, failed, firstFailure, missing } = told;
    say(
      `from the act to a page: p95 ${p95.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms, ${answers} answers`,
    );
    if (failed + missing > 0) say(`${failed} failures (${firstFailure}), ${missing} changes missing`);
    note(SLOWEST, { value: slowest });
    note(FAILED, { value: failed + missing });
    await load.end();
    await server.child.end();
  },
};

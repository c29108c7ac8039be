/** The server is killed in the middle of a session and started again: everybody comes back at once. */
import { drafterName } from "./folder.ts";
import { needOpenFiles, startChild } from "./load/child.ts";
import { startServerChild } from "./load/pages.ts";
import type { ReturnersOrder, ReturnersReport } from "./load/returners.ts";
import { READER_LOGINS, READERS, readerCookies, seqNow } from "./readers.ts";
import { PREPARED_TEXT } from "./reference-text.ts";
import type { Bench } from "./row.ts";
import { makeSixtyPages } from "./sockets.ts";

const DRAFTERS = 250;
const WITHIN_MS = 10_000;
const OPEN_FILES = 6_000;
const WORKLOAD = `${READERS} readers and ${DRAFTERS} drafters have a text of 60 pages open; the server is ended by kill -9 and started again, each drafter has typed meanwhile; all come back in the moment in which it listens`;
const READ = "reconnect: until every reader has the current delta";
const DRAFT = "reconnect: until every drafter is in step";
const ERRORS = "reconnect: errors";

export const reconnect: Bench = {
  name: "reconnect",
  figures: [
    { name: READ, unit: "ms", most: WITHIN_MS, hasBaseline: false, workload: `${WORKLOAD}.` },
    { name: DRAFT, unit: "ms", most: WITHIN_MS, hasBaseline: false, workload: `${WORKLOAD}.` },
    {
      name: ERRORS,
      unit: "count",
      most: 0,
      hasBaseline: false,
      workload: `${WORKLOAD}. Failed requests, cut or refused connections, refused edits, copies that differ.`,
    },
  ],
  async run({ say, note }) {
    needOpenFiles(OPEN_FILES);
    const folder = await makeSixtyPages({ texts: [PREPARED_TEXT], readers: READER_LOGINS });
    const server = await startServerChild(folder);
    const port = Number(new URL(server.url).port);
    const persons = Array.from({ length: DRAFTERS }, (_, number) => drafterName(number));
    const drafterCookies = await server.ask<string[]>({ what: "cookies", persons });
    const theirs = await readerCookies(server);
    const seq = await seqNow(server, PREPARED_TEXT, theirs[0] ?? "");
    const text = { port, textId: PREPARED_TEXT, seq };
    const order: ReturnersOrder = { ...text, readers: READERS, readerCookies: theirs, drafterCookies };
    const load = startChild("returners.ts", order);
    await load.next();
    say("everybody is there");
    await load.ask({ away: true });
    await server.child.end("SIGKILL");
    const again = await startServerChild(folder, port);
    const { readersMs, draftersMs, errors, firstError } = await load.ask<ReturnersReport>({ back: true });
    say(
      `readers ${readersMs.toFixed(0)} ms, drafters ${draftersMs.toFixed(0)} ms, ${errors} errors ${firstError}`,
    );
    note(READ, { value: readersMs });
    note(DRAFT, { value: draftersMs });
    note(ERRORS, { value: errors });
    await load.end();
    await again.child.end();
  },
};

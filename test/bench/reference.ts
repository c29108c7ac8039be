/** The reference text after a restart: opened, read, compared, restored, and what it weighs. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Database } from "#db/database.ts";
import { textCheckpoint } from "#db/schema/text.ts";
import { listWaitingWordings } from "#db/stores/search-text.ts";
import { copyFolder, drafterName, makeFolder, removeFolder, SESSION, withDatabase } from "./folder.ts";
import { fetchPage, keepAlive, type Server, startServerChild } from "./load/pages.ts";
import { type Bench, type BenchTools, type Figure, median } from "./row.ts";
import { appendLog, BEHIND, makeLog, PREPARED_TEXT, REFERENCE, WRITERS } from "./reference-text.ts";

const TIMES = 5;
const TEXT = PREPARED_TEXT;
const WORKLOAD =
  "600 paragraphs, 300,000 characters, 90,000 logged updates typed by 12 people in runs of 20 to 60 keystrokes at one place, newest checkpoint 1,000 rows behind";
const SCATTERED = "the reference text with every keystroke in another place by another person";

/**
 * The data folder of a reference text: versions after 30,000, 60,000 and 89,000 rows, the last with the checkpoint; and
 * search knows all of it, as it does a moment after the last keystroke, so that no start reads the text for it.
 */
export async function makeReferenceFolder(options: {
  readonly scattered: boolean;
  readonly readers?: number;
}): Promise<string> {
  const persons = Array.from({ length: WRITERS }, (_, number) => drafterName(number));
  const { scattered, readers = 1 } = options;
  const startedAt = Date.UTC(2026, 9, 5, 10);
  const log = makeLog({ size: REFERENCE, persons, scattered, startedAt });
  const folder = await makeFolder({ drafters: WRITERS, readers, texts: [TEXT] }, () => Promise.resolve());
  let from = 0;
  for (const [label, to] of [
    ["Zero draft", 30_000],
    ["Rev.1", 60_000],
    ["Rev.2", log.rows.length - BEHIND],
  ] as const) {
    await withDatabase(folder, (db) => appendLog(db, TEXT, { log, from, to }));
    const server = await startServerChild(folder);
    await server.ask({ what: "issue", textId: TEXT, label });
    // Its rooms write a checkpoint when they close.
    await server.child.end();
    from = to;
  }
  await withDatabase(folder, (db) => appendLog(db, TEXT, { log, from }));
  // A start takes over for search what is waiting; one that is killed writes no checkpoint of what it has opened.
  const server = await startServerChild(folder);
  await server.child.end("SIGKILL");
  await withDatabase(folder, async (db) => {
    const [waiting, behind] = [await listWaitingWordings(db.read), await rowsBehind(db)];
    if (waiting.length > 0) throw new Error("search has not taken over the whole text");
    if (behind < BEHIND) throw new Error(`the newest checkpoint is only ${behind} rows behind`);
  });
  return folder;
}

async function rowsBehind(db: Database): Promise<number> {
  const rows = await db.read.select({ seq: textCheckpoint.seq }).from(textCheckpoint);
  return REFERENCE.updates - Math.max(0, ...rows.map(({ seq }) => seq));
}

const opened = (name: string, most: number, workload: string): Figure => ({
  name,
  unit: "ms",
  most,
  hasBaseline: false,
  workload: `${workload}. Median of five fresh processes.`,
});

export const reference: Bench = {
  name: "reference",
  figures: [
    opened("reference text: opened by the server after a restart", 250, WORKLOAD),
    {
      ...opened("reference text: first HTML, cold", 150, WORKLOAD),
      workload: `${WORKLOAD}. The first page that a fresh process serves, to a drafter, up to the last byte; the room is open, nothing has been rendered yet. Median of five.`,
    },
    {
      ...opened("reference text: first HTML of a text that was not open", 400, WORKLOAD),
      workload: `${WORKLOAD}. The first page that a fresh process serves, to a drafter, up to the last byte; the text is opened for it, and the budget is that of opening and of a cold page together. Median of five.`,
    },
    {
      ...opened("reference text: first HTML, warm", 60, WORKLOAD),
      workload: `${WORKLOAD}. The same page after ten others. Median of twenty-five.`,
    },
    {
      name: "reference text: first HTML, compressed",
      unit: "kB",
      most: 300,
      hasBaseline: false,
      workload: `${WORKLOAD}. As it comes over the wire to a browser that takes brotli, the whole text in it.`,
    },
    {
      ...opened("reference text: any two versions compared", 60, WORKLOAD),
      workload: `${WORKLOAD}. Versions after 30,000, 60,000 and 89,000 rows and the live text: the slowest pair, read from the database and compared; its median of five.`,
    },
    {
      ...opened("reference text: restored", 200, WORKLOAD),
      workload: `${WORKLOAD}. The whole command, with the version before restore and the commits: the text says what it said 60,000 rows ago, then what it said 1,000 rows ago, and so on; the slower kind's median of five.`,
    },
    {
      name: "reference text: memory of the open text",
      unit: "MB",
      most: 30,
      hasBaseline: false,
      workload: `${WORKLOAD}. What a process holds more after it has been opened, a letter has gone through the gate and its copy, and the paper has been made. Median of three fresh processes.`,
    },
  ],
  async run({ say, note }) {
    say("writing the reference text");
    const folder = await makeReferenceFolder({ scattered: false });
    const page = `/sessions/${SESSION}/texts/${TEXT}`;
    const open: number[] = [];
    const cold: number[] = [];
    const warm: number[] = [];
    const unopened: number[] = [];
    let bytes = 0;
    /** A fresh process on a copy of the folder, and a page of it as a drafter's browser asks for it. */
    const withServer = async (
      work: (server: Server, get: () => Promise<number>) => Promise<void>,
    ): Promise<void> => {
      const copy = copyFolder(folder);
      const server = await startServerChild(copy);
      const [cookie = ""] = await server.ask<string[]>({ what: "cookies", persons: [drafterName(0)] });
      const agent = keepAlive();
      await work(server, async () => {
        const { ms, status, body, encoding } = await fetchPage({
          url: `${server.url}${page}`,
          cookie,
          agent,
        });
        checkPage(
          status,
          encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body,
        );
        bytes = Math.max(bytes, body.length);
        return ms;
      });
      agent.destroy();
      await server.child.end();
      removeFolder(copy);
    };
    for (let time = 0; time < TIMES; time += 1) {
      await withServer(async (server, get) => {
        open.push(await server.ask<number>({ what: "open", textId: TEXT }));
        cold.push(await get());
        for (let turn = 0; turn < 10; turn += 1) await get();
        for (let turn = 0; turn < 5; turn += 1) warm.push(await get());
      });
      await withServer(async (_server, get) => void unopened.push(await get()));
    }
    note("reference text: opened by the server after a restart", { value: median(open) });
    note("reference text: first HTML, cold", { value: median(cold) });
    note("reference text: first HTML of a text that was not open", { value: median(unopened) });
    note("reference text: first HTML, warm", { value: median(warm) });
    note("reference text: first HTML, compressed", { value: bytes / 1_000 });
    say(`opened ${tell(open)}; cold ${tell(cold)}; not open ${tell(unopened)}; warm ${tell(warm)}`);

    await compareAndRestore(copyFolder(folder), { say, note });
    note("reference text: memory of the open text", { value: await memoryAfterOpening(folder, say) });
  },
};

async function compareAndRestore(folder: string, { say, note }: BenchTools): Promise<void> {
  const server = await startServerChild(folder);
  const pairs = await server.ask<Record<string, number[]>>({ what: "compare", textId: TEXT, times: TIMES });
  for (const [pair, taken] of Object.entries(pairs)) say(`compared ${pair}: ${tell(taken)}`);
  note("reference text: any two versions compared", { value: Math.max(...Object.values(pairs).map(median)) });
  const [first = "", , last = ""] = await server.ask<string[]>({ what: "versions", textId: TEXT });
  const restored: Record<string, number[]> = {};
  for (let time = 0; time < TIMES; time += 1) {
    for (const versionId of [first, last]) {
      const { ms, changed } = await server.ask<{ ms: number; changed: number }>({
        what: "restore",
        textId: TEXT,
        versionId,
      });
      if (changed === 0) throw new Error("the restore changed nothing");
      (restored[versionId === first ? "Zero draft" : "Rev.2"] ??= []).push(ms);
    }
  }
  for (const [version, taken] of Object.entries(restored)) say(`restored ${version}: ${tell(taken)}`);
  note("reference text: restored", { value: Math.max(...Object.values(restored).map(median)) });
  await server.child.end();
}

async function memoryAfterOpening(folder: string, say: (line: string) => void): Promise<number> {
  const held: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    const copy = copyFolder(folder);
    const server = await startServerChild(copy);
    held.push(await server.ask<number>({ what: "memory", textId: TEXT }));
    await server.child.end();
    removeFolder(copy);
  }
  say(`memory ${tell(held)} MB`);
  return median(held);
}

export const scattered: Bench = {
  name: "scattered",
  figures: [
    opened("scattered text: opened by the server after a restart", 1_500, SCATTERED),
    {
      name: "scattered text: memory of the open text",
      unit: "MB",
      most: 120,
      hasBaseline: false,
      workload: `${SCATTERED}. What a process holds more after it has been opened, a letter has gone through the gate and its copy, and the paper has been made. Median of three fresh processes.`,
    },
  ],
  async run({ say, note }) {
    say("writing the scattered text");
    const folder = await makeReferenceFolder({ scattered: true });
    const open: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const copy = copyFolder(folder);
      const server = await startServerChild(copy);
      open.push(await server.ask<number>({ what: "open", textId: TEXT }));
      await server.child.end();
      removeFolder(copy);
    }
    say(`opened ${tell(open)}`);
    note("scattered text: opened by the server after a restart", { value: median(open) });
    note("scattered text: memory of the open text", { value: await memoryAfterOpening(folder, say) });
  },
};

/** The whole text must be in it. */
function checkPage(status: number, html: Buffer): void {
  const sections = html.toString().split('class="para"').length - 1;
  if (status !== 200 || sections < REFERENCE.paragraphs) {
    throw new Error(`the page has status ${status} and ${sections} paragraphs`);
  }
}

function tell(taken: readonly number[]): string {
  return taken.map((ms) => ms.toFixed(ms < 100 ? 1 : 0)).join(" ");
}

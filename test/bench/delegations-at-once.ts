/** How soon a drafter sees "saved" while the secretariat brings a table of thousands of delegations. */
import { request } from "node:http";
import { person } from "#db/schema/people.ts";
import { putEntity } from "#db/stores/entity.ts";
import type { Database } from "#db/database.ts";
import { SESSION } from "./folder.ts";
import { typeAgainst } from "./load/typing.ts";
import { PREPARED_TEXT } from "./reference-text.ts";
import type { Bench } from "./row.ts";
import { socketOf, startRoom } from "./sockets.ts";

const IMPORTING = "acknowledgement: 50 editors while a table of 5,000 delegations is imported, p99";
const LINES = 5_000;
const AT_ONCE = 500;
const SECRETARIAT = "secretariat";
const BROUGHT = ["a", "b"] as const;

const codeOf = (table: string, number: number): string =>
  `${table.toUpperCase()}${String(number).padStart(4, "0")}`;

/** As a spreadsheet saves it: each line a State that does not take part yet, every tenth with a head to invite. */
function makeTable(table: string): string {
  const lines = Array.from({ length: LINES }, (_, number) => {
    const head = number % 10 === 0 ? `The head of ${number};${table}${number}@example.org` : ";";
    return `${codeOf(table, number)};Invented State ${table} ${number};participant;${head}`;
  });
  return ["code;name;capacity;head;email", ...lines].join("\r\n");
}

async function insertStates(db: Database): Promise<void> {
  await db.write((tx) =>
    tx.insert(person).values({ id: SECRETARIAT, name: "The secretariat", secretariat: true, createdAt: 1 }),
  );
  for (const table of BROUGHT) {
    for (let from = 0; from < LINES; from += AT_ONCE) {
      await db.write(async (tx) => {
        for (let number = from; number < from + AT_ONCE; number += 1) {
          const code = codeOf(table, number);
          const names = { en: `Invented State ${table} ${number}` };
          await putEntity(tx, { id: code, kind: "exercise-state", code, names, alphabet: code });
        }
      });
    }
  }
}

/** A form of the page, as a browser without script sends it; resolves with the page at its last byte. */
function post(url: string, cookie: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams(fields).toString();
  const headers = {
    cookie,
    origin: new URL(url).origin,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((take, fail) => {
    const sent = request(url, { method: "POST", headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("error", fail);
      answer.on("end", () => take(Buffer.concat(pieces).toString()));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

export const delegationsAtOnce: Bench = {
  name: "delegations at once",
  figures: [
    {
      name: IMPORTING,
      unit: "ms",
      most: 60,
      hasBaseline: false,
      workload: `50 editors at 2 edits/s in one text of 60 pages; from sending an edit to its acknowledgement, while a table of ${LINES} lines is previewed and carried out over the page itself, from the first byte sent to the last one shown; every line adds a delegation, every tenth invites and seats its head.`,
    },
  ],
  async run({ say, note }) {
    const { server, cookies } = await startRoom({ texts: [PREPARED_TEXT], fill: insertStates });
    const [cookie = ""] = await server.ask<string[]>({ what: "cookies", persons: [SECRETARIAT] });
    const url = `${server.url}/sessions/${SESSION}/delegations/add`;
    const typing = { peers: 50, writers: 50, editsPerSecond: 2 };
    const editors = { ...socketOf(server, PREPARED_TEXT), cookies, ...typing };
    await typeAgainst({ ...editors, seconds: 5 });
    const measure = async (table: string, seconds: number): Promise<{ p99: number; tookMs: number }> => {
      let tookMs = 0;
      const told = await typeAgainst({ ...editors, seconds }, async () => {
        const begun = performance.now();
        const paste = makeTable(table);
        const preview = await post(url, cookie, { intent: "preview", paste });
        const previewedMs = performance.now() - begun;
        if (!preview.includes(`id="line-${LINES + 1}"`)) throw new Error("the preview lacks its last line");
        const done = await post(url, cookie, { intent: "import", paste });
        if (!done.includes(`${LINES} delegations were added`)) throw new Error("not all were added");
        tookMs = performance.now() - begun;
        say(`previewed in ${(previewedMs / 1_000).toFixed(1)} s, in all ${(tookMs / 1_000).toFixed(1)} s`);
      });
      say(`while importing: median ${told.savedMedian.toFixed(2)} ms, p99 ${told.savedP99.toFixed(2)} ms`);
      return { p99: told.savedP99, tookMs };
    };
    // Typing lasts as long as the import did the first time, so that quiet seconds do not dilute the figure.
    const first = await measure(BROUGHT[0], 10);
    const again = await measure(BROUGHT[1], Math.max(2, Math.round(first.tookMs / 1_000)));
    note(IMPORTING, { value: again.p99 });
    await server.child.end();
  },
};

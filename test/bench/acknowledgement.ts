/** How soon a drafter sees "saved": with others typing, and while a large file is imported into another text. */
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { typeAgainst } from "./load/typing.ts";
import { socketOf, startRoom } from "./sockets.ts";
import { PREPARED_TEXT, prose } from "./reference-text.ts";
import type { Bench } from "./row.ts";

const ALONE = "acknowledgement: 50 editors, p99";
const IMPORTING = "acknowledgement: 50 editors while a file is imported, p99";
const OTHERS = ["other-1", "other-2"] as const;
const FILE_BYTES = 2_000_000;
const SECONDS = 20;

/** A page as a word processor saves it: headings, numbered paragraphs, lists, italics. */
function makeHtml(bytes: number): string {
  const random = seededRandom(11);
  const parts = ["<!DOCTYPE html><html><head><title>Report</title></head><body><h1>Report</h1>"];
  let length = 0;
  for (let number = 1; length < bytes; number += 1) {
    const words = prose(300 + Math.floor(random() * 600), random);
    const style = 'class="MsoNormal" style="margin-bottom:6.0pt;text-align:justify;line-height:115%"';
    const part =
      number % 25 === 0
        ? `<h2 ${style}>${words.slice(0, 60)}</h2>`
        : `<p ${style}><span lang="EN-GB">${number}. <i>${words.slice(0, 40)}</i>${words.slice(40)}</span></p>`;
    parts.push(part);
    length += part.length;
  }
  parts.push("</body></html>");
  return parts.join("\n");
}

export const acknowledgement: Bench = {
  name: "acknowledgement",
  figures: [
    {
      name: ALONE,
      unit: "ms",
      most: 25,
      hasBaseline: false,
      workload: `50 editors at 2 edits/s in one text of 60 pages for ${SECONDS} s; from sending an edit to its acknowledgement.`,
    },
    {
      name: IMPORTING,
      unit: "ms",
      most: 60,
      hasBaseline: false,
      workload: `The same, while an HTML file of 2 MB is read and imported into another text, from its beginning to its end and as long as it takes.`,
    },
  ],
  async run({ say, note }) {
    const { server, cookies } = await startRoom({ texts: [PREPARED_TEXT, ...OTHERS] });
    const editors = {
      ...socketOf(server, PREPARED_TEXT),
      cookies,
      peers: 50,
      writers: 50,
      editsPerSecond: 2,
    };
    // The room and the programs are warm, as after the first minute of a session.
    await typeAgainst({ ...editors, seconds: 5 });
    const alone = await typeAgainst({ ...editors, seconds: SECONDS });
    say(`alone: median ${alone.savedMedian.toFixed(2)} ms, p99 ${alone.savedP99.toFixed(2)} ms`);
    note(ALONE, { value: alone.savedP99 });

    const html = makeHtml(FILE_BYTES);
    const startedAt = performance.now();
    const measure = async (textId: string, seconds: number): Promise<{ p99: number; tookMs: number }> => {
      let tookMs = 0;
      const told = await typeAgainst({ ...editors, seconds }, async () => {
        const begun = performance.now();
        const paragraphs = await server.ask<number>({ what: "import", textId, html });
        tookMs = performance.now() - begun;
        say(`imported ${paragraphs} paragraphs in ${(tookMs / 1_000).toFixed(1)} s`);
      });
      say(`while importing: median ${told.savedMedian.toFixed(2)} ms, p99 ${told.savedP99.toFixed(2)} ms`);
      return { p99: told.savedP99, tookMs };
    };
    // Typing lasts as long as the import did the first time, so that quiet seconds do not dilute the figure.
    const first = await measure(OTHERS[0], 10);
    const again = await measure(OTHERS[1], Math.max(2, Math.round(first.tookMs / 1_000)));
    note(IMPORTING, { value: again.p99 });
    say(`took ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
    await server.child.end();
  },
};

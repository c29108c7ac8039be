/** The table of positions as one reads it: row by row, the words of each cell. */
import { loader } from "#app/routes/positions-download/route.ts";
import type { Hall } from "./people.ts";

/** As the page asks for it. `search` begins with "?". */
export async function fileOf(
  hall: Hall,
  personId: string | null,
  format: string,
  search = "",
): Promise<Response> {
  const context = await hall.as(personId);
  const request = new Request(`http://here/file${search}`);
  return loader({ context, request, params: { session: "s", format } });
}

/** The rows of the body, without that of the scales: the words of each cell with single spaces. */
export async function tableFor(hall: Hall, personId: string | null, search = ""): Promise<string[][]> {
  const html = await (await fileOf(hall, personId, "table", search)).text();
  const body = html.slice(html.indexOf("<tbody>"));
  return [...body.matchAll(/<tr(?! class="sl").*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<t[hd].*?<\/t[hd]>/g)].map(([cell]) => wordsIn(cell)),
  );
}

/** Fields of a file without line breaks in them, line by line. */
export function linesOf(csv: string): string[][] {
  return csv
    .slice(1)
    .trimEnd()
    .split("\r\n")
    .map((line) => line.slice(1, -1).split('","'));
}

/** The cells of the row with this code, the row's head first; none when there is no such row. */
export function rowOf(rows: readonly string[][], code: string): readonly string[] {
  return rows.find(([head]) => head === code || head?.endsWith(` ${code}`)) ?? [];
}

/** What stands in a piece of HTML, without its tags. */
function wordsIn(html: string): string {
  return html
    .replace(/<span class="s">/g, " ")
    .replace(/<[^>]+>/g, "")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
}

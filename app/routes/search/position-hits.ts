/** Positions that were found, and the delegation's own drafts of some. */
import { languageOfSummary } from "#app/rules/positions.ts";
import { bestParagraph, countFound, marked, snippetOf } from "#app/rules/search-marks.ts";
import type { SearchQuery } from "#app/rules/search-query.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import type { PositionInList } from "#db/stores/position-row.ts";
import { type NamedPosition, listPositionsNamed } from "#db/stores/position.ts";
import { listFoundPositionDrafts } from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { type Asking, type Hit, type HitMark, idsOf, inSession, leading, plain } from "./hit.ts";

type Said = Pick<PositionInList, "summary" | "excerpt" | "sourceTitle" | "sourceSymbol"> &
  Partial<Pick<PositionInList, "standing">>;

/** What of a position says most of what was asked for, and its place on the position's page. */
function bestSaid({ summary, excerpt, sourceTitle, sourceSymbol, standing }: Said, query: SearchQuery) {
  const parts = [
    // Editors quote nothing as the own words of a State.
    { words: standing === "editors" ? "" : excerpt, anchor: "excerpt" },
    { words: summary, anchor: "summary" },
    { words: [sourceTitle, sourceSymbol].filter((part) => part !== "").join(", "), anchor: "source" },
  ].filter(({ words }) => words !== "");
  const words = parts.map((part) => part.words);
  const best = parts[bestParagraph(words, query)];
  const found =
    best && countFound(best.words, query) > 0 ? best : parts.find(({ anchor }) => anchor === "summary");
  return found ?? { words: summary, anchor: "summary" };
}

export async function positionHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query, sessions } = asking;
  const rows = await listPositionsNamed(context.db.read, { ids: idsOf(things), language: context.language });
  return rows.map((row) => {
    const { words, anchor } = bestSaid(row, query);
    // A position is read within a session: its own, or any of its kind for what was published before.
    const isInvented = asking.scope.onlyInvented;
    const here = row.sessionId ?? sessions.find(({ exercise }) => exercise === isInvented)?.id ?? null;
    return {
      ...plain,
      ...inSession(asking, row.sessionId),
      key: `position ${row.id}`,
      to:
        here === null
          ? `/entities/${row.entityId}`
          : leading(asking, `/sessions/${here}/positions/${row.id}`, anchor),
      title: marked(row.topicTitle, query),
      who: { name: row.entityName, code: row.entityCode, group: row.groupCode },
      label: row.stanceLabel,
      day: row.sourceDate,
      snippet: snippetOf(words, query),
      language: anchor === "source" ? null : anchor === "excerpt" ? row.language : languageOfSummary(row),
      marks: positionMarks(row),
      reading: row.standing === "editors" ? { confidence: row.confidence, via: readInOf(row.via) } : null,
    };
  });
}

function positionMarks(row: NamedPosition): HitMark[] {
  const marks: HitMark[] = [];
  if (row.standing === "editors") marks.push("reading");
  if (row.withdraws === true) marks.push("withdrawal");
  if (row.isWithdrawn) marks.push(row.standing === "editors" ? "taken-down" : "withdrawn");
  if (row.isCorrected) marks.push("corrected");
  if (row.isSuperseded) marks.push("superseded");
  return marks;
}

/** A draft's words, in their own language. */
function saidIn(row: Omit<Said, "standing"> & { readonly language: string }, query: SearchQuery) {
  const { words, anchor } = bestSaid(row, query);
  const language = anchor === "excerpt" ? row.language : languageOfSummary({ ...row, standing: "own" });
  return { snippet: snippetOf(words, query), language: anchor === "source" ? null : language };
}

export async function positionDraftHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query, scope } = asking;
  const { delegationIds } = scope;
  const rows = await listFoundPositionDrafts(context.db.read, { delegationIds, ids: idsOf(things) });
  return rows.map((row) => ({
    ...plain,
    ...inSession(asking, row.sessionId),
    key: `position-draft ${row.id}`,
    to: leading(asking, `/sessions/${row.sessionId}/drafts/positions/${row.id}`),
    title: marked(row.topicTitle, query),
    at: row.editedAt,
    ...saidIn(row, query),
    marks: ["draft"],
  }));
}

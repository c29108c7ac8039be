/** A search as one viewer sees it: what was asked, how much of each kind is found, and the page of hits. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { parseQuery, type QueryFault } from "#app/rules/search-query.ts";
import { searchScope } from "#app/rules/search-scope.ts";
import type { SearchKind } from "#db/search/entry.ts";
import { type Found, listFound, listSearchedTexts, listThings } from "#db/stores/search.ts";
import { listSessions } from "#db/stores/session.ts";
import type { Hit } from "./hit.ts";
import { hitsOf } from "./hits.ts";

/** What a page calls a kind, and the kinds of the index that it holds, in their order. */
export const KINDS = {
  entities: ["entity", "group"],
  topics: ["topic"],
  items: ["item", "document"],
  texts: ["text", "passage"],
  statements: ["statement-draft", "draft-passage", "statement"],
  positions: ["position-draft", "position"],
} as const satisfies Readonly<Record<string, readonly SearchKind[]>>;

export type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as Kind[];

export const ON_A_PAGE = 20;
/** Of each kind, where all are shown. */
const OF_EACH = 4;

export type Counted = { readonly count: number; readonly isCut: boolean };

export type Answer =
  | { readonly kind: "nothing-asked" }
  | { readonly kind: "refused"; readonly code: QueryFault }
  | {
      readonly kind: "found";
      readonly counts: Readonly<Record<Kind, Counted>>;
      readonly parts: readonly { readonly of: Kind; readonly hits: readonly Hit[] }[];
      readonly page: number;
      readonly pages: number;
    };

export async function loadSearch(context: AppLoadContext, search: URLSearchParams) {
  const typed = search.get("q") ?? "";
  const db = context.db.read;
  const sessions = await listSessions(db);
  const session = sessions.find(({ id }) => id === search.get("session")) ?? null;
  const only = kinds.find((kind) => kind === search.get("kind")) ?? null;
  const query = parseQuery(typed);
  const asked = {
    typed,
    only,
    sessionId: session?.id ?? null,
    sessions: sessions.map(({ id, title }) => ({ id, title })),
  };
  if (typeof query === "string") {
    const answer: Answer =
      query === "search-empty" ? { kind: "nothing-asked" } : { kind: "refused", code: query };
    return { ...asked, answer };
  }
  const onlyInvented = context.mode === "exercise";
  const scope = searchScope(context.viewer, { texts: await listSearchedTexts(db), onlyInvented });
  const found = new Map<Kind, Found>();
  for (const kind of kinds) {
    const each: Found[] = [];
    for (const part of KINDS[kind]) {
      each.push(await listFound(db, part, { query, scope, sessionId: asked.sessionId }));
    }
    found.set(kind, { ids: each.flatMap(({ ids }) => ids), isCut: each.some(({ isCut }) => isCut) });
  }
  const all = only === null ? 0 : (found.get(only)?.ids.length ?? 0);
  const pages = Math.max(1, Math.ceil(all / ON_A_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(search.get("page"))) || 1));
  const shown = kinds.flatMap((kind) => {
    const ids = found.get(kind)?.ids ?? [];
    if (only === null) return ids.length === 0 ? [] : [{ of: kind, ids: ids.slice(0, OF_EACH) }];
    return kind === only ? [{ of: kind, ids: ids.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE) }] : [];
  });
  const asking = { context, query, typed, scope, sessions };
  const things = await listThings(
    db,
    shown.flatMap(({ ids }) => ids),
    scope,
  );
  const hits = await hitsOf(asking, things);
  const parts = shown.map(({ of }) => {
    const its: readonly SearchKind[] = KINDS[of];
    return { of, hits: hits.flatMap(({ kind, hit }) => (its.includes(kind) ? hit : [])) };
  });
  const counts = Object.fromEntries(
    kinds.map((kind) => {
      const { ids, isCut } = found.get(kind) ?? { ids: [], isCut: false };
      return [kind, { count: ids.length, isCut }];
    }),
  ) as Record<Kind, Counted>;
  const answer: Answer = { kind: "found", counts, parts, page, pages };
  return { ...asked, answer };
}

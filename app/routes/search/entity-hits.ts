/** Entities, groups and topics that were found. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { countFound, marked, type Snippet, snippetOf } from "#app/rules/search-marks.ts";
import type { SearchQuery } from "#app/rules/search-query.ts";
import { listEntities } from "#db/stores/entity.ts";
import { listFoundGroups } from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { listTopics } from "#db/stores/topic.ts";
import { type Asking, type Hit, idsOf, plain } from "./hit.ts";

export async function entityHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query } = asking;
  const rows = await listEntities(context.db.read, { ids: idsOf(things) });
  return rows.map(({ id, code, names }) => ({
    ...plain,
    key: `entity ${id}`,
    to: `/entities/${id}`,
    ...named(names, code, asking),
    label: code,
    snippet: otherName({ names, language: context.language }, query),
  }));
}

export async function groupHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const rows = await listFoundGroups(context.db.read, idsOf(things));
  return rows.map(({ id, code, names }) => ({
    ...plain,
    key: `group ${id}`,
    to: `/groups/${id}`,
    ...named(names, code, asking),
    label: code,
    snippet: otherName({ names, language: context.language }, query),
  }));
}

type Named = Parameters<typeof nameIn>[0];

function named(names: Named, code: string, { context, query }: Asking) {
  return { title: marked(nameIn(names, context.language), query), label: code };
}

/** The name in another language by which it was found, when it was not by the one that is shown. */
function otherName(
  { names, language }: { readonly names: Named; readonly language: AppLoadContext["language"] },
  query: SearchQuery,
): Snippet | null {
  const shown = nameIn(names, language);
  const best = Object.values(names)
    .filter((name) => name !== undefined && name !== shown)
    .toSorted((a, b) => countFound(b ?? "", query) - countFound(a ?? "", query))[0];
  if (best === undefined || countFound(best, query) <= countFound(shown, query)) return null;
  return snippetOf(best, query);
}

export async function topicHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query } = asking;
  const wanted = new Set(idsOf(things));
  return (await listTopics(context.db.read))
    .filter(({ id }) => wanted.has(id))
    .map(({ id, title, question }) => ({
      ...plain,
      key: `topic ${id}`,
      to: `/topics/${id}`,
      title: marked(title, query),
      snippet: snippetOf(question, query),
    }));
}

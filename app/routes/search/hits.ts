/** What a page says of each thing that was found, and where it leads. */
import type { SearchKind } from "#db/search/entry.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { entityHits, groupHits, topicHits } from "./entity-hits.ts";
import { type Asking, type Hit, keyOf } from "./hit.ts";
import { itemHits } from "./item-hits.ts";
import { positionDraftHits, positionHits } from "./position-hits.ts";
import { draftHits, statementHits } from "./statement-hits.ts";
import { textHits } from "./text-hits.ts";

type Made = ReadonlyMap<string, Hit>;

/** In the order of `things`, each with its kind; what went away meanwhile is left out. */
export async function hitsOf(
  asking: Asking,
  things: readonly FoundThing[],
): Promise<{ readonly kind: SearchKind; readonly hit: Hit }[]> {
  const of = (...kinds: readonly FoundThing["kind"][]) => things.filter(({ kind }) => kinds.includes(kind));
  const made: Made = new Map(
    (
      await Promise.all([
        entityHits(asking, of("entity")),
        groupHits(asking, of("group")),
        topicHits(asking, of("topic")),
        itemHits(asking, of("item", "document")),
        textHits(asking, of("text", "passage")),
        statementHits(asking, of("statement")),
        draftHits(asking, of("statement-draft", "draft-passage")),
        positionHits(asking, of("position")),
        positionDraftHits(asking, of("position-draft")),
      ])
    )
      .flat()
      .map((hit) => [hit.key, hit]),
  );
  return things.flatMap((thing) => {
    const hit = made.get(keyOf(thing));
    return hit ? [{ kind: thing.kind, hit }] : [];
  });
}

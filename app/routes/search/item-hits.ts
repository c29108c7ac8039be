/** Agenda items that were found, and documents under them. */
import { fullNumber } from "#app/rules/agenda.ts";
import { marked, snippetOf } from "#app/rules/search-marks.ts";
import { listFoundDocuments, listFoundItems } from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { type Asking, type Hit, idsOf, inSession, keyOf, leading, plain } from "./hit.ts";

export async function itemHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const db = context.db.read;
  const items = await listFoundItems(db, [...new Set(things.flatMap(({ sessionId }) => sessionId ?? []))]);
  const byId = new Map(items.map((item) => [item.id, item]));
  const documents = await listFoundDocuments(db, idsOf(things.filter(({ kind }) => kind === "document")));
  const ofItem = (id: string) => {
    const item = byId.get(id);
    const agenda = items.filter(({ sessionId }) => sessionId === item?.sessionId);
    return item && { item, label: fullNumber(agenda, id), path: `/sessions/${item.sessionId}/agenda/${id}` };
  };
  return things.flatMap((thing): Hit[] => {
    if (thing.kind === "item") {
      const known = ofItem(thing.thingId);
      if (!known) return [];
      const { item, label, path } = known;
      const snippet = item.note === "" ? null : snippetOf(item.note, query);
      const title = marked(item.title, query);
      const to = leading(asking, path);
      return [
        { ...plain, ...inSession(asking, item.sessionId), key: keyOf(thing), to, title, label, snippet },
      ];
    }
    const document = documents.find(({ id }) => id === thing.thingId);
    const known = document && ofItem(document.itemId);
    if (!known) return [];
    const { item, label, path } = known;
    return [
      {
        ...plain,
        ...inSession(asking, item.sessionId),
        key: keyOf(thing),
        to: leading(asking, path, "documents"),
        title: marked([document.symbol, document.title].filter((part) => part !== "").join(" · "), query),
        label,
        at: document.at,
        snippet: snippetOf(item.title, query),
      },
    ];
  });
}

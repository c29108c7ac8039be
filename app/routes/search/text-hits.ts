/** Texts that were found, and passages of them in what the viewer reads. */
import { marked, snippetOf } from "#app/rules/search-marks.ts";
import { listFoundTexts, listFoundVersions } from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { type Asking, type Hit, inSession, keyOf, leading, plain } from "./hit.ts";

export async function textHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const db = context.db.read;
  const textIds = things.map(({ textId, thingId }) => textId ?? thingId);
  const texts = new Map((await listFoundTexts(db, [...new Set(textIds)])).map((text) => [text.id, text]));
  const versionIds = things.flatMap(({ wording }) => (wording === null || wording === "live" ? [] : wording));
  const versions = new Map(
    (await listFoundVersions(db, [...new Set(versionIds)])).map((version) => [version.id, version]),
  );
  return things.flatMap((thing): Hit[] => {
    const text = texts.get(thing.textId ?? thing.thingId);
    if (!text) return [];
    const path = `/sessions/${thing.sessionId}/texts/${text.id}`;
    const base = {
      ...plain,
      ...inSession(asking, thing.sessionId),
      key: keyOf(thing),
      title: marked(text.title, query),
      titleLanguage: text.language,
      label: text.symbol,
    };
    if (thing.kind === "text") {
      return [
        {
          ...base,
          to: leading(asking, path),
          snippet: text.note === "" ? null : snippetOf(text.note, query),
        },
      ];
    }
    // Nothing that the viewer reads says it any more.
    if (thing.wording === null || thing.words === null) return [];
    const version = versions.get(thing.wording);
    const isKept = version?.kind === "automatic";
    return [
      {
        ...base,
        to: leading(asking, version ? `${path}/versions/${version.id}` : path, `p-${thing.paragraphId}`),
        label: thing.label ?? "",
        version: version && !isKept ? version.label : null,
        at: version?.issuedAt ?? null,
        snippet: snippetOf(thing.words, query),
        language: text.language,
        marks: isKept ? ["kept"] : [],
      },
    ];
  });
}

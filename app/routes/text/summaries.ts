/** Versions and pages of a text as plain values for the browser. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { TextPages } from "#app/components/text/text-nav.tsx";
import type { VersionSummary } from "#app/components/text/version-list.tsx";
import { seesLive } from "#app/rules/versions.ts";
import type { VersionInList } from "#db/stores/text-version.ts";
import { mayDo, type OpenText } from "./open-text.ts";

export function versionSummary(version: VersionInList): VersionSummary {
  return {
    id: version.id,
    kind: version.kind,
    label: version.label,
    reason: version.reason,
    seq: version.seq,
    at: version.issuedAt,
    by: version.issuedByName,
    added: version.wordsAdded,
    removed: version.wordsRemoved,
    words: version.wordCount,
  };
}

/** Newest first, for lists. */
export function versionSummaries(versions: readonly VersionInList[]): VersionSummary[] {
  return versions.map(versionSummary).reverse();
}

/** What the head of the page links to: pages that this viewer has. */
export function pagesOf(
  context: AppLoadContext,
  { text, door, standing, damagedAt }: OpenText,
  versions: readonly VersionInList[],
): TextPages {
  const base = `/sessions/${text.sessionId}/texts/${text.id}`;
  const may = mayDo(context, door, ["setAudience", "importText"]);
  const live = seesLive(standing);
  const newest = versions.at(-1);
  const before = versions.at(-2);
  let compare: string | null = null;
  if (live && newest) compare = `${base}/compare/${newest.id}/live`;
  else if (newest && before) compare = `${base}/compare/${before.id}/${newest.id}`;
  const proposals = text.delegationId === null;
  return {
    base,
    compare,
    authorship: live,
    proposals,
    settings: may.setAudience,
    import: may.importText,
    damagedAt,
  };
}

/** What of everything that can be found is somebody's to see: the same rules by which pages are shown. Rules SE1 to SE3. */
import { standingOf, type TextDoor } from "./audience.ts";
import { may } from "./permissions.ts";
import { type StatementReader, statementReader } from "./statements.ts";
import type { Viewer } from "./viewer.ts";
import { seesLive, type VersionSeen, visibleVersions } from "./versions.ts";

/** A text of a session, as far as search depends on it. */
export type SearchedText = {
  readonly door: TextDoor;
  /** Up to which row of its log the live wording can be found; null before it can. */
  readonly indexedSeq: number | null;
  readonly versions: readonly VersionSeen[];
};

export type SearchScope = {
  readonly statements: StatementReader;
  /** Delegations whose drafts they read. */
  readonly delegationIds: readonly string[];
  /** Texts that exist for them. */
  readonly textIds: readonly string[];
  /** Of them those whose live wording they read. */
  readonly liveTextIds: readonly string[];
  /** Versions that they see. */
  readonly versionIds: readonly string[];
  /** An exercise shows what it invents, and nothing real. */
  readonly onlyInvented: boolean;
};

/** `texts`: all texts of sessions; those of delegations are no part of it. */
export function searchScope(
  viewer: Viewer,
  { texts, onlyInvented }: { readonly texts: readonly SearchedText[]; readonly onlyInvented: boolean },
): SearchScope {
  const seen = texts.flatMap(({ door, indexedSeq, versions }) => {
    const standing = standingOf(viewer, door);
    if (standing.kind === "none") return [];
    // What stood in the text before it was opened to them is not theirs, however briefly it stays in the index.
    const isTheirs = standing.kind === "bureau" || (indexedSeq !== null && indexedSeq >= standing.fromSeq);
    return [
      {
        id: door.textId,
        isLive: seesLive(standing) && isTheirs,
        versionIds: visibleVersions(standing, versions).map(({ id }) => id),
      },
    ];
  });
  return {
    statements: statementReader(viewer),
    delegationIds: viewer.kind === "public" ? [] : ownDelegations(viewer),
    textIds: seen.map(({ id }) => id),
    liveTextIds: seen.filter(({ isLive }) => isLive).map(({ id }) => id),
    versionIds: seen.flatMap(({ versionIds }) => versionIds),
    onlyInvented,
  };
}

function ownDelegations(viewer: Extract<Viewer, { kind: "person" }>): string[] {
  return viewer.delegates
    .filter(
      ({ sessionId, delegationId }) =>
        may("readDrafts", viewer, { kind: "delegation", sessionId, delegationId }) === true,
    )
    .map(({ delegationId }) => delegationId);
}

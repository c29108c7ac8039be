/** What a page says of one thing that was found: what hits of every kind have in common. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { ReadIn } from "#app/components/record/source.tsx";
import type { Piece, Snippet } from "#app/rules/search-marks.ts";
import type { SearchQuery } from "#app/rules/search-query.ts";
import type { SearchScope } from "#app/rules/search-scope.ts";
import type { FoundThing } from "#db/stores/search.ts";
import type { SessionRow } from "#db/stores/session.ts";

/** What must be known of a hit before it is opened. */
export type HitMark =
  | "draft"
  | "embargoed"
  | "corrected"
  | "correction"
  | "superseded"
  | "withdrawn"
  | "withdrawal"
  | "taken-down"
  | "reading"
  | "kept";

export type Hit = {
  readonly key: string;
  readonly to: string;
  readonly title: readonly Piece[];
  /** Of the title, where it is not the interface's. */
  readonly titleLanguage: string | null;
  /** Whose it is. */
  readonly who: { readonly name: string; readonly code: string; readonly group: string | null } | null;
  /** "OP3 (a)", the number of an item, the code of an entity. */
  readonly label: string;
  /** The version in which it stands; null for what stands now. */
  readonly version: string | null;
  /** Milliseconds, or a day. */
  readonly at: number | null;
  readonly day: string | null;
  readonly zone: string;
  readonly session: string | null;
  readonly snippet: Snippet | null;
  /** Of the snippet. */
  readonly language: string | null;
  readonly marks: readonly HitMark[];
  /** Of an editors' reading: what its label says, without which it is not shown. */
  readonly reading: { readonly confidence: string | null; readonly via: ReadIn | null } | null;
};

export type Asking = {
  readonly context: AppLoadContext;
  readonly query: SearchQuery;
  /** As it was typed: the page that a hit leads to marks it. */
  readonly typed: string;
  readonly scope: SearchScope;
  readonly sessions: readonly SessionRow[];
};

/** What most hits do not say. */
export const plain = {
  titleLanguage: null,
  who: null,
  label: "",
  version: null,
  at: null,
  day: null,
  zone: "UTC",
  session: null,
  snippet: null,
  language: null,
  marks: [],
  reading: null,
} as const;

/** Names a hit among those of one page. */
export function keyOf({ kind, thingId }: FoundThing): string {
  return `${kind} ${thingId}`;
}

export const idsOf = (things: readonly FoundThing[]): string[] => things.map(({ thingId }) => thingId);

/** The address with what is to be marked there. */
export function leading({ typed }: Asking, path: string, anchor = ""): string {
  return `${path}?${new URLSearchParams({ mark: typed }).toString()}${anchor === "" ? "" : `#${anchor}`}`;
}

/** The zone of its session, whose name is said only where there are several. */
export function inSession({ sessions }: Asking, sessionId: string | null) {
  const session = sessions.find(({ id }) => id === sessionId);
  // Where there is one session it says nothing.
  const named = sessions.length > 1 ? (session?.title ?? null) : null;
  return { session: named, zone: session?.timeZone ?? "UTC" };
}

/** Who may read a text: a rule over values, used by pages, live deltas, notices, sockets and exports alike. */
import type { Viewer } from "./viewer.ts";

export type Audience = "bureau" | "named" | "all" | "observers" | "public";

/** What the newest `text_audience` row says. */
export type TextAudience = {
  readonly audience: Audience;
  readonly delegationIds: readonly string[];
  readonly shows: "live" | "versions";
  readonly fromSeq: number;
};

/** The text, as far as rights depend on it. */
export type TextDoor = {
  readonly textId: string;
  readonly sessionId: string;
  /** The delegation whose text it is: its people alone know of it (rule AD10). Null for a text of the session. */
  readonly delegationId: string | null;
  /** What was written in a delegation's own text has been released or given up: it is read and no longer written. */
  readonly isClosed?: boolean;
  readonly audience: TextAudience;
};

/**
 * How a viewer stands to a text.
 * - `bureau`: officer of the session or drafter of the text: everything, history and automatic versions included.
 * - `reader`: sees live wording (`shows: live`) or issued versions only, and nothing of before `fromSeq`.
 * - `none`: for this viewer the text does not exist.
 */
export type TextStanding =
  | { readonly kind: "bureau"; readonly mayWrite: boolean }
  | { readonly kind: "reader"; readonly shows: "live" | "versions"; readonly fromSeq: number }
  | { readonly kind: "none" };

const bureauOffices = new Set(["chair", "vice-chair", "facilitator", "secretariat"]);

/** Rule AD1. Drafters and officers write; an installation's secretariat counts as officer. */
export function standingOf(viewer: Viewer, door: TextDoor): TextStanding {
  if (door.delegationId !== null) return standingInDelegation(viewer, door, door.delegationId);
  const { audience, delegationIds, shows, fromSeq } = door.audience;
  const reader: TextStanding = { kind: "reader", shows, fromSeq };
  if (viewer.kind === "person") {
    const officer =
      viewer.secretariat ||
      viewer.offices.some((held) => held.sessionId === door.sessionId && bureauOffices.has(held.office));
    if (officer || viewer.drafts.includes(door.textId)) return { kind: "bureau", mayWrite: true };
    for (const seat of viewer.delegates) {
      if (seat.sessionId !== door.sessionId) continue;
      if (audience === "named" && delegationIds.includes(seat.delegationId)) return reader;
      if (seat.capacity === "participant" && audience !== "bureau" && audience !== "named") return reader;
      if (seat.capacity === "observer" && (audience === "observers" || audience === "public")) return reader;
    }
  }
  return audience === "public" ? reader : { kind: "none" };
}

/**
 * Rules AD10 and SM11. Of a delegation's own text its people see all, its head and editors write while its draft is
 * open, and nobody else knows.
 */
function standingInDelegation(viewer: Viewer, door: TextDoor, delegationId: string): TextStanding {
  if (viewer.kind !== "person") return { kind: "none" };
  const seat = viewer.delegates.find((held) => held.delegationId === delegationId);
  if (!seat) return { kind: "none" };
  return { kind: "bureau", mayWrite: seat.role !== "reader" && door.isClosed !== true };
}

const reach: Readonly<Record<Audience, number>> = { bureau: 0, named: 1, all: 2, observers: 3, public: 4 };

/** Whether whoever `next` lets in was let in by `previous` already, and sees no more than before. */
function isNarrower(previous: Omit<TextAudience, "fromSeq">, next: Omit<TextAudience, "fromSeq">): boolean {
  if (next.shows !== previous.shows || reach[next.audience] > reach[previous.audience]) return false;
  if (next.audience !== "named") return true;
  // Observers can be named, and "all" did not let them in.
  if (previous.audience === "all") return false;
  return (
    previous.audience !== "named" || next.delegationIds.every((id) => previous.delegationIds.includes(id))
  );
}

/**
 * Rule AD2. From which sequence number an audience sees: whoever is let in sees the text from the moment it is let in
 * (`seqNow`), and an audience that is only narrowed keeps its beginning.
 */
export function fromSeqOf(
  previous: TextAudience,
  next: Pick<TextAudience, "audience" | "delegationIds" | "shows">,
  seqNow: number,
): number {
  return previous.audience !== "bureau" && next.audience !== "bureau" && isNarrower(previous, next)
    ? previous.fromSeq
    : seqNow;
}

/**
 * Since which of the audiences that a text has had, given oldest first with their numbers, everybody whom the newest lets
 * in reads it: what was said to an earlier one was not said to them. 0 for a text without any.
 */
export function letInSince(
  audiences: readonly (Omit<TextAudience, "fromSeq"> & { readonly number: number })[],
): number {
  let since = 0;
  for (const [at, next] of audiences.entries()) {
    const previous = audiences[at - 1];
    const isNarrowed = previous !== undefined && previous.audience !== "bureau" && isNarrower(previous, next);
    if (!isNarrowed) since = next.number;
  }
  return since;
}

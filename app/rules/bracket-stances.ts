/**
 * Where delegations and groups stand on a square bracket: who asked for it, who would keep the words in it or have them
 * out, who reserves or awaits instructions. A stance is a row that never changes; the newest of each holds.
 */
import { type Refusal, refuse } from "./refusal.ts";

/** On the words inside a bracket. */
export const VIEWS = ["none", "keep", "out", "reserves", "awaits"] as const;
export type View = (typeof VIEWS)[number];

export type StanceKind = "own" | "recorded" | "confirmed" | "disputed";

/** Whose stance: an entity's, or a group's with those of its members that do not go along. */
export type Party =
  | { readonly entityId: string; readonly groupId: null }
  | { readonly entityId: null; readonly groupId: string };

export type BracketStance = {
  readonly id: string;
  readonly entityId: string | null;
  readonly groupId: string | null;
  readonly asks: boolean;
  readonly view: View;
  readonly kind: StanceKind;
};

function partyOf({ entityId, groupId }: Pick<BracketStance, "entityId" | "groupId">): string {
  return entityId === null ? `group ${groupId ?? ""}` : `entity ${entityId}`;
}

/** Rule BF2. The newest row of each party, of rows in their order; in the order in which the parties first spoke. */
export function newestStances<S extends BracketStance>(rows: readonly S[]): S[] {
  const newest = new Map<string, S>();
  for (const row of rows) newest.set(partyOf(row), row);
  return [...newest.values()];
}

/** What a party has said and not taken back; in English alphabetical order, which is nobody's rank. */
export function standingStances<S extends BracketStance & { readonly alphabet: string }>(
  rows: readonly S[],
): S[] {
  return newestStances(rows)
    .filter(({ asks, view }) => asks || view !== "none")
    .toSorted((a, b) => (a.alphabet < b.alphabet ? -1 : a.alphabet > b.alphabet ? 1 : 0));
}

/**
 * Rule LF1. Who holds a bracket: whoever asked for it itself, or had that recorded and did not dispute it. Only its own
 * word, or a record that it confirmed, lets go of it. Rows in their order; for each holder the row by which it holds.
 */
export function holdersOf<S extends BracketStance>(rows: readonly S[]): S[] {
  const parties = Map.groupBy(rows, partyOf);
  return [...parties.values()].flatMap((its) => holdOf(its) ?? []);
}

/** The row by which one party holds, of all its rows. */
function holdOf<S extends BracketStance>(rows: readonly S[]): S | null {
  // Records before a dispute of having asked count for nothing; of a disputed lift that one record alone.
  let isAskingDisputed = false;
  for (const row of rows.toReversed()) {
    if (row.kind === "own" || row.kind === "confirmed") return row.asks ? row : null;
    if (row.kind === "disputed") isAskingDisputed ||= row.asks;
    else if (row.asks && !isAskingDisputed) return row;
  }
  return null;
}

/** The newest row of one party; null when nothing was ever said for it. */
export function stanceOf<S extends BracketStance>(rows: readonly S[], party: Party): S | null {
  return newestStances(rows).find((row) => partyOf(row) === partyOf(party)) ?? null;
}

/** Rule BF3. Nobody writes over what they were not shown: `over` is the stance they saw, null for none. */
export function refuseOver(newest: Pick<BracketStance, "id"> | null, over: string | null): Refusal | null {
  return (newest?.id ?? null) === over ? null : refuse("conflict", "stance-changed");
}

/** Rule BF1. Only what was recorded for a party, and stands, can be confirmed or disputed by it. */
export function refuseAnswer(rows: readonly BracketStance[], stanceId: string): Refusal | null {
  const stance = newestStances(rows).find(({ id }) => id === stanceId);
  if (!stance) return refuse("conflict", "stance-changed");
  return stance.kind === "recorded" ? null : refuse("rule", "stance-not-recorded");
}

/** A party as a chip tells it: its code, "LANT ex LMR". */
export type ChipParty = {
  readonly code: string;
  readonly asks: boolean;
  readonly view: View;
  readonly kind: StanceKind;
};

type ChipGroup = { readonly sign: "" | "+" | "−" | "?"; readonly codes: readonly string[] };
/** `more`: how many codes are not shown. */
export type Chip = { readonly groups: readonly ChipGroup[]; readonly more: number };

/** More than so many codes are not drawn in the text. */
const MOST_CODES = 4;

/**
 * Rule BF7. Who asked for it without a sign, "+" for who would keep the words, "−" for who wants them out, "?" for who
 * reserves or awaits instructions; what is disputed is nobody's stance. Null where there is nothing to tell.
 */
export function chipOf(parties: readonly ChipParty[]): Chip | null {
  const told = parties.filter(({ kind }) => kind !== "disputed");
  const all: readonly ChipGroup[] = [
    { sign: "", codes: told.filter(({ asks }) => asks).map(({ code }) => code) },
    { sign: "+", codes: told.filter(({ view }) => view === "keep").map(({ code }) => code) },
    { sign: "−", codes: told.filter(({ view }) => view === "out").map(({ code }) => code) },
    {
      sign: "?",
      codes: told.filter(({ view }) => view === "reserves" || view === "awaits").map(({ code }) => code),
    },
  ];
  // Whoever is against is seen however many are for: each sign has a code before any has a second.
  const room = all.map(({ codes }) => Math.min(codes.length, 1));
  let left = MOST_CODES - room.reduce((sum, one) => sum + one, 0);
  all.forEach(({ codes }, at) => {
    const further = Math.min(left, codes.length - (room[at] ?? 0));
    room[at] = (room[at] ?? 0) + further;
    left -= further;
  });
  const groups = all
    .map(({ sign, codes }, at) => ({ sign, codes: codes.slice(0, room[at]) }))
    .filter(({ codes }) => codes.length > 0);
  const more = all.reduce((sum, { codes }) => sum + codes.length, 0) - (MOST_CODES - left);
  return groups.length === 0 ? null : { groups, more };
}

/** As it is drawn: "CVN +LMR QLN −HLW +4". */
export function chipText({ groups, more }: Chip): string {
  const words = groups.map(({ sign, codes }) => `${sign}${codes.join(" ")}`);
  return [...words, ...(more > 0 ? [`+${more}`] : [])].join("  ");
}

/** Asks the page of search as different people, and says what it shows. */
import { createSearchTexts } from "#app/server/search-texts.ts";
import { loader } from "#app/routes/search/route.tsx";
import type { loadSearch } from "#app/routes/search/load.ts";
import { ask, openWriting, type WritingHall } from "./delegations.ts";
import { HandClock } from "./hand-clock.ts";

export type SearchHall = WritingHall & {
  /** Wordings of texts that are written have come into the index. */
  readonly caughtUp: () => Promise<void>;
};

export async function openSearch(): Promise<SearchHall> {
  const hall = await openWriting();
  const { db, rooms } = hall;
  const onError = (error: unknown): never => {
    throw error;
  };
  const texts = createSearchTexts({ db, rooms }, { timers: new HandClock(), onError });
  return {
    ...hall,
    caughtUp: async () => {
      await hall.settle();
      await db.indexed();
      await texts.settled();
    },
  };
}

export type Shown = Awaited<ReturnType<typeof loadSearch>>;
export type ShownHit = Extract<Shown["answer"], { kind: "found" }>["parts"][number]["hits"][number];

/** The whole of what the page is made of. */
export async function searched(
  hall: WritingHall,
  personId: string | null,
  typed: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly shown: Shown }> {
  const search = `?${new URLSearchParams({ q: typed, ...more }).toString()}`;
  const { status, body } = await ask(hall, personId, loader, { params: {}, search });
  return { status, shown: body as Shown };
}

export async function hitsFor(
  hall: WritingHall,
  personId: string | null,
  typed: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly ShownHit[]> {
  const { shown } = await searched(hall, personId, typed, more);
  if (shown.answer.kind !== "found") throw new Error(`"${typed}" was not looked for`);
  return shown.answer.parts.flatMap(({ hits }) => hits);
}

/** How many hits each of the people is told of, by name; who is told of none is left out. */
export async function countsFor(
  hall: WritingHall,
  people: readonly (string | null)[],
  typed: string,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const person of people) {
    const { shown } = await searched(hall, person, typed);
    if (shown.answer.kind !== "found") throw new Error(`"${typed}" was not looked for`);
    const count = Object.values(shown.answer.counts).reduce((sum, one) => sum + one.count, 0);
    if (count > 0) counts[person ?? "public"] = count;
  }
  return counts;
}

export const wordsOf = (pieces: readonly { readonly words: string }[] = []): string =>
  pieces.map(({ words }) => words).join("");

/** The words of a hit's snippet that are marked. */
export const foundIn = ({ snippet }: ShownHit): string[] =>
  (snippet?.pieces ?? []).filter(({ isFound }) => isFound).map(({ words }) => words);

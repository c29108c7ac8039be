/** What the secretariat may do with an editors' reading, and everything that was corrected in it. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { Choice } from "#app/components/form.tsx";
import type { CorrectionLine } from "#app/components/reference/correction-list.tsx";
import { may } from "#app/rules/permissions.ts";
import { type ReadingFacts, factsOfReading, readingId } from "#app/rules/readings.ts";
import type { Sheet } from "#app/routes/positions/sheet.ts";
import { correctionLines } from "#app/routes/reference/lines.ts";
import { listPublications } from "#db/reference/publications.ts";
import { findPosition } from "#db/stores/position.ts";

export type ReadingActs = {
  readonly corrections: readonly CorrectionLine[];
  /** Whether the viewer corrects readings at all: a form that was not taken is shown to them in any case. */
  readonly isKeeper: boolean;
  /** What can be done now: nothing with what is superseded, or answered by its State. */
  readonly may: "correct" | "put-back" | null;
  readonly facts: ReadingFacts;
  readonly publications: readonly Choice[];
};

/** Null for what is no reading. */
export async function readingActs(
  context: AppLoadContext,
  { position, history, newer }: Sheet,
): Promise<ReadingActs | null> {
  const reading = await findPosition(context.db.read, position.id);
  if (reading?.standing !== "editors") return null;
  const isKeeper = may("correctReference", context.viewer, { kind: "installation" }) === true;
  const isAnswered = history.some(({ id, state }) => id === reading.id && state === "answered");
  const acts = reading.withdraws === true ? ("put-back" as const) : ("correct" as const);
  const publications = listPublications().map(({ id, title }) => ({ value: id, label: title }));
  const isListed = reading.via === null || publications.some(({ value }) => value === reading.via);
  return {
    corrections: await correctionLines(
      context,
      { thing: "reading", thingId: readingId(reading) },
      { named: false },
    ),
    isKeeper,
    may: isKeeper && newer === null && !isAnswered ? acts : null,
    facts: factsOfReading(reading),
    publications: isListed
      ? publications
      : [...publications, { value: reading.via ?? "", label: reading.via ?? "" }],
  };
}

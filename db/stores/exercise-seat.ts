/** The people of the exercise, with what each can do: for the page on which one chooses whom to be. */
import { eq, isNull } from "drizzle-orm";
import type { Language } from "#app/rules/language.ts";
import type { Reading } from "#db/database.ts";
import { drafter, text } from "#db/schema/text.ts";
import { listPeopleInSession, type PersonInSession } from "./person.ts";
import { listDelegations } from "./delegation.ts";
import { listSessions } from "./session.ts";

export type ExerciseSeat = PersonInSession & {
  readonly sessionId: string;
  readonly capacity: "participant" | "observer" | null;
  /** Symbols of the texts that the person drafts. */
  readonly drafts: readonly string[];
};

export async function listExerciseSeats(db: Reading, language: Language): Promise<ExerciseSeat[]> {
  const sessions = (await listSessions(db)).filter(({ exercise }) => exercise);
  const drafting = await db
    .select({ personId: drafter.personId, symbol: text.symbol, sessionId: text.sessionId })
    .from(drafter)
    .innerJoin(text, eq(text.id, drafter.textId))
    .where(isNull(drafter.untilAt));
  const seats: ExerciseSeat[] = [];
  for (const { id: sessionId } of sessions) {
    const delegations = await listDelegations(db, sessionId);
    for (const person of await listPeopleInSession(db, sessionId, language)) {
      const capacity = delegations.find(({ id }) => id === person.delegationId)?.capacity ?? null;
      const drafts = drafting
        .filter((one) => one.personId === person.personId && one.sessionId === sessionId)
        .map(({ symbol }) => symbol);
      seats.push({ ...person, sessionId, capacity, drafts });
    }
  }
  return seats;
}

/** What every part of the exercise's play needs. */
import type { CommandContext } from "#app/commands/context.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";

export type ExerciseParts = Omit<CommandContext, "viewer" | "origin">;

/** What every part of the play needs: acts as a person, and ids of what has been made by name. */
export type Stage = {
  readonly parts: ExerciseParts;
  readonly sessionId: string;
  readonly items: ReadonlyMap<string, string>;
  readonly delegations: ReadonlyMap<string, string>;
  /** A meeting that has begun. */
  readonly meetingId: string;
  as(personId: string): Promise<CommandContext>;
};

/** The result of an act that the exercise relies on; throws when it was refused. */
export function done<T>(result: Refusal | T, what: string): T {
  if (isRefusal(result)) {
    throw new Error(`the exercise cannot be played: ${what} was refused (${result.code})`);
  }
  return result;
}

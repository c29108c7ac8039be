/** Pauses between attempts: they grow and are drawn at random, so that a room that restarts is not stormed. */
const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;

/** The pause before attempt `attempt` (1, 2, 3, …), between half of the growing span and all of it. */
export function pauseMs(attempt: number, random: () => number): number {
  const span = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(span / 2 + (random() * span) / 2);
}

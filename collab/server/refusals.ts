/** Counts refusals, so that somebody who keeps trying is put out. */
import { REFUSALS_ALLOWED, REFUSALS_WITHIN_MS } from "./limits.ts";

export type RefusalCount = {
  /** Notes one refusal; true when it is one too many. */
  isOneTooMany(personId: string, now: number): boolean;
};

/** By person, so that coming back with another connection begins nothing anew. */
export function createRefusalCount(): RefusalCount {
  const times = new Map<string, number[]>();
  return {
    isOneTooMany(personId, now) {
      const recent = (times.get(personId) ?? []).filter((at) => now - at < REFUSALS_WITHIN_MS);
      recent.push(now);
      times.set(personId, recent);
      return recent.length > REFUSALS_ALLOWED;
    },
  };
}

/** Acts on record that change who can come in to an account, for its person. */
import type { EventRow } from "#db/stores/event.ts";

const shown = [
  "turnOnCodes",
  "turnOffCodes",
  "renewRecoveryCodes",
  "useRecoveryCode",
  "changeOwnPassword",
  "issuePasswordLink",
  "followLink",
] as const;
const MOST = 20;

export type AccountAct = {
  readonly seq: number;
  readonly act: (typeof shown)[number];
  readonly at: number;
  /** Recovery codes that were left after one was used. */
  readonly left: number | null;
};

/** Of acts on a person, oldest first: those that are shown, newest first. */
export function actsIn(events: readonly Pick<EventRow, "seq" | "act" | "at" | "detail">[]): AccountAct[] {
  const found = events.flatMap(({ seq, act, at, detail }) => {
    const known = shown.find((one) => one === act);
    const left = typeof detail["left"] === "number" ? detail["left"] : null;
    return known ? [{ seq, act: known, at, left }] : [];
  });
  return found.toReversed().slice(0, MOST);
}

/** The short sign beside the words and the name of whoever writes: the delegation's code, or the office. */
import type { SignedIn } from "./viewer.ts";

type Office = SignedIn["offices"][number]["office"];

/** As the offices are written raised after a run of words, beside a caret and in lists of who is there. */
export const officeSiglum: Readonly<Record<Office, string>> = {
  chair: "Chair",
  "vice-chair": "V-Chair",
  facilitator: "Facil.",
  secretariat: "Secr.",
};

/** Of somebody who takes part in a session; "" for whoever has neither office nor delegation there. */
export function siglumIn(viewer: SignedIn, sessionId: string): string {
  const held = viewer.offices.find((office) => office.sessionId === sessionId);
  if (held) return officeSiglum[held.office];
  if (viewer.secretariat) return officeSiglum.secretariat;
  return viewer.delegates.find((seat) => seat.sessionId === sessionId)?.code ?? "";
}

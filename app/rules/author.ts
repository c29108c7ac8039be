/** As whom a person acts in a session: stamped on log rows and events. */
import type { SignedIn } from "./viewer.ts";

/** Officers act for no delegation, delegates for theirs. */
export function authorIn(
  viewer: SignedIn,
  sessionId: string | null,
): { readonly personId: string; readonly delegationId: string | null; readonly loginId: string } {
  const officer = viewer.secretariat || viewer.offices.some((held) => held.sessionId === sessionId);
  const seat = officer ? undefined : viewer.delegates.find((held) => held.sessionId === sessionId);
  return {
    personId: viewer.personId,
    delegationId: seat?.delegationId ?? null,
    loginId: viewer.loginId,
  };
}

/** What somebody has opened a form for, while others may take it away or give it another name. */
import { useState } from "react";

/**
 * `now`: what `asked` names as it stands; null where it names nothing any more. What is shown stays, as it stood last,
 * for as long as the same is asked for, so that a form keeps what was typed in it; `isGone` says that it is over.
 */
export function useHeld<T>(
  now: T | null,
  asked: string,
): { readonly shown: T | null; readonly isGone: boolean } {
  const [kept, keep] = useState({ asked, what: now });
  const what = now ?? (kept.asked === asked ? kept.what : null);
  if (kept.asked !== asked || kept.what !== what) keep({ asked, what });
  return { shown: what, isGone: now === null && what !== null };
}

/** What a form was made from, while the page hears of what others do. */
import { useLocation } from "@remix-run/react";
import { useState } from "react";

type Kept<T> = {
  readonly held: { readonly what: T } | null;
  readonly sentFrom: string;
  readonly sent: number;
  readonly taken: number;
};

/**
 * `opened` follows `now` until somebody types, and stays from then on whatever comes in: so whoever saved meanwhile is
 * noticed and not overwritten. It is taken anew when its own person has sent the form, and stays so when it comes back.
 * `sent` and `taken` count how often that person has sent it, and sent it without its being refused: as the form's `key`
 * they make it anew then, and never because of somebody else or of another form.
 */
export function useOpened<T>(now: T, { isRefused }: { readonly isRefused: boolean }) {
  const { key } = useLocation();
  const [kept, keep] = useState<Kept<T>>({ held: null, sentFrom: "", sent: 0, taken: 0 });
  const { held, sentFrom, sent, taken } = kept;
  if (sentFrom !== "" && sentFrom !== key) {
    const outcome = isRefused ? { held: { what: now }, taken } : { held: null, taken: taken + 1 };
    keep({ ...outcome, sentFrom: "", sent: sent + 1 });
  }
  const opened = held ? held.what : now;
  return {
    opened,
    sent,
    taken,
    onInput: () => keep((before) => (before.held ? before : { ...before, held: { what: opened } })),
    onSubmit: () => keep((before) => ({ ...before, held: { what: opened }, sentFrom: key })),
  };
}

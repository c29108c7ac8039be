/** What a form was made from, while the page hears of what others do. */
import { useLocation } from "@remix-run/react";
import { useState } from "react";

/**
 * `opened` follows `now` until somebody types, and stays from then on whatever comes in: so whoever saved meanwhile is
 * noticed and not overwritten. It is taken anew when its own person has sent the form, and stays so when it comes back.
 */
export function useOpened<T>(now: T, { isRefused }: { readonly isRefused: boolean }) {
  const { key } = useLocation();
  const [held, hold] = useState<{ readonly what: T; readonly sentFrom: string } | null>(null);
  if (held && held.sentFrom !== "" && held.sentFrom !== key) {
    hold(isRefused ? { what: now, sentFrom: "" } : null);
  }
  const opened = held?.what ?? now;
  return {
    opened,
    onInput: () => hold((before) => before ?? { what: opened, sentFrom: "" }),
    onSubmit: () => hold({ what: opened, sentFrom: key }),
  };
}

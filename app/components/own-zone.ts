/** The reader's own time zone; null on the server, which does not know it. */
import { useSyncExternalStore } from "react";

const never = () => () => {};
const here = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

export function useOwnZone(): string | null {
  return useSyncExternalStore<string | null>(never, here, unknown);
}

/** Addresses of what stands outside of sessions too: whoever comes from a session stays under its bar. */
import { useParams } from "@remix-run/react";

export type Ways = {
  topic(id: string): string;
  entity(id: string): string;
};

/** `sessionId`: null outside of a session. */
export function waysIn(sessionId: string | null): Ways {
  const base = sessionId === null ? "" : `/sessions/${sessionId}`;
  return {
    topic: (id) => `${base}/topics/${encodeURIComponent(id)}`,
    entity: (id) => `${base}/entities/${encodeURIComponent(id)}`,
  };
}

export function useWays(): Ways {
  return waysIn(useParams()["session"] ?? null);
}

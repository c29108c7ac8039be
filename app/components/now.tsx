/**
 * What is happening now, on every open page of a session: the item under discussion and where each item stands. When the
 * stream says so, pages fetch a few words that the server keeps (`/live/sessions/…`), and no page is made anew for it.
 */
import { type ReactNode, createContext, useContext, useEffect, useRef, useState } from "react";
import type { ItemStatus } from "#app/rules/agenda.ts";
import { useNotices } from "./live.tsx";

export type ItemNow = {
  readonly id: string;
  /** Full: "5 (e)". */
  readonly number: string;
  readonly title: string;
};

type Now = {
  /** When the server read it; milliseconds. */
  readonly at: number;
  readonly item: ItemNow | null;
  /** Status of every item, and since when; null: as the page has it. */
  readonly items: Readonly<Record<string, readonly [ItemStatus, number]>> | null;
};

const NowContext = createContext<Now>({ at: 0, item: null, items: null });

const AGAIN_MS = 1_000;
const TRIES = 5;

export function NowProvider({
  sessionId,
  at,
  item,
  children,
}: {
  readonly sessionId: string;
  /** As the page came with it. */
  readonly at: number;
  readonly item: ItemNow | null;
  readonly children: ReactNode;
}) {
  const [told, setTold] = useState<(Now & { readonly sessionId: string }) | null>(null);
  const ended = useRef<AbortController | null>(null);
  useEffect(() => () => ended.current?.abort(), []);
  useNotices(["now"], () => {
    ended.current ??= new AbortController();
    void fetchNow(sessionId, ended.current.signal).then((now) => {
      if (now === null) return;
      setTold((known) =>
        known && known.sessionId === sessionId && known.at > now.at ? known : { ...now, sessionId },
      );
    });
  });
  const isNewer = told !== null && told.sessionId === sessionId && told.at >= at;
  return (
    <NowContext.Provider value={isNewer ? told : { at, item, items: null }}>{children}</NowContext.Provider>
  );
}

/** Null when the server cannot be reached for a while: the stream says when it is back. */
async function fetchNow(sessionId: string, signal: AbortSignal): Promise<Now | null> {
  for (let tries = 0; tries < TRIES && !signal.aborted; tries += 1) {
    try {
      const answer = await fetch(`/live/sessions/${sessionId}`, { signal });
      if (answer.status === 404) return null;
      if (answer.ok) return (await answer.json()) as Now;
    } catch {
      // No connection, or the page is gone.
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return null;
}

/** The item under discussion, as it is at this moment. */
export function useItemNow(): ItemNow | null {
  return useContext(NowContext).item;
}

/** Where an item stands at this moment; `known` is what the page came with. */
export function useItemStatus(
  itemId: string,
  known: { readonly status: ItemStatus; readonly statusAt: number },
): { readonly status: ItemStatus; readonly statusAt: number } {
  const told = useContext(NowContext).items?.[itemId];
  return told ? { status: told[0], statusAt: told[1] } : known;
}

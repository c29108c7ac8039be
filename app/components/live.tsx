/**
 * What changed, by name: one stream per browser (`/notices`), shared by its tabs. The tab that holds the lock listens
 * and tells the others; pages ask for their data again when a name of theirs comes.
 */
import { useRevalidator } from "@remix-run/react";
import { type ReactNode, createContext, useContext, useEffect, useMemo, useRef } from "react";

type Listener = (topics: ReadonlySet<string>) => void;
type Hold = (topics: ReadonlySet<string>) => boolean;
type Stream = {
  listen(listener: Listener): () => void;
  /** Where it answers true, pages do not ask for their data again. */
  hold(isHeld: Hold): () => void;
  isHeld(topics: ReadonlySet<string>): boolean;
};

const StreamContext = createContext<Stream | null>(null);
const CHANNEL = "chapeau-notices";
/** After a pause in the stream anything may have changed. */
const EVERYTHING = "*";
const RIGHTS = "rights";

/** `who` is the person: another person's stream begins anew. */
export function LiveProvider({ who, children }: { readonly who: string; readonly children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const holds = useRef(new Set<Hold>());
  const stream = useMemo<Stream>(
    () => ({
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
      hold: (isHeld) => {
        holds.current.add(isHeld);
        return () => holds.current.delete(isHeld);
      },
      isHeld: (topics) => [...holds.current].some((isHeld) => isHeld(topics)),
    }),
    [],
  );
  useEffect(() => {
    const tell = (topics: readonly string[]) => {
      for (const listener of listeners.current) listener(new Set(topics));
    };
    return openStream(who, tell);
  }, [who]);
  return <StreamContext.Provider value={stream}>{children}</StreamContext.Provider>;
}

function openStream(who: string, tell: (topics: readonly string[]) => void): () => void {
  const channel = new BroadcastChannel(`${CHANNEL}-${who}`);
  channel.addEventListener("message", (event: MessageEvent<readonly string[]>) => tell(event.data));
  const ended = new AbortController();
  let source: EventSource | null = null;
  let broken = false;
  const start = () => {
    source = new EventSource("/notices");
    source.addEventListener("message", (event: MessageEvent<string>) => {
      const topics: readonly string[] = JSON.parse(event.data);
      tell(topics);
      channel.postMessage(topics);
    });
    source.addEventListener("error", () => {
      broken = true;
    });
    source.addEventListener("open", () => {
      if (broken) {
        tell([EVERYTHING]);
        channel.postMessage([EVERYTHING]);
      }
      broken = false;
    });
  };
  const hold = () =>
    new Promise<void>((release) => {
      if (ended.signal.aborted) return release();
      start();
      ended.signal.addEventListener("abort", () => release());
    });
  // Without locks (plain HTTP off loopback) every tab listens for itself.
  if ("locks" in navigator) {
    void navigator.locks
      .request(`${CHANNEL}-${who}`, { signal: ended.signal }, hold)
      .catch((reason: unknown) => {
        if (!ended.signal.aborted) throw reason;
      });
  } else start();
  return () => {
    ended.abort();
    source?.close();
    channel.close();
  };
}

/** Calls `then` when one of the topics is named, at most once per message. A topic may end in `*`. */
export function useNotices(topics: readonly string[], then: (topics: ReadonlySet<string>) => void): void {
  const stream = useContext(StreamContext);
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  const key = topics.join(" ");
  useEffect(() => {
    const wanted = key.split(" ");
    const isWanted = (topic: string) =>
      topic === EVERYTHING ||
      wanted.some((one) => (one.endsWith("*") ? topic.startsWith(one.slice(0, -1)) : one === topic));
    return stream?.listen((named) => {
      if ([...named].some(isWanted)) latest.current(named);
    });
  }, [stream, key]);
}

/** Keeps a page's data fresh: it asks again when one of the topics is named. */
export function Live({ topics }: { readonly topics: readonly string[] }) {
  const { revalidate } = useRevalidator();
  const stream = useContext(StreamContext);
  useNotices([...topics, RIGHTS], (named) => {
    if (!stream?.isHeld(named)) revalidate();
  });
  return null;
}

/**
 * For a part of a page that is told itself when rights end and has words that nobody else has: news of rights does not
 * make the page ask again, nor does any other while `hasWords`, since the answer could be that it is not there.
 */
export function useHold(hasWords: () => boolean): void {
  const stream = useContext(StreamContext);
  const latest = useRef(hasWords);
  useEffect(() => {
    latest.current = hasWords;
  });
  useEffect(() => stream?.hold((topics) => topics.has(RIGHTS) || latest.current()), [stream]);
}

/** Answers that are made once for many: kept by text and by what was asked for, within a limit of bytes. */

/** What an answer takes; it grows when it is compressed. */
export type Sized = { size(): number };

export type KeptBytes<T extends Sized> = {
  find(textId: string, asked: number): Promise<T> | undefined;
  /** Keeps what is being made, until it is dropped, fails, or newer answers need its room. */
  keep(textId: string, asked: number, made: Promise<T>): void;
  /** Forgets all answers about a text, or one. */
  drop(textId: string, asked?: number): void;
  /** Bytes that are kept now. */
  bytes(): number;
};

/** Pages that ask for what nobody else asks for are no reason to keep thousands of answers. */
const MOST_ANSWERS = 2_000;

export function createKeptBytes<T extends Sized>(mostBytes: number): KeptBytes<T> {
  type Entry = { readonly made: Promise<T>; answer: T | null };
  /** The oldest first. */
  const entries = new Map<string, Entry>();

  function bytes(): number {
    let sum = 0;
    for (const { answer } of entries.values()) sum += answer?.size() ?? 0;
    return sum;
  }

  function makeRoom(): void {
    let over = bytes() - mostBytes;
    for (const [key, { answer }] of entries) {
      if (over <= 0 && entries.size <= MOST_ANSWERS) return;
      entries.delete(key);
      over -= answer?.size() ?? 0;
    }
  }

  return {
    find: (textId, asked) => entries.get(`${textId} ${asked}`)?.made,
    keep(textId, asked, made) {
      const key = `${textId} ${asked}`;
      const entry: Entry = { made, answer: null };
      entries.delete(key);
      entries.set(key, entry);
      const forget = (): void => {
        if (entries.get(key) === entry) entries.delete(key);
      };
      made.then((answer) => {
        entry.answer = answer;
        makeRoom();
      }, forget);
    },
    drop(textId, asked) {
      if (asked !== undefined) {
        entries.delete(`${textId} ${asked}`);
        return;
      }
      for (const key of entries.keys()) if (key.startsWith(`${textId} `)) entries.delete(key);
    },
    bytes,
  };
}

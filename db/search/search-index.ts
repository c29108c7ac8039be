/**
 * Takes over into the index of search what the triggers have noted: within the transaction that changed it, as far as
 * that takes a few milliseconds, and the rest right after it. Wordings of texts are noted too, and taken over by whoever
 * can read them (`app/server/search-texts.ts`). Rule SE9.
 */
import { indexedWords } from "#app/rules/search-words.ts";
import { type Connection, isStorageFull } from "#db/connection.ts";
import { type Composed, type ComposedKind, createComposer } from "./compose.ts";
import { placesOf, SEARCH_WORDS, type SearchKind, wordsOf } from "./entry.ts";

export type SearchIndex = {
  /** Inside a transaction: takes over what waits, what one act changes in any case, then for about `ms`. Whether something is left. */
  takeOver(ms: number): boolean;
  /** How many things wait, those of texts left out. */
  left(): number;
};

type Todo = { readonly place: number; readonly kind: ComposedKind; readonly thing_id: string };

/** More things than an act changes, when it does not change hundreds. */
const OF_ONE_ACT = 12;

const OF_TEXTS = "kind IN ('version', 'live')";

/** `onFault` hears of a thing that could not be taken over; it is passed over until it changes again. */
export function createSearchIndex(writer: Connection, onFault: (error: unknown) => void): SearchIndex {
  const compose = createComposer(writer);
  const put = createPutter(writer);
  const next = writer.prepare<[], Todo>(
    `SELECT place, kind, thing_id FROM search_todo WHERE NOT ${OF_TEXTS} ORDER BY place LIMIT 1`,
  );
  const any = writer.prepare(`SELECT 1 FROM search_todo WHERE NOT ${OF_TEXTS} LIMIT 1`).pluck();
  const count = writer.prepare<[], number>(`SELECT count(*) FROM search_todo WHERE NOT ${OF_TEXTS}`).pluck();
  const done = writer.prepare<[number]>("DELETE FROM search_todo WHERE place = ?");
  const [begin, keep, undo] = ["SAVEPOINT search", "RELEASE search", "ROLLBACK TO search"].map((sql) =>
    writer.prepare(sql),
  );

  function takeOne({ kind, thing_id: thingId }: Todo): void {
    begin?.run();
    try {
      put.put({ kind, thingId }, compose(kind, thingId));
    } catch (error) {
      undo?.run();
      // What is written is kept even where it cannot be found; without room for it nothing is.
      if (isStorageFull(error)) throw error;
      onFault(error);
    } finally {
      keep?.run();
    }
  }

  return {
    takeOver(ms) {
      const until = performance.now() + ms;
      let count = 0;
      for (let todo = next.get(); todo !== undefined; todo = next.get()) {
        if (count >= OF_ONE_ACT && performance.now() > until) return true;
        takeOne(todo);
        done.run(todo.place);
        count += 1;
      }
      return false;
    },
    left: () => (any.get() === undefined ? 0 : (count.get() ?? 0)),
  };
}

type Thing = { readonly kind: SearchKind; readonly thingId: string };
type Passage = { readonly textId: string; readonly paragraphId: string; readonly words: string };

/** Writes entries with their words, and takes them away. */
export function createPutter(connection: Connection): {
  /** Null: there is no such thing any more. Returns its place. */
  put(thing: Thing, composed: Composed | null, passage?: Passage): number | null;
} {
  const find = connection
    .prepare<[string, string], number>("SELECT id FROM search_entry WHERE kind = ? AND thing_id = ?")
    .pluck();
  const last = connection
    .prepare<[number, number], number | null>("SELECT max(id) FROM search_entry WHERE id BETWEEN ? AND ?")
    .pluck();
  const removeEntry = connection.prepare<[number]>("DELETE FROM search_entry WHERE id = ?");
  const putEntry = connection.prepare(
    `INSERT OR REPLACE INTO search_entry
      (id, kind, thing_id, session_id, delegation_id, embargo, exercise, text_id, paragraph_id, words)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const words = new Map(
    SEARCH_WORDS.map((table) => {
      const remove = connection.prepare<[number]>(`DELETE FROM ${table} WHERE rowid = ?`);
      const put = connection.prepare<[number, string, string, string]>(
        `INSERT INTO ${table} (rowid, head, body, about) VALUES (?, ?, ?, ?)`,
      );
      return [table, { remove, put }] as const;
    }),
  );
  const heads = {
    remove: connection.prepare<[number]>("DELETE FROM search_heads WHERE rowid = ?"),
    put: connection.prepare<[number, string]>("INSERT INTO search_heads (rowid, head) VALUES (?, ?)"),
  };
  return {
    put({ kind, thingId }, composed, passage) {
      const known = find.get(kind, thingId);
      const ours = words.get(wordsOf(kind));
      if (known !== undefined) {
        ours?.remove.run(known);
        heads.remove.run(known);
      }
      if (composed === null) {
        if (known !== undefined) removeEntry.run(known);
        return null;
      }
      const places = placesOf(kind);
      const id = known ?? (last.get(places.first, places.last) ?? places.first) + 1;
      const { sessionId, delegationId, embargo, exercise, head, body, about } = composed;
      const { textId = null, paragraphId = null } = passage ?? {};
      const scope = [sessionId, delegationId, embargo, exercise];
      putEntry.run(id, kind, thingId, ...scope, textId, paragraphId, passage?.words ?? null);
      if (head !== "") heads.put.run(id, indexedWords(head));
      ours?.put.run(id, indexedWords(head), indexedWords(body), indexedWords(about));
      return id;
    },
  };
}

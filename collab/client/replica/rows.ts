/** Rows of one kind in an IndexedDB database of their own, found by the key `id`. */

export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(new Error(request.error?.message ?? "The browser's storage failed.")),
    );
  });
}

/** A full disk shows only when the transaction ends. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(transaction.error?.message ?? "The browser's storage failed."));
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", fail);
    transaction.addEventListener("error", fail);
  });
}

export class Rows<Row extends { readonly id: string }> {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  async #work<T>(work: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    const request = indexedDB.open(this.#name);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore("rows", { keyPath: "id" }),
    );
    const db = await answerOf(request);
    try {
      const transaction = db.transaction("rows", "readwrite");
      const [result] = await Promise.all([work(transaction.objectStore("rows")), completed(transaction)]);
      return result;
    } finally {
      db.close();
    }
  }

  async list(): Promise<readonly Row[]> {
    return this.#work((rows) => answerOf<Row[]>(rows.getAll()));
  }

  async find(id: string): Promise<Row | null> {
    return this.#work(async (rows) => (await answerOf<Row | undefined>(rows.get(id))) ?? null);
  }

  async keep(row: Row): Promise<void> {
    await this.#work((rows) => answerOf(rows.put(row)));
  }

  /** Puts what `change` makes of the row (null: leaves it as it is), with nothing in between. */
  async change(id: string, change: (before: Row | null) => Row | null): Promise<void> {
    await this.#work(async (rows) => {
      const next = change((await answerOf<Row | undefined>(rows.get(id))) ?? null);
      if (next) await answerOf(rows.put(next));
    });
  }

  async remove(id: string): Promise<void> {
    await this.#work((rows) => answerOf(rows.delete(id)));
  }
}

/** Refused copies in a database of their own, until their person has answered. */
import type { Aside } from "./replica.ts";

export type AsideRow = Aside & { readonly state: Uint8Array };

export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () =>
      reject(new Error(request.error?.message ?? "The browser's storage failed.")),
    );
  });
}

export class AsideRows {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  async #open<T>(work: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    const request = indexedDB.open(this.#name);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore("rows", { keyPath: "id" }),
    );
    const db = await answerOf(request);
    try {
      return await work(db.transaction("rows", "readwrite").objectStore("rows"));
    } finally {
      db.close();
    }
  }

  async keep(row: AsideRow): Promise<void> {
    await this.#open((rows) => answerOf(rows.put(row)));
  }

  async list(): Promise<readonly AsideRow[]> {
    return this.#open((rows) => answerOf<AsideRow[]>(rows.getAll()));
  }

  async find(id: string): Promise<AsideRow | null> {
    return this.#open(async (rows) => (await answerOf<AsideRow | undefined>(rows.get(id))) ?? null);
  }

  async remove(id: string): Promise<void> {
    await this.#open((rows) => answerOf(rows.delete(id)));
  }
}

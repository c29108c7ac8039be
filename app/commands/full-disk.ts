/** A full disk, for everything that a person does: nothing was changed, and the form keeps what was typed. */
import { refuse } from "#app/rules/refusal.ts";
import { type Database, isStorageFull } from "#db/database.ts";
import type { CommandDatabase } from "./context.ts";

/** `onFull` hears of every write that found no room; all other errors are thrown as before. */
export function refuseWhenFull(db: Database, onFull: (error: unknown) => void): CommandDatabase {
  return {
    read: db.read,
    async write(work) {
      try {
        return await db.write(work);
      } catch (error) {
        if (!isStorageFull(error)) throw error;
        onFull(error);
        return refuse("unavailable", "storage-full");
      }
    },
  };
}

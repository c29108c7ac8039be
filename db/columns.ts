/**
 * Column types of the domain, in one place, so that a second engine changes this file and not the schema.
 * Instants are milliseconds since 1970 (UTC); days are `YYYY-MM-DD`; hashes are SHA-256 in lower-case hex.
 */
import { blob, customType, integer, text } from "drizzle-orm/sqlite-core";

/** An identifier made by `newId()`. */
export const id = (name: string) => text(name);

/** An instant in milliseconds. */
export const instant = (name: string) => integer(name, { mode: "number" });

/** A calendar day, `YYYY-MM-DD`, in the venue's zone. */
export const day = (name: string) => text(name);

export const flag = (name: string) => integer(name, { mode: "boolean" });

export const count = (name: string) => integer(name, { mode: "number" });

export const hash = (name: string) => text(name);

export const words = (name: string) => text(name);

/** One of a closed list, kept as text. */
export const choice = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  text(name, { enum: values });

/** A JSON value of type T. */
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();

/** Bytes, as Node's Buffer. */
export const bytes = (name: string) => blob(name, { mode: "buffer" });

/** Yjs client identifiers are unsigned 32-bit numbers (53-bit at most): a plain integer. */
export const clientNumber = customType<{ data: number; driverData: number }>({
  dataType: () => "integer",
});

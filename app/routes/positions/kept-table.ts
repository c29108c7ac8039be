/**
 * The table's HTML, kept until anything happens that is on record: whoever asks for the same view gets the same bytes.
 * What it shows is released or published, and so the same for everybody.
 */
import { createHash } from "node:crypto";
import type { AppLoadContext } from "#app/commands/context.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { waysIn } from "#app/components/record/ways.ts";
import { messagesOf } from "#app/i18n/use-translation.ts";
import type { Reading } from "#db/database.ts";
import { findHead } from "#db/stores/chain.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type Filters, searchOf } from "./filters.ts";
import { type Ground, loadGround, loadTable } from "./load.ts";
import { tableHtml } from "./table-html.ts";

export type KeptTable = {
  readonly html: string;
  /** Another one for another content. */
  readonly version: string;
  readonly isEmpty: boolean;
  /** Editors' readings are among what it shows: their label must stand beside it. */
  readonly hasReadings: boolean;
};

type Shelf = {
  readonly head: string;
  readonly tables: Map<string, KeptTable>;
  /** By session. */
  readonly grounds: Map<string, Ground>;
};

/** By database, and gone with it. */
const shelves = new WeakMap<Reading, Shelf>();
/** Views that are kept at once; each is up to 1 MB. */
const LONGEST_SHELF = 12;

export async function findTable(
  context: Pick<AppLoadContext, "db" | "language">,
  session: SessionRow,
  filters: Filters,
): Promise<KeptTable> {
  const { db, language } = context;
  const { hash: head } = await findHead(db.read, "event");
  const held = shelves.get(db.read);
  const shelf: Shelf = held?.head === head ? held : { head, tables: new Map(), grounds: new Map() };
  shelves.set(db.read, shelf);
  const key = `${language} ${session.id} ${session.exercise} ${filters.day} ${searchOf(filters).toString()}`;
  const kept = shelf.tables.get(key);
  if (kept) return kept;
  const ground = shelf.grounds.get(session.id) ?? (await loadGround(context, session));
  shelf.grounds.set(session.id, ground);
  const table = await loadTable(context, session, filters, ground);
  const { t } = messagesOf(createTranslator(language), "record");
  const html = tableHtml(table, { t, language, ways: waysIn(session.id) });
  const version = createHash("sha256").update(html).digest("base64url").slice(0, 12);
  const isEmpty = table.topics.length === 0 || table.sections.every(({ rows }) => rows.length === 0);
  const made = { html, version, isEmpty, hasReadings: table.hasReadings };
  if (shelf.tables.size >= LONGEST_SHELF) shelf.tables.delete([...shelf.tables.keys()][0] ?? "");
  shelf.tables.set(key, made);
  return made;
}

/** Who may read a text. The newest row holds; rows never change. */
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { TextDoor } from "#app/rules/audience.ts";
import { type Language, nameIn } from "#app/rules/language.ts";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { delegation, entity, person } from "#db/schema/people.ts";
import { text, textAudience } from "#db/schema/text.ts";
import { findDraftOfText } from "./statement-draft.ts";

export type TextAudienceRow = typeof textAudience.$inferSelect;

/** A text without any row yet is the bureau's. */
function doorOf(
  owner: { readonly id: string; readonly sessionId: string; readonly delegationId: string | null },
  row: TextAudienceRow | null,
): TextDoor {
  return {
    textId: owner.id,
    sessionId: owner.sessionId,
    delegationId: owner.delegationId,
    audience: row
      ? {
          audience: row.audience,
          delegationIds: row.delegationIds,
          shows: row.shows,
          fromSeq: row.fromSeq,
        }
      : { audience: "bureau", delegationIds: [], shows: "live", fromSeq: 0 },
  };
}

/** The text, as far as rights depend on it; null when there is none. */
export async function findTextDoor(db: Reading, textId: string): Promise<TextDoor | null> {
  const [row] = await db
    .select({
      id: text.id,
      sessionId: text.sessionId,
      delegationId: text.delegationId,
      audience: textAudience,
    })
    .from(text)
    .leftJoin(textAudience, eq(textAudience.textId, text.id))
    .where(eq(text.id, textId))
    .orderBy(desc(textAudience.number))
    .limit(1);
  if (!row) return null;
  const door = doorOf(row, row.audience);
  if (row.delegationId === null) return door;
  const draft = await findDraftOfText(db, { textId, delegationId: row.delegationId });
  return { ...door, isClosed: draft !== null && draft.releasedAs !== null };
}

/** The doors of a session's own texts, by text; those of delegations are not among them. */
export async function listTextDoors(db: Reading, sessionId: string): Promise<Map<string, TextDoor>> {
  const rows = await db
    .select({
      id: text.id,
      sessionId: text.sessionId,
      delegationId: text.delegationId,
      audience: textAudience,
    })
    .from(text)
    .leftJoin(textAudience, eq(textAudience.textId, text.id))
    .where(and(eq(text.sessionId, sessionId), isNull(text.delegationId)))
    .orderBy(asc(textAudience.number));
  return new Map(rows.map((row) => [row.id, doorOf(row, row.audience)]));
}

/** Every audience that a text has had, the newest first, with who set it. */
export async function listTextAudiences(
  db: Reading,
  textId: string,
): Promise<(TextAudienceRow & { readonly setByName: string })[]> {
  const rows = await db
    .select({ row: textAudience, setByName: person.name })
    .from(textAudience)
    .innerJoin(person, eq(person.id, textAudience.setBy))
    .where(eq(textAudience.textId, textId))
    .orderBy(desc(textAudience.number));
  return rows.map(({ row, setByName }) => ({ ...row, setByName }));
}

/** Adds a row; its number is the next of the text. Returns its hash, for the event that makes it. */
export async function insertTextAudience(tx: WriteTx, row: Omit<TextAudienceRow, "number">): Promise<string> {
  const [newest] = await tx
    .select({ number: textAudience.number })
    .from(textAudience)
    .where(eq(textAudience.textId, row.textId))
    .orderBy(desc(textAudience.number))
    .limit(1);
  const numbered = { ...row, number: (newest?.number ?? 0) + 1 };
  await tx.insert(textAudience).values(numbered);
  return rowHash("text_audience", numbered);
}

/** Delegations of a session that can be named, in English alphabetical order. */
export async function listDelegationsForAudience(
  db: Reading,
  sessionId: string,
  language: Language = "en",
): Promise<{ id: string; code: string; name: string; capacity: "participant" | "observer" }[]> {
  const rows = await db
    .select({
      id: delegation.id,
      code: entity.code,
      names: entity.names,
      capacity: delegation.capacity,
    })
    .from(delegation)
    .innerJoin(entity, eq(entity.id, delegation.entityId))
    .where(and(eq(delegation.sessionId, sessionId), isNull(delegation.withdrawnAt)))
    .orderBy(asc(entity.alphabet));
  return rows.map(({ names, ...row }) => ({ ...row, name: nameIn(names, language) }));
}

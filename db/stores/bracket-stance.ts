/** Where delegations and groups stand on square brackets: rows that never change. */
import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { holdersOf } from "#app/rules/bracket-stances.ts";
import { type Language, nameIn } from "#app/rules/language.ts";
import { rowHash } from "#db/canonical.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { entity, entityGroup, person } from "#db/schema/people.ts";
import { meeting } from "#db/schema/session.ts";
import { bracketStance } from "#db/schema/text.ts";

export type BracketStanceRow = typeof bracketStance.$inferSelect;

type Which = { readonly textId: string; readonly bracketId: string };

/** All rows of a bracket, in their order. */
export async function listStanceRows(db: Reading, { textId, bracketId }: Which): Promise<BracketStanceRow[]> {
  return db
    .select()
    .from(bracketStance)
    .where(and(eq(bracketStance.textId, textId), eq(bracketStance.bracketId, bracketId)))
    .orderBy(asc(bracketStance.number));
}

/** Rule LF1. The brackets of a text that somebody holds, standing in it or not. */
export async function listHeldBrackets(db: Reading, textId: string): Promise<string[]> {
  const rows = await db
    .select()
    .from(bracketStance)
    .where(eq(bracketStance.textId, textId))
    .orderBy(asc(bracketStance.bracketId), asc(bracketStance.number));
  const byBracket = Map.groupBy(rows, ({ bracketId }) => bracketId);
  return [...byBracket].flatMap(([bracketId, its]) => (holdersOf(its).length > 0 ? [bracketId] : []));
}

export type BracketStanceInList = BracketStanceRow & {
  /** Of the entity or group. */
  readonly code: string;
  readonly name: string;
  /** For the English alphabetical order; groups behind entities. */
  readonly alphabet: string;
  /** Codes of the exceptions. */
  readonly except: readonly string[];
  readonly meetingNumber: number | null;
  readonly setByName: string;
};

/**
 * Rows of brackets of a text with the names of whose they are, those of each bracket in their order. Whoever calls names
 * the brackets that the viewer may know of (rule BF4).
 */
export async function listStances(
  db: Reading,
  {
    textId,
    bracketIds,
    language = "en",
  }: { readonly textId: string; readonly bracketIds?: readonly string[]; readonly language?: Language },
): Promise<BracketStanceInList[]> {
  const rows = await db
    .select({
      row: bracketStance,
      entityCode: entity.code,
      entityNames: entity.names,
      alphabet: entity.alphabet,
      groupCode: entityGroup.code,
      groupNames: entityGroup.names,
      meetingNumber: meeting.number,
      setByName: person.name,
    })
    .from(bracketStance)
    .innerJoin(person, eq(person.id, bracketStance.setBy))
    .leftJoin(entity, eq(entity.id, bracketStance.entityId))
    .leftJoin(entityGroup, eq(entityGroup.id, bracketStance.groupId))
    .leftJoin(meeting, eq(meeting.id, bracketStance.meetingId))
    .where(
      and(eq(bracketStance.textId, textId), bracketIds && inArray(bracketStance.bracketId, [...bracketIds])),
    )
    .orderBy(asc(bracketStance.bracketId), asc(bracketStance.number));
  const excepted = [...new Set(rows.flatMap(({ row }) => row.exceptions))];
  const codes = new Map(
    excepted.length === 0
      ? []
      : (
          await db
            .select({ id: entity.id, code: entity.code })
            .from(entity)
            .where(inArray(entity.id, excepted))
        ).map(({ id, code }) => [id, code]),
  );
  return rows.map(
    ({ row, entityCode, entityNames, alphabet, groupCode, groupNames, meetingNumber, setByName }) => ({
      ...row,
      alphabet: alphabet ?? `~${groupCode ?? ""}`,
      code: entityCode ?? groupCode ?? "",
      name: entityNames ? nameIn(entityNames, language) : groupNames ? nameIn(groupNames, language) : "",
      except: row.exceptions.map((id) => codes.get(id) ?? id),
      meetingNumber,
      setByName,
    }),
  );
}

/** Adds a row; its number is the next of the bracket. Returns its hash, for the event that makes it. */
export async function insertStance(tx: WriteTx, row: Omit<BracketStanceRow, "number">): Promise<string> {
  const [newest] = await tx
    .select({ number: bracketStance.number })
    .from(bracketStance)
    .where(and(eq(bracketStance.textId, row.textId), eq(bracketStance.bracketId, row.bracketId)))
    .orderBy(desc(bracketStance.number))
    .limit(1);
  const numbered = { ...row, number: (newest?.number ?? 0) + 1 };
  await tx.insert(bracketStance).values(numbered);
  return rowHash("bracket_stance", numbered);
}

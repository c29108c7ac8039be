/**
 * What the home of a session tells: each question is one query for whoever asks, however much there is, and everything
 * that is somebody's own is asked for by whose it is.
 */
import { and, asc, desc, eq, gt, inArray, isNull, notExists, sql } from "drizzle-orm";
import { alias, unionAll } from "drizzle-orm/sqlite-core";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { StatementReader } from "#app/rules/statements.ts";
import type { Reading } from "#db/database.ts";
import { delegate, delegation, entity, officer, oneTimeLink, person } from "#db/schema/people.ts";
import {
  agendaItem,
  position,
  positionDraft,
  session,
  statement,
  statementDelivery,
  statementDraft,
  topic,
} from "#db/schema/session.ts";
import { paragraphLock, text, textUpdate, textVersion } from "#db/schema/text.ts";
import { readableStatement } from "./statement-reading.ts";

export type TextMove = {
  readonly id: string;
  readonly title: string;
  readonly symbol: string;
  /** The last row of its log, and when it came; 0 for a text that nobody has written in. */
  readonly seq: number;
  readonly at: number;
};

/** The session's own texts with when each was last written in: the caller leaves out what its viewer may not see. */
export async function listTextMoves(db: Reading, sessionId: string): Promise<TextMove[]> {
  const newest = (column: typeof textUpdate.seq | typeof textUpdate.at) =>
    sql<number>`coalesce((SELECT ${column} FROM ${textUpdate} WHERE ${textUpdate.textId} = ${text.id} ORDER BY ${textUpdate.seq} DESC LIMIT 1), 0)`;
  return db
    .select({
      id: text.id,
      title: text.title,
      symbol: text.symbol,
      seq: newest(textUpdate.seq),
      at: newest(textUpdate.at),
    })
    .from(text)
    .innerJoin(agendaItem, eq(agendaItem.id, text.itemId))
    .where(and(eq(text.sessionId, sessionId), isNull(text.delegationId)))
    .orderBy(asc(agendaItem.order), asc(text.createdAt), asc(text.id));
}

/** Issued versions of a session's own texts, oldest first: the caller leaves out what its viewer may not see. */
export async function listIssuedVersions(db: Reading, sessionId: string) {
  return db
    .select({
      id: textVersion.id,
      textId: textVersion.textId,
      number: textVersion.number,
      kind: textVersion.kind,
      seq: textVersion.seq,
      label: textVersion.label,
      issuedAt: textVersion.issuedAt,
    })
    .from(textVersion)
    .innerJoin(text, eq(text.id, textVersion.textId))
    .where(and(eq(text.sessionId, sessionId), isNull(text.delegationId), eq(textVersion.kind, "issued")))
    .orderBy(asc(textVersion.number));
}

/** How many paragraphs of these texts are locked. */
export async function listLockCounts(
  db: Reading,
  textIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (textIds.length === 0) return new Map();
  const rows = await db
    .select({ textId: paragraphLock.textId, locked: sql<number>`count(*)` })
    .from(paragraphLock)
    .where(and(inArray(paragraphLock.textId, [...textIds]), isNull(paragraphLock.unlockedAt)))
    .groupBy(paragraphLock.textId);
  return new Map(rows.map(({ textId, locked }) => [textId, locked]));
}

export type OpenDraft = {
  readonly id: string;
  readonly kind: "statement" | "position";
  readonly title: string;
  readonly editedByName: string;
  readonly editedAt: number;
};

/** What a delegation has not released, without the words; the newest first. */
export async function listOpenDrafts(db: Reading, delegationId: string): Promise<OpenDraft[]> {
  const statements = db
    .select({
      id: statementDraft.id,
      kind: sql<OpenDraft["kind"]>`'statement'`.as("kind"),
      title: statementDraft.title,
      editedByName: person.name,
      editedAt: statementDraft.editedAt,
    })
    .from(statementDraft)
    .innerJoin(person, eq(person.id, statementDraft.editedBy))
    .where(and(eq(statementDraft.delegationId, delegationId), isNull(statementDraft.releasedAs)));
  const positions = db
    .select({
      id: positionDraft.id,
      kind: sql<OpenDraft["kind"]>`'position'`.as("kind"),
      title: topic.title,
      editedByName: person.name,
      editedAt: positionDraft.editedAt,
    })
    .from(positionDraft)
    .innerJoin(topic, eq(topic.id, positionDraft.topicId))
    .innerJoin(person, eq(person.id, positionDraft.editedBy))
    .where(and(eq(positionDraft.delegationId, delegationId), isNull(positionDraft.releasedAs)));
  const drafts = await unionAll(statements, positions);
  return drafts.toSorted((a, b) => b.editedAt - a.editedAt || (a.id < b.id ? -1 : 1));
}

export type Announced = {
  readonly id: string;
  readonly title: string;
  readonly entityName: string;
  readonly entityCode: string;
  readonly releasedAt: number;
};

const newer = alias(statement, "newer");

/** Released, not delivered and not corrected: of a delegation, or under an item. As far as the reader may know of it. */
export async function listUndelivered(
  db: Reading,
  which: {
    readonly reader: StatementReader;
    readonly sessionId: string;
    readonly language: Language;
    readonly limit: number;
  } & ({ readonly delegationId: string } | { readonly itemId: string }),
): Promise<Announced[]> {
  const { reader, sessionId, language, limit } = which;
  const rows = await db
    .select({
      id: statement.id,
      title: statement.title,
      names: entity.names,
      entityCode: entity.code,
      releasedAt: statement.releasedAt,
    })
    .from(statement)
    .innerJoin(entity, eq(entity.id, statement.entityId))
    .where(
      and(
        eq(statement.sessionId, sessionId),
        "itemId" in which
          ? eq(statement.itemId, which.itemId)
          : eq(statement.delegationId, which.delegationId),
        readableStatement(reader),
        sql`NOT EXISTS (SELECT 1 FROM ${statementDelivery} WHERE ${statementDelivery.statementId} = ${statement.id})`,
        notExists(
          db
            .select({ one: sql`1` })
            .from(newer)
            .where(eq(newer.supersedes, statement.id)),
        ),
      ),
    )
    .orderBy(asc(statement.releasedAt), asc(statement.id))
    .limit(limit);
  return rows.map(({ names, ...row }) => ({ ...row, entityName: nameIn(names, language) }));
}

/** The statement that was delivered last in a meeting, as far as the reader may know of it. */
export async function findLastDelivered(
  db: Reading,
  which: { readonly reader: StatementReader; readonly meetingId: string; readonly language: Language },
): Promise<(Announced & { readonly deliveredAt: number }) | null> {
  const [row] = await db
    .select({
      id: statement.id,
      title: statement.title,
      names: entity.names,
      entityCode: entity.code,
      releasedAt: statement.releasedAt,
      deliveredAt: statementDelivery.deliveredAt,
    })
    .from(statementDelivery)
    .innerJoin(statement, eq(statement.id, statementDelivery.statementId))
    .innerJoin(entity, eq(entity.id, statement.entityId))
    .where(and(eq(statementDelivery.meetingId, which.meetingId), readableStatement(which.reader)))
    .orderBy(desc(statementDelivery.deliveredAt), desc(statement.id))
    .limit(1);
  if (!row) return null;
  const { names, ...rest } = row;
  return { ...rest, entityName: nameIn(names, which.language) };
}

const own = alias(position, "own");
const later = alias(position, "later");

/** Editors' readings of an entity that stand, on topics where it has said nothing itself: it is asked to confirm them. */
export async function listAskedOf(
  db: Reading,
  which: { readonly entityId: string; readonly exercise: boolean },
): Promise<{ readonly id: string; readonly topicTitle: string }[]> {
  return db
    .select({ id: position.id, topicTitle: topic.title })
    .from(position)
    .innerJoin(topic, eq(topic.id, position.topicId))
    .where(
      and(
        eq(position.entityId, which.entityId),
        eq(position.standing, "editors"),
        sql`${position.withdraws} IS NOT 1`,
        isNull(position.groupId),
        eq(topic.exercise, which.exercise),
        notExists(
          db
            .select({ one: sql`1` })
            .from(own)
            .where(
              and(
                eq(own.entityId, position.entityId),
                eq(own.topicId, position.topicId),
                eq(own.standing, "own"),
                isNull(own.groupId),
              ),
            ),
        ),
        notExists(
          db
            .select({ one: sql`1` })
            .from(later)
            .where(eq(later.supersedes, position.id)),
        ),
      ),
    )
    .orderBy(asc(topic.order), asc(position.id));
}

export type PeopleToSee = {
  /** Delegations without a head who is not suspended. */
  readonly headless: number;
  /** People without a seat or an office here, whom the installation knows; null for who may not ask. */
  readonly unseated: number | null;
  /** Invitations that can still be followed, and those whose time is over; null for who may not ask. */
  readonly links: { readonly unused: number; readonly over: number } | null;
};

/** What the secretariat has to see to. `whole`: of the installation, which alone invites. `now` in milliseconds. */
export async function findPeopleToSee(
  db: Reading,
  { sessionId, whole, now }: { readonly sessionId: string; readonly whole: boolean; readonly now: number },
): Promise<PeopleToSee> {
  const headed = db
    .select({ one: sql`1` })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, delegation.id),
        eq(delegate.role, "head"),
        isNull(delegate.untilAt),
        isNull(person.suspendedAt),
      ),
    );
  const headless = db.$count(
    delegation,
    and(eq(delegation.sessionId, sessionId), isNull(delegation.withdrawnAt), notExists(headed)),
  );
  if (!whole) return { headless: await headless, unseated: null, links: null };
  const seated = db
    .select({ one: sql`1` })
    .from(delegate)
    .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
    .where(
      and(eq(delegate.personId, person.id), eq(delegation.sessionId, sessionId), isNull(delegate.untilAt)),
    );
  const serving = db
    .select({ one: sql`1` })
    .from(officer)
    .where(and(eq(officer.personId, person.id), eq(officer.sessionId, sessionId), isNull(officer.untilAt)));
  const unseated = db.$count(
    person,
    and(isNull(person.suspendedAt), eq(person.secretariat, false), notExists(seated), notExists(serving)),
  );
  const usable = db
    .select({ one: sql`1` })
    .from(oneTimeLink)
    .where(
      and(eq(oneTimeLink.personId, person.id), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, now)),
    );
  // Whoever was invited and has not come yet; people of an exercise come in without a link.
  const awaited = and(isNull(person.accountId), isNull(person.suspendedAt), sql`${person.email} IS NOT NULL`);
  const [counted] = await db
    .select({
      headless,
      unseated,
      all: db.$count(person, awaited),
      over: db.$count(person, and(awaited, notExists(usable))),
    })
    .from(session)
    .where(eq(session.id, sessionId));
  if (!counted) return { headless: 0, unseated: 0, links: { unused: 0, over: 0 } };
  const { all, over, ...people } = counted;
  return { ...people, links: { unused: all - over, over } };
}

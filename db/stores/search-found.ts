/** Facts about what was found. The ids come from a search, whose scope is the viewer's. */
import { and, eq, inArray, isNull } from "drizzle-orm";
import { builtOnce, isListed, listed } from "#db/built-once.ts";
import type { Reading } from "#db/database.ts";
import { delegation, entityGroup } from "#db/schema/people.ts";
import { agendaDocument, agendaItem, positionDraft, statementDraft, topic } from "#db/schema/session.ts";
import { text, textVersion } from "#db/schema/text.ts";

/** The items on the agendas of these sessions, as far as their numbers depend on them. */
export async function listFoundItems(db: Reading, sessionIds: readonly string[]) {
  return sessionIds.length === 0 ? [] : items(db).all({ sessionIds: listed(sessionIds) });
}

const items = builtOnce((db) =>
  db
    .select({
      id: agendaItem.id,
      sessionId: agendaItem.sessionId,
      parentId: agendaItem.parentId,
      order: agendaItem.order,
      number: agendaItem.number,
      title: agendaItem.title,
      note: agendaItem.note,
    })
    .from(agendaItem)
    .where(and(isListed(agendaItem.sessionId, "sessionIds"), isNull(agendaItem.deletedAt)))
    .prepare(),
);

export async function listFoundDocuments(db: Reading, ids: readonly string[]) {
  return ids.length === 0 ? [] : documents(db).all({ ids: listed(ids) });
}

const documents = builtOnce((db) =>
  db
    .select({
      id: agendaDocument.id,
      itemId: agendaDocument.itemId,
      symbol: agendaDocument.symbol,
      title: agendaDocument.title,
      at: agendaDocument.at,
    })
    .from(agendaDocument)
    .where(and(isListed(agendaDocument.id, "ids"), isNull(agendaDocument.removedAt)))
    .prepare(),
);

export async function listFoundGroups(db: Reading, ids: readonly string[]) {
  return ids.length === 0 ? [] : groups(db).all({ ids: listed(ids) });
}

const groups = builtOnce((db) =>
  db
    .select({ id: entityGroup.id, code: entityGroup.code, names: entityGroup.names })
    .from(entityGroup)
    .where(isListed(entityGroup.id, "ids"))
    .prepare(),
);

/** Texts of sessions alone. */
export async function listFoundTexts(db: Reading, ids: readonly string[]) {
  return ids.length === 0 ? [] : texts(db).all({ ids: listed(ids) });
}

const texts = builtOnce((db) =>
  db
    .select({
      id: text.id,
      title: text.title,
      symbol: text.symbol,
      note: text.note,
      language: text.language,
      createdAt: text.createdAt,
    })
    .from(text)
    .where(and(isListed(text.id, "ids"), isNull(text.delegationId)))
    .prepare(),
);

export async function listFoundVersions(db: Reading, ids: readonly string[]) {
  return ids.length === 0 ? [] : versions(db).all({ ids: listed(ids) });
}

const versions = builtOnce((db) =>
  db
    .select({
      id: textVersion.id,
      kind: textVersion.kind,
      label: textVersion.label,
      issuedAt: textVersion.issuedAt,
    })
    .from(textVersion)
    .where(isListed(textVersion.id, "ids"))
    .prepare(),
);

/** Drafts of the viewer's own delegations: by their ids, or by the texts in which they are written. */
export async function listFoundStatementDrafts(
  db: Reading,
  which: { readonly delegationIds: readonly string[] } & (
    | { readonly ids: readonly string[] }
    | { readonly textIds: readonly string[] }
  ),
) {
  const named =
    "ids" in which
      ? inArray(statementDraft.id, [...which.ids])
      : inArray(statementDraft.textId, [...which.textIds]);
  if (which.delegationIds.length === 0) return [];
  return db
    .select({
      id: statementDraft.id,
      textId: statementDraft.textId,
      title: statementDraft.title,
      body: statementDraft.body,
      uploadId: statementDraft.uploadId,
      language: statementDraft.language,
      editedAt: statementDraft.editedAt,
    })
    .from(statementDraft)
    .where(and(named, inArray(statementDraft.delegationId, [...which.delegationIds])));
}

export async function listFoundPositionDrafts(
  db: Reading,
  which: { readonly delegationIds: readonly string[]; readonly ids: readonly string[] },
) {
  if (which.delegationIds.length === 0 || which.ids.length === 0) return [];
  return db
    .select({
      id: positionDraft.id,
      sessionId: delegation.sessionId,
      topicTitle: topic.title,
      summary: positionDraft.summary,
      excerpt: positionDraft.excerpt,
      sourceTitle: positionDraft.sourceTitle,
      sourceSymbol: positionDraft.sourceSymbol,
      language: positionDraft.language,
      editedAt: positionDraft.editedAt,
    })
    .from(positionDraft)
    .innerJoin(topic, eq(topic.id, positionDraft.topicId))
    .innerJoin(delegation, eq(delegation.id, positionDraft.delegationId))
    .where(
      and(
        inArray(positionDraft.id, [...which.ids]),
        inArray(positionDraft.delegationId, [...which.delegationIds]),
      ),
    );
}

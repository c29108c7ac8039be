/** Proposals of delegations on a negotiating text: drafts, released ones, sponsorships and withdrawals. */
import { index, primaryKey, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import { PROPOSAL_KINDS } from "#app/rules/proposals.ts";
import { choice, count, hash, id, instant, json, words } from "#db/columns.ts";
import { delegation, entity, entityGroup, person } from "./people.ts";
import { session } from "./session.ts";
import { text } from "./text.ts";

/** The wording that a proposal is against, as it was when the draft was saved. */
export type ProposalBasis = {
  /** Where the log of the text stood. */
  readonly seq: number;
  /** What the paragraph was called, and its words; null for one that adds, and a bridge between proposals alone. */
  readonly paragraph: { readonly label: string; readonly words: string } | null;
  /** What the paragraph was called after which it adds or moves to. */
  readonly after: string | null;
};

const proposalFields = {
  textId: id("text_id")
    .notNull()
    .references(() => text.id),
  kind: choice("kind", PROPOSAL_KINDS).notNull(),
  paragraphId: id("paragraph_id"),
  afterId: id("after_id"),
  bridges: json<readonly string[]>("bridges").notNull(),
  wording: words("wording").notNull(),
  reason: words("reason").notNull(),
  /** Delegations that are asked to sponsor it. */
  sponsorIds: json<readonly string[]>("sponsor_ids").notNull(),
  groupId: id("group_id").references(() => entityGroup.id),
  exceptions: json<readonly string[]>("exceptions").notNull(),
  /** The issued version that it is against; null: the live wording. */
  versionId: id("version_id"),
  basis: json<ProposalBasis>("basis").notNull(),
  /** The released proposal of the same delegation whose place it takes. */
  supersedes: id("supersedes"),
};

/** A delegation's draft proposal: its people alone read it. */
export const proposalDraft = sqliteTable(
  "proposal_draft",
  {
    id: id("id").primaryKey(),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    ...proposalFields,
    draftedBy: id("drafted_by")
      .notNull()
      .references(() => person.id),
    draftedAt: instant("drafted_at").notNull(),
    editedBy: id("edited_by")
      .notNull()
      .references(() => person.id),
    editedAt: instant("edited_at").notNull(),
    edition: count("edition").notNull().default(1),
    /** Null until this edition is reviewed. */
    reviewedBy: id("reviewed_by").references(() => person.id),
    reviewedAt: instant("reviewed_at"),
    releasedAs: id("released_as"),
  },
  (table) => [index("proposal_draft_delegation").on(table.delegationId, table.textId)],
);

/** A released proposal. Rows never change; a newer wording is a new row. */
export const proposal = sqliteTable(
  "proposal",
  {
    id: id("id").primaryKey(),
    sessionId: id("session_id")
      .notNull()
      .references(() => session.id),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    ...proposalFields,
    /** The number of the text's audience to which it was released. */
    audienceNumber: count("audience_number").notNull(),
    releasedBy: id("released_by")
      .notNull()
      .references(() => person.id),
    releasedAt: instant("released_at").notNull(),
    contentHash: hash("content_hash").notNull(),
  },
  (table) => [
    index("proposal_text").on(table.textId, table.releasedAt),
    index("proposal_paragraph").on(table.textId, table.paragraphId),
    index("proposal_delegation").on(table.delegationId),
    uniqueIndex("proposal_supersedes").on(table.supersedes),
  ],
);

/** A delegation that was asked to sponsor a proposal does. Rows never change. */
export const proposalSponsor = sqliteTable(
  "proposal_sponsor",
  {
    proposalId: id("proposal_id")
      .notNull()
      .references(() => proposal.id),
    delegationId: id("delegation_id")
      .notNull()
      .references(() => delegation.id),
    entityId: id("entity_id")
      .notNull()
      .references(() => entity.id),
    confirmedBy: id("confirmed_by")
      .notNull()
      .references(() => person.id),
    confirmedAt: instant("confirmed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.proposalId, table.delegationId] })],
);

/** A proposal that its delegation has withdrawn. Rows never change. */
export const proposalWithdrawal = sqliteTable("proposal_withdrawal", {
  proposalId: id("proposal_id")
    .primaryKey()
    .references(() => proposal.id),
  reason: words("reason").notNull(),
  withdrawnBy: id("withdrawn_by")
    .notNull()
    .references(() => person.id),
  withdrawnAt: instant("withdrawn_at").notNull(),
});

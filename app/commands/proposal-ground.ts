/** What a proposal is checked against: the text and its wording as the person reads them, and who may be named. */
import { letInSince, standingOf, type TextDoor } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { dayAt } from "#app/rules/positions.ts";
import {
  cleanProposal,
  faultsOfProposal,
  type ProposalReader,
  proposalReader,
  type ProposalWords,
} from "#app/rules/proposals.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { aligned } from "#app/rules/spoken-for.ts";
import { visibleVersions } from "#app/rules/versions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { plainWords, type TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import type { Reading } from "#db/database.ts";
import type { ProposalBasis } from "#db/schema/proposal.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { listProposals } from "#db/stores/proposal.ts";
import { findTextDoor, listTextAudiences } from "#db/stores/text-audience.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import type { DraftDoor } from "./draft-door.ts";
import { findSpokenFor } from "./statement-ground.ts";
import { documentOf } from "./version-row.ts";

export type ProposalText = {
  readonly door: TextDoor;
  readonly reader: ProposalReader;
  /** The number of its newest audience. */
  readonly audienceNumber: number;
  /** What was released to an earlier audience than this is not read by everybody who is let in now. */
  readonly since: number;
};

/** The text, and what of its proposals the viewer reads; null when for them there is no such text. */
export async function findProposalText(
  db: Reading,
  viewer: Viewer,
  textId: string,
): Promise<ProposalText | null> {
  const door = await findTextDoor(db, textId);
  if (!door || may("readText", viewer, { kind: "text", door }) !== true) return null;
  const audiences = (await listTextAudiences(db, textId)).toReversed();
  const since = letInSince(audiences);
  const reader = proposalReader(viewer, door, { since, versions: await listVersions(db, textId) });
  return reader && { door, reader, since, audienceNumber: audiences.at(-1)?.number ?? 0 };
}

/** A wording of the text, with where its log stood. */
export type SeenWording = { readonly seq: number; readonly document: TextDocument };

/**
 * Rules PR2 and PR3. The issued version that is named, or the live wording, as far as the person reads it and everybody
 * who is let in does; null for any other.
 */
export async function findProposalWording(
  context: Pick<CommandContext, "db" | "rooms" | "viewer">,
  { door }: Pick<ProposalText, "door">,
  versionId: string | null,
): Promise<SeenWording | null> {
  const { textId } = door;
  if (versionId === null) {
    return door.audience.shows === "live" ? context.rooms.wording(textId) : null;
  }
  const standing = standingOf(context.viewer, door);
  const seen = visibleVersions(standing, await listVersions(context.db.read, textId));
  if (!seen.some(({ id, kind }) => id === versionId && kind === "issued")) return null;
  const version = await findVersionDocument(context.db.read, { textId, versionId });
  return version && { seq: version.seq, document: documentOf(version) };
}

/** The words to keep, what they are against, and who goes along with them; or what is wrong with them. */
export async function checkProposal(
  db: Reading,
  words: ProposalWords,
  where: Pick<DraftDoor, "session" | "entity" | "delegation"> & {
    readonly at: number;
    readonly reader: ProposalReader;
    readonly wording: SeenWording | null;
  },
): Promise<
  | Refusal
  | {
      readonly words: ProposalWords;
      readonly basis: ProposalBasis;
      readonly alignedIds: readonly string[];
    }
> {
  const { session, entity, delegation, at, reader, wording } = where;
  if (delegation.capacity !== "participant") return refuse("rule", "proposal-observer");
  const kept = cleanProposal(words);
  const day = dayAt(at, session.timeZone);
  const { groupId } = kept;
  const group = groupId === null ? null : await findSpokenFor(db, { groupId, entity, session, day });
  const delegations = await listDelegations(db, session.id);
  const paragraphs = (wording?.document.paragraphs ?? []).filter(({ role }) => role !== "footnote");
  const about = paragraphs.find(({ id }) => id === kept.paragraphId);
  const aboutWords = about ? plainWords(about) : null;
  const fields = faultsOfProposal(kept, {
    entityId: entity.id,
    delegationId: delegation.id,
    participantIds: delegations.flatMap(({ id, capacity }) => (capacity === "participant" ? [id] : [])),
    group,
    wording: wording && { paragraphIds: paragraphs.map(({ id }) => id), words: aboutWords },
    proposalIds: (await listProposals(db, { reader })).map(({ id }) => id),
  });
  if (wording === null || Object.keys(fields).length > 0)
    return refuse("invalid", "check-fields", { fields });
  const labels = labelsOf(wording.document);
  const label = (id: string) => labels.get(id)?.short ?? "";
  const members = group?.memberIds.map((id) => ({ id, role: null })) ?? [];
  return {
    words: kept,
    basis: {
      seq: wording.seq,
      paragraph: about === undefined ? null : { label: label(about.id), words: aboutWords ?? "" },
      after: kept.afterId === null ? null : label(kept.afterId),
    },
    alignedIds: aligned(members, { entityId: entity.id, exceptions: kept.exceptions }).map(({ id }) => id),
  };
}

/** What a row holds of the words, without what else the input carries. */
export function proposalRowOf(words: ProposalWords): ProposalWords {
  const { textId, kind, paragraphId, afterId, bridges, wording, reason } = words;
  const { sponsorIds, groupId, exceptions, versionId } = words;
  return {
    textId,
    kind,
    paragraphId,
    afterId,
    bridges,
    wording,
    reason,
    sponsorIds,
    groupId,
    exceptions,
    versionId,
  };
}

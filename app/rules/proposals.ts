/** Proposals: what each kind needs, which way one goes from its draft on, and who reads it. */
import { standingOf, type TextDoor } from "./audience.ts";
import { cleanFields, type Faults, faultsOfLength } from "./fields.ts";
import { seesLive, type VersionSeen, visibleVersions } from "./versions.ts";
import type { SpokenFor } from "./spoken-for.ts";
import type { Viewer } from "./viewer.ts";

export const PROPOSAL_KINDS = ["add", "modify", "delete", "keep", "move", "alternative", "bridge"] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** What a kind says beside its reason. */
type Needs = {
  /** The paragraph that it is about. `maybe`: a bridge is between proposals, or about a paragraph, or both. */
  readonly paragraph: "must" | "never" | "maybe";
  /** It says after which paragraph; null there is the beginning of the text. */
  readonly place: boolean;
  readonly wording: boolean;
};

export const NEEDS: Readonly<Record<ProposalKind, Needs>> = {
  add: { paragraph: "never", place: true, wording: true },
  modify: { paragraph: "must", place: false, wording: true },
  delete: { paragraph: "must", place: false, wording: false },
  keep: { paragraph: "must", place: false, wording: false },
  move: { paragraph: "must", place: true, wording: false },
  alternative: { paragraph: "must", place: false, wording: true },
  bridge: { paragraph: "maybe", place: false, wording: true },
};

export type ProposalWords = {
  readonly textId: string;
  readonly kind: ProposalKind;
  /** The paragraph that it is about; null for one that adds. */
  readonly paragraphId: string | null;
  /** Where it adds or moves to: after this paragraph; null: at the beginning, or it does neither. */
  readonly afterId: string | null;
  /** Released proposals of the same text between which it is a bridge. */
  readonly bridges: readonly string[];
  readonly wording: string;
  readonly reason: string;
  /** Delegations that are asked to sponsor it. */
  readonly sponsorIds: readonly string[];
  /** Null: for the delegation itself. */
  readonly groupId: string | null;
  /** Entities of the group that do not go along. */
  readonly exceptions: readonly string[];
  /** The issued version that it is against; null: the live wording. */
  readonly versionId: string | null;
};

export type ProposalGround = {
  readonly entityId: string;
  readonly delegationId: string;
  /** Delegations that take part in the session and are not withdrawn. */
  readonly participantIds: readonly string[];
  /** The group that is named, when the entity speaks for it today. */
  readonly group: SpokenFor | null;
  /** What the person reads of the wording that the proposal is against; null when that is not theirs to read. */
  readonly wording: {
    readonly paragraphIds: readonly string[];
    /** Of the paragraph that it is about, as it stands there. */
    readonly words: string | null;
  } | null;
  /** Released proposals of the text that the person reads. */
  readonly proposalIds: readonly string[];
};

const MOST_NAMED = 100;

/** Rules PR1 to PR5. Message codes by form field. */
export function faultsOfProposal(words: ProposalWords, ground: ProposalGround): Faults {
  const faults = faultsOfLength("proposal", words);
  const needs = NEEDS[words.kind];
  const { wording } = ground;
  if (wording === null) return { ...faults, version: "proposal-version-unknown" };
  const isThere = (id: string) => wording.paragraphIds.includes(id);
  if (needs.paragraph === "must" && words.paragraphId === null) faults["paragraph"] = "proposal-paragraph";
  if (words.paragraphId !== null && !isThere(words.paragraphId)) faults["paragraph"] = "proposal-paragraph";
  if (words.afterId !== null && !isThere(words.afterId)) faults["after"] = "proposal-place";
  if (words.kind === "move" && words.afterId === words.paragraphId) faults["after"] = "proposal-place-self";
  if (needs.wording && words.wording === "") faults["wording"] = "proposal-wording";
  if (words.kind === "modify" && words.wording !== "" && words.wording === wording.words) {
    faults["wording"] = "proposal-wording-same";
  }
  if (words.kind === "bridge" && words.paragraphId === null && words.bridges.length === 0) {
    faults["bridges"] = "proposal-bridges";
  }
  if (words.bridges.length > MOST_NAMED || !words.bridges.every((id) => ground.proposalIds.includes(id))) {
    faults["bridges"] = "proposal-bridges-unknown";
  }
  if (words.sponsorIds.includes(ground.delegationId)) faults["sponsors"] = "proposal-sponsor-self";
  else if (!words.sponsorIds.every((id) => ground.participantIds.includes(id))) {
    faults["sponsors"] = "proposal-sponsor-unknown";
  }
  return { ...faults, ...faultsOfGroup(words, ground) };
}

/** Rule PR4, as SM3 and SM4 have it for statements. */
function faultsOfGroup(
  { groupId, exceptions }: ProposalWords,
  { group, entityId }: Pick<ProposalGround, "group" | "entityId">,
): Faults {
  if (groupId === null) return {};
  if (group?.id !== groupId) return { group: "group-unknown" };
  if (exceptions.includes(entityId)) return { exceptions: "exception-self" };
  if (exceptions.every((id) => group.memberIds.includes(id))) return {};
  return { exceptions: "exception-unknown" };
}

/** The words as they are kept: nothing that the kind does not say, and nothing twice. */
export function cleanProposal<T extends ProposalWords>(words: T): T {
  const kept = cleanFields("proposal", words);
  const needs = NEEDS[kept.kind];
  return {
    ...kept,
    paragraphId: needs.paragraph === "never" ? null : kept.paragraphId,
    afterId: needs.place ? kept.afterId : null,
    wording: needs.wording ? kept.wording : "",
    bridges: kept.kind === "bridge" ? [...new Set(kept.bridges)] : [],
    sponsorIds: [...new Set(kept.sponsorIds)].toSorted(),
    exceptions: kept.groupId === null ? [] : [...new Set(kept.exceptions)].toSorted(),
  };
}

/** Rule PR14. A withdrawal says why. Message codes by form field. */
export function faultsOfProposalWithdrawal(words: { readonly reason: string }): Faults {
  const faults = faultsOfLength("proposalWithdrawal", words);
  if (words.reason === "") faults["reason"] = "proposal-withdrawal-reason";
  return faults;
}

/** Where a proposal is on its way. */
export type ProposalState = "draft" | "reviewed" | "released" | "withdrawn" | "superseded";

/** Rule PR6. Of a released one: a newer one that takes its place outranks nothing but its standing. */
export function proposalState(released: {
  readonly withdrawnAt: number | null;
  readonly supersededBy: string | null;
}): Extract<ProposalState, "released" | "withdrawn" | "superseded"> {
  if (released.withdrawnAt !== null) return "withdrawn";
  return released.supersededBy === null ? "released" : "superseded";
}

const WAYS: Readonly<Record<ProposalState, readonly ProposalState[]>> = {
  draft: ["draft", "reviewed"],
  // Whoever writes in it again has it reviewed again.
  reviewed: ["draft", "released"],
  released: ["withdrawn", "superseded"],
  withdrawn: [],
  superseded: [],
};

/** Rule PR6. Whether a proposal in one state can come into the other. */
export function mayBecome(from: ProposalState, to: ProposalState): boolean {
  return WAYS[from].includes(to);
}

/** Rule PR8. A head reviews anything, an editor what somebody else wrote last. */
export function mayReview(
  reviewer: { readonly personId: string; readonly isHead: boolean },
  draft: { readonly editedBy: string },
): boolean {
  return reviewer.isHead || reviewer.personId !== draft.editedBy;
}

/** Which released proposals of a text somebody reads. */
export type ProposalReader = {
  readonly textId: string;
  /** Those released to the audience of this number or a later one; their own delegations' in any case. */
  readonly fromAudience: number;
  /** From where in the text's log on they read live wording; null: they read none. */
  readonly liveFrom: number | null;
  /** Versions that they see. */
  readonly versionIds: readonly string[];
  readonly delegationIds: readonly string[];
};

/**
 * Rule PR10. Null for whom there is no such text, and for a delegation's own text, on which nobody proposes. Of the
 * text: its versions, and the audience since which the present one is let in (`letInSince`).
 */
export function proposalReader(
  viewer: Viewer,
  door: TextDoor,
  { since, versions }: { readonly since: number; readonly versions: readonly VersionSeen[] },
): ProposalReader | null {
  const standing = standingOf(viewer, door);
  if (door.delegationId !== null || standing.kind === "none") return null;
  return {
    textId: door.textId,
    fromAudience: standing.kind === "bureau" ? 0 : since,
    liveFrom: !seesLive(standing) ? null : standing.kind === "bureau" ? 0 : standing.fromSeq,
    versionIds: visibleVersions(standing, versions).map(({ id }) => id),
    delegationIds:
      viewer.kind === "person"
        ? viewer.delegates
            .filter(({ sessionId }) => sessionId === door.sessionId)
            .map(({ delegationId }) => delegationId)
        : [],
  };
}

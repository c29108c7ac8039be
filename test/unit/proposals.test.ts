import { describe, expect, it } from "vitest";
import { type Audience, letInSince, type TextDoor } from "#app/rules/audience.ts";
import {
  NEEDS,
  PROPOSAL_KINDS,
  type ProposalGround,
  type ProposalKind,
  type ProposalState,
  type ProposalWords,
  cleanProposal,
  faultsOfProposal,
  faultsOfProposalWithdrawal,
  mayBecome,
  mayReview,
  proposalReader,
  proposalState,
} from "#app/rules/proposals.ts";
import type { SignedIn, Viewer } from "#app/rules/viewer.ts";

const ground: ProposalGround = {
  entityId: "lem",
  delegationId: "d-lem",
  participantIds: ["d-lem", "d-nor"],
  group: { id: "duo", memberIds: ["lem", "nor"] },
  wording: { paragraphIds: ["a", "b"], words: "Decides;" },
  proposalIds: ["one"],
};

function words(kind: ProposalKind, change: Partial<ProposalWords> = {}): ProposalWords {
  const needs = NEEDS[kind];
  return {
    textId: "t",
    kind,
    paragraphId: needs.paragraph === "must" ? "a" : null,
    afterId: needs.place ? "b" : null,
    bridges: kind === "bridge" ? ["one"] : [],
    wording: needs.wording ? "Urges;" : "",
    reason: "",
    sponsorIds: [],
    groupId: null,
    exceptions: [],
    versionId: null,
    ...change,
  };
}

const faults = (kind: ProposalKind, change: Partial<ProposalWords> = {}, on: Partial<ProposalGround> = {}) =>
  faultsOfProposal(words(kind, change), { ...ground, ...on });

describe("what a proposal needs", () => {
  it("[PR1] each kind stands with what it needs", () => {
    for (const kind of PROPOSAL_KINDS) expect(faults(kind), kind).toEqual({});
    expect(faults("add", { afterId: null })).toEqual({});
    expect(faults("move", { afterId: null })).toEqual({});
    expect(faults("bridge", { bridges: [], paragraphId: "a" })).toEqual({});
  });

  it("[PR1] and not without", () => {
    for (const kind of ["modify", "delete", "keep", "move", "alternative"] as const)
      expect(faults(kind, { paragraphId: null }), kind).toMatchObject({ paragraph: "proposal-paragraph" });
    for (const kind of ["add", "modify", "alternative", "bridge"] as const)
      expect(faults(kind, { wording: "" }), kind).toEqual({ wording: "proposal-wording" });
    expect(faults("modify", { wording: "Decides;" })).toEqual({ wording: "proposal-wording-same" });
    expect(faults("move", { afterId: "a" })).toEqual({ after: "proposal-place-self" });
    expect(faults("bridge", { bridges: [] })).toEqual({ bridges: "proposal-bridges" });
    expect(faults("bridge", { bridges: ["none"] })).toEqual({ bridges: "proposal-bridges-unknown" });
    expect(faults("keep", { reason: "x".repeat(2_001) })).toEqual({ reason: "too-long" });
  });

  it("[PR1] keeps nothing that its kind does not say, and nothing twice", () => {
    const typed = {
      paragraphId: "a",
      afterId: "b",
      bridges: ["one", "one"],
      wording: " Urges; ",
      sponsorIds: ["y", "x", "y"],
      exceptions: ["nor"],
    };
    const kept = (kind: ProposalKind) => cleanProposal(words(kind, typed));
    expect(kept("add")).toMatchObject({ paragraphId: null, afterId: "b", wording: "Urges;", bridges: [] });
    expect(kept("delete")).toMatchObject({ paragraphId: "a", afterId: null, wording: "" });
    expect(kept("bridge")).toMatchObject({ bridges: ["one"], sponsorIds: ["x", "y"], exceptions: [] });
  });

  it("[PR2] is about a paragraph of the wording that it is against", () => {
    expect(faults("delete", { paragraphId: "c" })).toEqual({ paragraph: "proposal-paragraph" });
    expect(faults("add", { afterId: "c" })).toEqual({ after: "proposal-place" });
    expect(faults("delete", {}, { wording: null })).toEqual({ version: "proposal-version-unknown" });
  });

  it("[PR4] speaks for a group as a statement does", () => {
    const forGroup = { groupId: "duo", exceptions: ["nor"] };
    expect(faults("keep", forGroup)).toEqual({});
    expect(faults("keep", forGroup, { group: null })).toEqual({ group: "group-unknown" });
    expect(faults("keep", { ...forGroup, exceptions: ["lem"] })).toEqual({ exceptions: "exception-self" });
    expect(faults("keep", { ...forGroup, exceptions: ["ost"] })).toEqual({ exceptions: "exception-unknown" });
  });

  it("[PR5] asks others that take part to sponsor it", () => {
    expect(faults("keep", { sponsorIds: ["d-nor"] })).toEqual({});
    expect(faults("keep", { sponsorIds: ["d-lem"] })).toEqual({ sponsors: "proposal-sponsor-self" });
    expect(faults("keep", { sponsorIds: ["d-obs"] })).toEqual({ sponsors: "proposal-sponsor-unknown" });
  });

  it("[PR14] is withdrawn with a reason", () => {
    expect(faultsOfProposalWithdrawal({ reason: "" })).toEqual({ reason: "proposal-withdrawal-reason" });
    expect(faultsOfProposalWithdrawal({ reason: "x".repeat(601) })).toEqual({ reason: "too-long" });
    expect(faultsOfProposalWithdrawal({ reason: "Overtaken." })).toEqual({});
  });
});

describe("the way of a proposal", () => {
  it("[PR6] leads from draft to reviewed to released, and ends withdrawn or superseded", () => {
    const states = ["draft", "reviewed", "released", "withdrawn", "superseded"] as const;
    const ways = (from: ProposalState) => states.filter((to) => mayBecome(from, to));
    expect(states.map((from) => [from, ways(from)])).toEqual([
      ["draft", ["draft", "reviewed"]],
      ["reviewed", ["draft", "released"]],
      ["released", ["withdrawn", "superseded"]],
      ["withdrawn", []],
      ["superseded", []],
    ]);
    expect(proposalState({ withdrawnAt: null, supersededBy: null })).toBe("released");
    expect(proposalState({ withdrawnAt: 1, supersededBy: null })).toBe("withdrawn");
    expect(proposalState({ withdrawnAt: null, supersededBy: "two" })).toBe("superseded");
  });

  it("[PR8] is reviewed by a second pair of eyes, or by the head", () => {
    const draft = { editedBy: "nadia" };
    expect(mayReview({ personId: "nadia", isHead: false }, draft)).toBe(false);
    expect(mayReview({ personId: "noor", isHead: false }, draft)).toBe(true);
    expect(mayReview({ personId: "nadia", isHead: true }, draft)).toBe(true);
  });
});

describe("who reads a proposal", () => {
  const guest: SignedIn = {
    kind: "person",
    personId: "p",
    name: "P",
    loginId: "l",
    secretariat: false,
    offices: [],
    delegates: [],
    drafts: [],
  };
  const seat = (delegationId: string): Viewer => ({
    ...guest,
    delegates: [
      { sessionId: "s", delegationId, entityId: "e", code: "E", capacity: "participant", role: "reader" },
    ],
  });
  const door = (audience: Audience, change: Partial<TextDoor> = {}): TextDoor => ({
    textId: "t",
    sessionId: "s",
    delegationId: null,
    audience: { audience, delegationIds: ["d-lem"], shows: "versions", fromSeq: 7 },
    ...change,
  });
  const publicly: Viewer = { kind: "public" };
  const of = {
    since: 3,
    versions: [
      { id: "zero", number: 1, kind: "issued" as const, seq: 2 },
      { id: "before", number: 2, kind: "automatic" as const, seq: 8 },
      { id: "rev", number: 3, kind: "issued" as const, seq: 7 },
    ],
  };
  const chair: Viewer = { ...guest, offices: [{ sessionId: "s", office: "chair" }] };

  it("[PR10] is whoever reads its text, from when they were let in; officers all of them", () => {
    expect(proposalReader(publicly, door("all"), of)).toBeNull();
    expect(proposalReader(seat("d-nor"), door("named"), of)).toBeNull();
    expect(proposalReader(seat("d-lem"), door("named"), of)).toEqual({
      textId: "t",
      fromAudience: 3,
      liveFrom: null,
      versionIds: ["rev"],
      delegationIds: ["d-lem"],
    });
    expect(proposalReader(publicly, door("public"), of)).toMatchObject({
      fromAudience: 3,
      delegationIds: [],
    });
    expect(proposalReader(chair, door("bureau"), of)).toMatchObject({ fromAudience: 0, liveFrom: 0 });
  });

  it("[PR10] is let in since the audience was last widened, whether or not anything was written then", () => {
    const audiences = (...named: readonly [Audience, ...string[]][]) =>
      named.map(([audience, ...delegationIds], at) => {
        return { audience, delegationIds, shows: "live" as const, number: at + 1 };
      });
    expect(letInSince([])).toBe(0);
    expect(letInSince(audiences(["bureau"], ["named", "a"], ["named", "a", "b"]))).toBe(3);
    expect(letInSince(audiences(["bureau"], ["observers"], ["all"]))).toBe(2);
    expect(letInSince(audiences(["bureau"], ["all"], ["bureau"], ["all"]))).toBe(4);
  });

  it("[PR10] nobody for a delegation's own text", () => {
    expect(proposalReader(seat("d-lem"), door("bureau", { delegationId: "d-lem" }), of)).toBeNull();
  });
});

/** Proposals on a text: drafted where nobody else sees it, reviewed, released by the head, never changed. */
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { draftProposal } from "#app/commands/draft-proposal.ts";
import { editProposalDraft } from "#app/commands/edit-proposal-draft.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { findProposalText } from "#app/commands/proposal-ground.ts";
import { releaseProposal } from "#app/commands/release-proposal.ts";
import { discardProposalDraft, reviewProposal } from "#app/commands/review-proposal.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { membersKeyOf } from "#app/commands/statement-ground.ts";
import { confirmSponsorship, withdrawProposal } from "#app/commands/withdraw-proposal.ts";
import type { Audience } from "#app/rules/audience.ts";
import type { ProposalWords } from "#app/rules/proposals.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { delegate, entityGroup, membership } from "#db/schema/people.ts";
import { proposal, proposalDraft } from "#db/schema/proposal.ts";
import { event } from "#db/schema/record.ts";
import { session } from "#db/schema/session.ts";
import { findProposal, listProposals, type ProposalInList } from "#db/stores/proposal.ts";
import { findProposalDraft, listProposalDrafts } from "#db/stores/proposal-draft.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import { bracketed as inSession } from "./bracketed.ts";
import { CAST, done, type House, type Who } from "./house.ts";

/** The same in an exercise, where the States of the tests may speak. */
async function bracketed() {
  const house = await inSession();
  await house.db.write(async (tx) => {
    await tx.update(session).set({ exercise: true });
    await tx.update(entityGroup).set({ exercise: true });
  });
  return house;
}

const WORDING = "Decides to consider a register;";
const proposed: ProposalWords & { readonly delegationId: string } = {
  delegationId: "d-lem",
  textId: TEXT,
  kind: "modify",
  paragraphId: "a",
  afterId: null,
  bridges: [],
  wording: WORDING,
  reason: "As we said on Monday.",
  sponsorIds: [],
  groupId: null,
  exceptions: [],
  versionId: null,
};
type Change = Partial<typeof proposed> & { readonly supersedes?: string };

const draft = async (house: House, change: Change = {}, who: Who = "bilal"): Promise<string> =>
  done(await draftProposal(await house.as(who), { ...proposed, ...change })).draftId;

async function release(house: House, draftId: string, head: Who = "chiara"): Promise<string> {
  done(await reviewProposal(await house.as(head), { draftId, edition: 1 }));
  return done(await releaseProposal(await house.as(head), { draftId, edition: 1 })).proposalId;
}

const table = async (house: House, change: Change = {}) => release(house, await draft(house, change));

/** What somebody reads of the proposals of the text; null where for them there is no such text. */
async function read(house: House, who: Who): Promise<ProposalInList[] | null> {
  const { viewer, db } = await house.as(who);
  const text = await findProposalText(db.read, viewer, TEXT);
  return text && listProposals(db.read, { reader: text.reader });
}

async function one(house: House, who: Who, id: string): Promise<ProposalInList | null> {
  const { viewer, db } = await house.as(who);
  const text = await findProposalText(db.read, viewer, TEXT);
  return text && findProposal(db.read, { reader: text.reader, id });
}

const open = async (house: House, audience: Audience, shows: "live" | "versions", named: string[] = []) =>
  done(await setAudience(await house.as("amara"), { textId: TEXT, audience, shows, delegationIds: named }));

const others = CAST.filter((who) => who !== "bilal" && who !== "chiara");

describe("a draft proposal", () => {
  it("[PR7] does not exist for anybody outside of the delegation, officers included", async () => {
    const house = await bracketed();
    const draftId = await draft(house);
    expect(house.told).toEqual([
      { audience: { kind: "delegation", delegationId: "d-lem" }, topic: "drafts" },
    ]);
    const acts = JSON.stringify(await house.db.read.select().from(event));
    expect(acts).toContain("draftProposal");
    expect(acts).not.toMatch(/consider|Monday/);
    for (const who of others) {
      const context = await house.as(who);
      const { viewer } = context;
      const delegationIds = viewer.kind === "person" ? viewer.delegates.map((seat) => seat.delegationId) : [];
      expect(await listProposalDrafts(house.db.read, { textId: TEXT, delegationIds }), who).toEqual([]);
      expect(await findProposalDraft(house.db.read, { id: draftId, delegationIds }), who).toBeNull();
      expect((await read(house, who)) ?? [], who).toEqual([]);
      const which = { draftId, edition: 1 };
      for (const [act, refused] of [
        ["edit", await editProposalDraft(context, { ...proposed, ...which })],
        ["review", await reviewProposal(context, which)],
        ["release", await releaseProposal(context, which)],
        ["discard", await discardProposalDraft(context, which)],
        ["draft", await draftProposal(context, proposed)],
      ] as const)
        expect(refused, `${who}: ${act}`).toMatchObject({ kind: "not-found", code: "not-there" });
    }
    const own = { textId: TEXT, delegationIds: ["d-lem"] };
    expect(await listProposalDrafts(house.db.read, own)).toMatchObject([{ id: draftId, wording: WORDING }]);
  });

  it("[PR6] [PR8] is reviewed by the head, or an editor who did not write it last, and released by the head", async () => {
    const house = await bracketed();
    const draftId = await draft(house);
    const [bilal, chiara] = [await house.as("bilal"), await house.as("chiara")];
    const which = { draftId, edition: 1 };
    expect(await releaseProposal(chiara, which)).toMatchObject({ code: "proposal-not-reviewed" });
    expect(await reviewProposal(bilal, which)).toMatchObject({ code: "proposal-review-own" });
    done(await reviewProposal(chiara, which));
    expect(await releaseProposal(bilal, which)).toMatchObject({ code: "release-not-allowed" });
    done(await editProposalDraft(bilal, { ...proposed, ...which, wording: "Urges a register;" }));
    const second = { draftId, edition: 2 };
    expect(await releaseProposal(chiara, second)).toMatchObject({ code: "proposal-not-reviewed" });
    done(await reviewProposal(chiara, second));
    const { proposalId } = done(await releaseProposal(chiara, second));
    expect(await one(house, "dina", proposalId)).toMatchObject({ wording: "Urges a register;" });
    expect(await releaseProposal(chiara, second)).toMatchObject({ code: "draft-released" });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[PR9] is neither saved nor released from an older edition than stands", async () => {
    const house = await bracketed();
    const draftId = await draft(house);
    const [bilal, chiara] = [await house.as("bilal"), await house.as("chiara")];
    const old = { draftId, edition: 1 };
    done(await editProposalDraft(chiara, { ...proposed, ...old, wording: "Urges a register;" }));
    for (const refused of [
      await editProposalDraft(bilal, { ...proposed, ...old }),
      await reviewProposal(chiara, old),
      await releaseProposal(chiara, old),
      await discardProposalDraft(bilal, old),
    ])
      expect(refused).toMatchObject({ kind: "conflict", code: "draft-changed", values: { edition: 2 } });
    const rows = await house.db.read.select().from(proposalDraft);
    expect(rows).toMatchObject([{ wording: "Urges a register;", edition: 2, releasedAs: null }]);
  });

  it("[PR9] and not for a group whose members are not those that the head has read", async () => {
    const house = await bracketed();
    const draftId = await draft(house, { groupId: "duo" });
    const chiara = await house.as("chiara");
    const which = { draftId, edition: 1 };
    done(await reviewProposal(chiara, which));
    const members = membersKeyOf(["nor", "obs"]);
    expect(await releaseProposal(chiara, { ...which, members })).toMatchObject({ code: "group-changed" });
    done(await releaseProposal(chiara, { ...which, members: membersKeyOf(["nor"]) }));
  });

  it("[PR4] is on behalf of a group of which it is a member on the day of its release", async () => {
    const house = await bracketed();
    const draftId = await draft(house, { groupId: "duo", exceptions: ["nor"] });
    expect(
      await draftProposal(await house.as("bilal"), { ...proposed, groupId: "duo", exceptions: ["obs"] }),
    ).toMatchObject({ fields: { exceptions: "exception-unknown" } });
    await house.db.write(async (tx) => {
      await tx.update(membership).set({ to: "2001-01-01" }).where(eq(membership.entityId, "lem"));
    });
    const chiara = await house.as("chiara");
    done(await reviewProposal(chiara, { draftId, edition: 1 }));
    expect(await releaseProposal(chiara, { draftId, edition: 1 })).toMatchObject({
      fields: { group: "group-unknown" },
    });
    expect(await house.db.read.$count(proposal)).toBe(0);
  });

  it("[PR5] is a participant's, whose head asks other participants to sponsor it", async () => {
    const house = await bracketed();
    const omar = await house.as("omar");
    expect(await draftProposal(omar, { ...proposed, delegationId: "d-obs" })).toMatchObject({
      kind: "rule",
      code: "proposal-observer",
    });
    const asked = await draftProposal(await house.as("bilal"), { ...proposed, sponsorIds: ["d-obs"] });
    expect(asked).toMatchObject({ fields: { sponsors: "proposal-sponsor-unknown" } });
    expect(await house.db.read.$count(proposalDraft)).toBe(0);
  });

  it("[PR7] that is given up keeps nothing of its words", async () => {
    const house = await bracketed();
    const draftId = await draft(house);
    done(await discardProposalDraft(await house.as("bilal"), { draftId, edition: 1 }));
    const [row] = await house.db.read.select().from(proposalDraft);
    expect(row).toMatchObject({ wording: "", reason: "", releasedAs: "" });
    expect(JSON.stringify(row)).not.toMatch(/register/);
    expect(await releaseProposal(await house.as("chiara"), { draftId, edition: 1 })).toMatchObject({
      code: "draft-discarded",
    });
  });
});

describe("what a proposal is against", () => {
  it("[PR2] is the live wording as it was when the draft was saved, bracket and all", async () => {
    const house = await bracketed();
    const id = await table(house);
    expect(await one(house, "dina", id)).toMatchObject({
      versionId: null,
      basis: { paragraph: { words: "Decides [to establish] a register;" } },
    });
    const gone = { ...proposed, paragraphId: "nowhere" };
    expect(await draftProposal(await house.as("bilal"), gone)).toMatchObject({
      fields: { paragraph: "proposal-paragraph" },
    });
  });

  it("[PR2] and what is gone from it since is not proposed on", async () => {
    const house = await bracketed();
    house.page.write("b", "Requests more;");
    await house.settle();
    const draftId = await draft(house, { paragraphId: "b" });
    house.page.set("b", "deleted", true);
    await house.settle();
    const chiara = await house.as("chiara");
    done(await reviewProposal(chiara, { draftId, edition: 1 }));
    expect(await releaseProposal(chiara, { draftId, edition: 1 })).toMatchObject({
      fields: { paragraph: "proposal-paragraph" },
    });
  });

  it("[PR3] [PR11] is an issued version where the text shows those alone", async () => {
    const house = await bracketed();
    const amara = await house.as("amara");
    done(
      await issueVersion(amara, {
        textId: TEXT,
        label: "Zero draft",
        symbol: "",
        note: "",
        renumber: false,
      }),
    );
    const live = await table(house);
    await open(house, "observers", "versions");
    expect(await draftProposal(await house.as("bilal"), proposed)).toMatchObject({
      fields: { version: "proposal-version-unknown" },
    });
    const versionId = (await findProposalText(house.db.read, amara.viewer, TEXT))?.reader.versionIds[0] ?? "";
    const id = await table(house, { versionId });
    const words = "Decides [to establish] a register;";
    expect(await one(house, "dina", id)).toMatchObject({ versionId, basis: { paragraph: { words } } });
    // Whoever reads no live wording any more is not shown it by the proposal that was against it.
    expect(await one(house, "chiara", live)).toMatchObject({ wording: WORDING, basis: null });
    expect(await one(house, "amara", live)).toMatchObject({ basis: { paragraph: { words } } });
  });
});

describe("a released proposal", () => {
  it("[PR10] is read by whoever reads the text, and told to them", async () => {
    const house = await bracketed();
    const draftId = await draft(house);
    house.told.length = 0;
    const id = await release(house, draftId);
    expect(house.told.at(-1)).toEqual({
      audience: { kind: "text", textId: TEXT, sessionId: "s", who: "readers" },
      topic: `proposals:${TEXT}`,
    });
    for (const who of ["amara", "bilal", "chiara", "dina", "omar"] as const)
      expect(await read(house, who), who).toMatchObject([{ id, state: "released", wording: WORDING }]);
    expect(await read(house, "eve")).toBeNull();
    expect(await read(house, "public")).toBeNull();
    await open(house, "named", "live", ["d-lem"]);
    expect(await read(house, "dina")).toBeNull();
    expect(await read(house, "chiara")).toHaveLength(1);
  });

  it("[PR10] is not read by whom the text is opened to later, though nothing was written between", async () => {
    const house = await bracketed();
    await open(house, "named", "live", ["d-lem"]);
    const before = await table(house);
    await open(house, "all", "live");
    const after = await table(house, { kind: "keep", wording: "" });
    const ids = async (who: Who) => (await read(house, who))?.map(({ id }) => id).toSorted();
    expect(await ids("dina")).toEqual([after]);
    expect(await one(house, "dina", before)).toBeNull();
    for (const who of ["amara", "bilal", "chiara"] as const)
      expect(await ids(who), who).toEqual([before, after].toSorted());
    const dina = await house.as("dina");
    const reached = { textId: TEXT, proposalId: before, reason: "x" };
    expect(await withdrawProposal(dina, reached)).toMatchObject({ code: "not-there" });
  });

  it("[PR11] tells of no predecessor and no bridged proposal to whoever may not read it", async () => {
    const house = await bracketed();
    await open(house, "named", "live", ["d-lem"]);
    const old = await table(house);
    const bridged = await table(house, { kind: "keep", wording: "" });
    await open(house, "all", "live");
    const next = await table(house, { supersedes: old, wording: "Urges a register;" });
    const bridge = await table(house, { kind: "bridge", bridges: [bridged], paragraphId: "a" });
    expect(await one(house, "dina", next)).toMatchObject({ state: "released", supersedes: null });
    expect(await one(house, "dina", bridge)).toMatchObject({ bridges: [] });
    expect(JSON.stringify(await read(house, "dina"))).not.toMatch(new RegExp(`${old}|${bridged}`));
    expect(await one(house, "amara", next)).toMatchObject({ supersedes: old });
    expect(await one(house, "amara", bridge)).toMatchObject({ bridges: [bridged] });
  });

  it("[PR12] is a row that its act has the hash of, and so are its sponsors and its end", async () => {
    const house = await bracketed();
    const proposalId = await table(house, { sponsorIds: ["d-nor"] });
    const which = { textId: TEXT, proposalId };
    done(await confirmSponsorship(await house.as("dina"), { ...which, delegationId: "d-nor" }));
    done(await withdrawProposal(await house.as("chiara"), { ...which, reason: "Overtaken." }));
    const acts = await house.db.read.select().from(event).where(eq(event.thingId, proposalId));
    expect(acts.map(({ act, detail }) => [act, typeof detail["sha256"]])).toEqual([
      ["releaseProposal", "string"],
      ["confirmSponsorship", "string"],
      ["withdrawProposal", "string"],
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/consider|Monday|Overtaken/);
    expect(faultsIn(house.db.folder)).toEqual([]);
    for (const name of ["proposal", "proposal_sponsor", "proposal_withdrawal"])
      await expect(
        house.db.write(async (tx) => tx.$client.exec(`DELETE FROM ${name}`)),
        name,
      ).rejects.toThrow("never goes away");
  });

  it("[PR13] is sponsored by whoever was asked and confirms it, and only they knew before", async () => {
    const house = await bracketed();
    const proposalId = await table(house, { sponsorIds: ["d-nor"] });
    const asked = async (who: Who) => (await one(house, who, proposalId))?.sponsorIds;
    expect(await asked("amara")).toEqual([]);
    expect(await asked("omar")).toEqual([]);
    expect(await asked("dina")).toEqual(["d-nor"]);
    expect(await asked("chiara")).toEqual(["d-nor"]);
    const which = { textId: TEXT, proposalId, delegationId: "d-nor" };
    for (const who of ["amara", "chiara", "omar"] as const)
      expect(await confirmSponsorship(await house.as(who), which), who).toMatchObject({
        kind: "not-allowed",
      });
    const unasked = { ...which, delegationId: "d-obs" };
    expect(await confirmSponsorship(await house.as("omar"), unasked)).toMatchObject({ kind: "not-allowed" });
    expect(await one(house, "amara", proposalId)).toMatchObject({ sponsors: [] });
    await house.db.write(async (tx) => {
      await tx.update(delegate).set({ role: "editor" }).where(eq(delegate.id, "seat-dina"));
    });
    expect(await confirmSponsorship(await house.as("dina"), which)).toMatchObject({ kind: "not-allowed" });
    await house.db.write(async (tx) => {
      await tx.update(delegate).set({ role: "head" }).where(eq(delegate.id, "seat-dina"));
    });
    done(await confirmSponsorship(await house.as("dina"), which));
    expect(await one(house, "omar", proposalId)).toMatchObject({ sponsors: [{ code: "NOR" }] });
    expect(await confirmSponsorship(await house.as("dina"), which)).toMatchObject({ kind: "conflict" });
  });

  it("[PR14] is withdrawn by the head of its delegation, once, and stays with its trace", async () => {
    const house = await bracketed();
    const proposalId = await table(house);
    const which = { textId: TEXT, proposalId, reason: " Overtaken. " };
    for (const who of ["amara", "bilal", "dina", "omar"] as const)
      expect(await withdrawProposal(await house.as(who), which), who).toMatchObject({ kind: "not-allowed" });
    for (const who of ["eve", "public"] as const)
      expect(await withdrawProposal(await house.as(who), which), who).toMatchObject({ kind: "not-found" });
    const chiara = await house.as("chiara");
    expect(await withdrawProposal(chiara, { ...which, reason: " " })).toMatchObject({
      fields: { reason: "proposal-withdrawal-reason" },
    });
    done(await withdrawProposal(chiara, which));
    const stands = { state: "withdrawn", wording: WORDING, withdrawal: { reason: "Overtaken." } };
    expect(await read(house, "dina")).toMatchObject([stands]);
    expect(await withdrawProposal(chiara, which)).toMatchObject({ code: "proposal-withdrawn" });
  });

  it("[PR15] is superseded once, by its own delegation, and not after it was withdrawn", async () => {
    const house = await bracketed();
    const old = await table(house);
    const drafts = [
      await draft(house, { supersedes: old }),
      await draft(house, { supersedes: old }),
    ] as const;
    const dina = await house.as("dina");
    const theirs = { ...proposed, delegationId: "d-nor", supersedes: old };
    expect(await draftProposal(dina, theirs)).toMatchObject({ code: "not-there" });
    const next = await release(house, drafts[0]);
    expect(await one(house, "omar", old)).toMatchObject({ state: "superseded", supersededBy: next });
    const chiara = await house.as("chiara");
    done(await reviewProposal(chiara, { draftId: drafts[1], edition: 1 }));
    expect(await releaseProposal(chiara, { draftId: drafts[1], edition: 1 })).toMatchObject({
      kind: "conflict",
      code: "proposal-superseded",
    });
    const again = await draftProposal(await house.as("bilal"), { ...proposed, supersedes: old });
    expect(again).toMatchObject({ code: "proposal-superseded" });
    const gone = { textId: TEXT, proposalId: old, reason: "x" };
    expect(await withdrawProposal(chiara, gone)).toMatchObject({ code: "proposal-superseded" });
    done(await withdrawProposal(chiara, { ...gone, proposalId: next }));
    const late = await draftProposal(await house.as("bilal"), { ...proposed, supersedes: next });
    expect(isRefusal(late) && late.code).toBe("proposal-withdrawn");
  });
});

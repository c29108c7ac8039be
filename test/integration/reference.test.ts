import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { rowHash } from "#db/canonical.ts";
import { loadReference, referenceVersion } from "#db/reference/load.ts";
import { event } from "#db/schema/record.ts";
import { position } from "#db/schema/session.ts";
import { findEntity, findEntityByCode, listEntities } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  findGroup,
  listGroups,
  listGroupsOf,
  listMembers,
  listMemberships,
  putGroup,
} from "#db/stores/group.ts";
import { findTopic, listTopics } from "#db/stores/topic.ts";
import { faultsIn, temporaryDatabase } from "#test/support/database.ts";

const TODAY = "2026-11-23";
const now = () => 1_795_000_000_000;

test("[ST14] 193 Member States stand in five regional groups, the United States besides", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  const all = await listEntities(db.read);
  expect(all).toHaveLength(219);
  const states = await listEntities(db.read, { kinds: ["member-state"] });
  expect(states).toHaveLength(193);
  expect([states[0]?.names.en, states.at(-1)?.names.en]).toEqual(["Afghanistan", "Zimbabwe"]);
  expect(await listEntities(db.read, { kinds: ["observer-state"] })).toHaveLength(2);
  expect(await listEntities(db.read, { ids: ["fra", "and"] })).toMatchObject([
    { code: "AND" },
    { code: "FRA" },
  ]);
  expect((await findEntityByCode(db.read, "AU"))?.names.en).toBe("African Union");
  expect((await findEntity(db.read, "aus"))?.names.fr).toBe("Australie");
  expect(await findEntity(db.read, "nowhere")).toBeNull();

  const members = new Set(states.map((state) => state.id));
  const seated = new Set<string>();
  const sizes: Record<string, number> = {};
  for (const group of ["african", "asia-pacific", "eastern-european", "grulac", "weog"]) {
    const full = (await listMembers(db.read, group, TODAY)).filter(
      (one) => one.role === null && members.has(one.id),
    );
    sizes[group] = full.length;
    for (const one of full) seated.add(one.id);
  }
  expect(sizes).toEqual({ african: 54, "asia-pacific": 54, "eastern-european": 23, grulac: 33, weog: 28 });
  expect(states.filter((state) => !seated.has(state.id)).map((state) => state.code)).toEqual(["USA"]);
  expect((await listMembers(db.read, "weog", TODAY)).find((one) => one.id === "usa")?.role).toBe("observer");
});

test("[ST14] groups have the members that their list counts", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  expect(await listGroups(db.read, { exercise: false })).toHaveLength(31);
  expect(await listGroups(db.read, { exercise: true })).toEqual([]);
  expect((await findGroup(db.read, "eu"))?.code).toBe("EU");
  const counted = z
    .array(
      z.object({
        id: z.string(),
        members: z.array(z.unknown()),
        memberCount: z.object({ memberStates: z.number(), observerStates: z.number() }),
      }),
    )
    .parse(JSON.parse(readFileSync("db/reference/groups.json", "utf8")));
  for (const { id, memberCount } of counted) {
    const full = (await listMembers(db.read, id, TODAY)).filter(
      (one) => one.role === null || one.role === "member",
    );
    const of = (kind: string) => full.filter((one) => one.kind === kind).length;
    expect([id, of("member-state"), of("observer-state")]).toEqual([
      id,
      memberCount.memberStates,
      memberCount.observerStates,
    ]);
  }
  expect(await listMembers(db.read, "eu", TODAY)).toHaveLength(27);
  const g77 = await listMembers(db.read, "g77-china", TODAY);
  expect(g77).toHaveLength(134);
  expect(g77.find((one) => one.id === "chn")?.role).toBe("associated");
  expect(await listMemberships(db.read)).toHaveLength(
    counted.reduce((sum, group) => sum + group.members.length, 0),
  );
});

test("[ST14] ids and codes are each one's own, and everything that the files say of an entity or a group is kept", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  const all = await listEntities(db.read);
  expect(new Set(all.map(({ id }) => id)).size).toBe(219);
  expect(new Set(all.map(({ code }) => code)).size).toBe(219);
  const groups = await listGroups(db.read);
  expect(new Set(groups.map(({ code }) => code)).size).toBe(31);
  for (const one of all) {
    const languages = Object.keys(one.names).toSorted();
    expect([one.id, languages]).toEqual([one.id, ["ar", "en", "es", "fr", "ru", "zh"]]);
  }
  expect(await findEntity(db.read, "usa")).toMatchObject({ regionalGroup: "weog", regionalRole: "observer" });
  expect(await findEntity(db.read, "ecowas")).toMatchObject({
    code: "ECOW",
    abbreviation: "ECOWAS",
    basis: "A/RES/59/51 (2004)",
  });
  expect(await findGroup(db.read, "au")).toMatchObject({
    asOf: "2026-11-22",
    verified: false,
    otherMembers: ["Sahrawi Arab Democratic Republic"],
  });
  expect((await findGroup(db.read, "g77-china"))?.note).toMatch(/134 members/);
  expect(groups.every(({ asOf, source }) => asOf === "2026-11-22" && source !== null)).toBe(true);
  const rows = await db.read.select().from(position);
  expect(rows.filter(({ via }) => via !== null).length).toBeGreaterThan(10);
  expect(rows.every(({ sourceForum }) => sourceForum !== "")).toBe(true);
});

test("[ST15] membership is asked for a day: the United Kingdom was in the European Union", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  const isMember = async (day: string) =>
    (await listMembers(db.read, "eu", day)).some((one) => one.id === "gbr");
  expect(await isMember("1972-12-31")).toBe(false);
  expect(await isMember("1973-01-01")).toBe(true);
  expect(await isMember("2020-01-31")).toBe(true);
  expect(await isMember("2020-02-01")).toBe(false);
  const groups = async (day: string) => (await listGroupsOf(db.read, "gbr", day)).map((group) => group.code);
  expect(await groups("2010-06-01")).toContain("EU");
  expect(await groups(TODAY)).not.toContain("EU");
  expect(await groups(TODAY)).toContain("WEOG");
});

test("[ST14] every published position names a topic, a stance of its scale, an entity and a dated source", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  const topics = await listTopics(db.read, { exercise: false });
  expect(topics).toHaveLength(12);
  expect(topics[0]?.id).toBe("sovereignty");
  expect(await findTopic(db.read, "nothing")).toBeNull();
  const scales = new Map(topics.map((one) => [one.id, new Set(one.scale.map((stance) => stance.id))]));
  const rows = await db.read.select().from(position);
  expect(rows).toHaveLength(233);
  expect(new Set(rows.map((row) => `${row.entityId} ${row.topicId}`)).size).toBe(233);
  for (const row of rows) {
    expect(scales.get(row.topicId)?.has(row.stance), row.id).toBe(true);
    expect(row).toMatchObject({ standing: "editors", excerpt: "", releasedBy: null, sessionId: null });
    expect(row.sourceTitle).not.toBe("");
    expect(row.sourceDate).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
    expect(["seen", "known"]).toContain(row.confidence);
    expect(row.summary.length).toBeLessThanOrEqual(300);
  }
  const mechanism = readFileSync("db/reference/mechanism-2026.json", "utf8");
  for (const one of topics) expect(mechanism).toContain(`"${one.id}"`);
  expect(faultsIn(db.folder)).toEqual([]);
});

test("[ST13] the files are loaded once, and again only when they have changed", async () => {
  const db = temporaryDatabase();
  expect(await loadReference(db, now)).toEqual({ version: referenceVersion(), loaded: true });
  const acts = await db.read.select().from(event);
  expect(await loadReference(db, now)).toEqual({ version: referenceVersion(), loaded: false });
  expect(await db.read.select().from(event)).toEqual(acts);
});

test("[ST13] what an older version of the files said is superseded or mended, and stays on record", async () => {
  const db = temporaryDatabase();
  await loadReference(db, now);
  const rows = await db.read.select().from(position);
  const old = rows[0];
  if (old === undefined) throw new Error("no position was loaded");
  // As if an older version had been loaded last: another reading of one document, and one member too many.
  const { contentHash: _hash, ...facts } = old;
  await db.write(async (tx) => {
    const other = { ...facts, id: "another-reading", summary: "Read otherwise.", supersedes: old.id };
    const contentHash = rowHash("position", other);
    await tx.insert(position).values({ ...other, contentHash });
    await putGroup(tx, { id: "baltic", kind: "negotiating", code: "OLD", names: { en: "Old name" } }, [
      { entityId: "fra" },
    ]);
    const by = { personId: null };
    const act = { at: 1, by, thing: "reference", thingId: "older" };
    await appendEvent(tx, { ...act, act: "publishPositions", detail: { sha256: [contentHash] } });
    await appendEvent(tx, { ...act, act: "loadReference" });
  });
  expect(await loadReference(db, now)).toMatchObject({ loaded: true });
  expect((await listMembers(db.read, "baltic", TODAY)).map((one) => one.code)).toEqual(["EST", "LVA", "LTU"]);
  expect((await findGroup(db.read, "baltic"))?.code).toBe("BALTIC");
  const after = await db.read.select().from(position).where(eq(position.entityId, old.entityId));
  const chain = after.filter((row) => row.topicId === old.topicId);
  expect(chain).toHaveLength(3);
  const newest = chain.find((row) => row.supersedes === "another-reading");
  expect(newest).toMatchObject({ summary: old.summary, stance: old.stance });
  expect(await loadReference(db, now)).toMatchObject({ loaded: false });
  expect(await db.read.$count(position)).toBe(235);
  expect(faultsIn(db.folder)).toEqual([]);
});

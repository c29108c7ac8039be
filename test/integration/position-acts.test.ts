/** Positions on behalf of groups, taken back, and readings answered: what heads do at once, late, or no longer may. */
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { confirmReading } from "#app/commands/confirm-reading.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { loader as entityLoader } from "#app/routes/entity/route.tsx";
import { action as draftAction, loader as draftLoader } from "#app/routes/position-draft/route.tsx";
import { action as positionAction, loader as positionLoader } from "#app/routes/position/route.tsx";
import { loader as topicLoader } from "#app/routes/topic/route.tsx";
import { delegate, membership, person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { agendaItem, agendaItemTopic, position, topic } from "#db/schema/session.ts";
import { listPositionsNamed } from "#db/stores/position.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask, openDelegations, positionWords } from "#test/support/delegations.ts";
import { publishReading, readingSource } from "#test/support/reading.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";
import { tableFor } from "#test/support/position-table.ts";

const forGroup = { groupId: "lant", stance: "voluntary", summary: "The Compact says: voluntary." };

async function draft(hall: Hall, change: Partial<typeof positionWords> = {}, by = "bilal"): Promise<string> {
  return done(await draftPosition(await hall.as(by), { ...positionWords, ...change })).draftId;
}

async function release(hall: Hall, draftId: string, by = "bilal"): Promise<string> {
  return done(await releasePosition(await hall.as(by), { draftId, edition: 1 })).positionId;
}

const params = (more: Readonly<Record<string, string>> = {}) => ({ session: "s", ...more });

const row = async (hall: Hall, id: string) =>
  (await hall.db.read.select().from(position).where(eq(position.id, id)))[0];

/** The cells of the only topic, by the code of the row. */
async function cells(hall: Hall, search = ""): Promise<Readonly<Record<string, string>>> {
  const rows = await tableFor(hall, null, search);
  return Object.fromEntries(
    rows.filter(({ length }) => length > 1).map(([name = "", cell = ""]) => [name.split(" ").at(-1), cell]),
  );
}

describe("a position on behalf of a group", () => {
  it("[PS14] stands on the page of an item beside own words and readings, each told apart, and ends when it is superseded", async () => {
    const hall = await openDelegations();
    const onItem = async () => {
      const { body } = await ask(hall, null, itemLoader, { params: params({ item: "i" }) });
      return (body as { readonly topics: readonly unknown[] }).topics;
    };
    await hall.db.write((tx) => tx.insert(agendaItemTopic).values({ itemId: "i", topicId: "care" }));
    await publishReading(hall, "nor");
    await release(hall, await draft(hall, { ...forGroup, exceptions: ["qui"] }));
    expect(await onItem()).toMatchObject([
      {
        id: "care",
        positions: [{ entityId: "nor", standing: "editors" }],
        spoken: [
          {
            groupId: "lant",
            groupName: "Lantern Compact",
            groupCode: "LANT",
            entityName: "Lemuria",
            stance: "voluntary",
            excepted: ["Quill"],
            sourceTitle: "Working paper of Lemuria",
          },
        ],
      },
    ]);
    await release(hall, await draft(hall));
    await release(hall, await draft(hall, { ...forGroup, stance: "duty" }));
    expect(await onItem()).toMatchObject([
      {
        positions: [{ entityId: "lem", standing: "own" }, { entityId: "nor" }],
        spoken: [{ stance: "duty", excepted: [] }],
      },
    ]);
  });

  it("[AG24] [PS1] stands on the page of the item that it names, as own words do, when its topic is not the item's", async () => {
    const hall = await openDelegations();
    const onItem = async (item = "i") =>
      (await ask(hall, null, itemLoader, { params: params({ item }) })).body;
    await hall.db.write(async (tx) => {
      const facts = { title: "Another", status: "not-yet", statusAt: 1, createdAt: 1, order: 9 } as const;
      await tx.insert(agendaItem).values({ id: "j", sessionId: "s", number: "9", ...facts });
      const [care] = await tx.select().from(topic).where(eq(topic.id, "care"));
      if (care) await tx.insert(topic).values({ ...care, id: "more", title: "More care", order: 3 });
    });
    const none = { topics: [], otherTopics: [] };
    expect(await onItem()).toMatchObject(none);
    await publishReading(hall, "nor");
    const own = await draft(hall);
    const forAll = await draft(hall, { ...forGroup, exceptions: ["qui"] });
    const elsewhere = await draft(hall, { topicId: "more", itemId: "j" });
    expect(await onItem()).toMatchObject(none);
    for (const draftId of [own, forAll, elsewhere]) await release(hall, draftId);
    const care = {
      id: "care",
      // The editors' reading names no item.
      positions: [{ entityId: "lem", standing: "own", stance: "duty" }],
      spoken: [{ groupCode: "LANT", stance: "voluntary", excepted: ["Quill"] }],
    };
    expect(await onItem()).toMatchObject({ topics: [], otherTopics: [care] });
    expect(await onItem("j")).toMatchObject({
      topics: [],
      otherTopics: [{ id: "more", title: "More care", positions: [{ entityId: "lem" }], spoken: [] }],
    });
    // What takes its place names another item: there it stands, and nothing here.
    hall.wait(1_000);
    await release(hall, await draft(hall, { itemId: "j", stance: "voluntary" }));
    expect(await onItem()).toMatchObject({ otherTopics: [{ ...care, positions: [] }] });
    expect(await onItem("j")).toMatchObject({
      otherTopics: [{ id: "care", positions: [{ stance: "voluntary" }], spoken: [] }, { id: "more" }],
    });
    await hall.db.write((tx) => tx.insert(agendaItemTopic).values({ itemId: "i", topicId: "care" }));
    expect(await onItem()).toMatchObject({
      topics: [{ id: "care", positions: [{ entityId: "lem" }, { entityId: "nor" }], spoken: [{}] }],
      otherTopics: [],
    });
  });

  it("[PS11] [PS13] [PS14] counts for its members and not for those who excepted themselves", async () => {
    const hall = await openDelegations();
    const positionId = await release(hall, await draft(hall, { ...forGroup, exceptions: ["qui"] }));
    expect(await row(hall, positionId)).toMatchObject({ groupId: "lant", exceptions: ["qui"] });
    const own = await release(hall, await draft(hall));
    expect(await row(hall, own)).toMatchObject({ groupId: null, supersedes: null });
    expect(await cells(hall)).toEqual({
      LANT: "Voluntary SIM/WP.1, 20 Nov 2026",
      LEM: "not LANT Legal duty SIM/WP.1, 20 Nov 2026",
      NOR: "via LANT Voluntary SIM/WP.1, 20 Nov 2026",
    });
    const topicPage = await ask(hall, null, topicLoader, { params: { topic: "care" } });
    expect(topicPage.body).toMatchObject({
      positions: [{ entityId: "lem", manner: "differs", differs: ["LANT"], same: [] }],
      spoken: [{ groupCode: "LANT", only: [{ id: "nor" }] }],
      notRecorded: [{ id: "ost" }, { id: "qui" }],
    });
    const page = await ask(hall, null, positionLoader, { params: params({ position: positionId }) });
    expect(page.body).toMatchObject({
      position: {
        alignment: {
          group: { code: "LANT" },
          aligned: [{ id: "nor" }],
          exceptions: [{ id: "qui" }],
        },
      },
    });
    const entity = await ask(hall, null, entityLoader, { params: { entity: "nor" } });
    expect(entity.body).toMatchObject({ topics: [{ own: null, spoken: [{ groupCode: "LANT" }] }] });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PS7] [PS11] is superseded by the next one for the group, whichever member speaks", async () => {
    const hall = await openDelegations();
    const first = await release(hall, await draft(hall, forGroup));
    hall.wait(1_000);
    const words = { ...forGroup, stance: "duty", delegationId: "d-nor" };
    const second = await release(hall, await draft(hall, words, "priya"), "priya");
    expect(await row(hall, second)).toMatchObject({ entityId: "nor", supersedes: first });
    expect((await cells(hall))["LEM"]).toContain("via LANT Legal duty");
    const page = await ask(hall, null, positionLoader, { params: params({ position: first }) });
    expect(page.body).toMatchObject({ newer: { id: second }, history: [{ id: second }, { id: first }] });
  });

  it("[PS11] is not for those to take who do not speak for the group, and excepts its members alone", async () => {
    const hall = await openDelegations();
    const bilal = await hall.as("bilal");
    const wrong = async (change: Partial<typeof positionWords>) =>
      draftPosition(bilal, { ...positionWords, ...forGroup, ...change });
    expect(await wrong({ groupId: "true" })).toMatchObject({ fields: { group: "group-unknown" } });
    expect(await wrong({ groupId: "nowhere" })).toMatchObject({ fields: { group: "group-unknown" } });
    expect(await wrong({ exceptions: ["lem"] })).toMatchObject({ fields: { exceptions: "exception-self" } });
    for (const id of ["ost", "rea", "nobody"]) {
      expect(await wrong({ exceptions: [id] })).toMatchObject({
        fields: { exceptions: "exception-unknown" },
      });
    }
    // A member on the day of the source, and not before.
    expect(await wrong({ exceptions: ["qui"], sourceDate: "2025-12-31" })).toMatchObject({
      fields: { exceptions: "exception-unknown" },
    });
    done(await wrong({ exceptions: ["qui"], sourceDate: "2026-01-01" }));
    // Ourselves alone have no exceptions.
    const draftId = done(await wrong({ groupId: null, exceptions: ["qui"] })).draftId;
    expect(await row(hall, await release(hall, draftId))).toMatchObject({ exceptions: [] });
  });

  it("[PS11] is refused when the delegation left the group while it was drafted, and keeps what was typed", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall, forGroup);
    await hall.db.write(
      async (tx) =>
        void (await tx.update(membership).set({ to: "2026-11-23" }).where(eq(membership.entityId, "lem"))),
    );
    const answer = await ask(hall, "bilal", draftAction, {
      params: params({ draft: draftId }),
      form: { intent: "release", edition: "1" },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { refusal: { fields: { group: "group-unknown" } } },
    });
    expect(await hall.db.read.$count(position)).toBe(0);
    // The form still says for whom it was: whose word it is changes only when somebody chooses.
    const page = await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) });
    expect(page.body).toMatchObject({
      values: { group: "lant", summary: forGroup.summary },
      groups: [{ id: "lant", others: [] }],
    });
  });

  it("[PS13] does not count for an entity that left later, from the day on which it left", async () => {
    const hall = await openDelegations();
    await release(hall, await draft(hall, forGroup));
    await hall.db.write(
      async (tx) =>
        void (await tx.update(membership).set({ to: "2026-11-22" }).where(eq(membership.entityId, "nor"))),
    );
    expect((await cells(hall, "?day=2026-11-21"))["NOR"]).toContain("via LANT");
    expect((await cells(hall, "?day=2026-11-22"))["NOR"]).toBe("not recorded");
    // It was one of those for whom it was taken, and the position goes on saying so.
    const [{ id } = { id: "" }] = await hall.db.read.select().from(position);
    const page = await ask(hall, null, positionLoader, { params: params({ position: id }) });
    expect(page.body).toMatchObject({
      position: { alignment: { aligned: [{ id: "nor" }, { id: "qui" }] } },
    });
  });
});

describe("two heads at once", () => {
  async function secondHead(hall: Hall): Promise<void> {
    await hall.db.write(async (tx) => {
      await tx.insert(person).values({ id: "hana", name: "Hana", createdAt: 1 });
      await tx
        .insert(delegate)
        .values({ id: "m9", delegationId: "d-lem", personId: "hana", role: "head", fromAt: 1 });
    });
  }

  it("[PS15] one releases, the other is told and decides, and what stands is never two", async () => {
    const hall = await openDelegations();
    await secondHead(hall);
    const mine = await draft(hall);
    const theirs = await draft(hall, { stance: "voluntary" });
    const read = async (personId: string, draftId: string) => {
      const page = await ask(hall, personId, draftLoader, {
        params: params({ draft: draftId }),
        search: "?confirm=release",
      });
      return (page.body as { readonly over: string | null }).over ?? "";
    };
    const send = async (personId: string, draftId: string, over: string) =>
      ask(hall, personId, draftAction, {
        params: params({ draft: draftId }),
        form: { intent: "release", edition: "1", over },
      });
    const seen = [await read("bilal", mine), await read("hana", theirs)] as const;
    expect(seen).toEqual(["", ""]);
    const [a, b] = await Promise.all([send("bilal", mine, seen[0]), send("hana", theirs, seen[1])]);
    expect([a.status, b.status].toSorted()).toEqual([302, 409]);
    const [late, lateDraft] = a.status === 409 ? (["bilal", mine] as const) : (["hana", theirs] as const);
    const refused = a.status === 409 ? a : b;
    expect(refused.body).toMatchObject({ refusal: { kind: "conflict", code: "standing-changed" } });
    expect(await hall.db.read.$count(position)).toBe(1);

    const now = await read(late, lateDraft);
    expect(now).not.toBe("");
    expect((await send(late, lateDraft, now)).status).toBe(302);
    const rows = await hall.db.read.select().from(position);
    expect(rows.map(({ supersedes }) => supersedes).toSorted()).toEqual([null, now].toSorted());
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });
});

describe("a document of an earlier day that is released later", () => {
  const older = { stance: "voluntary", sourceDate: "2025-03-01", sourceTitle: "An old letter" };

  it("[PS20] enters the history, and what is from the later source goes on standing everywhere", async () => {
    const hall = await openDelegations();
    const newer = await release(hall, await draft(hall));
    hall.wait(60_000);
    const draftId = await draft(hall, older);
    const told = await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) });
    expect(told.body).toMatchObject({ over: newer, behind: "2026-11-20" });
    const over = { draftId, edition: 1, over: newer };
    const { positionId } = done(await releasePosition(await hall.as("bilal"), over));
    expect(await row(hall, positionId)).toMatchObject({ supersedes: null });
    expect((await cells(hall))["LEM"]).toContain("Legal duty");
    expect((await cells(hall, "?day=2026-11-19"))["LEM"]).toContain("Voluntary");
    expect((await cells(hall, "?day=2025-02-28"))["LEM"]).toBe("not recorded");
    const topicPage = await ask(hall, null, topicLoader, { params: { topic: "care" } });
    expect(topicPage.body).toMatchObject({ positions: [{ entityId: "lem", id: newer }] });
    const entity = await ask(hall, null, entityLoader, { params: { entity: "lem" } });
    const history = [
      { id: newer, state: "stands" },
      { id: positionId, state: "behind" },
    ];
    expect(entity.body).toMatchObject({ topics: [{ own: { id: newer }, history }] });
    const page = await ask(hall, "bilal", positionLoader, { params: params({ position: positionId }) });
    expect(page.body).toMatchObject({ newer: { id: newer }, history, own: { mayWithdraw: false } });
    expect(
      (await listPositionsNamed(hall.db.read, { ids: [newer, positionId] })).map(({ id, isSuperseded }) => [
        id === newer,
        isSuperseded,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [true, false],
        [false, true],
      ]),
    );
    // The next is told of what stands, and when that is withdrawn nothing stands.
    const next = await draft(hall, { summary: "Newer still." });
    const read = await ask(hall, "bilal", draftLoader, { params: params({ draft: next }) });
    expect(read.body).toMatchObject({ over: newer, behind: null });
    hall.wait(60_000);
    const why = { sessionId: "s", reason: "Under review.", language: "en" };
    done(await withdrawPosition(await hall.as("bilal"), { ...why, positionId: newer }));
    expect((await cells(hall))["LEM"]).toBe("not recorded");
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PS20] keeps to the line of its group, whichever member speaks", async () => {
    const hall = await openDelegations();
    const newer = await release(hall, await draft(hall, forGroup));
    hall.wait(60_000);
    const words = { ...forGroup, stance: "duty", sourceDate: "2026-02-01", delegationId: "d-nor" };
    const late = await release(hall, await draft(hall, words, "priya"), "priya");
    expect(await row(hall, late)).toMatchObject({ supersedes: null });
    expect((await cells(hall))["NOR"]).toContain("via LANT Voluntary");
    const page = await ask(hall, null, positionLoader, { params: params({ position: late }) });
    expect(page.body).toMatchObject({
      newer: { id: newer },
      history: [{ state: "stands" }, { state: "behind" }],
    });
  });
});

describe("a withdrawal", () => {
  const where = (positionId: string) => ({ params: params({ position: positionId }) });
  const why = { intent: "withdraw", reason: "Under review.", language: "en" };

  it("[PS16] is the head's, says why, leaves nothing in its place, and stays on record", async () => {
    const hall = await openDelegations();
    const positionId = await release(hall, await draft(hall));
    hall.wait(60_000);
    expect((await ask(hall, null, positionAction, { ...where(positionId), form: why })).status).toBe(401);
    for (const personId of ["nadia", "omar", "priya", "amara", "sela", "dario"]) {
      const { status } = await ask(hall, personId, positionAction, { ...where(positionId), form: why });
      expect({ personId, status }).toEqual({
        personId,
        status: 403,
      });
    }
    const empty = await ask(hall, "bilal", positionAction, {
      ...where(positionId),
      form: { ...why, reason: " " },
    });
    expect(empty).toMatchObject({
      status: 422,
      body: { refusal: { fields: { reason: "withdrawal-reason-missing" } }, typed: { language: "en" } },
    });
    const taken = await ask(hall, "bilal", positionAction, { ...where(positionId), form: why });
    expect(taken.status).toBe(302);
    expect(hall.told.at(-1)).toEqual({ audience: { kind: "session", sessionId: "s" }, topic: "positions" });
    expect((await cells(hall))["LEM"]).toBe("not recorded");
    const page = await ask(hall, null, positionLoader, where(positionId));
    expect(page.body).toMatchObject({
      history: [
        { state: "withdrawal", sourceDate: "2026-11-23" },
        { id: positionId, state: "withdrawn" },
      ],
    });
    expect((await cells(hall, "?day=2026-11-22"))["LEM"]).toContain("Legal duty");
    // Once is enough, and what is new afterwards takes the place of nothing.
    expect(
      refusedFor(
        await withdrawPosition(await hall.as("bilal"), {
          sessionId: "s",
          positionId,
          reason: "Again.",
          language: "en",
        }),
      ),
    ).toBe("position-superseded");
    const next = await release(hall, await draft(hall, { stance: "voluntary" }));
    expect(await row(hall, next)).toMatchObject({ supersedes: null });
    expect((await cells(hall))["LEM"]).toContain("Voluntary");
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PS16] says to a head who comes too late what stands instead, and keeps the reason", async () => {
    const hall = await openDelegations();
    const positionId = await release(hall, await draft(hall));
    hall.wait(60_000);
    const newer = await release(hall, await draft(hall, { sourceTitle: "Second paper" }));
    const where = { params: params({ position: positionId }), search: "?confirm=withdraw" };
    expect(await ask(hall, "bilal", positionAction, { ...where, form: why })).toMatchObject({
      status: 409,
      body: { refusal: { code: "position-superseded" }, typed: { reason: "Under review." } },
    });
    expect((await ask(hall, "bilal", positionLoader, where)).body).toMatchObject({
      own: {
        mayWithdraw: false,
        gone: "position-superseded",
        instead: { id: newer, does: "stands", sourceTitle: "Second paper" },
      },
    });
  });

  it("[PS16] [PM1] of what is not there and of another's is no head's", async () => {
    const hall = await openDelegations();
    const positionId = await release(hall, await draft(hall));
    const priya = await hall.as("priya");
    const said = { sessionId: "s", reason: "Ours now.", language: "en" };
    expect(refusedFor(await withdrawPosition(priya, { ...said, positionId }))).toBe("not-allowed");
    expect(refusedFor(await withdrawPosition(priya, { ...said, positionId: "none" }))).toBe("not-there");
    expect(await hall.db.read.$count(position)).toBe(1);
  });
});

describe("an editors' reading", () => {
  const where = (positionId: string) => ({ params: params({ position: positionId }) });

  it("[PS12] is confirmed by the head of the State's own delegation, and stays in the history", async () => {
    const hall = await openDelegations();
    const reading = await publishReading(hall, "lem", { sourceDate: "2021-07" });
    const form = { intent: "confirm", over: "" };
    for (const personId of ["nadia", "priya", "amara", "sela"]) {
      expect((await ask(hall, personId, positionAction, { ...where(reading), form })).status).toBe(403);
    }
    expect((await ask(hall, "nadia", positionLoader, where(reading))).body).toMatchObject({
      own: { mayConfirm: false, draftTo: expect.stringContaining(`from=${reading}`) },
    });
    expect((await ask(hall, "priya", positionLoader, where(reading))).body).toMatchObject({
      own: { mayConfirm: false, draftTo: null },
    });
    const page = await ask(hall, "bilal", positionLoader, where(reading));
    expect(page.body).toMatchObject({ own: { mayConfirm: true, over: null } });
    expect((await cells(hall))["LEM"]).toBe(
      "Voluntary Editors' reading (not read again). A/76/136, Jul 2021",
    );
    const taken = await ask(hall, "bilal", positionAction, { ...where(reading), form });
    expect(taken.status).toBe(302);
    expect((await cells(hall))["LEM"]).toBe("Voluntary A/76/136, Jul 2021");
    const own = await ask(hall, null, positionLoader, where(taken.to?.split("/").at(-1) ?? ""));
    expect(own.body).toMatchObject({
      position: { standing: "own", answers: "confirms", sourceDate: "2021-07" },
      history: [
        { standing: "own", state: "stands", answers: "confirms" },
        { id: reading, standing: "editors", state: "answered", sourceTitle: readingSource.sourceTitle },
      ],
    });
    const context = await hall.as("bilal");
    const [{ id: now } = { id: "" }] = await hall.db.read
      .select()
      .from(position)
      .where(eq(position.standing, "own"));
    const again = { sessionId: "s", positionId: reading, over: now };
    expect(refusedFor(await confirmReading(context, again))).toBe("reading-answered");
    // Whoever had begun to confirm it is told why not, and what stands.
    expect((await ask(hall, "bilal", positionLoader, where(reading))).body).toMatchObject({
      own: { mayConfirm: false, gone: "reading-answered", instead: { id: now, does: "own" } },
    });
    expect((await ask(hall, "priya", positionLoader, where(reading))).body).toMatchObject({
      own: { gone: "not-allowed", instead: null },
    });
    const anchor = (await hall.db.read.select().from(event)).find(({ act }) => act === "confirmReading");
    expect(anchor).toMatchObject({ personId: "bilal", delegationId: "d-lem", detail: { answers: reading } });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PS12] is corrected by a position from the same source, drafted in the delegation", async () => {
    const hall = await openDelegations();
    const reading = await publishReading(hall, "lem", { sourceDate: "2021-07" });
    const fresh = await ask(hall, "nadia", draftLoader, {
      params: params({ draft: "new" }),
      search: `?from=${reading}`,
    });
    // Its day is to be given: the reading knows the month alone.
    expect(fresh.body).toMatchObject({
      topic: { id: "care" },
      values: { stance: "voluntary", sourceTitle: readingSource.sourceTitle, sourceDate: "" },
    });
    const draftId = await draft(hall, { ...readingSource, sourceDate: "2021-07-13", stance: "duty" });
    expect(
      (await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) })).body,
    ).toMatchObject({ answers: "corrects" });
    const positionId = await release(hall, draftId);
    expect(await row(hall, positionId)).toMatchObject({ answers: reading, supersedes: null });
    const page = await ask(hall, null, positionLoader, where(positionId));
    expect(page.body).toMatchObject({
      position: { answers: "corrects" },
      history: [{ answers: "corrects" }, { id: reading, state: "answered" }],
    });
    // Nobody else's words are offered to go on from.
    const others = await ask(hall, "priya", draftLoader, {
      params: params({ draft: "new" }),
      search: `?from=${reading}`,
    });
    expect(others.body).toMatchObject({ topic: null, values: { summary: "" } });
  });

  it("[PS12] is not answered by a position from another source, and gives way to it all the same", async () => {
    const hall = await openDelegations();
    const reading = await publishReading(hall, "lem");
    const positionId = await release(hall, await draft(hall));
    expect(await row(hall, positionId)).toMatchObject({ answers: null });
    expect((await cells(hall))["LEM"]).toContain("Legal duty SIM/WP.1");
    expect((await ask(hall, null, positionLoader, where(reading))).body).toMatchObject({
      history: [{ id: positionId }, { id: reading, state: "stands" }],
    });
  });

  it("[PS15] is not confirmed over something that the head was not told of", async () => {
    const hall = await openDelegations();
    const reading = await publishReading(hall, "lem");
    const bilal = await hall.as("bilal");
    const standing = await release(hall, await draft(hall));
    const which = { sessionId: "s", positionId: reading };
    expect(refusedFor(await confirmReading(bilal, { ...which, over: null }))).toBe("standing-changed");
    const { positionId } = done(await confirmReading(bilal, { ...which, over: standing }));
    expect(await row(hall, positionId)).toMatchObject({ supersedes: null, answers: reading });
    // The reading is of 2025 and what stands of 2026: that goes on standing.
    expect((await cells(hall))["LEM"]).toContain("Legal duty SIM/WP.1");
    expect((await ask(hall, null, positionLoader, where(positionId))).body).toMatchObject({
      newer: { id: standing },
      history: [{ id: standing, state: "stands" }, { state: "behind" }, { id: reading, state: "answered" }],
    });
  });
});

describe("a topic that is closed", () => {
  it("[PS2] takes no new position, and what was typed stays", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    const positionId = await release(hall, await draft(hall, { stance: "voluntary" }));
    await hall.db.write(async (tx) => void (await tx.update(topic).set({ closedAt: 1 })));
    expect(refusedFor(await releasePosition(await hall.as("bilal"), { draftId, edition: 1 }))).toBe(
      "topic-closed",
    );
    const page = await ask(hall, "bilal", draftLoader, { params: params({ draft: draftId }) });
    expect(page.body).toMatchObject({ values: { summary: positionWords.summary } });
    const fresh = await ask(hall, "nadia", draftLoader, { params: params({ draft: "new" }) });
    expect(fresh.body).toMatchObject({ topics: [] });
    expect((await ask(hall, null, positionLoader, { params: params({ position: positionId }) })).status).toBe(
      200,
    );
  });
});

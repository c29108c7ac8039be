/** Topics and their scales in the hands of the secretariat. */
import { expect, test } from "vitest";
import { addTopic } from "#app/commands/add-topic.ts";
import { addStance, renameStance } from "#app/commands/change-scale.ts";
import { askAnew, closeTopic, renameTopic } from "#app/commands/change-topic.ts";
import { createSession } from "#app/commands/create-session.ts";
import { moveTopic } from "#app/commands/move-topic.ts";
import { standingOf } from "#app/rules/agenda.ts";
import { loader as historyLoader, action as historyAction } from "#app/routes/topic-history/route.tsx";
import { action as topicsAction, loader as topicsLoader } from "#app/routes/topics/route.tsx";
import { loadReference } from "#db/reference/load.ts";
import { person } from "#db/schema/people.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findTopic, listTopicChanges, listTopics } from "#db/stores/topic.ts";
import { faultsIn } from "#test/support/database.ts";
import { ask, openDelegations } from "#test/support/delegations.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { changedReference, openWithReference } from "#test/support/reference-files.ts";
import { show, submit } from "#test/support/reception.ts";

const now = () => Date.UTC(2026, 10, 23, 12);

test("[RF7] a stance in use gets another name, keeps the old one, and the positions stay where they are", async () => {
  const hall = await openDelegations();
  const sela = await hall.as("sela");
  const topicId = "care";
  done(await renameStance(sela, { topicId, stanceId: "duty", label: "Duty of law" }));
  done(await renameStance(sela, { topicId, stanceId: "duty", label: "Binding duty" }));
  done(await addStance(sela, { topicId, label: "Undecided" }));
  const topic = await findTopic(hall.db.read, topicId);
  expect(topic?.scale).toMatchObject([
    { id: "duty", label: "Binding duty", formerly: ["Legal duty", "Duty of law"] },
    { id: "voluntary", label: "Voluntary" },
    { label: "Undecided" },
  ]);
  expect(refusedFor(await addStance(sela, { topicId, label: "legal duty" }))).toBe("stance-taken");
  expect(refusedFor(await renameStance(sela, { topicId, stanceId: "duty", label: "Voluntary" }))).toBe(
    "stance-taken",
  );
  expect(refusedFor(await renameStance(sela, { topicId, stanceId: "duty", label: "Binding duty" }))).toBe(
    "nothing-changed",
  );
  expect(refusedFor(await renameStance(sela, { topicId, stanceId: "none", label: "X" }))).toBe(
    "stance-unknown",
  );
  const changes = await listTopicChanges(hall.db.read, topicId);
  expect(changes).toHaveLength(3);
  expect(changes).toContainEqual(
    expect.objectContaining({
      what: "stance-renamed",
      before: "Legal duty",
      after: "Duty of law",
      byName: "Sela",
    }),
  );
  const page = await ask(hall, null, historyLoader, { params: { topic: topicId } });
  expect(page).toMatchObject({
    status: 200,
    body: { mayManage: false, topic: { scale: [{ formerly: ["Legal duty", "Duty of law"] }, {}, {}] } },
  });
  expect(JSON.stringify(page.body)).not.toContain("Sela");
  expect(hall.told.every(({ audience, topic }) => audience.kind === "everybody" && topic === "topics")).toBe(
    true,
  );
  expect(faultsIn(hall.db.folder)).toEqual([]);
});

test("[RF7] the secretariat alone manages topics, and a form that is refused keeps what was typed", async () => {
  const hall = await openDelegations();
  const topicId = "care";
  for (const personId of ["amara", "bilal", "dario"]) {
    const context = await hall.as(personId);
    const given = { title: "X", question: "Y", scale: ["A", "B"], exercise: true };
    expect(refusedFor(await addTopic(context, given))).toBe("not-allowed");
    expect(refusedFor(await renameTopic(context, { topicId, title: "X" }))).toBe("not-allowed");
    expect(refusedFor(await moveTopic(context, { topicId, direction: "up" }))).toBe("not-allowed");
  }
  const context = await hall.as("sela");
  const form = { intent: "add", title: "Supply chains", question: "Whose care?", scale: "Everybody's" };
  expect(await submit(topicsAction, form, { context })).toMatchObject({
    status: 422,
    body: {
      refusal: { fields: { scale: "scale-short" } },
      typed: { title: "Supply chains", scale: "Everybody's" },
    },
  });
  const made = await submit(topicsAction, { ...form, scale: "Everybody's\n\n  Makers'  \n" }, { context });
  expect(made.location).toMatch(/^\/topics\/[\w-]+\/history$/);
  const params = { topic: made.location?.split("/")[2] ?? "" };
  const topic = await findTopic(hall.db.read, params.topic);
  expect(topic).toMatchObject({ title: "Supply chains", exercise: true, closedAt: null });
  expect(topic?.scale.map(({ label }) => label)).toEqual(["Everybody's", "Makers'"]);
  expect(await submit(topicsAction, { ...form, scale: "A\nB" }, { context })).toMatchObject({
    status: 422,
    body: { refusal: { fields: { title: "topic-taken" } } },
  });
  for (const [intent, fields] of [
    ["rename", { title: "Supply chain security" }],
    ["ask", { question: "Who takes care?" }],
    ["add-stance", { label: "Nobody's" }],
    ["close", {}],
  ] as const) {
    const { seen } = (await show(historyLoader, { context, params })).body;
    const sent = { intent, ...fields, seen: String(seen) };
    expect(await submit(historyAction, sent, { context, params })).toMatchObject({
      status: 302,
      location: `/topics/${params.topic}/history`,
    });
  }
  const label = { intent: "add-stance", label: "Nobody's" };
  expect(await submit(historyAction, label, { context, params })).toMatchObject({
    status: 422,
    body: { refusal: { fields: { label: "stance-taken" } }, typed: { label: "Nobody's" } },
  });
  expect(await findTopic(hall.db.read, params.topic)).toMatchObject({
    title: "Supply chain security",
    question: "Who takes care?",
  });
  expect(await listTopicChanges(hall.db.read, params.topic)).toHaveLength(5);
});

test("[RF16] two officers who change one topic at once: the second is told, and what was typed stays", async () => {
  const hall = await openDelegations();
  const context = await hall.as("sela");
  const params = { topic: "care" };
  const seen = async () => String((await show(historyLoader, { context, params })).body["seen"]);
  const first = await seen();
  const forms: readonly Readonly<Record<string, string>>[] = [
    { intent: "rename", title: "Diligence" },
    { intent: "ask", question: "Must it act in time?" },
    { intent: "add-stance", label: "Undecided" },
    { intent: "rename-stance", stance: "duty", label: "Binding duty" },
    { intent: "close" },
  ];
  let before = first;
  for (const form of forms) {
    // Somebody else changes the topic between the making of the form and its sending.
    before = await seen();
    done(await renameTopic(context, { topicId: "care", title: `Due care ${form["intent"]}` }));
    expect(await submit(historyAction, { ...form, seen: before }, { context, params })).toMatchObject({
      status: 409,
      body: { refusal: { code: "topic-changed" }, typed: form },
    });
    // Having read what stands now, they send it again.
    const again = { ...form, seen: await seen() };
    expect((await submit(historyAction, again, { context, params })).status).toBe(302);
  }
  expect(await findTopic(hall.db.read, "care")).toMatchObject({
    title: "Due care close",
    question: "Must it act in time?",
    scale: [{ label: "Binding duty" }, { label: "Voluntary" }, { label: "Undecided" }],
  });
  const opened = { intent: "reopen", seen: first };
  expect((await submit(historyAction, opened, { context, params })).status).toBe(409);
  // The files change a topic too.
  const real = await openWithReference();
  const sela = { ...(await real.as("sela")), mode: "production" as const };
  const of = { context: sela, params: { topic: "sovereignty" } };
  const made = String((await show(historyLoader, of)).body["seen"]);
  const folder = changedReference({
    "topics.json": (text) => text.replace('"title": "Sovereignty"', '"title": "Sovereignty, in the files"'),
  });
  await loadReference(real.db, now, folder);
  const late = { intent: "rename", title: "Territorial sovereignty", seen: made };
  expect((await submit(historyAction, late, of)).status).toBe(409);
});

test("[RF8] a closed topic is not offered, stays readable, and is opened again", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  const close = (closed: boolean) => closeTopic(sela, { topicId: "due-diligence", closed });
  const linked = async () => {
    const facts = {
      title: "T",
      body: "B",
      kind: "plenary",
      symbol: "",
      venue: "V",
      exercise: false,
    } as const;
    const days = { from: "2027-05-10", to: "2027-05-14", timeZone: "America/New_York" };
    const { sessionId } = done(await createSession(sela, { ...facts, ...days, withOutline: true }));
    return (await listAgenda(hall.db.read, sessionId)).flatMap(({ topicIds }) => topicIds);
  };
  expect(await linked()).toContain("due-diligence");
  done(await close(true));
  expect(refusedFor(await close(true))).toBe("topic-closed");
  expect(await linked()).toHaveLength(11);
  expect(await linked()).not.toContain("due-diligence");
  const context = { ...(await hall.as(null)), mode: "production" as const };
  const { topics, mayManage } = await topicsLoader({
    context,
    params: {},
    request: new Request("http://here/"),
  });
  expect(topics.filter(({ isClosed }) => isClosed)).toMatchObject([{ id: "due-diligence" }]);
  expect(mayManage).toBe(false);
  const history = await show(historyLoader, { context, params: { topic: "due-diligence" } });
  expect(history).toMatchObject({ status: 200, body: { changes: [{ what: "closed", by: null }] } });
  // The files do not open it.
  await loadReference(hall.db, now, changedReference({ "topics.json": (text) => `${text}\n` }));
  expect(await linked()).toHaveLength(11);
  done(await close(false));
  expect(refusedFor(await close(false))).toBe("topic-open");
  expect(await linked()).toHaveLength(12);
});

test("[RF20] the second of two who move one topic is told by whom it was moved, and moves of others are no hindrance", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  await hall.db.write((tx) =>
    tx.insert(person).values({ id: "rana", name: "Rana", secretariat: true, createdAt: 1 }),
  );
  const rana = await hall.as("rana");
  const order = async () => (await listTopics(hall.db.read, { exercise: false })).map(({ id }) => id);
  const before = await order();
  const seenOf = (ids: readonly string[], topicId: string) => {
    const places = ids.map((id, at) => ({ id, order: at, parentId: null }));
    const place = places.find(({ id }) => id === topicId);
    if (!place) throw new Error("there is no such topic");
    return standingOf(places, place);
  };
  const [topicId = "", far = ""] = [before[1], before[6]];
  const [seen, seenFar] = [seenOf(before, topicId), seenOf(before, far)];
  done(await moveTopic(rana, { topicId, direction: "down", seen }));
  expect(await moveTopic(sela, { topicId, direction: "down", seen })).toMatchObject({
    kind: "conflict",
    code: "topic-moved",
    values: { by: "Rana" },
  });
  done(await moveTopic(sela, { topicId: far, direction: "up", seen: seenFar }));
  const after = await order();
  expect(after.indexOf(topicId)).toBe(2);
  expect(after.indexOf(far)).toBe(5);
  done(await moveTopic(sela, { topicId, direction: "down", seen: seenOf(after, topicId) }));
  expect((await order()).indexOf(topicId)).toBe(3);
});

test("[RF9] the files undo nothing that the secretariat named, asked, added or ordered", async () => {
  const hall = await openWithReference();
  const sela = await hall.as("sela");
  done(await renameTopic(sela, { topicId: "sovereignty", title: "Territorial sovereignty" }));
  done(await renameStance(sela, { topicId: "due-diligence", stanceId: "binding", label: "Binding" }));
  done(await addStance(sela, { topicId: "due-diligence", label: "Not settled" }));
  done(await askAnew(sela, { topicId: "countermeasures", question: "May it?" }));
  done(await moveTopic(sela, { topicId: "non-intervention", direction: "up" }));
  expect(refusedFor(await moveTopic(sela, { topicId: "non-intervention", direction: "up" }))).toBe(
    "item-at-end",
  );
  const real = { question: "Q", scale: ["A", "B"], exercise: false };
  const { topicId } = done(await addTopic(sela, { ...real, title: "Supply chains" }));
  const folder = changedReference({
    "topics.json": (text) =>
      text
        .replace('"title": "Sovereignty"', '"title": "Sovereignty, in the files"')
        .replace('"title": "Due diligence"', '"title": "Due diligence, in the files"')
        .replace('"Binding obligation (of conduct)"', '"Obligation"')
        .replace('"Applicable principle; legal content still to be settled"', '"Principle, open"')
        .replace("May an injured State take countermeasures", "Can an injured State take countermeasures"),
  });
  await loadReference(hall.db, now, folder);
  expect((await findTopic(hall.db.read, "sovereignty"))?.title).toBe("Territorial sovereignty");
  const dueDiligence = await findTopic(hall.db.read, "due-diligence");
  expect(dueDiligence?.title).toBe("Due diligence, in the files");
  expect(dueDiligence?.scale).toMatchObject([
    { id: "binding", label: "Binding", formerly: ["Binding obligation (of conduct)"] },
    { label: "Principle, open", formerly: ["Applicable principle; legal content still to be settled"] },
    { id: "voluntary" },
    { label: "Not settled" },
  ]);
  expect((await findTopic(hall.db.read, "countermeasures"))?.question).toBe("May it?");
  const order = (await listTopics(hall.db.read, { exercise: false })).map(({ id }) => id);
  expect(order.slice(0, 3)).toEqual(["non-intervention", "sovereignty", "due-diligence"]);
  expect(order.at(-1)).toBe(topicId);
  expect(faultsIn(hall.db.folder)).toEqual([]);
});

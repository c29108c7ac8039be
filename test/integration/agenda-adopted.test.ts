/** The agenda from provisional to adopted, and what may happen to it then; two chairs at once; what is not taken off. */
import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { addDocument } from "#app/commands/add-document.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { ChangeList } from "#app/routes/agenda/change-list.tsx";
import { action as agendaAction, loader as agendaLoader } from "#app/routes/agenda/route.tsx";
import { editionOf, fullNumber, standingOf, writeStanding } from "#app/rules/agenda.ts";
import { rowHash } from "#db/canonical.ts";
import { event } from "#db/schema/record.ts";
import { agendaChange, agendaItem, position, statement, topic } from "#db/schema/session.ts";
import { text } from "#db/schema/text.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { eq } from "drizzle-orm";
import { faultsIn } from "#test/support/database.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";

const params = { session: "s" };
const sessionId = "s";

/** 5 (a) of the hall, 6 with (a), (b), (c), and 7; by their full numbers. */
async function openAgenda(): Promise<{ hall: Hall; ids: Record<string, string> }> {
  const hall = await openHall();
  const amara = await hall.as("amara");
  const ids: Record<string, string> = { "5 (a)": "i" };
  const add = async (number: string, parentId: string | null, called: string) => {
    const item = { sessionId, parentId, number, title: `Item ${called}`, note: "", topicIds: [] };
    ids[called] = done(await addAgendaItem(amara, item)).itemId;
  };
  await add("6", null, "6");
  for (const letter of ["(a)", "(b)", "(c)"]) await add(letter, ids["6"] ?? null, `6 ${letter}`);
  await add("7", null, "7");
  return { hall, ids };
}

const numbers = async ({ db }: Hall) => {
  const items = await listAgenda(db.read, sessionId);
  return items.map(({ id }) => fullNumber(items, id));
};
const titles = async ({ db }: Hall) => (await listAgenda(db.read, sessionId)).map(({ title }) => title);
const adopt = async (hall: Hall) =>
  done(await adoptAgenda(await hall.as("amara"), { sessionId, symbol: "A/AC.1/2026/1" }));

/** Where an item stands, as a page that is open shows it. */
async function seenOf({ db }: Hall, itemId: string) {
  const items = await listAgenda(db.read, sessionId);
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw new Error("there is no such item");
  return standingOf(items, item);
}

describe("adoption", () => {
  it("[AG12] is an act of those who preside, once, with the symbol, who and when", async () => {
    const { hall } = await openAgenda();
    const page = async () => (await show(agendaLoader, { context: await hall.as(null), params })).body;
    expect(await page()).toMatchObject({ adopted: null });
    for (const personId of ["bilal", "chiara", "dario", null]) {
      const refused = await adoptAgenda(await hall.as(personId), { sessionId, symbol: "A/1" });
      expect(refusedFor(refused)).toBe(personId === null ? "sign-in" : "not-allowed");
    }
    const amara = await hall.as("amara");
    const sent = (symbol: string) =>
      submit(agendaAction, { intent: "adopt", symbol }, { context: amara, params });
    expect((await sent(" ")).body).toMatchObject({ refusal: { fields: { symbol: "required" } } });
    expect((await sent("A/AC.1/2026/1")).status).toBe(302);
    const at = amara.now();
    expect(await page()).toMatchObject({
      adopted: { at, by: "amara of the tests", symbol: "A/AC.1/2026/1" },
      changes: [],
    });
    const again = await sent("A/2");
    expect(again).toMatchObject({ status: 409, body: { refusal: { code: "agenda-adopted" } } });
    expect(hall.told.at(-1)).toEqual({ audience: { kind: "session", sessionId }, topic: "agenda" });
    const [last] = (await hall.db.read.select().from(event)).slice(-1);
    expect(last).toMatchObject({
      act: "adoptAgenda",
      personId: "amara",
      at,
      detail: { symbol: "A/AC.1/2026/1" },
    });
  });

  it("[AG12] needs an item", async () => {
    const hall = await openHall();
    await hall.db.write(async (tx) => {
      await tx.update(agendaItem).set({ deletedAt: 1 }).where(eq(agendaItem.id, "i"));
    });
    const refused = await adoptAgenda(await hall.as("amara"), { sessionId, symbol: "A/1" });
    expect(refusedFor(refused)).toBe("agenda-empty");
  });

  it("[AG13] before it changes need no reason and are not listed; after it each needs one", async () => {
    const { hall, ids } = await openAgenda();
    const amara = await hall.as("amara");
    const item = { sessionId, parentId: null, number: "8", title: "Closing", note: "", topicIds: [] };
    const edited = { ...item, itemId: ids["7"] ?? "", number: "7", title: "Other matters" };
    done(await editAgendaItem(amara, edited));
    expect(await hall.db.read.$count(agendaChange)).toBe(0);
    await adopt(hall);
    const before = await titles(hall);
    const attempts = [
      addAgendaItem(amara, item),
      editAgendaItem(amara, { ...edited, title: "Any other matters", reason: " \u200B " }),
      moveAgendaItem(amara, { sessionId, itemId: ids["7"] ?? "", to: "up" }),
      deleteAgendaItem(amara, { sessionId, itemId: ids["7"] ?? "" }),
    ];
    for (const attempt of attempts) {
      expect(await attempt).toMatchObject({ kind: "invalid", fields: { reason: "reason-missing" } });
    }
    expect(await titles(hall)).toEqual(before);
    const long = await deleteAgendaItem(amara, {
      sessionId,
      itemId: ids["7"] ?? "",
      reason: "r".repeat(301),
    });
    expect(refusedFor(long)).toBe("too-long");
  });

  it("[AG13] after it each change is anchored, and shown to everybody with who, when, before, after and why", async () => {
    const { hall, ids } = await openAgenda();
    const faults = faultsIn(hall.db.folder);
    await adopt(hall);
    const amara = await hall.as("amara");
    const blank = { sessionId, parentId: null, note: "", topicIds: [] };
    const reason = "As the meeting decided";
    const added = done(await addAgendaItem(amara, { ...blank, number: "8", title: "Closing", reason }));
    hall.wait(1_000);
    const edited = { ...blank, itemId: added.itemId, number: "9", title: "Closure", reason };
    done(await editAgendaItem(amara, edited));
    hall.wait(1_000);
    done(await moveAgendaItem(amara, { sessionId, itemId: ids["6 (c)"] ?? "", to: "up", reason }));
    hall.wait(1_000);
    done(await deleteAgendaItem(amara, { sessionId, itemId: ids["7"] ?? "", reason }));
    const { changes } = (await show(agendaLoader, { context: await hall.as(null), params })).body;
    expect(changes).toMatchObject([
      { what: "deleted", before: "7 Item 7", after: "", reason, by: "amara of the tests", at: amara.now() },
      { what: "moved", before: "6 (b), 6 (c) Item 6 (c)", after: "6 (a), 6 (c) Item 6 (c), 6 (b)" },
      { what: "edited", before: "8 Closing", after: "9 Closure" },
      { what: "added", before: "", after: "8 Closing" },
    ]);
    const rows = await hall.db.read.select().from(agendaChange);
    const acts = await hall.db.read.select().from(event);
    expect(acts.slice(-4).map(({ act, detail }) => [act, detail["sha256"]])).toEqual(
      ["addAgendaItem", "editAgendaItem", "moveAgendaItem", "deleteAgendaItem"].map((act, index) => {
        const row = rows.toSorted((a, b) => a.at - b.at)[index];
        return [act, row && rowHash("agenda_change", row)];
      }),
    );
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it("[AG18] says what an item's note and topics were and are, and which documents came and went", async () => {
    const { hall, ids } = await openAgenda();
    const faults = faultsIn(hall.db.folder);
    const itemId = ids["7"] ?? "";
    const amara = await hall.as("amara");
    const file = {
      sessionId,
      itemId,
      symbol: "A/79/1",
      title: "Before",
      url: "https://un.org/1",
      file: null,
    };
    const early = done(await addDocument(amara, file));
    await hall.db.write(async (tx) => {
      const facts = { question: "?", scale: [], exercise: false };
      await tx.insert(topic).values({ id: "old", title: "Old topic", order: 91, ...facts });
      await tx.insert(topic).values({ id: "new", title: "New topic", order: 92, ...facts });
    });
    const item = { sessionId, itemId, parentId: null, number: "7", title: "Item 7" };
    done(await editAgendaItem(amara, { ...item, note: "First note", topicIds: ["old"] }));
    hall.wait(1_000);
    await adopt(hall);
    hall.wait(1_000);
    const reason = "As decided";
    done(await editAgendaItem(amara, { ...item, note: "Second note", topicIds: ["new"], reason }));
    hall.wait(1_000);
    done(
      await editAgendaItem(amara, {
        ...item,
        title: "Seven",
        note: "Second note",
        topicIds: ["new"],
        reason,
      }),
    );
    hall.wait(1_000);
    const late = { ...file, symbol: "A/79/2", title: "After", reason: "  Asked for by\nthe floor " };
    const added = done(await addDocument(await hall.as("sela"), late));
    hall.wait(1_000);
    const gone = { sessionId, itemId, documentId: early.documentId, reason: "Overtaken by A/79/2" };
    done(await removeDocument(amara, gone));
    const { changes } = (await show(agendaLoader, { context: await hall.as(null), params })).body;
    const none = { note: null, topics: null };
    expect(changes).toMatchObject([
      {
        what: "document-removed",
        document: "A/79/1 Before",
        by: "amara of the tests",
        reason: "Overtaken by A/79/2",
        after: "7 Seven",
        ...none,
      },
      {
        id: added.documentId,
        what: "document-added",
        document: "A/79/2 After",
        by: "Sela",
        reason: "Asked for by the floor",
        ...none,
      },
      { what: "edited", before: "7 Item 7", after: "7 Seven", ...none },
      {
        what: "edited",
        note: { before: "First note", after: "Second note" },
        topics: { before: ["Old topic"], after: ["New topic"] },
        reason,
      },
    ]);
    const acts = await hall.db.read.select().from(event);
    expect(acts.slice(-2)).toMatchObject([
      { act: "addDocument", detail: { reason: "Asked for by the floor" } },
      { act: "removeDocument", detail: { reason: "Overtaken by A/79/2" } },
    ]);
    const [edit] = acts.filter(({ detail }) => detail["note"] === "Second note");
    expect(edit?.detail).toMatchObject({
      note: "Second note",
      topicIds: ["new"],
      was: { note: "First note", topicIds: ["old"] },
    });
    const said = renderToStaticMarkup(
      createElement(
        I18nextProvider,
        { i18n: createTranslator("en") },
        createElement(ChangeList, {
          changes: changes as ComponentProps<typeof ChangeList>["changes"],
          adopted: true,
          zone: "America/New_York",
        }),
      ),
    );
    expect(said).toContain("<del><bdi>First note</bdi></del> <bdi>Second note</bdi>");
    expect(said).toContain("<del><bdi>Old topic</bdi></del> <bdi>New topic</bdi>");
    expect(said).toContain("<del><bdi>A/79/1 Before</bdi></del>");
    expect(said).toContain("Overtaken by A/79/2");
    expect(faultsIn(hall.db.folder).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it("[AG13] [PE9] a move without a reason comes back with everything that it was, to be sent with one", async () => {
    const { hall, ids } = await openAgenda();
    await adopt(hall);
    const context = await hall.as("amara");
    const itemId = ids["6 (c)"] ?? "";
    const seen = writeStanding(await seenOf(hall, itemId));
    const typed = { intent: "move", item: itemId, seen, parent: ids["6"] ?? "", before: ids["6 (a)"] ?? "" };
    const asked = await submit(agendaAction, typed, { context, params });
    expect(asked).toMatchObject({
      status: 422,
      body: {
        refusal: { fields: { reason: "reason-missing" }, values: { item: "6 (c) Item 6 (c)" } },
        typed,
      },
    });
    const sent = await submit(agendaAction, { ...typed, reason: "To hear it first" }, { context, params });
    expect(sent.status).toBe(302);
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (c)", "6 (a)", "6 (b)", "7"]);
  });
});

describe("two chairs at once", () => {
  it("[AG3] [AG10] both moves of different items are kept", async () => {
    const { hall, ids } = await openAgenda();
    const [amara, sela] = [await hall.as("amara"), await hall.as("sela")];
    const [a, c] = [ids["6 (a)"] ?? "", ids["6 (c)"] ?? ""];
    const [seenA, seenC] = [await seenOf(hall, a), await seenOf(hall, c)];
    const [first, second] = await Promise.all([
      moveAgendaItem(amara, {
        sessionId,
        itemId: c,
        seen: seenC,
        to: { parentId: ids["6"] ?? null, beforeId: a },
      }),
      moveAgendaItem(sela, {
        sessionId,
        itemId: a,
        seen: seenA,
        to: { parentId: null, beforeId: ids["7"] ?? null },
      }),
    ]);
    done(first);
    done(second);
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (c)", "6 (b)", "8", "7"]);
    expect(await titles(hall)).toHaveLength(6);
  });

  it("[AG10] the second move of the same item is refused, and says what to do", async () => {
    const { hall, ids } = await openAgenda();
    const [amara, sela] = [await hall.as("amara"), await hall.as("sela")];
    const b = ids["6 (b)"] ?? "";
    const seen = await seenOf(hall, b);
    const [up, down] = await Promise.all([
      moveAgendaItem(amara, { sessionId, itemId: b, seen, to: "up" }),
      moveAgendaItem(sela, { sessionId, itemId: b, seen, to: "down" }),
    ]);
    done(up);
    expect(down).toMatchObject({
      kind: "conflict",
      code: "item-moved",
      values: { item: "6 (b) Item 6 (b)", by: "amara of the tests" },
    });
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (b)", "6 (a)", "6 (c)", "7"]);
    done(await moveAgendaItem(sela, { sessionId, itemId: b, seen: await seenOf(hall, b), to: "down" }));
  });

  it("[AG10] a place that is gone is refused, and one where the item stands already changes nothing", async () => {
    const { hall, ids } = await openAgenda();
    const amara = await hall.as("amara");
    const seven = ids["7"] ?? "";
    done(await deleteAgendaItem(amara, { sessionId, itemId: ids["6 (b)"] ?? "" }));
    const gone = { parentId: ids["6"] ?? null, beforeId: ids["6 (b)"] ?? null };
    expect(refusedFor(await moveAgendaItem(amara, { sessionId, itemId: seven, to: gone }))).toBe(
      "place-gone",
    );
    const below = { parentId: ids["6 (a)"] ?? null, beforeId: null };
    const circle = await moveAgendaItem(amara, { sessionId, itemId: ids["6"] ?? "", to: below });
    expect(refusedFor(circle)).toBe("item-below-itself");
    const acts = await hall.db.read.$count(event);
    done(await moveAgendaItem(amara, { sessionId, itemId: seven, to: { parentId: null, beforeId: null } }));
    expect(await hall.db.read.$count(event)).toBe(acts);
  });

  it("[AG10] [PE9] an edit of what somebody else changed meanwhile comes back with both wordings", async () => {
    const { hall, ids } = await openAgenda();
    const itemId = ids["7"] ?? "";
    const shown = (await listAgenda(hall.db.read, sessionId)).find(({ id }) => id === itemId);
    if (!shown) throw new Error("there is no item 7");
    const typed = { intent: "edit", item: itemId, parent: "", number: "7", title: "Mine", note: "" };
    const send = async (personId: string, edition: string, title = typed.title) =>
      submit(agendaAction, { ...typed, title, edition }, { context: await hall.as(personId), params });
    expect((await send("sela", editionOf(shown), "Theirs")).status).toBe(302);
    const refused = await send("amara", editionOf(shown));
    expect(refused).toMatchObject({
      status: 409,
      body: { refusal: { code: "item-changed", values: { item: "7 Theirs", by: "Sela" } }, typed },
    });
    expect(await titles(hall)).toContain("Theirs");
    expect((await send("amara", editionOf({ ...shown, title: "Theirs" }))).status).toBe(302);
    expect(await titles(hall)).toContain("Mine");
  });
});

describe("an item that moves to another level", () => {
  it("[AG11] takes the next number there, and its sub-items along", async () => {
    const { hall, ids } = await openAgenda();
    const amara = await hall.as("amara");
    const move = async (called: string, to: "in" | "out") =>
      done(await moveAgendaItem(amara, { sessionId, itemId: ids[called] ?? "", to }));
    await move("7", "in");
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (a)", "6 (b)", "6 (c)", "6 (d)"]);
    await move("6 (b)", "in");
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (a)", "6 (a) (i)", "6 (c)", "6 (d)"]);
    await move("6 (a)", "out");
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (c)", "6 (d)", "7", "7 (i)"]);
    expect(refusedFor(await moveAgendaItem(amara, { sessionId, itemId: "i", to: "out" }))).toBe(
      "item-no-level",
    );
  });
});

describe("an item that is taken off", () => {
  it("[AG14] is gone for everybody and stays on record", async () => {
    const { hall, ids } = await openAgenda();
    const amara = await hall.as("amara");
    const itemId = ids["7"] ?? "";
    done(await deleteAgendaItem(amara, { sessionId, itemId }));
    expect(await numbers(hall)).toEqual(["5 (a)", "6", "6 (a)", "6 (b)", "6 (c)"]);
    for (const again of [
      deleteAgendaItem(amara, { sessionId, itemId }),
      takeUpItem(amara, { sessionId, itemId }),
      moveAgendaItem(amara, { sessionId, itemId, to: "up" }),
    ]) {
      expect(refusedFor(await again)).toBe("item-taken-off");
    }
    const [row] = await hall.db.read.select().from(agendaItem).where(eq(agendaItem.id, itemId));
    expect(row).toMatchObject({ title: "Item 7", deletedAt: amara.now() });
    // Its number is free again.
    const item = { sessionId, parentId: null, number: "7", title: "New", note: "", topicIds: [] };
    done(await addAgendaItem(amara, item));
  });

  it("[AG14] is refused while anything stands under it, and the refusal names what", async () => {
    const { hall, ids } = await openAgenda();
    const amara = await hall.as("amara");
    const remove = async (itemId = "") => deleteAgendaItem(amara, { sessionId, itemId });
    expect(await remove("i")).toMatchObject({ kind: "rule", code: "item-is-now" });
    done(await takeUpItem(amara, { sessionId, itemId: null }));
    expect(await remove("i")).toMatchObject({
      code: "item-has-texts",
      values: { texts: 2, item: "5 (a) Sovereignty" },
    });
    expect(refusedFor(await remove(ids["6"]))).toBe("item-has-items");
    const at = { releasedBy: "bilal", releasedAt: 1, contentHash: "" };
    const whose = { sessionId, delegationId: "d-lem", entityId: "lem" };
    await hall.db.write(async (tx) => {
      const made = { itemId: ids["6 (a)"] ?? "", title: "T", body: "B", exceptions: [] };
      await tx.insert(statement).values({ id: "st", ...whose, ...made, ...at });
      await tx.insert(topic).values({ id: "t", title: "T", question: "?", scale: [], order: 1 });
      const taken = { topicId: "t", stance: "x", summary: "S", sourceTitle: "T", sourceDate: "2026-11-23" };
      const position_ = { itemId: ids["6 (b)"] ?? "", standing: "own" as const, ...taken };
      await tx.insert(position).values({ id: "po", ...whose, ...position_, ...at });
      // Nobody but its delegation may learn that it is there.
      const own = {
        kind: "resolution" as const,
        title: "Ours",
        symbol: "",
        createdBy: "bilal",
        createdAt: 1,
      };
      const delegationId = "d-lem";
      await tx
        .insert(text)
        .values({ id: "ours", sessionId, itemId: ids["6 (c)"] ?? "", delegationId, ...own });
    });
    expect(refusedFor(await remove(ids["6 (a)"]))).toBe("item-has-statements");
    expect(refusedFor(await remove(ids["6 (b)"]))).toBe("item-has-positions");
    done(await remove(ids["6 (c)"]));
  });
});

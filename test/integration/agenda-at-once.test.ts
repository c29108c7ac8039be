/** Two who preside act on one agenda at once: the second is told who was first, and nothing that was typed is lost. */
import { describe, expect, it } from "vitest";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { action as itemAction, loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { action as agendaAction, loader as agendaLoader } from "#app/routes/agenda/route.tsx";
import { agendaEdition, editionOf, standingOf, writeStanding } from "#app/rules/agenda.ts";
import { event } from "#db/schema/record.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findSession } from "#db/stores/session.ts";
import { type Hall, done, openHall } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";

const sessionId = "s";
const params = { session: "s" };
const AMARA = "amara of the tests";
const PRESIDE_NOT = ["bilal", "chiara", "dario", null];

/** 5 (a) of the hall, then 6, 7 and 8; `send` is a form of the page of the agenda. */
async function openAgenda() {
  const hall = await openHall();
  const [amara, sela] = [await hall.as("amara"), await hall.as("sela")];
  const add = async (number: string) => {
    const item = { sessionId, parentId: null, number, title: `Item ${number}`, note: "", topicIds: [] };
    return done(await addAgendaItem(amara, item)).itemId;
  };
  const [six, seven, eight] = [await add("6"), await add("7"), await add("8")];
  const send = async (personId: string | null, form: Readonly<Record<string, string>>) =>
    submit(agendaAction, form, { context: await hall.as(personId), params });
  const agenda = () => listAgenda(hall.db.read, sessionId);
  const itemOf = async (itemId: string) => {
    const item = (await agenda()).find(({ id }) => id === itemId);
    if (!item) throw new Error("the item is not on the agenda");
    return item;
  };
  const standing = async (itemId: string) => standingOf(await agenda(), await itemOf(itemId));
  const adopt = async () => done(await adoptAgenda(amara, { sessionId, symbol: "A/1" }));
  return { hall, amara, sela, six, seven, eight, send, agenda, itemOf, standing, adopt };
}

const actsOf = ({ db }: Hall) => db.read.$count(event);

describe("an item that somebody else takes off", () => {
  it("[AG25] [PE9] tells whoever edits it who took it off and when, and gives back what was typed, to be added anew", async () => {
    const { hall, amara, seven, send, agenda } = await openAgenda();
    const typed = {
      intent: "edit",
      item: seven,
      edition: "as it was",
      parent: "",
      number: "7",
      title: "Confidence-building measures",
      note: "With the register",
      reason: "As agreed",
    };
    hall.wait(60_000);
    done(await deleteAgendaItem(amara, { sessionId, itemId: seven }));
    const at = amara.now();
    hall.wait(60_000);
    const before = await actsOf(hall);
    const answer = await send("sela", typed);
    expect(answer).toMatchObject({
      status: 409,
      body: {
        refusal: {
          code: "item-taken-off",
          values: { item: "7 Item 7", by: AMARA, at, zone: "America/New_York" },
        },
        typed,
      },
    });
    expect(await actsOf(hall)).toBe(before);
    const { takenOff } = (await show(agendaLoader, { context: await hall.as("sela"), params })).body;
    expect(takenOff).toEqual([{ id: seven, number: "7", item: "7 Item 7", by: AMARA, at }]);
    expect(await send("sela", { ...typed, intent: "add", anew: seven })).toMatchObject({ status: 302 });
    expect((await agenda()).at(-1)).toMatchObject({ number: "7", title: typed.title, note: typed.note });
  });

  it("[AG25] tells it to every other act on it, with the reason that was typed", async () => {
    const { amara, seven, send, adopt } = await openAgenda();
    await adopt();
    done(await deleteAgendaItem(amara, { sessionId, itemId: seven, reason: "Withdrawn" }));
    const forms: readonly Readonly<Record<string, string>>[] = [
      { intent: "up", seen: "" },
      { intent: "move", seen: "", parent: "", before: "" },
      { intent: "delete", seen: "as it was" },
      { intent: "status", status: "open", seen: "not-yet" },
      { intent: "take-up" },
    ];
    for (const form of forms) {
      const typed = { ...form, item: seven, reason: "To be heard first" };
      expect(await send("sela", typed)).toMatchObject({
        status: 409,
        body: { refusal: { code: "item-taken-off", values: { by: AMARA } }, typed },
      });
    }
  });

  it("[AG25] gives back the words also for an item that never was, which is not there", async () => {
    const { send } = await openAgenda();
    const form = { intent: "edit", item: "never", number: "9", title: "Mine", note: "", reason: "" };
    expect(await send("sela", form)).toMatchObject({
      status: 404,
      body: { code: "not-there", wrote: ["9", "Mine"] },
    });
  });

  it("[AG25] says it on its own page to those who preside, and is not there for all others", async () => {
    const { hall, amara, seven } = await openAgenda();
    done(await deleteAgendaItem(amara, { sessionId, itemId: seven }));
    const pageOf = async (personId: string | null, item: string) =>
      show(itemLoader, { context: await hall.as(personId), params: { ...params, item } });
    for (const personId of ["amara", "sela"]) {
      expect(await pageOf(personId, seven)).toMatchObject({
        status: 404,
        body: { kind: "not-found", code: "item-taken-off", values: { item: "7 Item 7", by: AMARA } },
      });
      expect((await pageOf(personId, "never")).body).toMatchObject({ code: "not-there" });
    }
    for (const personId of PRESIDE_NOT) {
      const gone = await pageOf(personId, seven);
      expect(gone).toEqual(await pageOf(personId, "never"));
      expect(gone).toMatchObject({ status: 404, body: { code: "not-there" } });
      const page = await show(agendaLoader, { context: await hall.as(personId), params });
      expect(page.body).toMatchObject({ takenOff: [] });
      const acted = await submit(
        itemAction,
        { intent: "status", status: "open" },
        { context: await hall.as(personId), params: { ...params, item: seven } },
      );
      expect(JSON.stringify(acted.body)).not.toContain(AMARA);
    }
  });

  it("[AG25] is said with the time at the venue, in both languages", () => {
    const at = Date.UTC(2026, 10, 23, 15, 5);
    const values = { item: "7 Closing", by: "Amara", at, when: "Mon 23 Nov 10:05", zone: "America/New_York" };
    for (const language of ["en", "ar"] as const) {
      const said = createTranslator(language).t("errors:refusal.item-taken-off", values);
      for (const part of ["7 Closing", "Amara", "Mon 23 Nov 10:05"]) expect(said).toContain(part);
    }
  });
});

describe("what somebody else has changed meanwhile", () => {
  it("[AG26] is not taken off: the refusal says who changed it, and keeps the reason", async () => {
    const { hall, amara, seven, send, itemOf, adopt } = await openAgenda();
    await adopt();
    const seen = editionOf(await itemOf(seven));
    const words = { sessionId, itemId: seven, parentId: null, number: "7", note: "", topicIds: [] };
    done(await editAgendaItem(amara, { ...words, title: "Capacity-building", reason: "As decided" }));
    const before = await actsOf(hall);
    const typed = { intent: "delete", item: seven, seen, reason: "Merged with item 6" };
    expect(await send("sela", typed)).toMatchObject({
      status: 409,
      body: {
        refusal: { code: "item-changed-since", values: { item: "7 Capacity-building", by: AMARA } },
        typed,
      },
    });
    expect(await actsOf(hall)).toBe(before);
    expect((await send("sela", { ...typed, seen: editionOf(await itemOf(seven)) })).status).toBe(302);
  });

  it("[AG26] is not adopted: neither with other words, nor in another order, nor with more items or fewer", async () => {
    const { hall, amara, six, seven, eight, send, agenda } = await openAgenda();
    const words = { sessionId, parentId: null, note: "", topicIds: [] };
    const changes = [
      () => editAgendaItem(amara, { ...words, itemId: six, number: "6", title: "Other words" }),
      () => moveAgendaItem(amara, { sessionId, itemId: eight, to: "up" }),
      () => moveAgendaItem(amara, { sessionId, itemId: seven, to: "in" }),
      () => addAgendaItem(amara, { ...words, number: "9", title: "One more" }),
      () => deleteAgendaItem(amara, { sessionId, itemId: seven }),
    ];
    for (const change of changes) {
      const seen = agendaEdition(await agenda());
      done(await change());
      const typed = { intent: "adopt", symbol: "A/AC.1/2026/1", seen };
      expect(await send("sela", typed)).toMatchObject({
        status: 409,
        body: { refusal: { code: "agenda-changed", values: { by: AMARA } }, typed },
      });
      expect((await findSession(hall.db.read, sessionId))?.agendaAdoptedAt).toBeNull();
    }
    // Where an item stands in the work is no part of what is adopted.
    const seen = agendaEdition(await agenda());
    done(await setItemStatus(amara, { sessionId, itemId: six, status: "open" }));
    expect((await send("sela", { intent: "adopt", symbol: "A/1", seen })).status).toBe(302);
  });

  it.each([
    ["the page of the agenda", agendaAction, (item: string) => ({ params, item })],
    ["its own page", itemAction, (item: string) => ({ params: { ...params, item }, item })],
  ])("[AG26] keeps the status that somebody gave it, on %s", async (_, action, where) => {
    const { hall, amara, six, itemOf } = await openAgenda();
    const at = where(six);
    const set = async (status: string, seen: string) =>
      submit(
        action,
        { intent: "status", item: at.item, status, seen },
        { context: await hall.as("sela"), params: at.params },
      );
    hall.wait(1_000);
    done(await takeUpItem(amara, { sessionId, itemId: six }));
    const refusal = (status: string) => ({
      code: "item-status-changed",
      values: { item: "6 Item 6", status, by: AMARA },
    });
    expect(await set("suspended", "not-yet")).toMatchObject({
      status: 409,
      body: { refusal: refusal("open"), typed: { status: "suspended" } },
    });
    hall.wait(1_000);
    done(await setItemStatus(amara, { sessionId, itemId: six, status: "concluded", seen: "open" }));
    expect(await set("suspended", "open")).toMatchObject({
      status: 409,
      body: { refusal: refusal("concluded") },
    });
    expect((await itemOf(six)).status).toBe("concluded");
    // What is wanted is so already, whatever the page showed.
    const before = await actsOf(hall);
    expect((await set("concluded", "open")).status).toBe(302);
    expect(await actsOf(hall)).toBe(before);
    expect((await set("suspended", "concluded")).status).toBe(302);
    expect((await itemOf(six)).status).toBe("suspended");
  });

  it("[AG26] [LA1] says the status in the reader's language", () => {
    const values = { item: "6", by: "Amara", status: "suspended" };
    const say = (language: "en" | "ar") =>
      createTranslator(language).t("errors:refusal.item-status-changed", values);
    expect(say("en")).toContain("Amara has set 6 to “suspended”");
    expect(say("ar")).toContain("معلّق");
  });

  it("[AG10] [AG26] names who moved it, or its neighbours, since the page was made", async () => {
    const { amara, sela, six, seven, eight, send, standing } = await openAgenda();
    const moveOf = async (itemId: string, before: string) => {
      const to = { parentId: null, beforeId: before };
      return { itemId, sessionId, to, seen: await standing(itemId) };
    };
    // 5 (a), 6, 7, 8: Sela moves 7 to the top, then a page is made of it, then Amara changes what stands beside it.
    done(await moveAgendaItem(sela, await moveOf(seven, "i")));
    done(await moveAgendaItem(amara, await moveOf(eight, "i")));
    const seen = writeStanding(await standing(eight));
    const moved = async (itemId: string, shown: string) => {
      const answer = await send("amara", { intent: "down", item: itemId, seen: shown });
      return answer.body["refusal"];
    };
    // 7, 8, 5 (a), 6: both of its neighbours go.
    done(await moveAgendaItem(sela, { sessionId, itemId: seven, to: { parentId: null, beforeId: null } }));
    done(await moveAgendaItem(sela, { sessionId, itemId: "i", to: { parentId: null, beforeId: null } }));
    expect(await moved(eight, seen)).toMatchObject({
      code: "item-moved",
      values: { item: "8 Item 8", by: "Sela" },
    });
    const before = writeStanding(await standing(six));
    done(await moveAgendaItem(sela, { sessionId, itemId: six, to: "in" }));
    expect(await moved(six, before)).toMatchObject({ code: "item-moved", values: { by: "Sela" } });
  });
});

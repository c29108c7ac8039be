import { describe, expect, it } from "vitest";
import { answerStance } from "#app/commands/answer-stance.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { setStance } from "#app/commands/set-stance.ts";
import { action as bracketAction, loader as bracketLoader } from "#app/routes/bracket/route.tsx";
import { loader as paragraphLoader } from "#app/routes/paragraph/route.tsx";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { isRefusal } from "#app/rules/refusal.ts";
import { listStanceRows } from "#db/stores/bracket-stance.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import { bracketed } from "./bracketed.ts";
import { BASE, done, type House, type Who } from "./house.ts";

const K = { textId: TEXT, bracketId: "k" };
const NOTHING = { asks: false, view: "none", reason: "", over: null, groupId: null, exceptions: [] } as const;
const RECORDED = {
  asks: true,
  view: "out",
  reason: "as said from the floor",
  over: null,
  party: { kind: "entity", id: "nor" },
  exceptions: [],
  meetingId: null,
  day: "",
} as const;

const rowsOf = (house: House) => listStanceRows(house.db.read, K);

async function read(house: House, who: Who, loader: (args: never) => Promise<unknown>, more = {}) {
  const context = await house.as(who);
  const params = { session: "s", text: TEXT, bracket: "k", ...more };
  try {
    return await loader({ context, params, request: new Request(`http://localhost${BASE}`) } as never);
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return thrown.status;
  }
}

describe("a stance on a bracket", () => {
  it("[BF1] [BF2] is set by the head of a delegation, as a row that its act has the hash of", async () => {
    const house = await bracketed();
    const said = { ...K, ...NOTHING, asks: true, view: "keep", reason: " our  line " } as const;
    done(await setStance(await house.as("dina"), said));
    const [row] = await rowsOf(house);
    expect(row).toMatchObject({
      number: 1,
      entityId: "nor",
      asks: true,
      view: "keep",
      reason: "our line",
      kind: "own",
      setBy: "dina",
      supersedes: null,
    });
    const events = await listEventsOn(house.db.read, { thing: "bracket", thingId: "k" });
    expect(events.map(({ act, detail }) => [act, typeof detail["sha256"]])).toEqual([
      ["setStance", "string"],
    ]);
    expect(faultsIn(house.db.folder)).toEqual([]);
    expect(house.told).toEqual([
      {
        audience: { kind: "text", textId: TEXT, sessionId: "s", who: "readers" },
        topic: `brackets:${TEXT}`,
      },
    ]);
  });

  it("[BF1] is not set by anybody else, and recorded by those who write alone", async () => {
    const house = await bracketed();
    const said = { ...K, ...NOTHING, asks: true } as const;
    for (const [who, kind] of [
      ["amara", "not-allowed"],
      ["bilal", "not-allowed"],
      ["omar", "not-allowed"],
      ["eve", "not-found"],
      ["public", "not-found"],
    ] as const)
      expect(await setStance(await house.as(who), said), who).toMatchObject({ kind });
    for (const [who, kind] of [
      ["dina", "not-allowed"],
      ["omar", "not-allowed"],
      ["eve", "not-found"],
    ] as const)
      expect(await recordStance(await house.as(who), { ...K, ...RECORDED }), who).toMatchObject({ kind });
    expect(await rowsOf(house)).toEqual([]);
    done(await recordStance(await house.as("bilal"), { ...K, ...RECORDED }));
    expect(await rowsOf(house)).toMatchObject([{ kind: "recorded", entityId: "nor", setBy: "bilal" }]);
  });

  it("[BF1] [BF5] that was recorded is confirmed as the delegation's own word, or disputed, by its head", async () => {
    const house = await bracketed();
    const { stanceId } = done(await recordStance(await house.as("amara"), { ...K, ...RECORDED }));
    const answer = { ...K, stanceId, answer: "disputed", reason: "we said the opposite" } as const;
    expect(await answerStance(await house.as("chiara"), answer)).toMatchObject({ kind: "not-allowed" });
    done(await answerStance(await house.as("dina"), answer));
    expect((await rowsOf(house)).at(-1)).toMatchObject({
      kind: "disputed",
      asks: true,
      view: "out",
      reason: "we said the opposite",
      supersedes: stanceId,
    });
    const [, disputed] = await rowsOf(house);
    const again = { ...K, ...RECORDED, over: disputed?.id ?? "" };
    const second = done(await recordStance(await house.as("amara"), again));
    const confirm = { ...K, stanceId: second.stanceId, answer: "confirmed", reason: "" } as const;
    done(await answerStance(await house.as("dina"), confirm));
    expect((await rowsOf(house)).at(-1)).toMatchObject({
      kind: "confirmed",
      reason: "as said from the floor",
    });
    expect(await answerStance(await house.as("dina"), confirm)).toMatchObject({ code: "stance-changed" });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[BF3] two officers who record for the same delegation at once: the second is told of the first", async () => {
    const house = await bracketed();
    const [amara, bilal] = [await house.as("amara"), await house.as("bilal")];
    const results = await Promise.all([
      recordStance(amara, { ...K, ...RECORDED }),
      recordStance(bilal, { ...K, ...RECORDED, view: "keep" }),
    ]);
    expect(results.filter((result) => !isRefusal(result))).toHaveLength(1);
    expect(results.find(isRefusal)).toMatchObject({ kind: "conflict", code: "stance-changed" });
    expect(await rowsOf(house)).toHaveLength(1);
  });

  it("[BF3] what is recorded anew while its delegation disputes it is read before it is answered", async () => {
    const house = await bracketed();
    const first = done(await recordStance(await house.as("amara"), { ...K, ...RECORDED }));
    const anew = { ...K, ...RECORDED, view: "reserves", over: first.stanceId } as const;
    done(await recordStance(await house.as("amara"), anew));
    const late = { ...K, stanceId: first.stanceId, answer: "disputed", reason: "" } as const;
    expect(await answerStance(await house.as("dina"), late)).toMatchObject({ code: "stance-changed" });
    const own = { ...K, ...NOTHING, asks: true, over: first.stanceId } as const;
    expect(await setStance(await house.as("dina"), own)).toMatchObject({ code: "stance-changed" });
    expect(await rowsOf(house)).toHaveLength(2);
  });

  it("[BF4] is not written on a bracket that is gone, and what was said of it stays in the paragraph's life", async () => {
    const house = await bracketed();
    done(await setStance(await house.as("dina"), { ...K, ...NOTHING, view: "keep" }));
    house.page.doc.transact(() => {
      house.page.textOf("a").delete(21, 1);
      house.page.textOf("a").delete(8, 1);
    });
    await house.settle();
    const late = await setStance(await house.as("chiara"), { ...K, ...NOTHING, asks: true });
    expect(late).toMatchObject({ kind: "conflict", code: "bracket-gone" });
    expect(await recordStance(await house.as("amara"), { ...K, ...RECORDED, over: null })).toMatchObject({
      code: "bracket-gone",
    });
    const life = await read(house, "bilal", paragraphLoader, { paragraph: "a" });
    expect(life).toMatchObject({
      brackets: [{ id: "k", number: 0, stances: [{ code: "NOR", view: "keep" }] }],
    });
    expect(await read(house, "amara", bracketLoader)).toMatchObject({
      bracket: null,
      history: [{ code: "NOR" }],
    });
    expect(await read(house, "dina", bracketLoader)).toBe(404);
  });

  it("[BF6] is set for a group by a delegation that speaks for it, with exceptions of its members", async () => {
    const house = await bracketed();
    const group = { ...K, ...NOTHING, view: "keep", groupId: "duo", exceptions: ["nor", "obs"] } as const;
    done(await setStance(await house.as("chiara"), group));
    expect(await rowsOf(house)).toMatchObject([{ entityId: null, groupId: "duo", exceptions: ["nor"] }]);
    expect(await setStance(await house.as("dina"), { ...group, groupId: "trio" })).toMatchObject({
      code: "stance-group",
    });
    const shown = await read(house, "dina", textLoader);
    expect(shown).toMatchObject({ brackets: [{ id: "k", chip: { text: "+DUO ex NOR" } }] });
  });

  it("[BF2] takes back what was said, which stays in the history, and says something", async () => {
    const house = await bracketed();
    const dina = await house.as("dina");
    expect(await setStance(dina, { ...K, ...NOTHING })).toMatchObject({ code: "stance-nothing" });
    const { stanceId } = done(await setStance(dina, { ...K, ...NOTHING, asks: true }));
    done(await setStance(dina, { ...K, ...NOTHING, over: stanceId }));
    expect(await read(house, "omar", bracketLoader)).toMatchObject({
      stances: [],
      history: [{ asks: true }, { asks: false, view: "none" }],
    });
  });

  it("[BF8] is read by whoever reads the text; what stood before they were let in is not", async () => {
    const house = await bracketed();
    const { stanceId } = done(await recordStance(await house.as("amara"), { ...K, ...RECORDED }));
    done(await recordStance(await house.as("amara"), { ...K, ...RECORDED, view: "keep", over: stanceId }));
    expect(await read(house, "eve", bracketLoader)).toBe(404);
    expect(await read(house, "omar", bracketLoader)).toMatchObject({
      history: [{ view: "out" }, { view: "keep" }],
    });
    house.page.type("a", 0, "And ");
    await house.settle();
    const all = { textId: TEXT, audience: "public", shows: "live", delegationIds: [] } as const;
    done(await setAudience(await house.as("amara"), all));
    expect(await read(house, "eve", bracketLoader)).toMatchObject({ history: [{ view: "keep", by: null }] });
    expect(JSON.stringify(await read(house, "eve", bracketLoader))).not.toContain("amara");
    done(await issueVersion(await house.as("amara"), { textId: TEXT, label: "Rev.1", symbol: "", note: "" }));
    const versions = { textId: TEXT, audience: "all", shows: "versions", delegationIds: [] } as const;
    done(await setAudience(await house.as("amara"), versions));
    house.page.doc.transact(() => {
      house.page.textOf("a").delete(25, 1);
      house.page.textOf("a").delete(12, 1);
    });
    await house.settle();
    expect(await read(house, "eve", bracketLoader)).toBe(404);
  });

  it("[BF4] follows the version that its author reads, whatever the live text says", async () => {
    const house = await bracketed();
    const versions = { textId: TEXT, audience: "all", shows: "versions", delegationIds: [] } as const;
    done(await setAudience(await house.as("amara"), versions));
    const ask = { ...K, ...NOTHING, asks: true } as const;
    expect(await setStance(await house.as("dina"), ask)).toMatchObject({ code: "bracket-gone" });
    house.page.type("a", 0, "And ");
    await house.settle();
    done(await issueVersion(await house.as("amara"), { textId: TEXT, label: "Rev.1", symbol: "", note: "" }));
    house.page.doc.transact(() => {
      house.page.textOf("a").delete(25, 1);
      house.page.textOf("a").delete(12, 1);
    });
    await house.settle();
    house.told.length = 0;
    done(await setStance(await house.as("dina"), ask));
    expect(house.told.map(({ topic }) => topic)).toEqual([`stances:${TEXT}`]);
    expect(await read(house, "dina", bracketLoader)).toMatchObject({ bracket: { number: 1 } });
  });

  it("[BF1] forms answer as pages do without script, and keep what was typed", async () => {
    const house = await bracketed();
    const send = async (who: Who, fields: Record<string, string>) => {
      const context = await house.as(who);
      const body = new URLSearchParams(fields);
      const request = new Request(`http://localhost${BASE}/brackets/k`, { method: "POST", body });
      return bracketAction({ context, params: { session: "s", text: TEXT, bracket: "k" }, request } as never);
    };
    const fields = {
      intent: "set-stance",
      party: "entity:nor",
      asks: "yes",
      view: "out",
      reason: "ours",
      over: "",
    };
    const taken = await send("dina", fields);
    expect(taken instanceof Response && taken.status).toBe(302);
    const refused = await send("dina", fields);
    expect(refused).toMatchObject({
      init: { status: 409 },
      data: { refusal: { code: "stance-changed" }, typed: { reason: "ours", view: "out" } },
    });
    const noDay = { ...fields, intent: "record-stance", party: "entity:lem", day: "2999-01-01" };
    expect(await send("bilal", noDay)).toMatchObject({
      data: { refusal: { fields: { day: "stance-day" } }, typed: { day: "2999-01-01" } },
    });
    await send("bilal", { ...noDay, day: "" });
    expect((await rowsOf(house)).at(-1)).toMatchObject({ entityId: "lem", kind: "recorded" });
  });
});

/** The table of entities and topics: what it shows, as of which day, as a page, as a piece of one, and as a file. */
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { addMembership } from "#app/commands/add-membership.ts";
import { confirmReading } from "#app/commands/confirm-reading.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { standingOn } from "#app/rules/placing.ts";
import { loader as positionsLoader } from "#app/routes/positions/route.tsx";
import { csvOf } from "#app/routes/positions-download/csv.ts";
import { loadTopic } from "#app/routes/topic/load.ts";
import type { Database } from "#db/database.ts";
import { loadReference } from "#db/reference/load.ts";
import { membership } from "#db/schema/people.ts";
import { position, session, topic } from "#db/schema/session.ts";
import { putEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listPlacedPositions } from "#db/stores/position-standing.ts";
import { insertPosition } from "#db/stores/position.ts";
import { ask, openDelegations, positionWords } from "#test/support/delegations.ts";
import { publishReading } from "#test/support/reading.ts";
import { type Hall, done, openHall } from "#test/support/people.ts";
import { fileOf, linesOf, rowOf, tableFor } from "#test/support/position-table.ts";
import { seededRandom } from "#test/support/record.ts";

async function release(hall: Hall, change: Partial<typeof positionWords> = {}): Promise<string> {
  const bilal = await hall.as("bilal");
  const { draftId } = done(await draftPosition(bilal, { ...positionWords, ...change }));
  return done(await releasePosition(bilal, { draftId, edition: 1 })).positionId;
}

async function real(): Promise<Hall> {
  const hall = await openHall();
  await loadReference(hall.db, () => 1);
  return hall;
}

describe("the table", () => {
  it("[PS17] holds every real entity and every topic, in English alphabetical order", async () => {
    const hall = await real();
    const rows = await tableFor(hall, null, "?order=alphabet");
    const entities = rows.filter(({ length }) => length > 1);
    // 219 of the reference data and one of the hall's own.
    expect(entities).toHaveLength(220);
    for (const row of entities) expect(row).toHaveLength(13);
    const states = entities.slice(0, 193).map(([name]) => name);
    expect(states.slice(0, 3)).toEqual(["Afghanistan AFG", "Albania ALB", "Algeria DZA"]);
    expect(entities.slice(194, 198).map(([name]) => name)).toEqual([
      "Holy See VAT",
      "State of Palestine PSE",
      "African Union AU",
      "European Union EU",
    ]);
    const page = await ask(hall, null, positionsLoader, { params: { session: "s" } });
    expect(page.body).toMatchObject({ hasReadings: true, cell: null });
    expect((page.body as { chosenIds: string[] }).chosenIds).toHaveLength(12);
    expect(JSON.stringify(page.body)).not.toContain("<td");
  });

  it("[PS17] [PS8] says of a reading whose it is, how sure it is, and where it was read", async () => {
    const hall = await real();
    const rows = await tableFor(hall, null, "?topic=due-diligence&order=alphabet");
    expect(rowOf(rows, "AUS")[1]).toMatch(/Editors' reading \((text seen|not read again)\)\. .+, .*\d{4}/);
    expect(rowOf(rows, "EU")[1]).toContain("Editors' reading");
    // What the Union says is not copied to its members.
    const recorded = rows.filter(({ length, 1: cell }) => length > 1 && cell !== "not recorded");
    expect(recorded.length).toBeLessThan(60);
    expect(recorded.every(([, cell]) => cell?.includes("Editors' reading"))).toBe(true);
  });

  it("[PS17] is divided by regional group, and filtered by it, by group and by topic", async () => {
    const hall = await real();
    const titles = (await tableFor(hall, null)).filter(({ length }) => length === 1).flat();
    expect(titles[0]).toMatch(/African/);
    expect(titles.at(-1)).toMatch(/^In no regional group/);
    const count = async (search: string) =>
      (await tableFor(hall, null, search)).filter(({ length }) => length > 1).length;
    expect(await count("?region=eastern-european")).toBe(23);
    expect(await count("?group=eu&topic=sovereignty")).toBe(28);
    expect(await count("?group=eu&region=eastern-european")).toBe(11);
    // What nobody can choose is as if it had not been said: no page says that nobody is there.
    for (const odd of ["?group=nowhere", "?region=AFR", "?region=%00&topic=", "?group=african%27--"]) {
      expect(await count(odd), odd).toBe(220);
      const page = await ask(hall, null, positionsLoader, { params: { session: "s" }, search: odd });
      expect(page.body).toMatchObject({
        isEmpty: false,
        filters: { region: null, groupId: null, topicIds: [] },
      });
    }
    // Nobody is in both: that is said of what was chosen, not of the record.
    const none = await ask(hall, null, positionsLoader, {
      params: { session: "s" },
      search: "?region=african&group=baltic",
    });
    expect(none.body).toMatchObject({ isEmpty: true, filters: { region: "african", groupId: "baltic" } });
    const two = await tableFor(hall, null, "?topic=sovereignty&topic=due-diligence&topic=nothing");
    expect(two.at(-1)).toHaveLength(3);
  });

  it("[PS17] [PS13] filters by who belonged to the group on the day", async () => {
    const hall = await real();
    const britain = async (day: string) =>
      (await tableFor(hall, null, `?group=eu&day=${day}`)).some(([name]) => name?.endsWith(" GBR"));
    expect(await britain("2019-06-01")).toBe(true);
    expect(await britain("2026-06-01")).toBe(false);
  });

  it("[RF19] says of a past day how many of the group's members are counted without a recorded beginning", async () => {
    const hall = await real();
    const said = async (search: string) => {
      const { body } = await ask(hall, null, positionsLoader, { params: { session: "s" }, search });
      return (body as { readonly undated: unknown }).undated;
    };
    const nam = await hall.db.read
      .select()
      .from(membership)
      .where(and(eq(membership.groupId, "nam"), eq(membership.from, "")));
    expect(nam).toHaveLength(120);
    expect(await said("?group=nam&day=2020-01-01")).toEqual([
      { group: expect.stringContaining("Non-Aligned"), count: 120 },
    ]);
    // Of today nothing is in doubt, and of the Union every beginning is recorded.
    expect(await said("?group=nam")).toEqual([]);
    expect(await said("?group=eu&day=2020-01-01")).toEqual([]);
    expect(await said("?day=2020-01-01")).toEqual([]);
    // Who observes is not counted; who left by then is not, who left later is.
    const inWeog = (count: number) => [{ group: "Western European and other States", count }];
    expect(await said("?region=weog&group=weog&day=2020-01-01")).toEqual(inWeog(28));
    const of = { groupId: "weog", entityId: "aus", role: null, reason: "R", was: "", from: "" };
    done(await correctMembership(await hall.as("sela"), { ...of, to: "2022-01-01" }));
    expect(await said("?region=weog&day=2022-01-01")).toEqual(inWeog(27));
    expect(await said("?region=weog&day=2021-12-31")).toEqual(inWeog(28));
    const context = { ...(await hall.as(null)), mode: "production" as const };
    const onTopic = async (search: string) =>
      (await loadTopic(context, { topic: "due-diligence" }, new URLSearchParams(search))).undated;
    expect(await onTopic("group=nam&day=2020-01-01")).toMatchObject([{ count: 120 }]);
    expect(await onTopic("group=nam")).toEqual([]);
  });

  it("[PS22] is divided and filtered by the regional groups of the day that is shown, and so is the file", async () => {
    const hall = await real();
    const sela = await hall.as("sela");
    const of = { groupId: "african", entityId: "ken", role: null, reason: "R" };
    done(await correctMembership(sela, { ...of, was: "", from: "", to: "2026-06-01" }));
    done(await addMembership(sela, { ...of, groupId: "grulac", from: "2026-09-01", to: null }));
    const isIn = async (region: string, day: string) =>
      (await tableFor(hall, null, `?region=${region}&day=${day}`)).some(([name]) => name?.endsWith(" KEN"));
    expect(await isIn("african", "2026-05-31")).toBe(true);
    expect(await isIn("african", "2026-06-01")).toBe(false);
    expect(await isIn("grulac", "2026-06-01")).toBe(false);
    expect(await isIn("grulac", "2026-09-01")).toBe(true);
    const rows = await tableFor(hall, null, "?day=2026-07-01");
    const none = rows.findIndex(([title]) => title?.startsWith("In no regional group"));
    expect(rows.slice(none).some(([name]) => name?.endsWith(" KEN"))).toBe(true);
    const region = async (day: string) =>
      linesOf(await (await fileOf(hall, null, "csv", `?topic=sovereignty&day=${day}`)).text()).find(
        (line) => line[3] === "KEN",
      )?.[4];
    expect(await region("2026-05-31")).toBe("African States");
    expect(await region("2026-07-01")).toBe("");
    // The United States observes, and is shown with its role; Türkiye is shown where it is a member.
    const weog = (await tableFor(hall, null, "?region=weog")).map(([name]) => name ?? "");
    expect(weog.filter((name) => / (USA|TUR)/.test(name))).toEqual([
      "Türkiye TUR",
      expect.stringContaining("observer"),
    ]);
  });

  it("[PS17] [PS10] shows a past day as it was, and a day to come, or none at all, as today", async () => {
    const hall = await openDelegations();
    await release(hall, { sourceDate: "2025-03-01" });
    hall.wait(1_000);
    await release(hall, { stance: "voluntary", sourceDate: "2026-11-20" });
    const on = async (day: string) => rowOf(await tableFor(hall, null, `?day=${day}`), "LEM")[1];
    expect(await on("2025-02-28")).toBe("not recorded");
    expect(await on("2026-11-19")).toContain("Legal duty");
    for (const day of ["2026-11-20", "2099-01-01", "2026-13-40", "yesterday", ""]) {
      expect(await on(day)).toContain("Voluntary");
    }
  });

  it("[PS17] is the same bytes until something is on record, and then what is true", async () => {
    const hall = await openDelegations();
    const version = async () =>
      (
        (await ask(hall, null, positionsLoader, { params: { session: "s" } })).body as {
          readonly version: string;
        }
      ).version;
    const first = await version();
    expect(await version()).toBe(first);
    await release(hall);
    expect(await version()).not.toBe(first);
    expect(rowOf(await tableFor(hall, null), "LEM")[1]).toContain("Legal duty");
  });

  it("[PS1] [PS17] knows nothing of drafts: what is prepared changes nothing of it", async () => {
    const hall = await openDelegations();
    const before = await (await fileOf(hall, "priya", "table")).text();
    done(await draftPosition(await hall.as("nadia"), positionWords));
    for (const personId of [null, "priya", "amara", "nadia"]) {
      expect(await (await fileOf(hall, personId, "table")).text()).toBe(before);
    }
  });

  it("[PS17] takes names, titles and labels as words, whatever they contain", async () => {
    const hall = await openDelegations();
    const evil = `<img src=x onerror=alert(1)>"'&`;
    await hall.db.write(async (tx) => {
      await putEntity(tx, {
        id: "lem",
        kind: "exercise-state",
        code: "LEM",
        names: { en: evil },
        alphabet: "lemuria",
      });
      await tx.update(topic).set({ title: evil, question: evil, scale: [{ id: "duty", label: evil }] });
    });
    await release(hall, { sourceSymbol: evil, sourceTitle: evil });
    const html = await (await fileOf(hall, null, "table")).text();
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });

  it("[PS14] [PS10] opens each cell with what was said, by whom and before", async () => {
    const hall = await openDelegations();
    await publishReading(hall, "nor", { sourceDate: "2021-07-13" });
    await release(hall, { groupId: "lant", stance: "voluntary" });
    await release(hall);
    const open = async (show: string, day = "") =>
      (
        (
          await ask(hall, null, positionsLoader, {
            params: { session: "s" },
            search: `?show=${show}&day=${day}`,
          })
        ).body as { readonly cell: unknown }
      ).cell;
    expect(await open("care.lem")).toMatchObject({
      who: { code: "LEM" },
      manner: "differs",
      here: [
        { code: "LEM", stance: "duty" },
        { code: "LANT", stance: "voluntary", isGroup: true },
      ],
      own: { standing: "own" },
      spoken: [{ isExcepted: false, position: { entityCode: "LEM" } }],
    });
    expect(await open("care.nor")).toMatchObject({ manner: "reading", own: { confidence: "known" } });
    expect(await open("care.qui")).toMatchObject({ manner: "via", own: null, here: [{ code: "LANT" }] });
    expect(await open("care.ost")).toMatchObject({ manner: null, own: null, spoken: [], here: [] });
    expect(await open("care.lant.group")).toMatchObject({
      who: { isGroup: true },
      own: { stance: "voluntary" },
    });
    expect(await open("care.qui", "2026-11-19")).toMatchObject({ manner: null });
    for (const nothing of ["care.rea", "real.lem", "care.true.group", "care", "", "%00", "care.none"]) {
      expect(await open(nothing)).toBeNull();
    }
  });
});

describe("the query", () => {
  async function scatter(db: Database, seed: number): Promise<void> {
    const next = seededRandom(seed);
    const ids: string[] = [];
    const days = ["2020", "2021-03", "2021-03-09", "2023-01-01", "2025-12-31"];
    for (let number = 0; number < 40; number += 1) {
      const isReading = next(3) === 0;
      const earlier = next(3) === 0 ? (ids[next(Math.max(1, ids.length))] ?? null) : null;
      const row = {
        id: `p${number}`,
        entityId: ["lem", "nor", "qui"][next(3)] ?? "lem",
        topicId: "care",
        groupId: !isReading && next(4) === 0 ? "lant" : null,
        stance: "duty",
        summary: "S",
        sourceTitle: "T",
        sourceDate: days[next(days.length)] ?? "2020",
        standing: isReading ? ("editors" as const) : ("own" as const),
        supersedes: earlier,
        answers: !isReading && next(4) === 0 ? (ids[next(Math.max(1, ids.length))] ?? null) : null,
        withdraws: next(5) === 0 ? true : null,
        releasedAt: number,
      };
      ids.push(row.id);
      await db.write(async (tx) => {
        const { sha256 } = await insertPosition(tx, row);
        await appendEvent(tx, {
          at: 1,
          by: { personId: null },
          act: "publishPositions",
          thing: "reference",
          thingId: "v",
          detail: { sha256 },
        });
      });
    }
  }

  it.each([1, 2, 3, 4, 5, 6])("[PS10] finds what the rule says stands (seed %i)", async (seed) => {
    const hall = await openDelegations();
    await scatter(hall.db, seed);
    const all = (await hall.db.read.select().from(position)).map((row) => ({
      ...row,
      exceptions: row.exceptions ?? [],
      withdraws: row.withdraws === true,
    }));
    for (const day of ["2019-12-31", "2020-01-01", "2021-03-01", "2021-03-09", "2024-06-01", "2026-11-23"]) {
      const found = await listPlacedPositions(hall.db.read, { topicIds: ["care"], day });
      const wanted = standingOn(all, day);
      const ids = (those: readonly { readonly id: string }[]) => those.map(({ id }) => id).toSorted();
      expect({ seed, day, ids: ids(found) }).toEqual({ seed, day, ids: ids(wanted) });
    }
  });
});

describe("the file", () => {
  it("[PS18] is UTF-8 with a byte order mark and says what the table says", async () => {
    const hall = await openDelegations();
    await publishReading(hall, "nor", { sourceDate: "2021-07" });
    await release(hall, { groupId: "lant", stance: "voluntary" });
    await release(hall, { summary: 'Says "act"\nand, soon; مرحبا' });
    const response = await fileOf(hall, null, "csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="positions-2026-11-23.csv"',
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const csv = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
    expect(csv).toContain('"Says ""act""\nand, soon; مرحبا"');
    const lines = linesOf(csv.replace('""act""\n', ""));
    expect(lines[0]?.slice(0, 4)).toEqual(["Topic", "Kind", "Name", "Code"]);
    const byCode = new Map(lines.map((line) => [line[3], line]));
    expect(byCode.get("LANT")?.slice(0, 3)).toEqual(["Due care", "group", "Lantern Compact"]);
    expect(byCode.get("LEM")?.slice(5, 8)).toEqual(["own differs from group", "LANT", "Legal duty"]);
    expect(byCode.get("NOR")?.[5]).toBe("editors’ reading");
    expect(byCode.get("NOR")?.[14]).toContain("Not validated by any State or organization.");
    expect(byCode.get("NOR")?.[14]).toContain("Confidence");
  });

  it("[PS18] has every column that the record has, each under its head, and none of them a formula", async () => {
    const hall = await openDelegations();
    const reading = await publishReading(hall, "lem", { stance: "duty", sourceDate: "2021-07" });
    await release(hall, {
      groupId: "lant",
      stance: "voluntary",
      exceptions: ["nor"],
      language: "ar",
      summary: "=Voluntary, says the Compact.",
      excerpt: "=واجب التصرف",
      sourceForum: "+Plenary",
      meetingId: "mt",
      explicit: false,
    });
    const bilal = await hall.as("bilal");
    done(await confirmReading(bilal, { sessionId: "s", positionId: reading, over: null }));
    await publishReading(hall, "qui");
    const [head = [], ...lines] = linesOf(await (await fileOf(hall, null, "csv")).text());
    const of = (code: string) => {
      const line = lines.find((one) => one[3] === code) ?? [];
      return Object.fromEntries(head.map((name, at) => [name, line[at]]));
    };
    expect(head).toHaveLength(new Set(head).size);
    expect(of("LANT")).toMatchObject({
      Stance: "Voluntary",
      Label: "Own words",
      "On behalf of": "Lantern Compact (LANT)",
      "Not aligned": "Norland",
      Summary: "'=Voluntary, says the Compact.",
      "Language of the summary": "",
      "Excerpt, word for word": "'=واجب التصرف",
      "Language of the excerpt": "Arabic",
      Forum: "'+Plenary",
      Meeting: "1",
      "Stated or implied": "implied by the source",
      "On record since": expect.stringMatching(/^2026-11-23T/),
      "Number on record": expect.stringMatching(/./),
    });
    expect(of("LEM")).toMatchObject({
      Label: "Own words, confirming the editors’ reading",
      "Language of the summary": "English",
      "Language of the excerpt": "",
    });
    expect(of("QUI")).toMatchObject({ Label: "Editors' reading", "Excerpt, word for word": "" });
    expect(of("NOR")).toMatchObject({ Stance: "not recorded", Label: "", Meeting: "" });
  });

  it("[PS18] says of every entity and topic that nothing is recorded, where nothing is", async () => {
    const hall = await real();
    const lines = linesOf(await (await fileOf(hall, null, "csv")).text());
    expect(lines).toHaveLength(1 + 220 * 12);
    const silent = lines.filter((line) => line[7] === "not recorded");
    expect(silent).toHaveLength(220 * 12 - (await hall.db.read.$count(position)));
  });

  it("[PS18] begins no field as a formula", () => {
    const begin = ["=", "+", "-", "@", "\t=", "\r=", " =", "\n=", "＝", "＋", "－", "＠", "|", "%"];
    const csv = csvOf([begin.map((sign) => `${sign}cmd()`), ["a=b", "2026-11-23", "A/76/136"]]);
    const [first = "", second] = csv.slice(1).split('"\r\n');
    expect(first.slice(1).split('","')).toEqual(begin.map((sign) => `'${sign}cmd()`));
    expect(second).toBe('"a=b","2026-11-23","A/76/136');
  });

  it("[PS18] [PM1] has no other forms, and none in a session that is not there", async () => {
    const hall = await openDelegations();
    await hall.db.write(async (tx) => void (await tx.update(session).set({ exercise: true })));
    for (const format of ["html", "xlsx", "", "CSV"]) {
      await expect(fileOf(hall, null, format)).rejects.toMatchObject({ status: 404 });
    }
  });
});

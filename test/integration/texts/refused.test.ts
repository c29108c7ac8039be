/** What is refused although somebody may do it: on a damaged record, on a full disk, and after a right has ended. */
import { describe, expect, it } from "vitest";
import { bringBackParagraph } from "#app/commands/bring-back-paragraph.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { refuseWhenFull } from "#app/commands/full-disk.ts";
import { importText } from "#app/commands/import-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { withdrawDrafter } from "#app/commands/withdraw-drafter.ts";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { action as textsAction } from "#app/routes/texts/route.tsx";
import { action as versionsAction, loader as versionsLoader } from "#app/routes/versions/route.tsx";
import { isRefusal } from "#app/rules/refusal.ts";
import type { ImportedParagraph } from "#collab/read-words.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { endOfficer } from "#db/stores/officer.ts";
import { listLocks } from "#db/stores/paragraph-lock.ts";
import { listTextAudiences } from "#db/stores/text-audience.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { listTexts } from "#db/stores/text.ts";
import { faultsIn, limitPages, rewrite } from "#test/support/database.ts";
import { TEXT, testRooms } from "#test/support/room.ts";
import { BASE, done, type House, openHouse, type Who, words, written } from "./house.ts";

const version = { textId: TEXT, label: "Rev.1", symbol: "A/1", note: "" };
const opened = { textId: TEXT, audience: "all", delegationIds: [], shows: "live" } as const;
const params = { session: "s", text: TEXT };

function post(form: Readonly<Record<string, string>>): Request {
  return new Request(`http://localhost${BASE}`, { method: "POST", body: new URLSearchParams(form) });
}

/** Long enough for many slices. */
function longFile(count: number): ImportedParagraph[] {
  return Array.from({ length: count }, (_, at) => ({
    role: "op",
    level: 0,
    dir: "auto",
    spans: [{ text: `Paragraph ${at} ${"x".repeat(3_000)}` }],
  }));
}

describe("a damaged record", () => {
  /** The house after a restart, with the fourth row of the log damaged on disk. */
  async function damaged(): Promise<{
    readonly house: House;
    readonly as: (who: Who) => Promise<AppLoadContext>;
  }> {
    const house = await written();
    done(await issueVersion(await house.as("amara"), { ...version, label: "Zero draft" }));
    done(await setAudience(await house.as("amara"), opened));
    house.page.type("a", 0, "Further ");
    await house.settle();
    house.page.type("a", 0, "And ");
    await house.settle();
    // The rooms are left as a kill leaves them, without a checkpoint.
    rewrite(house.db.folder, "text_update", `UPDATE text_update SET "update" = x'0102' WHERE seq = 4`);
    const { rooms } = await testRooms({ db: house.db, clock: house.clock });
    return { house, as: async (who) => ({ ...(await house.as(who)), rooms }) };
  }

  it("[RM6] no version is issued or kept, nothing locked, opened, imported or restored", async () => {
    const { house, as } = await damaged();
    const chair = await as("amara");
    const [zero] = await listVersions(house.db.read, TEXT);
    const before = [zero, await listTextAudiences(house.db.read, TEXT)];
    const which = { textId: TEXT, paragraphId: "a" };
    const tried = [
      await issueVersion(chair, version),
      await keepVersion(chair, { textId: TEXT, reason: "idle" }),
      await lockParagraph(chair, which),
      await unlockParagraph(chair, { ...which, reason: "agreed" }),
      await setAudience(chair, { ...opened, audience: "public" }),
      await importText(chair, {
        textId: TEXT,
        after: null,
        imported: { paragraphs: longFile(1), notes: [] },
      }),
      await restoreVersion(chair, { textId: TEXT, versionId: zero?.id ?? "" }),
    ];
    // Nothing is kept of a wording that has its version already.
    expect(tried[1]).toBe(null);
    expect(tried.filter((result) => result !== null)).toEqual(
      Array.from({ length: 6 }, () => ({
        refused: true,
        kind: "unavailable",
        code: "damaged",
        values: { row: 4 },
      })),
    );
    const [only, ...others] = await listVersions(house.db.read, TEXT);
    expect([[only, await listTextAudiences(house.db.read, TEXT)], others]).toEqual([before, []]);
    expect(await listLocks(house.db.read, TEXT)).toEqual([]);
    await expect(
      chair.rooms.hold(TEXT, (turn) => Promise.resolve(turn.setLocked("a", true))),
    ).rejects.toThrow("damaged");
  });

  it("[RM6] every page of the text says so, to everybody who may read it", async () => {
    const { house, as } = await damaged();
    for (const [who, loader] of [
      ["amara", textLoader],
      ["bilal", textLoader],
      ["dina", textLoader],
      ["dina", versionsLoader],
    ] as const) {
      const request = new Request(`http://localhost${BASE}`);
      expect((await loader({ context: await as(who), params, request })).pages.damagedAt).toBe(4);
      expect((await loader({ context: await house.as(who), params, request })).pages.damagedAt).toBe(null);
    }
  });
});

describe("a full disk", () => {
  it("[ST7] [PE9] a version is not issued; the form says why and keeps what was typed", async () => {
    const house = await written();
    const context = await house.as("amara");
    await limitPages(house.db, 0);
    const typed = { intent: "issue", label: "Rev.1", symbol: "A/1", note: "n".repeat(2_000) };
    const answer = await versionsAction({ context, params, request: post(typed) });
    expect(answer).toMatchObject({
      init: { status: 503 },
      data: { refusal: { kind: "unavailable", code: "storage-full" }, typed },
    });
    await limitPages(house.db, null);
    expect(await listVersions(house.db.read, TEXT)).toEqual([]);
    expect(await versionsAction({ context, params, request: post(typed) })).toMatchObject({ status: 302 });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[ST7] [PE9] so does every other form, and the fault is reported", async () => {
    const house = await openHouse();
    const faults: unknown[] = [];
    const db = refuseWhenFull(house.db, (error) => faults.push(error));
    const context = { ...(await house.as("amara")), db };
    await limitPages(house.db, 0);
    const typed = {
      intent: "create",
      kind: "resolution",
      item: "i",
      title: "t".repeat(300),
      symbol: "s".repeat(80),
      organ: "o".repeat(200),
      note: "n".repeat(300),
      language: "en",
    };
    const texts = (await listTexts(house.db.read, "s")).length;
    let answer: unknown;
    // What is left in pages that are there already takes a few.
    for (let turn = 0; turn < 50 && faults.length === 0; turn += 1) {
      answer = await textsAction({ context, params: { session: "s" }, request: post(typed) });
    }
    expect(answer).toMatchObject({
      init: { status: 503 },
      data: { refusal: { kind: "unavailable", code: "storage-full" }, typed },
    });
    expect(faults).toHaveLength(1);
    await limitPages(house.db, null);
    expect((await listTexts(house.db.read, "s")).length).toBeGreaterThanOrEqual(texts);
    expect(await textsAction({ context, params: { session: "s" }, request: post(typed) })).toMatchObject({
      status: 302,
    });
    const broken = refuseWhenFull(house.db, () => {});
    await expect(broken.write(() => Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
  });

  it("[HS9] of an import that stops halfway, what came in is on record and said", async () => {
    const house = await written();
    const context = await house.as("bilal");
    await limitPages(house.db, 20);
    const result = await importText(context, {
      textId: TEXT,
      imported: { paragraphs: longFile(40), notes: [] },
      after: null,
    });
    await limitPages(house.db, null);
    if (!isRefusal(result)) throw new Error("it was all taken");
    const came = (await words(house)).length - 2;
    expect(came).toBeGreaterThan(0);
    expect(result).toMatchObject({
      kind: "unavailable",
      code: "import-partly",
      values: { came, total: 40, why: "storage-full" },
    });
    const events = await listEventsOn(house.db.read, { thing: "text", thingId: TEXT });
    const imports = events.filter(({ act }) => act === "importText").map(({ detail }) => detail);
    expect(imports.reduce((sum, { paragraphs }) => sum + Number(paragraphs), 0)).toBe(came);
    expect(imports[0]).toMatchObject({ number: 1, notes: 0 });
    expect(imports.every((detail) => Number(detail["of"]) > imports.length)).toBe(true);
    expect(faultsIn(house.db.folder)).toEqual([]);
  });
});

describe("a right that ends while its act waits", () => {
  /** What came of `act` when it was admitted, waited, and `ending` happened before its turn. */
  async function waiting(
    house: House,
    act: () => Promise<unknown>,
    ending: () => Promise<unknown>,
  ): Promise<unknown> {
    const held = Promise.withResolvers<void>();
    const { promise: over, resolve: release } = Promise.withResolvers<void>();
    const long = house.rooms.hold(TEXT, () => {
      held.resolve();
      return over;
    });
    await held.promise;
    const result = act();
    await ending();
    release();
    await long;
    return result;
  }

  it("[RM20] a drafter who was withdrawn meanwhile imports, restores and brings back nothing", async () => {
    const house = await written();
    const chair = await house.as("amara");
    const drafter = await house.as("bilal");
    const { versionId } = done(await issueVersion(chair, version));
    house.page.type("a", 0, "Further ");
    house.page.set("b", "deleted", true);
    await house.settle();
    const imported = { paragraphs: longFile(1), notes: [] };
    const which = { textId: TEXT, paragraphId: "a" };
    const acts = [
      () => importText(drafter, { textId: TEXT, imported, after: null }),
      () => restoreVersion(drafter, { textId: TEXT, versionId }),
      () => restoreParagraph(drafter, { ...which, from: { versionId } }),
      () => bringBackParagraph(drafter, { textId: TEXT, paragraphId: "b" }),
    ];
    const results = await waiting(
      house,
      () => Promise.all(acts.map((act) => act())),
      async () => done(await withdrawDrafter(chair, { textId: TEXT, personId: "bilal" })),
    );
    expect(results).toEqual(acts.map(() => expect.objectContaining({ kind: "not-found" })));
    expect(await words(house)).toEqual(["Further Decides to establish a register;"]);
    expect(await listVersions(house.db.read, TEXT)).toHaveLength(1);
  });

  it("[RM20] an officer whose office ended meanwhile issues, locks, unlocks and opens nothing", async () => {
    const house = await written();
    const chair = await house.as("amara");
    done(await lockParagraph(chair, { textId: TEXT, paragraphId: "b" }));
    const results = await waiting(
      house,
      () =>
        Promise.all([
          issueVersion(chair, version),
          lockParagraph(chair, { textId: TEXT, paragraphId: "a" }),
          unlockParagraph(chair, { textId: TEXT, paragraphId: "b", reason: "agreed" }),
          setAudience(chair, opened),
        ]),
      () => house.db.write((tx) => endOfficer(tx, "office-amara", house.clock.now())),
    );
    expect(results).toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ kind: "not-found" })));
    expect(await listVersions(house.db.read, TEXT)).toEqual([]);
    expect((await listLocks(house.db.read, TEXT)).map(({ paragraphId }) => paragraphId)).toEqual(["b"]);
    expect(await listTextAudiences(house.db.read, TEXT)).toHaveLength(1);
  });
});

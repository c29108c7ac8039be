import { describe, expect, it } from "vitest";
import { importText } from "#app/commands/import-text.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { listLocksOf } from "#db/stores/paragraph-lock.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import { done, words, written } from "./house.ts";

describe("importing", () => {
  const file =
    "<p>Recalling its decision,</p><p>1. Decides to meet;<sup><a href='#fn1'>1</a></sup></p><p>2. Decides to part;</p>";

  it("[VR7] puts the paragraphs behind the one chosen and keeps the wording before", async () => {
    const house = await written();
    const drafter = await house.as("bilal");
    const imported = readHtmlFile(file, "resolution");
    done(await importText(drafter, { textId: TEXT, imported, after: "a" }));
    const now = await words(house);
    expect(now[0]).toBe("Decides to establish a register;");
    expect(now.at(-1)).toBe("Requests the Secretariat to maintain it;");
    expect(now.slice(1, -1).join(" ")).toContain("Decides to part;");
    const versions = await listVersions(house.db.read, TEXT);
    expect(versions[0]).toMatchObject({ kind: "automatic", reason: "before import" });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[VR7] refuses a place that is gone, and an empty file", async () => {
    const house = await written();
    const drafter = await house.as("bilal");
    const imported = readHtmlFile(file, "resolution");
    const gone = await importText(drafter, { textId: TEXT, imported, after: "nowhere" });
    expect(gone).toMatchObject({ kind: "conflict", code: "import-place" });
    const empty = await importText(drafter, {
      textId: TEXT,
      imported: { paragraphs: [], notes: [] },
      after: null,
    });
    expect(empty).toMatchObject({ kind: "invalid", code: "import-empty" });
    expect(await words(house)).toHaveLength(2);
    expect(await listVersions(house.db.read, TEXT)).toEqual([]);
  });
});

describe("locks", () => {
  it("[LK1] officers lock and unlock; the reason and both names stay on record", async () => {
    const house = await written();
    const chair = await house.as("amara");
    const which = { textId: TEXT, paragraphId: "a" };
    expect(await lockParagraph(await house.as("bilal"), which)).toMatchObject({ kind: "not-allowed" });
    done(await lockParagraph(chair, which));
    expect(await lockParagraph(chair, which)).toMatchObject({ kind: "conflict", code: "lock-already" });
    expect(house.page.locks).toEqual(["a"]);
    const silent = await unlockParagraph(chair, { ...which, reason: "  " });
    expect(silent).toMatchObject({ kind: "invalid", fields: { reason: "unlock-reason" } });
    done(await unlockParagraph(chair, { ...which, reason: "a typing error" }));
    expect(house.page.locks).toEqual([]);
    const [lock] = await listLocksOf(house.db.read, which);
    expect(lock).toMatchObject({
      lockedByName: "amara",
      unlockedByName: "amara",
      unlockReason: "a typing error",
    });
    const events = await listEventsOn(house.db.read, { thing: "paragraph", thingId: "a" });
    expect(events.map(({ act }) => act)).toEqual(["lockParagraph", "unlockParagraph"]);
    expect(await unlockParagraph(chair, { ...which, reason: "again" })).toMatchObject({ code: "lock-not" });
    const nowhere = await lockParagraph(chair, { textId: TEXT, paragraphId: "nowhere" });
    expect(isRefusal(nowhere) && nowhere.kind).toBe("not-found");
  });

  it("[LK2] a lock keeps the hash of the words it was set on", async () => {
    const house = await written();
    const chair = await house.as("amara");
    const which = { textId: TEXT, paragraphId: "a" };
    done(await lockParagraph(chair, which));
    done(await unlockParagraph(chair, { ...which, reason: "one" }));
    done(await lockParagraph(chair, which));
    done(await unlockParagraph(chair, { ...which, reason: "two" }));
    house.page.type("a", 0, "Further ");
    await house.settle();
    done(await lockParagraph(chair, which));
    const hashes = (await listLocksOf(house.db.read, which)).map(({ wordsHash }) => wordsHash);
    expect(hashes).toHaveLength(3);
    expect(new Set(hashes).size).toBe(2);
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it("[LK3] typing in it is refused, and typed again once it is open", async () => {
    const house = await written();
    const chair = await house.as("amara");
    const which = { textId: TEXT, paragraphId: "a" };
    done(await lockParagraph(chair, which));
    house.page.type("a", 0, "Further ");
    await house.settle();
    expect(house.page.refused).toMatchObject([{ code: "locked", paragraphId: "a" }]);
    expect((await words(house))[0]).toBe("Decides to establish a register;");
    done(await unlockParagraph(chair, { ...which, reason: "agreed by all" }));
    const fresh = await house.drafting("bilal");
    fresh.type("a", 0, "Further ");
    await house.settle();
    expect((await words(house))[0]).toBe("Further Decides to establish a register;");
  });
});

import { describe, expect, it } from "vitest";
import { bringBackParagraph } from "#app/commands/bring-back-paragraph.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { documentOf } from "#app/commands/version-row.ts";
import { plainWords } from "#collab/document.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import { faultsIn } from "#test/support/database.ts";
import { contentOf, TEXT } from "#test/support/room.ts";
import { done, type House, words, written } from "./house.ts";

const issue = async (house: House, label: string): Promise<string> =>
  done(await issueVersion(await house.as("amara"), { textId: TEXT, label, symbol: "A/1", note: "" }))
    .versionId;

describe("issuing a version", () => {
  it("[VR4] keeps the wording, the sequence number and the head of the log of that moment", async () => {
    const house = await written();
    const before = await house.rooms.wording(TEXT);
    const id = await issue(house, "Zero draft");
    const issued = await house.rooms.wording(TEXT);
    house.page.type("a", 0, "Further ");
    await house.settle();
    const kept = await findVersionDocument(house.db.read, { textId: TEXT, versionId: id });
    expect(kept).toMatchObject({ number: 1, kind: "issued", label: "Zero draft", wordsAdded: 11 });
    // One row more: the numbers that the paragraphs have on paper.
    expect([kept?.seq, kept?.chainHead]).toEqual([before.seq + 1, issued.head]);
    expect(kept && documentOf(kept)).toEqual(issued.document);
    expect(issued.document.paragraphs.map(plainWords)).toEqual(before.document.paragraphs.map(plainWords));

    const second = await issue(house, "Rev.1");
    const versions = await listVersions(house.db.read, TEXT);
    expect(versions.find((version) => version.id === second)).toMatchObject({
      number: 2,
      wordsAdded: 1,
      wordsRemoved: 0,
      wordCount: 12,
    });
    expect(house.told).toContainEqual({
      audience: { kind: "text", textId: TEXT, sessionId: "s", who: "readers" },
      topic: `versions:${TEXT}`,
    });
  });

  it("[VR11] counts an issued version's words against the one issued before, whatever was kept between them", async () => {
    const house = await written();
    await issue(house, "Zero draft");
    house.page.type("a", 0, "Strongly ");
    await house.settle();
    const server = await house.as("amara");
    await keepVersion(server, { textId: TEXT, reason: "idle" });
    house.page.type("a", 0, "Further ");
    await house.settle();
    await keepVersion(server, { textId: TEXT, reason: "idle" });
    house.page.type("a", 0, "Also ");
    await house.settle();
    await issue(house, "Rev.1");
    const versions = await listVersions(house.db.read, TEXT);
    expect(versions.map(({ number, kind, wordsAdded }) => [number, kind, wordsAdded])).toEqual([
      [1, "issued", 11],
      [2, "automatic", 1],
      [3, "automatic", 1],
      [4, "issued", 3],
    ]);
  });

  it("[VR4] the row never changes and never goes", async () => {
    const house = await written();
    await issue(house, "Zero draft");
    const change = (sql: string) => house.db.write(async (tx) => void tx.$client.exec(sql));
    await expect(change("UPDATE text_version SET label = 'Final'")).rejects.toThrow(/never changes/);
    await expect(change("DELETE FROM text_version")).rejects.toThrow(/never goes away/);
  });

  it("[VR5] the event holds the hash of the row, and the verifier finds nothing wrong", async () => {
    const house = await written();
    const id = await issue(house, "Zero draft");
    const [event] = await listEventsOn(house.db.read, { thing: "text_version", thingId: id });
    expect(event).toMatchObject({ act: "issueVersion", personId: "amara" });
    expect(event?.detail["sha256"]).toMatch(/^[0-9a-f]{64}$/);
    house.page.type("a", 0, "Further ");
    await house.settle();
    await keepVersion(await house.as("amara"), { textId: TEXT, reason: "idle" });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[VR5] the verifier finds a version that was changed behind the triggers", async () => {
    const house = await written();
    await issue(house, "Zero draft");
    await house.db.write(async (tx) => {
      tx.$client.exec("DROP TRIGGER text_version_no_update");
      tx.$client.exec("UPDATE text_version SET words_hash = 'x'");
    });
    expect(faultsIn(house.db.folder)).not.toEqual([]);
  });

  it("[VR3] refuses a label that was issued, an empty one, and a text without words", async () => {
    const house = await written();
    const chair = await house.as("amara");
    await issue(house, "Rev.1");
    const again = await issueVersion(chair, { textId: TEXT, label: " REV. 1 ", symbol: "", note: "" });
    expect(again).toMatchObject({ kind: "conflict", code: "version-label-taken" });
    const none = await issueVersion(chair, { textId: TEXT, label: "  ", symbol: "", note: "" });
    expect(none).toMatchObject({ kind: "invalid", fields: { label: "version-label" } });
    const empty = await issueVersion(chair, { textId: "report", label: "Zero draft", symbol: "", note: "" });
    expect(empty).toMatchObject({ kind: "rule", code: "version-empty" });
    expect(await listVersions(house.db.read, TEXT)).toHaveLength(1);
  });

  it("[VR6] is for officers; a drafter is told so, and for others the text is not there", async () => {
    const house = await written();
    const version = { textId: TEXT, label: "Rev.1", symbol: "", note: "" };
    expect(await issueVersion(await house.as("bilal"), version)).toMatchObject({ kind: "not-allowed" });
    expect(await issueVersion(await house.as("dina"), version)).toMatchObject({ kind: "not-found" });
    expect(await issueVersion(await house.as("public"), version)).toMatchObject({ kind: "not-found" });
  });

  it("[VR4] an edit that waits in the queue is in the next version, whole", async () => {
    const house = await written();
    const first = issue(house, "Zero draft");
    house.page.type("a", 0, "Further ");
    await first;
    await house.settle();
    const versions = await listVersions(house.db.read, TEXT);
    const kept = await findVersionDocument(house.db.read, { textId: TEXT, versionId: versions[0]?.id ?? "" });
    const seq = house.db.read.$client
      .prepare("SELECT hash FROM text_update WHERE text_id = ? AND seq = ?")
      .pluck()
      .get(TEXT, kept?.seq);
    expect(seq).toBe(kept?.chainHead);
  });
});

describe("restoring", () => {
  it("[VR7] [VR8] makes the text say what the version says, keeps the wording before, while others type", async () => {
    const house = await written();
    const other = await house.drafting("amara");
    const zero = await issue(house, "Zero draft");
    house.page.textOf("a").delete(0, 8);
    house.page.type("a", 0, "Agrees ");
    house.page.set("b", "deleted", true);
    house.page.write("c", "Invites all States;");
    await house.settle();
    const before = await words(house);

    // Typed before the restore, but on the way until after it.
    other.leave();
    other.type("a", other.textOf("a").length, " typed meanwhile");
    done(await restoreVersion(await house.as("bilal"), { textId: TEXT, versionId: zero }));
    await other.join(house.rooms);
    await house.settle();
    expect(await words(house)).toEqual([
      "Decides to establish a register; typed meanwhile",
      "Requests the Secretariat to maintain it;",
    ]);
    const versions = await listVersions(house.db.read, TEXT);
    expect(versions[1]).toMatchObject({ kind: "automatic", reason: "before restore", issuedBy: "bilal" });
    const kept = await findVersionDocument(house.db.read, { textId: TEXT, versionId: versions[1]?.id ?? "" });
    expect(kept && documentOf(kept).paragraphs.map(plainWords)).toEqual(before);
    expect(contentOf(other.doc)).toBe(contentOf(house.page.doc));
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[VR8] [LK3] leaves a locked paragraph as it is and names it", async () => {
    const house = await written();
    const chair = await house.as("amara");
    const zero = await issue(house, "Zero draft");
    house.page.type("a", 0, "Further ");
    house.page.type("b", 0, "Also ");
    await house.settle();
    done(await lockParagraph(chair, { textId: TEXT, paragraphId: "a" }));
    const result = done(await restoreVersion(chair, { textId: TEXT, versionId: zero }));
    expect(result).toEqual({ changed: ["b"], skipped: ["OP1"] });
    expect(await words(house)).toEqual([
      "Further Decides to establish a register;",
      "Requests the Secretariat to maintain it;",
    ]);
    const one = await restoreParagraph(chair, {
      textId: TEXT,
      paragraphId: "a",
      from: { versionId: zero },
    });
    expect(one).toMatchObject({ kind: "rule", code: "paragraph-locked" });
  });

  it("[VR8] one paragraph, from a version or from any moment of its life, and nothing else", async () => {
    const house = await written();
    const drafter = await house.as("bilal");
    const zero = await issue(house, "Zero draft");
    house.clock.advance(120_000);
    house.page.type("a", 0, "Further ");
    house.page.type("b", 0, "Also ");
    await house.settle();
    house.clock.advance(120_000);
    house.page.type("a", 0, "Again ");
    await house.settle();

    const which = { textId: TEXT, paragraphId: "a" };
    done(await restoreParagraph(drafter, { ...which, from: { versionId: zero } }));
    expect((await words(house))[0]).toBe("Decides to establish a register;");
    expect((await words(house))[1]).toBe("Also Requests the Secretariat to maintain it;");

    const life = await house.rooms.lifeOf(TEXT, "a");
    const middle = life.find(({ spans }) =>
      spans.some((span) => span.kind === "words" && span.text.startsWith("Further")),
    );
    done(await restoreParagraph(drafter, { ...which, from: { seq: middle?.stamp.seq ?? 0 } }));
    expect((await words(house))[0]).toBe("Further Decides to establish a register;");
    const missing = await restoreParagraph(drafter, { ...which, from: { seq: 999_999 } });
    expect(missing).toMatchObject({ kind: "not-found" });
  });

  it("[VR6] is not for readers, and not with the version of another text", async () => {
    const house = await written();
    const zero = await issue(house, "Zero draft");
    const input = { textId: TEXT, versionId: zero };
    expect(await restoreVersion(await house.as("chiara"), input)).toMatchObject({ kind: "not-found" });
    const other = await restoreVersion(await house.as("amara"), { ...input, textId: "report" });
    expect(other).toMatchObject({ kind: "not-found" });
  });

  it("[VR9] brings a deleted paragraph back with its words and those typed into it meanwhile", async () => {
    const house = await written();
    const drafter = await house.as("bilal");
    const other = await house.drafting("amara");
    other.isOffline = true;
    house.page.set("b", "deleted", true);
    await house.settle();
    other.isOffline = false;
    other.type("b", 0, "Strongly ");
    await house.settle();
    expect(await words(house)).toEqual(["Decides to establish a register;"]);
    done(await bringBackParagraph(drafter, { textId: TEXT, paragraphId: "b" }));
    expect((await words(house))[1]).toBe("Strongly Requests the Secretariat to maintain it;");
    const again = await bringBackParagraph(drafter, { textId: TEXT, paragraphId: "b" });
    expect(again).toMatchObject({ kind: "not-found" });
  });
});

describe("keeping a version", () => {
  it("[VR4] keeps nothing when nothing has changed, and never an empty text", async () => {
    const house = await written();
    const server = await house.as("amara");
    await keepVersion(server, { textId: "report", reason: "idle" });
    await keepVersion(server, { textId: TEXT, reason: "idle" });
    await keepVersion(server, { textId: TEXT, reason: "idle" });
    expect(await listVersions(house.db.read, "report")).toEqual([]);
    const versions = await listVersions(house.db.read, TEXT);
    expect(versions).toHaveLength(1);
    expect(versions[0]).toMatchObject({ kind: "automatic", issuedBy: null });
    expect(house.told.at(-1)?.audience).toMatchObject({ who: "bureau" });
  });
});

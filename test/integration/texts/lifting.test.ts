/** Held brackets: what the gate refuses, what stays possible, and how they are lifted. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { answerStance } from "#app/commands/answer-stance.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { liftBracket } from "#app/commands/lift-bracket.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { setStance } from "#app/commands/set-stance.ts";
import { action as bracketAction, loader as bracketLoader } from "#app/routes/bracket/route.tsx";
import { plainWords } from "#collab/document.ts";
import { CARRY_PREFIX, paragraphsOf } from "#collab/model.ts";
import type { ParagraphMap } from "#collab/model.ts";
import { idRangesOf } from "#collab/id-ranges.ts";
import { openText } from "#collab/server/opening.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { listUpdates } from "#db/stores/text-log.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import type { Page } from "#test/support/room.ts";
import { bracketed } from "./bracketed.ts";
import { done, type House, type Who } from "./house.ts";

const K = { textId: TEXT, bracketId: "k" };
const SAID = { ...K, view: "none", reason: "", groupId: null, exceptions: [] } as const;
const WHOLE = "Decides [to establish] a register;";
const BARE = "Decides to establish a register;";

const ask = async (house: House) =>
  done(await setStance(await house.as("dina"), { ...SAID, asks: true, over: null })).stanceId;

async function words(house: House): Promise<string[]> {
  const { document } = await house.rooms.inside(TEXT);
  return document.paragraphs.map((paragraph) => plainWords(paragraph));
}

function takeGlyphs(text: Y.Text): void {
  text.delete(21, 1);
  text.delete(8, 1);
}

/** What stands behind "Decides [not". */
function putTail(text: Y.Text, at: number): void {
  text.insert(at, " a register;", {});
  text.insertEmbed(at, { bracket: "k", side: "close" }, {});
  text.insert(at, " to keep", {});
}

const TAIL_AT = 12;

/** The tail goes into a new paragraph "b", as splitting does it. */
function split(doc: Y.Doc, text: Y.Text): void {
  doc.transact(() => {
    const map: ParagraphMap = new Y.Map();
    paragraphsOf(doc).set("b", map);
    const next = new Y.Text();
    map.set("text", next);
    for (const [key, value] of Object.entries({ order: "Z1", role: "op", level: 0, deleted: false }))
      map.set(key, value);
    const src = idRangesOf(text, TAIL_AT, text.length - TAIL_AT);
    putTail(next, 0);
    map.set(`${CARRY_PREFIX}c1`, { from: "a", src, dst: idRangesOf(next, 0, next.length) });
    text.delete(TAIL_AT, text.length - TAIL_AT);
  });
}

/** And back, as merging does it. */
function merge(page: Page): void {
  const [text, next] = [page.textOf("a"), page.textOf("b")];
  page.doc.transact(() => {
    const src = idRangesOf(next, 0, next.length);
    putTail(text, TAIL_AT);
    const dst = idRangesOf(text, TAIL_AT, text.length - TAIL_AT);
    paragraphsOf(page.doc).get("a")?.set(`${CARRY_PREFIX}c2`, { from: "b", src, dst });
    next.delete(0, next.length);
    paragraphsOf(page.doc).get("b")?.set("deleted", true);
  });
}

describe("a held bracket", () => {
  it("[LF2] [LF4] is not taken away by an edit that deletes its glyphs, from the moment it is asked for", async () => {
    const house = await bracketed();
    await ask(house);
    const page = await house.drafting();
    page.doc.transact(() => takeGlyphs(page.textOf("a")));
    await house.settle();
    expect(page.refused).toMatchObject([{ code: "bracket-held", paragraphId: "a" }]);
    expect(await words(house)).toEqual([WHOLE]);
  });

  it("[LF2] is not taken away with its whole paragraph, nor by taking it out of words that are then hidden", async () => {
    const house = await bracketed();
    await ask(house);
    for (const isEmptied of [false, true]) {
      const page = await house.drafting();
      page.doc.transact(() => {
        if (isEmptied) takeGlyphs(page.textOf("a"));
        paragraphsOf(page.doc).get("a")?.set("deleted", true);
      });
      await house.settle();
      expect(page.refused).toMatchObject([{ code: "bracket-held", paragraphId: "a" }]);
    }
    expect(await words(house)).toEqual([WHOLE]);
  });

  it("[LF2] stays when words in and around it change, and when its paragraph is moved, split or merged", async () => {
    const house = await bracketed();
    await ask(house);
    const page = await house.drafting();
    page.textOf("a").delete(9, 12);
    page.textOf("a").insert(9, "not to keep");
    paragraphsOf(page.doc).get("a")?.set("order", "Y1");
    await house.settle();
    split(page.doc, page.textOf("a"));
    await house.settle();
    expect(await words(house)).toEqual(["Decides [not", " to keep] a register;"]);
    merge(page);
    await house.settle();
    expect(page.refused).toEqual([]);
    expect(await words(house)).toEqual(["Decides [not to keep] a register;"]);
  });

  it("[LF1] [LF4] goes as before when it is disputed, or was never asked for", async () => {
    const house = await bracketed();
    const recorded = {
      ...SAID,
      asks: true,
      over: null,
      party: { kind: "entity", id: "nor" },
      meetingId: null,
      day: "",
    } as const;
    const { stanceId } = done(await recordStance(await house.as("amara"), recorded));
    const page = await house.drafting();
    page.doc.transact(() => takeGlyphs(page.textOf("a")));
    await house.settle();
    expect(page.refused).toMatchObject([{ code: "bracket-held" }]);
    done(await answerStance(await house.as("dina"), { ...K, stanceId, answer: "disputed", reason: "" }));
    const again = await house.drafting();
    again.doc.transact(() => takeGlyphs(again.textOf("a")));
    await house.settle();
    expect(again.refused).toEqual([]);
    expect(await words(house)).toEqual([BARE]);
  });

  it("[LF4] is known to a room that is opened anew", async () => {
    const house = await bracketed();
    await ask(house);
    const opened = await openText(house.db, TEXT);
    expect([...(opened?.held ?? [])]).toEqual(["k"]);
  });

  it("[LF5] stays through a restoration, whose paragraph is named", async () => {
    const house = await bracketed();
    const page = await house.drafting();
    page.doc.transact(() => takeGlyphs(page.textOf("a")));
    await house.settle();
    done(await keepVersion(await house.as("amara"), { textId: TEXT, reason: "idle" }));
    page.doc.transact(() => {
      page.textOf("a").insertEmbed(20, { bracket: "m", side: "close" }, {});
      page.textOf("a").insertEmbed(8, { bracket: "m", side: "open" }, {});
    });
    await house.settle();
    const said = { ...SAID, bracketId: "m", asks: true, over: null } as const;
    done(await setStance(await house.as("dina"), said));
    const [version] = await listVersions(house.db.read, TEXT);
    const versionId = version?.id ?? "";
    const restored = done(await restoreVersion(await house.as("amara"), { textId: TEXT, versionId }));
    expect(restored).toMatchObject({ changed: [], skipped: [expect.any(String)] });
    const one = { textId: TEXT, paragraphId: "a", from: { versionId } };
    expect(done(await restoreParagraph(await house.as("amara"), one)).skipped).toHaveLength(1);
    expect(await words(house)).toEqual([WHOLE]);
  });
});

describe("lifting a bracket", () => {
  it("[LF3] is refused while somebody holds it, and says who", async () => {
    const house = await bracketed();
    await ask(house);
    const lifted = await liftBracket(await house.as("amara"), K);
    expect(lifted).toMatchObject({ code: "bracket-held-by", values: { holders: "NOR" } });
    expect(await words(house)).toEqual([WHOLE]);
  });

  it("[LF3] takes both its glyphs when its holders have let go, by name and on record; the words stay", async () => {
    const house = await bracketed();
    const over = await ask(house);
    done(await setStance(await house.as("dina"), { ...SAID, asks: false, over }));
    house.told.length = 0;
    done(await liftBracket(await house.as("bilal"), K));
    expect(await words(house)).toEqual([BARE]);
    expect((await listUpdates(house.db.read, TEXT)).at(-1)).toMatchObject({
      kind: "command",
      act: "lift bracket",
      personId: "bilal",
    });
    const events = await listEventsOn(house.db.read, { thing: "bracket", thingId: "k" });
    expect(events.at(-1)).toMatchObject({ act: "liftBracket" });
    expect(house.told.map(({ topic }) => topic)).toEqual([`brackets:${TEXT}`]);
    expect(faultsIn(house.db.folder)).toEqual([]);
    expect(await liftBracket(await house.as("bilal"), K)).toMatchObject({ code: "bracket-gone" });
  });

  it("[LF1] [LF3] by a record waits for its delegation", async () => {
    const house = await bracketed();
    const over = await ask(house);
    const lift = {
      ...SAID,
      asks: false,
      over,
      party: { kind: "entity", id: "nor" },
      meetingId: null,
      day: "",
    } as const;
    const { stanceId } = done(await recordStance(await house.as("amara"), lift));
    expect(await liftBracket(await house.as("amara"), K)).toMatchObject({ code: "bracket-held-by" });
    done(await answerStance(await house.as("dina"), { ...K, stanceId, answer: "confirmed", reason: "" }));
    done(await liftBracket(await house.as("amara"), K));
    expect(await words(house)).toEqual([BARE]);
  });

  it("[LF3] is offered on the page of the bracket to those who write, who read there who holds it", async () => {
    const house = await bracketed();
    const over = await ask(house);
    const call = async (who: Who, body?: Record<string, string>) => {
      const request = new Request(
        "http://localhost/",
        body && { method: "POST", body: new URLSearchParams(body) },
      );
      const params = { session: "s", text: TEXT, bracket: "k" };
      return { context: await house.as(who), params, request } as never;
    };
    expect(await bracketLoader(await call("bilal"))).toMatchObject({ lifting: { holders: ["NOR"] } });
    expect(await bracketLoader(await call("dina"))).toMatchObject({ lifting: null });
    done(await setStance(await house.as("dina"), { ...SAID, asks: false, over }));
    expect(await bracketLoader(await call("bilal"))).toMatchObject({ lifting: { holders: [] } });
    expect(await bracketAction(await call("bilal", { intent: "lift" }))).toMatchObject({ status: 302 });
    expect(await words(house)).toEqual([BARE]);
  });

  it("[LF3] is for those who write in the text, and nothing in a locked paragraph", async () => {
    const house = await bracketed();
    for (const who of ["dina", "omar", "public", "eve"] as const)
      expect(await liftBracket(await house.as(who), K), who).toHaveProperty("kind");
    done(await lockParagraph(await house.as("amara"), { textId: TEXT, paragraphId: "a" }));
    expect(await liftBracket(await house.as("amara"), K)).toMatchObject({ code: "paragraph-locked" });
    expect(await words(house)).toEqual([WHOLE]);
  });
});

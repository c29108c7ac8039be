/** Texts of the session, one for each audience, each with a mark in every piece of it that some may not see. */
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { createText } from "#app/commands/create-text.ts";
import { importText } from "#app/commands/import-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import { type Act, may } from "#app/rules/permissions.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { done } from "#test/support/people.ts";
import { ofText, type Private, writeInto } from "./delegation-things.ts";
import { type House, WITHDRAWN } from "./house.ts";

export type TextThings = {
  readonly texts: readonly Private[];
  readonly versions: readonly (Private & { readonly textId: string })[];
};

type Opening = { readonly audience: TextDoor["audience"]["audience"]; readonly shows: "live" | "versions" };

const OPENINGS: readonly Opening[] = [
  { audience: "bureau", shows: "live" },
  { audience: "named", shows: "live" },
  { audience: "all", shows: "live" },
  { audience: "observers", shows: "versions" },
  { audience: "public", shows: "live" },
  { audience: "public", shows: "versions" },
];

export async function plantTexts(house: House): Promise<TextThings> {
  const made = [];
  for (const opening of OPENINGS) made.push(await plantText(house, opening));
  return { texts: made.map(({ text }) => text), versions: made.flatMap(({ versions }) => versions) };
}

async function plantText(house: House, opening: Opening) {
  const { marks, sessionId, itemId } = house;
  const called = `text for ${opening.audience}, ${opening.shows}`;
  // Whoever is asked is asked as things stand when everything is planted.
  let door: TextDoor | null = null;
  let versions: Awaited<ReturnType<typeof listVersions>> = [];
  const does = (act: Act) => (viewer: Viewer) =>
    door !== null && may(act, viewer, { kind: "text", door }) === true;
  const reads = does("readText");
  const bureau = does("readHistory");
  const live = (viewer: Viewer) => door !== null && reads(viewer) && seesLive(standingOf(viewer, door));
  const sees = (label: string) => (viewer: Viewer) =>
    door !== null &&
    does("readVersions")(viewer) &&
    visibleVersions(standingOf(viewer, door), versions).some((version) => version.label === label);
  const either =
    (...ways: ((viewer: Viewer) => boolean)[]) =>
    (viewer: Viewer) =>
      ways.some((way) => way(viewer));
  const mark = (what: string, by: (viewer: Viewer) => boolean, at: readonly string[] = []) =>
    marks.plant({ what: `${called}: ${what}`, may: by, at });

  const chair = await house.as("chair", () =>
    marks.plant({ what: `${called}: an id`, may: reads, must: () => false, isId: true }),
  );
  const facts = { sessionId, itemId, kind: "resolution" as const, language: "en", organ: "The Group," };
  const { textId } = done(
    await createText(chair, {
      ...facts,
      title: mark("title", reads, ["texts", "text"]),
      symbol: mark("symbol", reads, ["text"]),
      note: mark("note", reads, ["text"]),
    }),
  );
  // The last of them loses the pen with the seat.
  for (const who of ["c-editor", "c-head", `${WITHDRAWN}-head`]) {
    const personId = house.people.get(who) ?? "";
    done(await appointDrafter(await house.as("chair"), { textId, personId }));
  }
  const paragraph = (text: string) => ({
    role: "op" as const,
    level: 0,
    dir: "auto" as const,
    spans: [{ text }],
  });
  const first = [
    paragraph(
      `Decides ${mark("imported words", either(sees("Zero draft"), sees("Rev.1"), sees("Rev.2"), live))};`,
    ),
  ];
  const imported = { paragraphs: first, notes: [], warnings: [], rest: [] };
  done(await importText(await house.as("chair"), { textId, imported, after: null }));
  const issue = async (label: string) =>
    done(
      await issueVersion(await house.as("chair"), {
        textId,
        label,
        symbol: mark(`symbol of ${label}`, sees(label), ["versions", "version-download"]),
        note: mark(`note of ${label}`, sees(label), ["versions"]),
      }),
    );
  const write = (work: Parameters<typeof writeInto>[3]) => writeInto(house, "c-editor", textId, work);

  const zero = sees("Zero draft");
  await write(async (page, settle) => {
    page.write("early", mark("words of the zero draft", zero, ["version", "version-download", "compare"]));
    page.write("gone", mark("paragraph deleted before Rev.1", zero, ["version", "version-download"]));
    await settle();
  });
  await issue("Zero draft");
  await write(async (page, settle) => {
    page.textOf("early").delete(0, page.words("early").length);
    page.type("early", 0, mark("words of Rev.1", either(sees("Rev.1"), sees("Rev.2"), live)));
    page.set("gone", "deleted", true);
    page.doc.transact(() => {
      page.textOf("early").insertEmbed(page.words("early").length, { bracket: "early-b", side: "close" }, {});
      page.textOf("early").insertEmbed(0, { bracket: "early-b", side: "open" }, {});
    });
    await settle();
  });
  const stance = async (reason: string, over: string | null) =>
    done(
      await recordStance(await house.as("chair"), {
        textId,
        bracketId: "early-b",
        asks: true,
        view: "out",
        reason,
        over,
        exceptions: [],
        meetingId: null,
        day: "",
        party: { kind: "entity", id: "leak-a" },
      }),
    );
  const replaced = await stance(mark("reason replaced before the opening", bureau, ["bracket"]), null);
  // It stands in Rev.1 and in whatever comes after.
  await stance(mark("reason of a stance", reads, ["bracket", "text"]), replaced.stanceId);
  await issue("Rev.1");
  await write(async (page, settle) => {
    page.write("between", mark("paragraph deleted before the opening", bureau, ["text"]));
    await settle();
    page.set("between", "deleted", true);
    await settle();
    // Late words: typed into what is deleted already.
    page.type("between", 0, mark("words typed into a deleted paragraph", bureau, ["text"]));
    await settle();
  });
  if (opening.audience !== "bureau") {
    const delegationIds = opening.audience === "named" ? [house.delegations.a] : [];
    done(await setAudience(await house.as("chair"), { textId, ...opening, delegationIds }));
  }
  await write(async (page, settle) => {
    page.write("open", mark("words of Rev.2", either(sees("Rev.2"), live)));
    await settle();
  });
  await issue("Rev.2");
  await write(async (page, settle) => {
    page.write("newest", mark("words of after Rev.2", live, ["text", "/live/texts/:text"]));
    const brief = marks.plant({
      what: `${called}: paragraph deleted after the opening`,
      may: live,
      must: bureau,
    });
    page.write("brief", brief);
    await settle();
    page.set("brief", "deleted", true);
    await settle();
  });
  done(await lockParagraph(await house.as("chair"), { textId, paragraphId: "open" }));
  const reason = mark("reason of an unlocking", bureau, ["paragraph"]);
  done(await unlockParagraph(await house.as("chair"), { textId, paragraphId: "open", reason }));

  door = await findTextDoor(house.server.db.read, textId);
  versions = await listVersions(house.server.db.read, textId);
  if (door === null) throw new Error(`${called} has no door`);
  const own = ofText(door);
  return {
    text: own,
    versions: versions.map(({ id }) => ({
      id,
      textId,
      does: own.does,
      may: (viewer: Viewer) =>
        door !== null && visibleVersions(standingOf(viewer, door), versions).some((seen) => seen.id === id),
    })),
  };
}

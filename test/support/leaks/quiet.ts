/** Who hears what: after each act everybody's stream is held against who may read the change. */
import { randomUUID } from "node:crypto";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { wordsHashOf } from "#app/commands/version-row.ts";
import { standingOf } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { seesLive } from "#app/rules/versions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { frozenDocument } from "#collab/statement-words.ts";
import { text } from "#db/schema/text.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { positionWords, statementWords } from "#test/support/delegations.ts";
import { fileOf, pdfOf } from "#test/support/files.ts";
import { done } from "#test/support/people.ts";
import { listen, type Role, type Stream } from "./browser.ts";
import type { Checker } from "./checker.ts";
import { ofDelegation, writeInto } from "./delegation-things.ts";
import { WITHDRAWN } from "./house.ts";
import type { Planted } from "./planted.ts";

type Deed = {
  readonly what: string;
  /** Who may read the change. */
  readonly may: (viewer: Viewer) => boolean;
  /** A topic that comes a while later, who hears it, and is to be waited for. */
  readonly late?: { readonly topic: string; readonly may: (viewer: Viewer) => boolean };
  readonly work: () => Promise<unknown>;
};

export type Streams = { readonly open: ReadonlyMap<Role, Stream>; close(): void };

export async function openStreams(planted: Planted): Promise<Streams> {
  await keepQuietTexts(planted);
  const { house, roles } = planted;
  const open = new Map<Role, Stream>();
  for (const role of roles) open.set(role, await listen(house.site, role));
  return { open, close: () => open.forEach((stream) => stream.close()) };
}

/** Does everything, and returns in sentences who heard what was not theirs, and who did not hear what was. */
export async function hearDeeds(planted: Planted, streams: Streams, checker: Checker): Promise<string[]> {
  const wrong: string[] = [];
  let beats = 0;
  // Nothing that was told before is heard as something that came of the first deed.
  planted.house.server.notices.tell({ kind: "everybody" }, "beat-0");
  for (const stream of streams.open.values()) await stream.hears("beat-0");
  for (const deed of await listDeeds(planted)) {
    for (const stream of streams.open.values()) stream.heard.splice(0);
    await deed.work();
    if (deed.late !== undefined) {
      const { topic, may: mayHear } = deed.late;
      const first = [...streams.open].find(([role]) => mayHear(role.viewer));
      await first?.[1].hears(topic);
    }
    // What everybody hears, behind what was told before: then nothing more comes of the deed.
    beats += 1;
    const beat = `beat-${beats}`;
    planted.house.server.notices.tell({ kind: "everybody" }, beat);
    for (const [role, stream] of streams.open) {
      await stream.hears(beat);
      checker.look(role, "/notices", "", stream.heard.join(""));
      const topics = topicsIn(stream.heard).filter((topic) => topic !== beat);
      const mayHear = deed.may(role.viewer);
      if (mayHear && topics.length === 0) wrong.push(`${role.name} did not hear of it: ${deed.what}`);
      if (!mayHear && topics.length > 0) {
        wrong.push(`${role.name} heard ${topics.join(", ")}: ${deed.what}`);
      }
    }
  }
  return wrong;
}

/** Five quiet minutes after the planting the server keeps versions by itself: that is done before anybody listens. */
async function keepQuietTexts({ house }: Planted): Promise<void> {
  const { db, rooms, notices } = house.server;
  const keeping = { db, rooms, notices, now: Date.now, newId: randomUUID };
  const texts = await db.read.select({ id: text.id }).from(text);
  for (const { id: textId } of texts) await keepVersion(keeping, { textId, reason: "idle" });
}

function topicsIn(heard: readonly string[]): string[] {
  const lines = heard.join("").split("\n");
  const told = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
  return told.flatMap((line) => JSON.parse(line) as string[]);
}

async function listDeeds({ house, known }: Planted): Promise<Deed[]> {
  const { itemId, topicId, sessionId, meetingId } = house;
  const delegationId = house.delegations.a;
  const ours = ofDelegation(house, "a", "readDrafts");
  const embargoed = ofDelegation(house, "a", "readEmbargoed");
  const secretariat = (viewer: Viewer) => may("managePeople", viewer, { kind: "installation" }) === true;
  const personId = house.people.get("outsider") ?? "";
  const self = (viewer: Viewer) => may("manageOwnAccount", viewer, { kind: "account", personId }) === true;
  const [stance = ""] = house.stanceIds;
  const words = { ...positionWords, delegationId, itemId, topicId, stance, sourceDate: "2026-01-20" };
  const statement = { ...statementWords, delegationId, itemId, meetingId, embargo: "delivery" as const };
  let draftId = "";
  let statementDraft = "";
  let ownText = "";
  const head = () => house.as("a-head");
  const deeds: Deed[] = [
    {
      what: "a position is drafted",
      may: ours,
      work: async () => ({ draftId } = done(await draftPosition(await head(), words))),
    },
    {
      what: "a draft position is edited",
      may: ours,
      work: async () => done(await editPositionDraft(await head(), { ...words, draftId, edition: 1 })),
    },
    {
      what: "a draft position is discarded",
      may: ours,
      work: async () => done(await discardPositionDraft(await head(), { draftId, edition: 2 })),
    },
    {
      what: "a statement is drafted",
      may: ours,
      work: async () => ({ draftId: statementDraft } = done(await draftStatement(await head(), statement))),
    },
    {
      what: "a file is put into a draft statement",
      may: ours,
      work: async () => {
        const file = fileOf("ours.pdf", pdfOf("Ours"));
        const edit = { ...statement, draftId: statementDraft, edition: 1, file };
        return done(await editStatementDraft(await head(), edit));
      },
    },
    {
      what: "the text of a draft is opened",
      may: ours,
      work: async () =>
        ({ textId: ownText } = done(await openDraftText(await head(), { draftId: statementDraft }))),
    },
    {
      what: "a statement is released under embargo",
      may: embargoed,
      work: async () => {
        const { document } = await house.server.rooms.wording(ownText);
        const read = { draftId: statementDraft, edition: 2, words: wordsHashOf(frozenDocument(document)) };
        return done(await releaseStatement(await head(), read));
      },
    },
    {
      what: "a statement under embargo is corrected",
      may: ours,
      work: async () =>
        done(await correctStatement(await head(), { sessionId, statementId: known.statements[0]?.id ?? "" })),
    },
    {
      what: "a note is written",
      may: ofDelegation(house, "a", "readNotes"),
      work: async () => {
        const note = { thing: "topic" as const, thingId: topicId, body: "Ours", edition: 0 };
        return done(await writeNote(await head(), { ...note, delegationId }));
      },
    },
    {
      what: "a link for a new password is issued",
      may: (viewer) => secretariat(viewer) || self(viewer),
      work: async () =>
        done(
          await issuePasswordLink(await house.as("secretariat"), {
            personId,
          }),
        ),
    },
    {
      what: "somebody is named for a delegation",
      may: secretariat,
      work: async () =>
        done(
          await nameForDelegation(await house.as("secretariat"), {
            personId,
            entityId: "leak-a",
          }),
        ),
    },
  ];
  for (const { id: textId } of known.texts) {
    const door = await findTextDoor(house.server.db.read, textId);
    // What is closed, or of the delegation that is withdrawn, nobody writes in.
    if (door === null || door.isClosed === true) continue;
    if (door.delegationId === house.delegations[WITHDRAWN]) continue;
    const does = (act: "readText" | "readHistory") => (viewer: Viewer) =>
      may(act, viewer, { kind: "text", door }) === true;
    const live = (viewer: Viewer) => does("readText")(viewer) && seesLive(standingOf(viewer, door));
    const called = `${door.audience.audience}, ${door.audience.shows}${door.delegationId === null ? "" : ", a delegation's"}`;
    const who = door.delegationId === null ? "c-editor" : writerOf(house, door.delegationId);
    deeds.push({
      what: `words are typed into a text for ${called}`,
      may: live,
      late: { topic: `text:${textId}`, may: live },
      work: () =>
        writeInto(house, who, textId, (page, settle) => {
          page.write("later", "More words", { role: door.delegationId === null ? "op" : "plain" });
          return settle();
        }),
    });
    if (door.delegationId !== null) continue;
    deeds.push(
      {
        what: `a paragraph is locked in a text for ${called}`,
        may: live,
        work: async () =>
          done(await lockParagraph(await house.as("chair"), { textId, paragraphId: "newest" })),
      },
      {
        what: `a stance is recorded on a bracket of an issued version of a text for ${called}`,
        may: does("readText"),
        work: async () =>
          done(
            await recordStance(await house.as("chair"), {
              textId,
              bracketId: "early-b",
              party: { kind: "entity", id: "leak-b" },
              asks: true,
              view: "keep",
              reason: "",
              over: null,
              exceptions: [],
              meetingId: null,
              day: "",
            }),
          ),
      },
      {
        what: `a version is issued of a text for ${called}`,
        may: does("readText"),
        // The numbers that its paragraphs have from now on.
        late: { topic: `text:${textId}`, may: live },
        work: async () =>
          done(await issueVersion(await house.as("chair"), { textId, label: "Rev.9", symbol: "", note: "" })),
      },
    );
  }
  return deeds;

  function writerOf({ delegations }: typeof house, of: string): string {
    const [letter = "a"] = Object.entries(delegations).find(([, id]) => id === of) ?? [];
    return `${letter}-editor`;
  }
}

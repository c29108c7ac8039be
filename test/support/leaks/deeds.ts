/** Everything that somebody does of which not everybody may hear: in a delegation's own things, and in texts. */
import { answerStance } from "#app/commands/answer-stance.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { bringBackParagraph } from "#app/commands/bring-back-paragraph.ts";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { createText } from "#app/commands/create-text.ts";
import { deleteNote } from "#app/commands/delete-note.ts";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { importText } from "#app/commands/import-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { liftBracket } from "#app/commands/lift-bracket.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { setStance } from "#app/commands/set-stance.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { withdrawDrafter } from "#app/commands/withdraw-drafter.ts";
import { wordsHashOf } from "#app/commands/version-row.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import { type Act, may } from "#app/rules/permissions.ts";
import { seesLive } from "#app/rules/versions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { frozenDocument } from "#collab/statement-words.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { positionWords, statementWords } from "#test/support/delegations.ts";
import { fileOf, pdfOf } from "#test/support/files.ts";
import { done } from "#test/support/people.ts";
import { ofDelegation, writeInto } from "./delegation-things.ts";
import { type House, WITHDRAWN } from "./house.ts";
import type { Planted } from "./planted.ts";
import type { Deed } from "./quiet.ts";

const everybody = (): boolean => true;

/** Drafts and notes of a delegation, from their beginning to their end. */
export function deedsInDelegation({ house, known }: Planted): Deed[] {
  const { itemId, topicId, sessionId, meetingId } = house;
  const delegationId = house.delegations.a;
  const ours = ofDelegation(house, "a", "readDrafts");
  const embargoed = ofDelegation(house, "a", "readEmbargoed");
  const notes = ofDelegation(house, "a", "readNotes");
  const [stance = ""] = house.stanceIds;
  const words = { ...positionWords, delegationId, itemId, topicId, stance, sourceDate: "2026-01-20" };
  const statement = { ...statementWords, delegationId, itemId, meetingId, embargo: "delivery" as const };
  const note = { thing: "topic" as const, thingId: topicId, delegationId };
  let draftId = "";
  let textId = "";
  let noteId = "";
  const head = () => house.as("a-head");
  const begin = async () => ({ draftId } = done(await draftStatement(await head(), statement)));
  const open = async () => ({ textId } = done(await openDraftText(await head(), { draftId })));
  return [
    {
      what: "a position is drafted",
      by: draftPosition,
      may: ours,
      work: async () => ({ draftId } = done(await draftPosition(await head(), words))),
    },
    {
      what: "a draft position is edited",
      by: editPositionDraft,
      may: ours,
      work: async () => done(await editPositionDraft(await head(), { ...words, draftId, edition: 1 })),
    },
    {
      what: "a draft position is discarded",
      by: discardPositionDraft,
      may: ours,
      work: async () => done(await discardPositionDraft(await head(), { draftId, edition: 2 })),
    },
    {
      what: "another position is drafted",
      by: draftPosition,
      may: ours,
      work: async () => ({ draftId } = done(await draftPosition(await head(), words))),
    },
    {
      what: "a position is released",
      by: releasePosition,
      may: everybody,
      fewer: { drafts: ours },
      work: async () => done(await releasePosition(await head(), { draftId, edition: 1 })),
    },
    { what: "a statement is drafted", by: draftStatement, may: ours, work: begin },
    {
      what: "a draft statement is discarded",
      by: discardStatementDraft,
      may: ours,
      work: async () => done(await discardStatementDraft(await head(), { draftId, edition: 1 })),
    },
    { what: "another statement is drafted", by: draftStatement, may: ours, work: begin },
    { what: "its text is opened", by: openDraftText, may: ours, work: open },
    {
      what: "a draft statement with a text is discarded",
      by: discardStatementDraft,
      may: ours,
      work: async () => done(await discardStatementDraft(await head(), { draftId, edition: 1 })),
    },
    { what: "one more statement is drafted", by: draftStatement, may: ours, work: begin },
    {
      what: "a file is put into a draft statement",
      by: editStatementDraft,
      may: ours,
      work: async () => {
        const file = fileOf("ours.pdf", pdfOf("Ours"));
        return done(await editStatementDraft(await head(), { ...statement, draftId, edition: 1, file }));
      },
    },
    { what: "the text of a draft is opened", by: openDraftText, may: ours, work: open },
    {
      what: "a statement is released under embargo",
      by: releaseStatement,
      may: embargoed,
      fewer: { drafts: ours },
      work: async () => {
        const { document } = await house.server.rooms.wording(textId);
        const read = { draftId, edition: 2, words: wordsHashOf(frozenDocument(document)) };
        return done(await releaseStatement(await head(), read));
      },
    },
    {
      what: "a statement under embargo is corrected",
      by: correctStatement,
      may: ours,
      work: async () =>
        done(await correctStatement(await head(), { sessionId, statementId: known.statements[0]?.id ?? "" })),
    },
    {
      what: "a note is written",
      by: writeNote,
      may: notes,
      work: async () =>
        ({ noteId } = done(await writeNote(await head(), { ...note, body: "Ours", edition: 0 }))),
    },
    {
      what: "a note is edited",
      by: writeNote,
      may: notes,
      work: async () => done(await writeNote(await head(), { ...note, body: "Ours still", edition: 1 })),
    },
    {
      what: "a note is deleted",
      by: deleteNote,
      may: notes,
      work: async () => done(await deleteNote(await head(), { noteId, edition: 2 })),
    },
  ];
}

/** In every text that is open still: for each audience, and in those of delegations. */
export async function deedsInTexts({ house, known }: Planted): Promise<Deed[]> {
  const deeds: Deed[] = [];
  for (const { id: textId } of known.texts) {
    const door = await findTextDoor(house.server.db.read, textId);
    // What is closed, or of the delegation that is withdrawn, nobody writes in.
    if (door === null || door.isClosed === true) continue;
    if (door.delegationId === house.delegations[WITHDRAWN]) continue;
    const { live, reads } = hearersOf(() => door);
    const called = `${door.audience.audience}, ${door.audience.shows}${door.delegationId === null ? "" : ", a delegation's"}`;
    const who = door.delegationId === null ? "c-editor" : writerOf(house, door.delegationId);
    deeds.push({
      what: `words are typed into a text for ${called}`,
      by: writeInto,
      may: live,
      late: { topic: `text:${textId}`, may: live },
      work: () =>
        writeInto(house, who, textId, (page, settle) => {
          page.write("later", "More words", { role: door.delegationId === null ? "op" : "plain" });
          return settle();
        }),
    });
    if (door.delegationId !== null) continue;
    const paragraph = { textId, paragraphId: "newest" };
    const bracket = { textId, bracketId: "early-b", exceptions: [] };
    const said = { asks: true, view: "keep" as const, reason: "" };
    let stanceId = "";
    deeds.push(
      {
        what: `a paragraph is locked in a text for ${called}`,
        by: lockParagraph,
        may: live,
        work: async () => done(await lockParagraph(await house.as("vice-chair"), paragraph)),
      },
      {
        what: `a paragraph is unlocked in a text for ${called}`,
        by: unlockParagraph,
        may: live,
        work: async () =>
          done(await unlockParagraph(await house.as("chair"), { ...paragraph, reason: "Asked for" })),
      },
      {
        what: `a stance is recorded on a bracket of an issued version of a text for ${called}`,
        by: recordStance,
        may: reads,
        work: async () => {
          const party = { kind: "entity", id: "leak-c" } as const;
          const stance = { ...bracket, ...said, party, over: null, meetingId: null, day: "" };
          ({ stanceId } = done(await recordStance(await house.as("chair"), stance)));
        },
      },
      {
        what: `a recorded stance is confirmed in a text for ${called}`,
        by: answerStance,
        may: reads,
        work: async () => {
          const answer = { ...bracket, stanceId, answer: "confirmed" as const, reason: "" };
          ({ stanceId } = done(await answerStance(await house.as("c-head"), answer)));
        },
      },
      {
        what: `a delegation sets its stance in a text for ${called}`,
        by: setStance,
        may: reads,
        work: async () => {
          const stance = { ...bracket, ...said, view: "out" as const, groupId: null, over: stanceId };
          done(await setStance(await house.as("c-head"), stance));
        },
      },
      {
        what: `a bracket is put into a text for ${called}`,
        by: writeInto,
        may: live,
        late: { topic: `text:${textId}`, may: live },
        work: () =>
          writeInto(house, who, textId, (page, settle) => {
            page.doc.transact(() => {
              page.textOf("later").insertEmbed(0, { bracket: "later-b", side: "open" }, {});
              page.textOf("later").insertEmbed(1, { bracket: "later-b", side: "close" }, {});
            });
            return settle();
          }),
      },
      {
        what: `a bracket that nobody holds is lifted in a text for ${called}`,
        by: liftBracket,
        may: live,
        late: { topic: `text:${textId}`, may: live },
        work: async () => done(await liftBracket(await house.as("chair"), { textId, bracketId: "later-b" })),
      },
      {
        what: `a version is issued of a text for ${called}`,
        by: issueVersion,
        may: reads,
        // The numbers that its paragraphs have from now on.
        late: { topic: `text:${textId}`, may: live },
        work: async () =>
          done(await issueVersion(await house.as("chair"), { textId, label: "Rev.9", symbol: "", note: "" })),
      },
    );
  }
  return deeds;
}

/** The life of a text that is shown live, and of one that is shown by its versions, to one delegation. */
export function deedsOfNewTexts(planted: Planted): Deed[] {
  return (["live", "versions"] as const).flatMap((shows) => lifeOfText(planted, shows));
}

function lifeOfText({ house }: Planted, shows: "live" | "versions"): Deed[] {
  const { sessionId, itemId, delegations } = house;
  const { read } = house.server.db;
  let textId = "";
  let door: TextDoor | null = null;
  let before: TextDoor | null = null;
  const now = hearersOf(() => door);
  const earlier = hearersOf(() => before);
  const chair = () => house.as("chair");
  const late = {
    get topic() {
      return `text:${textId}`;
    },
    may: now.live,
  };
  const personId = house.people.get("a-editor") ?? "";
  const called = `of a text that shows ${shows}`;
  const open = async (audience: "named" | "bureau"): Promise<void> => {
    before = door;
    const delegationIds = audience === "named" ? [delegations.b] : [];
    done(await setAudience(await chair(), { textId, audience, delegationIds, shows }));
    door = await findTextDoor(read, textId);
  };
  const paragraph = {
    role: "op" as const,
    level: 0,
    dir: "auto" as const,
    spans: [{ text: "Decides to act;" }],
  };
  return [
    {
      what: `the beginning ${called}`,
      by: createText,
      may: now.bureau,
      work: async () => {
        const facts = {
          kind: "resolution" as const,
          language: "en",
          organ: "The Group,",
          symbol: "",
          note: "",
        };
        const made = await createText(await chair(), { sessionId, itemId, ...facts, title: "Later" });
        ({ textId } = done(made));
        door = await findTextDoor(read, textId);
      },
    },
    {
      what: `a drafter ${called} is appointed`,
      by: appointDrafter,
      may: now.bureau,
      changes: ["a-editor"],
      work: async () => done(await appointDrafter(await chair(), { textId, personId })),
    },
    {
      what: `the opening ${called}`,
      by: setAudience,
      // Whoever had lost sight of it would hear it too.
      may: (viewer) => now.reads(viewer) || earlier.reads(viewer),
      work: () => open("named"),
    },
    {
      what: `an import into the paragraphs ${called}`,
      by: importText,
      may: now.live,
      // It was empty before: there is no wording to keep as a version.
      fewer: { versions: () => false },
      late,
      work: async () => {
        const imported = { paragraphs: [paragraph], notes: [] };
        done(await importText(await chair(), { textId, imported, after: null }));
      },
    },
    {
      what: `a version ${called} is issued`,
      by: issueVersion,
      may: now.reads,
      late,
      work: async () =>
        done(await issueVersion(await chair(), { textId, label: "Rev.1", symbol: "", note: "" })),
    },
    {
      what: `the restoring of a paragraph ${called}`,
      by: restoreParagraph,
      may: now.live,
      late,
      work: async () => {
        const [version] = await listVersions(read, textId);
        const first = (await house.server.rooms.wording(textId)).document.paragraphs[0]?.id ?? "";
        await writeInto(house, "a-editor", textId, async (page, settle) => {
          page.type(first, 0, "Also ");
          await settle();
        });
        const from = { versionId: version?.id ?? "" };
        done(await restoreParagraph(await chair(), { textId, paragraphId: first, from }));
      },
    },
    {
      what: `the restoring of a version ${called}`,
      by: restoreVersion,
      may: now.live,
      fewer: { versions: now.bureau },
      late,
      work: async () => {
        const issued = (await listVersions(read, textId)).find(({ label }) => label === "Rev.1");
        await writeInto(house, "a-editor", textId, async (page, settle) => {
          page.write("more", "More words");
          await settle();
        });
        done(await restoreVersion(await chair(), { textId, versionId: issued?.id ?? "" }));
      },
    },
    {
      what: `the bringing back of a paragraph ${called}`,
      by: bringBackParagraph,
      may: now.live,
      late,
      work: async () => {
        const deleted = (await house.server.rooms.wording(textId)).document.hidden[0]?.id ?? "";
        done(await bringBackParagraph(await chair(), { textId, paragraphId: deleted }));
      },
    },
    {
      what: `the closing ${called}`,
      by: setAudience,
      may: (viewer) => now.reads(viewer) || earlier.reads(viewer),
      work: () => open("bureau"),
    },
    {
      what: `a drafter ${called} is withdrawn`,
      by: withdrawDrafter,
      may: now.bureau,
      changes: ["a-editor"],
      work: async () => done(await withdrawDrafter(await chair(), { textId, personId })),
    },
  ];
}

/** Who reads a text, who reads it as it is written, and who writes in it. */
function hearersOf(doorNow: () => TextDoor | null) {
  const does = (act: Act) => (viewer: Viewer) => {
    const door = doorNow();
    return door !== null && may(act, viewer, { kind: "text", door }) === true;
  };
  const reads = does("readText");
  return {
    reads,
    bureau: does("readHistory"),
    live: (viewer: Viewer) => {
      const door = doorNow();
      return door !== null && reads(viewer) && seesLive(standingOf(viewer, door));
    },
  };
}

function writerOf({ delegations }: House, of: string): string {
  const [letter = "a"] = Object.entries(delegations).find(([, id]) => id === of) ?? [];
  return `${letter}-editor`;
}

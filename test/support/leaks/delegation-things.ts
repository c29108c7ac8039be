/** What each delegation keeps to itself, or has released so far that some may read it: a mark in every field. */
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { openDraftText } from "#app/commands/open-draft-text.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { wordsHashOf } from "#app/commands/version-row.ts";
import { authorIn } from "#app/rules/author.ts";
import type { TextDoor } from "#app/rules/audience.ts";
import { type Act, may, permissions } from "#app/rules/permissions.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { frozenDocument } from "#collab/statement-words.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { fileOf, pdfOf } from "#test/support/files.ts";
import { Page } from "#test/support/page.ts";
import { done } from "#test/support/people.ts";
import { type House, type Letter, writerOf } from "./house.ts";

/** An id that is not everybody's. */
export type Private = {
  readonly id: string;
  /** Whether somebody may know of it. */
  readonly may: (viewer: Viewer) => boolean;
  /** Whether somebody may do this act of the table on what it is the id of; null: it is no such thing. */
  readonly does: (act: Act, viewer: Viewer) => boolean | null;
};

export type DelegationThings = {
  readonly drafts: readonly Private[];
  readonly texts: readonly Private[];
  readonly statements: readonly Private[];
  readonly positions: readonly Private[];
};

/** May they do it with this delegation? */
export function ofDelegation(house: House, letter: Letter | "observer", act: Act) {
  const delegationId = house.delegations[letter];
  const thing = { kind: "delegation", sessionId: house.sessionId, delegationId } as const;
  return (viewer: Viewer): boolean => may(act, viewer, thing) === true;
}

export function ofText(door: TextDoor): Private {
  const does = (act: Act, viewer: Viewer) =>
    permissions[act].on === "text" ? may(act, viewer, { kind: "text", door }) === true : null;
  return { id: door.textId, may: (viewer) => does("readText", viewer) === true, does };
}

const everybody = (): boolean => true;

export async function plantDelegation(house: House, letter: Letter): Promise<DelegationThings> {
  const { marks, sessionId, itemId, topicId, stanceIds, meetingId } = house;
  const delegationId = house.delegations[letter];
  const drafts = ofDelegation(house, letter, "readDrafts");
  const embargoed = ofDelegation(house, letter, "readEmbargoed");
  const head = `${letter}-head`;
  // A draft of somebody who has left since is the delegation's as any other.
  const editor = letter === "a" ? "former" : writerOf(letter);
  const mark = (what: string, by: (viewer: Viewer) => boolean, at: readonly string[]) =>
    marks.plant({ what: `${letter}: ${what}`, may: by, at });
  const marked = (what: string, by: (viewer: Viewer) => boolean) => () =>
    marks.plant({ what: `${letter}: id of ${what}`, may: by, isId: true });

  const position = (what: string, by: (viewer: Viewer) => boolean, at: readonly string[]) => ({
    delegationId,
    topicId,
    itemId,
    stance: stanceIds[0] ?? "",
    summary: mark(`summary of ${what}`, by, at),
    excerpt: mark(`excerpt of ${what}`, by, at),
    language: "en",
    sourceTitle: mark(`source of ${what}`, by, at),
    sourceDate: "2026-01-20",
    sourceSymbol: mark(`symbol of ${what}`, by, at),
    sourceUrl: `https://example.org/${mark(`address of ${what}`, by, at)}`,
    sourceForum: mark(`forum of ${what}`, by, at),
    meetingId,
    explicit: true,
    groupId: null,
    exceptions: [],
  });
  const positionDraft = done(
    await draftPosition(
      await house.as(editor, marked("a draft position", drafts)),
      position("a draft position", drafts, ["position-draft"]),
    ),
  );
  const toRelease = position("a released position", everybody, ["position"]);
  const ready = done(
    await draftPosition(await house.as(editor, marked("a released draft", drafts)), toRelease),
  );
  const released = done(await releasePosition(await house.as(head), { draftId: ready.draftId, edition: 1 }));

  const statement = (
    what: string,
    by: (viewer: Viewer) => boolean,
    at: readonly string[],
    body = mark(`words of ${what}`, by, at),
  ) => ({
    delegationId,
    itemId,
    meetingId,
    title: mark(`title of ${what}`, by, at),
    language: "en",
    body,
    groupId: null,
    exceptions: [],
    topicIds: [topicId],
    paragraphs: [],
    embargo: "none" as StatementWords["embargo"],
  });
  // Nothing is typed: what search shows of it are the words of its file.
  const inFile = (what: string, by: (viewer: Viewer) => boolean, at: readonly [string, string]) => ({
    ...statement(what, by, [at[0]], ""),
    file: fileOf(
      `${mark(`name of the file of ${what}`, by, [at[0]])}.pdf`,
      pdfOf(mark(`words of the file of ${what}`, by, ["search"]), {
        objects: [`<< /Note (${mark(`bytes of the file of ${what}`, by, [at[1]])}) >>`],
      }),
    ),
  });
  // Of one draft the words are in its row still, of the other in a text of the delegation.
  const plain = done(
    await draftStatement(
      await house.as(editor, marked("a draft statement", drafts)),
      statement("a draft statement", drafts, ["statement-draft"]),
    ),
  );
  const together = statement("a statement written together", drafts, ["statement-draft", "text"]);
  const writing = done(
    await draftStatement(await house.as(editor, marked("a draft written together", drafts)), together),
  );
  const own = done(
    await openDraftText(await house.as(editor, marked("the text of a draft", drafts)), writing),
  );
  const ownDoor = await findTextDoor(house.server.db.read, own.textId);
  const history = (viewer: Viewer) =>
    ownDoor !== null && ofText(ownDoor).does("readHistory", viewer) === true;
  await writeInto(house, writerOf(letter), own.textId, async (page, settle) => {
    page.write("own", mark("own text", drafts, ["statement-draft", "text", "/live/texts/:text"]), {
      role: "plain",
    });
    // While it stood there its readers read it, and its life is theirs too.
    page.write("gone", mark("deleted paragraph of the own text", drafts, ["paragraph"]), {
      role: "plain",
    });
    await settle();
    page.set("gone", "deleted", true);
    await settle();
    const late = mark("words typed into what was deleted", history, ["statement-draft", "text"]);
    page.type("gone", 0, `${late} `);
    await settle();
  });

  const release = async (
    draft: ReturnType<typeof statement>,
    by: (viewer: Viewer) => boolean,
    what: string,
  ) => {
    const { draftId } = done(
      await draftStatement(await house.as(editor, marked(`the draft of ${what}`, drafts)), draft),
    );
    const { textId } = done(
      await openDraftText(await house.as(editor, marked(`the text of ${what}`, drafts)), { draftId }),
    );
    await writeInto(house, writerOf(letter), textId, async (page, settle) => {
      page.write("struck", mark(`words struck from ${what}`, drafts, ["paragraph"]), { role: "plain" });
      await settle();
      page.set("struck", "deleted", true);
      await settle();
    });
    const { document } = await house.server.rooms.wording(textId);
    const read = { draftId, edition: 1, words: wordsHashOf(frozenDocument(document)) };
    const made = done(await releaseStatement(await house.as(head, marked(what, by)), read));
    return { draftId, textId, statementId: made.statementId };
  };
  const waiting = await release(
    { ...statement("a statement under embargo", embargoed, ["statement"]), embargo: "delivery" },
    embargoed,
    "a statement under embargo",
  );
  const spoken = await release(
    { ...statement("a delivered statement", everybody, ["statement"]), embargo: "delivery" },
    everybody,
    "a delivered statement",
  );
  done(
    await deliverStatement(await house.as("chair"), {
      sessionId,
      statementId: spoken.statementId,
      meetingId,
    }),
  );
  const handedIn = done(
    await draftStatement(
      await house.as(editor, marked("a draft with a file", drafts)),
      inFile("a draft with a file", drafts, ["statement-draft", "statement-draft-file"]),
    ),
  );
  const fileReady = done(
    await draftStatement(await house.as(editor, marked("the draft of a file under embargo", drafts)), {
      ...inFile("a file under embargo", embargoed, ["statement", "statement-file"]),
      embargo: "delivery",
    }),
  );
  const fileWaiting = done(
    await releaseStatement(await house.as(head, marked("a file under embargo", embargoed)), {
      draftId: fileReady.draftId,
      edition: 1,
    }),
  );
  const fileOpened = done(
    await draftStatement(
      await house.as(editor, marked("the draft of a file", drafts)),
      inFile("a file", everybody, ["statement", "statement-file"]),
    ),
  );
  const fileRead = done(
    await releaseStatement(await house.as(head), { draftId: fileOpened.draftId, edition: 1 }),
  );
  const is = (id: string, by: (viewer: Viewer) => boolean): Private => ({
    id,
    may: by,
    does: (act, viewer) =>
      permissions[act].on === "delegation" ? ofDelegation(house, letter, act)(viewer) : null,
  });
  const { read } = house.server.db;
  const doors = await Promise.all([own, waiting, spoken].map(({ textId }) => findTextDoor(read, textId)));
  const texts = doors.flatMap((door) => (door === null ? [] : [ofText(door)]));
  return {
    drafts: [positionDraft, ready, plain, writing, waiting, spoken, handedIn, fileReady, fileOpened].map(
      ({ draftId }) => is(draftId, drafts),
    ),
    texts,
    statements: [
      is(waiting.statementId, embargoed),
      is(spoken.statementId, everybody),
      is(fileWaiting.statementId, embargoed),
      is(fileRead.statementId, everybody),
    ],
    positions: [is(released.positionId, everybody)],
  };
}

/** Somebody's page in the room of a text, for as long as `write` takes. */
export async function writeInto(
  house: House,
  who: string,
  textId: string,
  write: (page: Page, settle: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const viewer = await house.viewerOf(who);
  if (viewer.kind !== "person") throw new Error(`${who} is nobody`);
  const { delegationId } = authorIn(viewer, house.sessionId);
  const page = new Page(viewer.personId, { textId, delegationId, loginId: viewer.loginId });
  const settle = async (): Promise<void> => {
    await house.server.rooms.hold(textId, () => Promise.resolve());
    await new Promise(setImmediate);
    if (page.refused.length > 0) throw new Error(`refused: ${JSON.stringify(page.refused)}`);
  };
  await page.join(house.server.rooms, textId);
  await settle();
  await write(page, settle);
  await settle();
  page.leave();
}

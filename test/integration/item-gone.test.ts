/** Drafts whose agenda item is taken off while they are written. */
import { describe, expect, it } from "vitest";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { action as positionAction, loader as positionLoader } from "#app/routes/position-draft/route.tsx";
import { action as statementAction, loader as statementLoader } from "#app/routes/statement-draft/route.tsx";
import { position, statement } from "#db/schema/session.ts";
import {
  type WritingHall,
  ask,
  openWriting,
  positionWords,
  statementWords,
} from "#test/support/delegations.ts";
import { done } from "#test/support/people.ts";

const CONFIRM = "?confirm=release";

/** An item with drafts under it, of which nobody else knows. */
async function withItem() {
  const hall = await openWriting();
  const item = { sessionId: "s", parentId: null, number: "9", title: "Any other", note: "", topicIds: [] };
  const { itemId } = done(await addAgendaItem(await hall.as("amara"), item));
  const takeOff = async () =>
    done(await deleteAgendaItem(await hall.as("amara"), { sessionId: "s", itemId }));
  return { hall, itemId, takeOff };
}

const shown = async (hall: WritingHall, loader: (args: never) => unknown, draft: string, who = "bilal") => {
  const { status, body } = await ask(hall, who, loader, {
    params: { session: "s", draft },
    search: CONFIRM,
  });
  expect(status).toBe(200);
  return body as { itemGone: boolean; read?: { words: string | null }; draft: { edition: number } };
};

describe("a draft whose item is taken off the agenda", () => {
  it("[AG22] of a position says so, and is released once it names another item or none", async () => {
    const { hall, itemId, takeOff } = await withItem();
    const draft = done(await draftPosition(await hall.as("nadia"), { ...positionWords, itemId }));
    const { draftId } = draft;
    expect(await shown(hall, positionLoader, draftId)).toMatchObject({ itemGone: false });
    await takeOff();
    expect(await shown(hall, positionLoader, draftId)).toMatchObject({ itemGone: true });
    expect(await shown(hall, positionLoader, draftId, "nadia")).toMatchObject({ itemGone: true });
    const params = { session: "s", draft: draftId };
    const release = async (edition: number) =>
      ask(hall, "bilal", positionAction, { params, form: { intent: "release", edition: String(edition) } });
    expect(await release(1)).toMatchObject({ status: 409, body: { refusal: { code: "item-gone" } } });
    expect(await hall.db.read.$count(position)).toBe(0);
    const { edition } = done(
      await editPositionDraft(await hall.as("nadia"), {
        ...positionWords,
        itemId: null,
        draftId,
        edition: 1,
      }),
    );
    expect(await shown(hall, positionLoader, draftId)).toMatchObject({ itemGone: false });
    expect((await release(edition)).status).toBe(302);
    expect(await hall.db.read.$count(position)).toBe(1);
  });

  it("[AG22] of a statement says so, and is released once it names another item", async () => {
    const { hall, itemId, takeOff } = await withItem();
    const { draftId } = done(await draftStatement(await hall.as("nadia"), { ...statementWords, itemId }));
    expect(await shown(hall, statementLoader, draftId)).toMatchObject({ itemGone: false });
    await takeOff();
    const page = await shown(hall, statementLoader, draftId);
    expect(page).toMatchObject({ itemGone: true });
    const params = { session: "s", draft: draftId };
    const release = async (edition: number) => {
      const { read } = await shown(hall, statementLoader, draftId);
      const form = { intent: "release", edition: String(edition), words: read?.words ?? "" };
      return ask(hall, "bilal", statementAction, { params, form });
    };
    expect(await release(page.draft.edition)).toMatchObject({
      status: 409,
      body: { refusal: { code: "item-gone" } },
    });
    expect(await hall.db.read.$count(statement)).toBe(0);
    const change = { ...statementWords, body: "", draftId, edition: page.draft.edition };
    const { edition } = done(await editStatementDraft(await hall.as("nadia"), change));
    expect((await release(edition)).status).toBe(302);
    expect(await hall.db.read.$count(statement)).toBe(1);
  });
});

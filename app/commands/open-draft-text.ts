/**
 * The words of a draft statement get a text, in which several people of its delegation write together. What the draft
 * held until then is put into it.
 */
import { draftState } from "#app/rules/positions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { EVERYBODY, paragraphsOf } from "#app/rules/statements.ts";
import type { TextDocument } from "#collab/document.ts";
import type { Turn } from "#collab/server/room.ts";
import {
  importedBlocks,
  plainBlocks,
  type StatementBlock,
  statementBlocks,
} from "#collab/statement-words.ts";
import { appendEvent } from "#db/stores/event.ts";
import {
  changeStatementDraft,
  findStatementDraft,
  type StatementDraftRow,
} from "#db/stores/statement-draft.ts";
import { findStatement } from "#db/stores/statement.ts";
import { insertText } from "#db/stores/text.ts";
import type { CommandContext } from "./context.ts";
import { admitToDelegation, type DraftDoor, ownDelegations } from "./draft-door.ts";

/** For editors and head of the delegation; done again, it changes nothing. */
export async function openDraftText(
  context: CommandContext,
  { draftId }: { readonly draftId: string },
): Promise<Refusal | { readonly textId: string }> {
  const own = { id: draftId, delegationIds: ownDelegations(context) };
  const found = await findStatementDraft(context.db.read, own);
  if (!found) return refuse("not-found", "not-there");
  const door = await admitToDelegation(context, "draft", found.delegationId);
  if (isRefusal(door)) return door;
  const state = draftState(found);
  if (state !== "open") return refuse("conflict", `draft-${state}`);
  const textId = found.textId ?? (await beginText(context, found, door));
  if (isRefusal(textId)) return textId;
  if (found.textId === null) {
    context.notices.tell({ kind: "delegation", delegationId: found.delegationId }, "drafts");
  }
  if (found.body === "") return { textId };
  const filled = await context.rooms.hold(textId, (turn) => fill(context, turn, { own, textId, door }));
  return filled ?? { textId };
}

/** The text of the draft: the one that a colleague began meanwhile, or a new one. */
async function beginText(
  context: CommandContext,
  { id: draftId }: StatementDraftRow,
  { session, by }: DraftDoor,
): Promise<Refusal | string> {
  const newId = context.newId();
  const at = context.now();
  return context.db.write(async (tx) => {
    const draft = await findStatementDraft(tx, { id: draftId, delegationIds: [by.delegationId] });
    if (!draft) return refuse("not-found", "not-there");
    if (draft.textId !== null) return draft.textId;
    const { itemId, title, language, delegationId } = draft;
    await insertText(tx, {
      id: newId,
      sessionId: session.id,
      itemId,
      kind: "statement",
      title,
      symbol: "",
      language,
      delegationId,
      createdBy: by.personId,
      createdAt: at,
    });
    await changeStatementDraft(tx, draftId, { textId: newId });
    // Of no session: what a delegation prepares is not among the session's acts.
    await appendEvent(tx, {
      at,
      by,
      act: "openDraftText",
      thing: "text",
      thingId: newId,
      detail: { draftId },
    });
    return newId;
  });
}

/** Puts what the draft held into the text, once; goes on where it stopped when it did not come to its end. */
async function fill(
  context: CommandContext,
  turn: Turn,
  where: {
    readonly own: { readonly id: string; readonly delegationIds: readonly string[] };
    readonly textId: string;
    readonly door: DraftDoor;
  },
): Promise<Refusal | null> {
  const { own, textId, door } = where;
  // As it stands now that nobody else can fill the text.
  const draft = await findStatementDraft(context.db.read, own);
  if (!draft || draft.body === "") return null;
  const there = turn.document().paragraphs.filter(({ role }) => role !== "footnote");
  const blocks = await blocksOf(context, draft, door);
  const notes = blocks.filter(({ role }) => role === "note");
  const left = blocks.filter(({ role }) => role !== "note").slice(there.length);
  const imported = importedBlocks([...left, ...(there.length === 0 ? notes : notesOf(left, notes))]);
  const { by } = door;
  const at = context.now();
  if (imported.paragraphs.length === 0) {
    const emptied = await turn.write((tx) => changeStatementDraft(tx, draft.id, { body: "" }));
    return isRefusal(emptied) ? emptied : null;
  }
  const result = await turn.insert({
    // Whoever last saved the words has written them.
    by: { personId: draft.editedBy, delegationId: draft.delegationId, loginId: null },
    ...imported,
    after: there.at(-1)?.id ?? null,
    newId: context.newId,
    async also(tx, seq, slice) {
      if (slice.number === slice.of) await changeStatementDraft(tx, draft.id, { body: "" });
      const act = { act: "importText", thing: "text", thingId: textId };
      await appendEvent(tx, { at, by, ...act, detail: { seq, ...slice } });
    },
  });
  return isRefusal(result) ? result : null;
}

/** Of a correction the words of the statement that it corrects, with their italics, bold and footnotes. */
async function blocksOf(
  context: CommandContext,
  { body, corrects }: StatementDraftRow,
  { session, by }: DraftDoor,
): Promise<StatementBlock[]> {
  if (corrects !== null) {
    const reader = { ...EVERYBODY, delegationIds: [by.delegationId] };
    const corrected = await findStatement(context.db.read, { reader, sessionId: session.id, id: corrects });
    // What a colleague wrote before the text was there is not overwritten.
    if (corrected?.document && corrected.body === body)
      return statementBlocks(JSON.parse(corrected.document) as TextDocument);
  }
  return plainBlocks(withinCount(paragraphsOf(body)));
}

/** Far below what a text holds; of more the last is one paragraph, so that no word is left out. */
const MOST_PARAGRAPHS = 2_000;

function withinCount(paragraphs: readonly string[]): string[] {
  if (paragraphs.length <= MOST_PARAGRAPHS) return [...paragraphs];
  return [...paragraphs.slice(0, MOST_PARAGRAPHS), paragraphs.slice(MOST_PARAGRAPHS).join(" ")];
}

/** The notes that some blocks refer to. */
function notesOf(blocks: readonly StatementBlock[], notes: readonly StatementBlock[]): StatementBlock[] {
  const used = new Set(
    blocks.flatMap(({ pieces }) => pieces.flatMap((piece) => ("note" in piece ? [piece.note] : []))),
  );
  return notes.filter(({ number }) => used.has(number));
}

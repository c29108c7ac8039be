/** One paragraph says again what it said in a version, or at any moment of its life. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { findVersionDocument } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { type RestoreResult, restoreInTurn } from "./restore-version.ts";
import { admit, holdAdmitted } from "./text-door.ts";
import { documentOf } from "./version-row.ts";

export type ParagraphWording = {
  readonly textId: string;
  readonly paragraphId: string;
  /** A version that has the paragraph, or the sequence number of an entry of the paragraph's life. */
  readonly from: { readonly versionId: string } | { readonly seq: number };
};

/** Refused when there is no such wording, and when the paragraph is locked. */
export async function restoreParagraph(
  context: CommandContext,
  input: ParagraphWording,
): Promise<Refusal | RestoreResult> {
  const admitted = await admit(context, "restoreVersion", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, paragraphId, from } = input;
  const kept = "versionId" in from ? await versionOf(context, textId, from.versionId) : null;
  const life = "seq" in from ? await context.rooms.lifeOf(textId, paragraphId) : [];
  const entry = "seq" in from ? life.findLast(({ stamp }) => stamp.seq === from.seq) : undefined;

  return holdAdmitted(context, "restoreVersion", textId, async (turn, admitted) => {
    const current = turn.document();
    if (turn.lockedParagraphs().has(paragraphId)) return refuse("rule", "paragraph-locked");
    const known = [...current.paragraphs, ...current.hidden].find(({ id }) => id === paragraphId);
    const wanted = kept ?? (entry && known ? withWording(current, { ...known, spans: entry.spans }) : null);
    if (!wanted?.paragraphs.some(({ id }) => id === paragraphId)) return refuse("not-found", "not-there");
    return restoreInTurn(context, turn, { admitted, wanted, only: paragraphId, from });
  });
}

async function versionOf(
  context: CommandContext,
  textId: string,
  versionId: string,
): Promise<TextDocument | null> {
  const version = await findVersionDocument(context.db.read, { textId, versionId });
  return version && documentOf(version);
}

/** The text as it is, with this paragraph as it was. */
function withWording(current: TextDocument, paragraph: Paragraph): TextDocument {
  const others = current.paragraphs.filter(({ id }) => id !== paragraph.id);
  return { ...current, paragraphs: [...others, paragraph] };
}

/** A version becomes the wording of the live text again, as a new change while others type. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import type { Turn } from "#collab/server/room.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findVersionDocument } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { keepVersionInTurn } from "./keep-version.ts";
import { type Admitted, admit, holdAdmitted } from "./text-door.ts";
import { documentOf } from "./version-row.ts";

export type RestoreResult = {
  /** Paragraphs that were changed. */
  readonly changed: readonly string[];
  /** Labels of locked paragraphs that were left as they are. */
  readonly skipped: readonly string[];
};

/** Refused when the text has no such version. Locked paragraphs are skipped and named. */
export async function restoreVersion(
  context: CommandContext,
  input: { readonly textId: string; readonly versionId: string },
): Promise<Refusal | RestoreResult> {
  const admitted = await admit(context, "restoreVersion", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, versionId } = input;
  const version = await findVersionDocument(context.db.read, { textId, versionId });
  if (!version) return refuse("not-found", "not-there");
  const wanted = documentOf(version);
  return holdAdmitted(context, "restoreVersion", textId, (turn, admitted) =>
    restoreInTurn(context, turn, { admitted, wanted, only: null, from: { versionId } }),
  );
}

/** An automatic version keeps the wording before; then the text, or one paragraph, says what `wanted` says. */
export async function restoreInTurn(
  context: CommandContext,
  turn: Turn,
  input: {
    readonly admitted: Admitted;
    readonly wanted: TextDocument;
    /** The one paragraph to restore; null for all. */
    readonly only: string | null;
    /** Where the wording is from, for the record. */
    readonly from: { readonly versionId: string } | { readonly seq: number };
  },
): Promise<Refusal | RestoreResult> {
  const { only, from } = input;
  const { by, door } = input.admitted;
  const { textId, sessionId } = door;
  const labels = labelsIn(turn.document());
  const kept = await keepVersionInTurn(context, turn, { textId, sessionId, reason: "before restore", by });
  if (isRefusal(kept)) return kept;
  const at = context.now();
  const result = await turn.restore(input.wanted, {
    by,
    only,
    newId: context.newId,
    async also(tx, seq, { changed, skipped }) {
      await appendEvent(tx, {
        at,
        by,
        act: only === null ? "restoreVersion" : "restoreParagraph",
        thing: only === null ? "text" : "paragraph",
        thingId: only ?? textId,
        sessionId,
        detail: { textId, from, seq, changed: changed.length, skipped },
      });
    },
  });
  if (isRefusal(result)) return result;
  return { changed: result.changed, skipped: result.skipped.map((id) => labels.get(id)?.short || id) };
}

function labelsIn(document: TextDocument): ReturnType<typeof labelsOf> {
  return labelsOf(document);
}

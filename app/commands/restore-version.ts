/** A version, or one paragraph of it, becomes the wording of the live text again, as a new change while others type. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { restoreInto } from "#collab/server/restore.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findVersionDocument } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { keepVersionInTurn } from "./keep-version.ts";
import { admit } from "./text-door.ts";
import { documentOf } from "./version-row.ts";

export type RestoreResult = {
  /** Paragraphs that were changed. */
  readonly changed: readonly string[];
  /** Labels of locked paragraphs that were left as they are. */
  readonly skipped: readonly string[];
};

/** What to restore: a version of the text, whole or one paragraph. */
export type Restoration = {
  readonly textId: string;
  readonly versionId: string;
  readonly paragraphId: string | null;
};

/**
 * An automatic version keeps the wording before. Refused when the text has no such version; when one paragraph is
 * asked for, also when the version does not have it or it is locked.
 */
export async function restoreVersion(
  context: CommandContext,
  input: Restoration,
): Promise<Refusal | RestoreResult> {
  const admitted = await admit(context, "restoreVersion", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, versionId, paragraphId } = input;
  const { sessionId } = admitted.door;
  const { by } = admitted;
  const version = await findVersionDocument(context.db.read, { textId, versionId });
  if (!version) return refuse("not-found", "not-there");
  const wanted = documentOf(version);
  if (paragraphId !== null && !wanted.paragraphs.some(({ id }) => id === paragraphId)) {
    return refuse("not-found", "not-there");
  }

  return context.rooms.hold(textId, async (turn) => {
    const current = turn.document();
    const locked = turn.lockedParagraphs();
    if (paragraphId !== null && locked.has(paragraphId)) return refuse("rule", "paragraph-locked");
    await keepVersionInTurn(context, turn, { textId, sessionId, reason: "before restore", by });
    let done: { readonly changed: readonly string[]; readonly skipped: readonly string[] } = {
      changed: [],
      skipped: [],
    };
    const at = context.now();
    const result = await turn.change({
      act: "restore",
      by,
      change(doc) {
        done = restoreInto(doc, current, wanted, {
          locked,
          newId: context.newId,
          ...(paragraphId === null ? {} : { only: paragraphId }),
        });
      },
      async also(tx, seq) {
        await appendEvent(tx, {
          at,
          by,
          act: paragraphId === null ? "restoreVersion" : "restoreParagraph",
          thing: paragraphId === null ? "text_version" : "paragraph",
          thingId: paragraphId ?? versionId,
          sessionId,
          detail: { textId, versionId, seq, changed: done.changed.length, skipped: done.skipped },
        });
      },
    });
    if (isRefusal(result)) return result;
    return { changed: done.changed, skipped: labelsIn(current, done.skipped) };
  });
}

function labelsIn(document: TextDocument, ids: readonly string[]): string[] {
  const labels = labelsOf(document.kind, document.paragraphs);
  return ids.map((id) => labels.get(id)?.short || id);
}

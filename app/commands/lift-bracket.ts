/** A bracket that nobody holds any more is taken away: both its glyphs go from the text, and its words stay. */
import { holdersOf } from "#app/rules/bracket-stances.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { bracketsOf } from "#collab/brackets.ts";
import { deleteStretches } from "#collab/carry.ts";
import { listStances } from "#db/stores/bracket-stance.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";

/**
 * Rule LF3. Refused while somebody holds it, with their codes ("bracket-held-by"), when it is gone already
 * ("bracket-gone"), and where one of its ends stands in a locked paragraph.
 */
export async function liftBracket(
  context: CommandContext,
  input: { readonly textId: string; readonly bracketId: string },
): Promise<Refusal | { readonly seq: number }> {
  const { textId, bracketId } = input;
  const admitted = await admit(context, "liftBracket", textId);
  if (isRefusal(admitted)) return admitted;
  const { sessionId } = admitted.door;

  const result = await holdAdmitted(context, "liftBracket", textId, async (turn, { by }) => {
    const bracket = bracketsOf(turn.document()).byId.get(bracketId);
    if (!bracket) return refuse("conflict", "bracket-gone");
    if (turn.heldBrackets().has(bracketId)) {
      const holders = holdersOf(await listStances(context.db.read, { textId, bracketIds: [bracketId] }));
      return refuse("rule", "bracket-held-by", {
        values: { holders: holders.map(({ code }) => code).join(", ") },
      });
    }
    const at = context.now();
    // From the end on, so that the offset of the first glyph holds.
    const glyphs = [bracket.open, bracket.close]
      .map(({ paragraph, offset }) => ({ paragraph, offset, length: 1 }))
      .toSorted((a, b) => b.offset - a.offset);
    return turn.change({
      act: "lift bracket",
      by,
      change: (doc) => deleteStretches(doc, glyphs, null),
      also: (tx, seq) =>
        appendEvent(tx, {
          at,
          by,
          act: "liftBracket",
          thing: "bracket",
          thingId: bracketId,
          sessionId,
          detail: { textId, seq, paragraphIds: bracket.paragraphs },
        }).then(() => undefined),
    });
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `brackets:${textId}`);
  return { seq: result.seq };
}

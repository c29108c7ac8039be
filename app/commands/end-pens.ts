/** The pens end that somebody could be given only through what they take part by no more. */
import type { WriteTx } from "#db/database.ts";
import { type Pen, endDrafter } from "#db/stores/drafter.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import type { By } from "./who.ts";

/** Rule PE17: each is on record as a drafter's withdrawal. Once the transaction is over, `tellPens` closes what is open. */
export async function endPens(
  tx: WriteTx,
  what: {
    readonly sessionId: string;
    readonly pens: readonly Pen[];
    readonly by: By;
    readonly at: number;
  },
): Promise<void> {
  const { sessionId, pens, by, at } = what;
  for (const { drafterId, textId, personId } of pens) {
    await endDrafter(tx, drafterId, at);
    const about = { act: "withdrawDrafter", thing: "text", thingId: textId, sessionId };
    await appendEvent(tx, { at, by, ...about, detail: { drafterId, personId } });
  }
}

/** Closes the pages of texts that somebody writes in no more, and tells those who read who does. */
export function tellPens(
  context: Pick<CommandContext, "rooms" | "notices">,
  { sessionId, pens }: { readonly sessionId: string; readonly pens: readonly Pen[] },
): void {
  for (const { personId, textId } of pens) context.rooms.withdraw({ personId, textId });
  for (const textId of new Set(pens.map((pen) => pen.textId))) {
    context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, "rights");
  }
}

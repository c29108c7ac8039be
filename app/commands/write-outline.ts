/** A new session's provisional agenda, made from the public outline by subject, with its topics linked (rule RF6). */
import { type OutlineBranch, outlineTree } from "#app/rules/outline.ts";
import type { WriteTx } from "#db/database.ts";
import { findOutline } from "#db/reference/outline.ts";
import { insertAgendaItem, setItemTopics } from "#db/stores/agenda.ts";
import { appendEvent } from "#db/stores/event.ts";
import { listTopics } from "#db/stores/topic.ts";
import type { CommandContext } from "./context.ts";
import type { By } from "./who.ts";

type Session = {
  readonly sessionId: string;
  readonly exercise: boolean;
  readonly by: By;
  readonly at: number;
};

/** Inside the transaction that makes the session, after its event. Topics of the other kind of session are left out. */
export async function writeOutline(
  tx: WriteTx,
  context: Pick<CommandContext, "newId">,
  session: Session,
): Promise<void> {
  const { sessionId, exercise, by, at } = session;
  const offered = new Set((await listTopics(tx, { exercise, offered: true })).map(({ id }) => id));
  const write = async (items: readonly OutlineBranch[], parentId: string | null): Promise<void> => {
    for (const [place, { shortNumber: number, title, topics, items: below }] of items.entries()) {
      const itemId = context.newId();
      const topicIds = topics.filter((id) => offered.has(id));
      const state = { status: "not-yet", statusAt: at, createdAt: at } as const;
      const words = { number, title, note: "" };
      await insertAgendaItem(tx, { id: itemId, sessionId, parentId, order: place + 1, ...words, ...state });
      await setItemTopics(tx, itemId, topicIds);
      await appendEvent(tx, {
        at,
        by,
        act: "addAgendaItem",
        thing: "agenda_item",
        thingId: itemId,
        sessionId,
        detail: { number, title, parentId, topicIds },
      });
      await write(below, itemId);
    }
  };
  await write(outlineTree(await findOutline(tx)), null);
}

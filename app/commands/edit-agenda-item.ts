/** An item's number, title, note, parent or topics are changed. */
import { editionOf, faultsOfItem, placeProblems } from "#app/rules/agenda.ts";
import { cleanFields } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { changeAgendaItem, listAgenda, setItemTopics } from "#db/stores/agenda.ts";
import { listTopics } from "#db/stores/topic.ts";
import { type NewAgendaItem, topicProblems } from "./add-agenda-item.ts";
import { findEditor, refusedOff } from "./agenda-ground.ts";
import { calledIn, reasonFor, recordChange } from "./agenda-change.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

type Edited = NewAgendaItem & {
  readonly itemId: string;
  /** `editionOf` the item as the form showed it; somebody who saved meanwhile is not overwritten. */
  readonly edition?: string;
};

/**
 * Refused for a number that a sibling has, and under itself or anything below it (rules AG1, AG2); as a conflict when
 * somebody else changed it meanwhile (rule AG10) or took it off (rule AG25).
 */
export async function editAgendaItem(
  context: CommandContext,
  input: Edited,
): Promise<Refusal | { readonly itemId: string }> {
  const { sessionId, itemId, parentId, number, title, note, topicIds } = cleanFields("item", input);
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "editAgendaItem",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      const items = await listAgenda(tx, sessionId);
      const before = items.find(({ id }) => id === itemId);
      if (!before) return refusedOff(tx, session, itemId);
      if (input.edition && input.edition !== editionOf(before)) {
        const by = await findEditor(tx, before);
        return refuse("conflict", "item-changed", { values: { item: calledIn(items, itemId), by } });
      }
      const topics = await listTopics(tx, { exercise: session.exercise });
      const { reason, fields: faults } = reasonFor(session, input.reason);
      const fields = {
        ...faultsOfItem({ number, title, note }),
        ...placeProblems(items, { itemId, parentId, number }),
        ...topicProblems(topics, topicIds),
        ...faults,
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const siblings = items.filter((item) => item.parentId === parentId && item.id !== itemId);
      const order =
        before.parentId === parentId ? before.order : Math.max(0, ...siblings.map((item) => item.order)) + 1;
      await changeAgendaItem(tx, itemId, { number, title, note, parentId, order });
      await setItemTopics(tx, itemId, topicIds);
      const change = {
        itemId,
        what: "edited",
        before: calledIn(items, itemId),
        after: calledIn(await listAgenda(tx, sessionId), itemId),
      } as const;
      const was = {
        number: before.number,
        title: before.title,
        note: before.note,
        parentId: before.parentId,
        topicIds: before.topicIds,
      };
      return {
        result: { itemId },
        thing: "agenda_item",
        thingId: itemId,
        detail: {
          number,
          title,
          note,
          parentId,
          topicIds,
          was,
          ...(await recordChange(context, tx, { session, by, at, reason, ...change })),
        },
      };
    },
  });
}

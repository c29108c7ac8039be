/** The agenda as chair and secretariat see it: dragged, moved by keys or buttons, edited, taken up. */
import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import type { Answer } from "#app/components/form.tsx";
import { type Target, agendaTree, standingOf, writeStanding } from "#app/rules/agenda.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import type { Topics } from "./item-fields.tsx";
import { ManagedItem, type Mover } from "./managed-item.tsx";
import { startDrag } from "./start-drag.ts";

const nothingChanges = () => () => {};

export function ManagedAgenda({
  items,
  topics,
  isAdopted,
  answer,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly isAdopted: boolean;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const { mover, remember } = useMover(items, answer);
  return (
    <>
      {/* There from the first response on: rows that move aside would be missed by whoever presses early. */}
      {items.length > 1 ? (
        <p className="cap with-script" id="move-keys">
          {t("agenda.moveKeys")}
        </p>
      ) : null}
      <ol className="tree managed" onSubmit={remember}>
        {agendaTree(items).map((branch) => (
          <ManagedItem
            key={branch.item.id}
            branch={branch}
            items={items}
            topics={topics}
            isAdopted={isAdopted}
            answer={answer}
            mover={mover}
          />
        ))}
      </ol>
    </>
  );
}

/**
 * `mover` is null until the page runs. What was pressed keeps the focus, wherever its item stands afterwards, unless the
 * page has something to say.
 */
function useMover(
  items: readonly AgendaItemInList[],
  answer: Answer,
): { readonly mover: Mover | null; readonly remember: () => void } {
  const submit = useSubmit();
  const navigation = useNavigation();
  const isRunning = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  const moved = useRef<string | null>(null);
  const latest = useRef({ items, isIdle: true });
  useEffect(() => {
    latest.current = { items, isIdle: navigation.state === "idle" };
  });
  useEffect(() => {
    if (moved.current !== null && !answer && items.length > 0) giveFocus(moved.current);
    moved.current = null;
  }, [items, answer]);

  function send(itemId: string, fields: Readonly<Record<string, string>>): void {
    const item = latest.current.items.find(({ id }) => id === itemId);
    // One after the other: the next is made from what the last has left.
    if (!item || !latest.current.isIdle) return;
    moved.current = `grip-${itemId}`;
    const seen = writeStanding(standingOf(latest.current.items, item));
    submit({ ...fields, item: itemId, seen }, { method: "post", preventScrollReset: true });
  }

  const remember = () => {
    moved.current = document.activeElement?.id || null;
  };
  const mover: Mover = {
    step: (itemId, step) => send(itemId, { intent: step }),
    drag: (itemId, event) =>
      startDrag(event, {
        itemId,
        items: latest.current.items,
        drop: ({ parentId, beforeId }: Target) =>
          send(itemId, { intent: "move", parent: parentId ?? "", before: beforeId ?? "" }),
      }),
  };
  return { mover: isRunning ? mover : null, remember };
}

/** An item that went to another level is drawn anew, with its fold closed. */
function giveFocus(id: string): void {
  const pressed = document.getElementById(id);
  pressed?.closest("details")?.setAttribute("open", "");
  pressed?.focus();
}

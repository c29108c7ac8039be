/** The agenda as chair and secretariat see it: dragged, moved by keys or buttons, edited, taken up. */
import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import type { Answer } from "#app/components/form.tsx";
import { type Target, agendaTree, standingOf, writeStanding } from "#app/rules/agenda.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import type { TakenOff } from "#db/stores/agenda-act.ts";
import { GoneItem } from "./gone-item.tsx";
import type { Topics } from "./item-fields.tsx";
import { ManagedItem, type Mover } from "./managed-item.tsx";
import { type OpenItems, goneIn, makeOpenItems } from "./open-items.ts";
import { startDrag } from "./start-drag.ts";

const nothingChanges = () => () => {};

export function ManagedAgenda({
  items,
  topics,
  takenOff,
  isAdopted,
  answer,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly takenOff: readonly TakenOff[];
  readonly isAdopted: boolean;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const { mover, remember } = useMover(items, answer);
  const [openItems] = useState(makeOpenItems);
  const [left, setLeft] = useState<readonly string[]>([]);
  const sentFor = goneIn(answer, takenOff);
  const open = takenOff.filter(({ id }) => !left.includes(id) && openItems.find(id) !== null);
  const gone = sentFor ? [sentFor, ...open.filter(({ id }) => id !== sentFor.id)] : open;
  return (
    <>
      {gone.map((one) => (
        <GoneItem
          key={one.id}
          gone={one}
          {...typedFor(openItems.find(one.id), one.id === sentFor?.id ? answer : undefined)}
          items={items}
          topics={topics}
          isAdopted={isAdopted}
          keep={(words) => openItems.change(one.id, { words })}
          leave={() => setLeft((before) => (before.includes(one.id) ? before : [...before, one.id]))}
        />
      ))}
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
            openItems={openItems}
          />
        ))}
      </ol>
    </>
  );
}

/** What is not lost with an item: as it came back with the answer about it, else as it was typed here. */
function typedFor(open: ReturnType<OpenItems["find"]>, answer: Answer) {
  if (!answer) return { words: open?.words ?? null, reason: open?.reason ?? "", answer };
  const { intent = "", anew, reason = "" } = answer.typed;
  const isOfWords = intent === "edit" || anew !== undefined;
  return {
    words: isOfWords ? answer.typed : (open?.words ?? null),
    reason: isOfWords ? (open?.reason ?? "") : reason,
    answer,
  };
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

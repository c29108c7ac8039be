/** An item with those under it, as chair and secretariat see it: to be edited, moved and taken up. */
import { Form, Link } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Answer, FieldScope, Submit } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { useItemNow, useItemStatus } from "#app/components/now.tsx";
import {
  type Branch,
  ITEM_STATUSES,
  type Step,
  editionOf,
  fullNumber,
  standingOf,
  writeStanding,
} from "#app/rules/agenda.ts";
import { refuse } from "#app/rules/refusal.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import { ItemFields, ReasonField, type Topics } from "./item-fields.tsx";
import { goBack, type OpenItems, placeIn, wordsIn } from "./open-items.ts";

/** How an item is moved with a script: nothing of it is needed to move one without. */
export type Mover = {
  readonly step: (itemId: string, step: Step) => void;
  readonly drag: (itemId: string, event: PointerEvent) => void;
};

type Shared = {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly isAdopted: boolean;
  readonly answer: Answer;
  readonly mover: Mover | null;
  readonly openItems: OpenItems;
};

const STEPS = ["up", "down", "out", "in"] as const;

export function ManagedItem({ branch, ...shared }: Shared & { readonly branch: Branch<AgendaItemInList> }) {
  const { item, children } = branch;
  const { session } = useSessionData();
  const isNow = useItemNow()?.id === item.id;
  return (
    <li>
      <div className={isNow ? "r now" : "r"} id={`item-${item.id}`}>
        <span className="row numbered">
          {shared.mover ? <Grip item={item} mover={shared.mover} /> : null}
          <b>
            <bdi>{item.number}</bdi>
          </b>
        </span>
        <div className="named">
          <Link to={`/sessions/${session.id}/agenda/${item.id}`}>{item.title}</Link>
          <EditItem item={item} {...shared} />
        </div>
        <span className="row wrap keys">
          <StatusForm item={item} />
          <MoveForm item={item} items={shared.items} isNow={isNow} />
        </span>
      </div>
      {children.length > 0 ? (
        <ol>
          {children.map((child) => (
            <ManagedItem key={child.item.id} branch={child} {...shared} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}

/** Its arrows go where they point: in Arabic "under" is to the left. */
function Grip({ item, mover }: { readonly item: AgendaItemInList; readonly mover: Mover }) {
  const { t } = useTranslation("session");
  return (
    <button
      type="button"
      className="grip"
      id={`grip-${item.id}`}
      aria-label={t("agenda.grip", { item: item.title })}
      aria-describedby="move-keys"
      onPointerDown={(event) => {
        if (event.button === 0) mover.drag(item.id, event.nativeEvent);
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        const isRightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
        const steps: Readonly<Record<string, Step>> = {
          ArrowUp: "up",
          ArrowDown: "down",
          ArrowRight: isRightToLeft ? "out" : "in",
          ArrowLeft: isRightToLeft ? "in" : "out",
        };
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        mover.step(item.id, step);
      }}
    />
  );
}

function EditItem({
  item,
  items,
  topics,
  isAdopted,
  answer,
  openItems,
}: Shared & { readonly item: AgendaItemInList }) {
  const { t } = useTranslation("session");
  const isMine = answer?.typed["item"] === item.id;
  const refused = isMine && answer.typed["intent"] === "edit" ? answer : undefined;
  const kept = isMine && answer.typed["intent"] === "delete" ? answer : undefined;
  const children = items.filter(({ parentId }) => parentId === item.id).length;
  const { opened, sent, taken, onInput, onSubmit } = useOpened(item, { isRefused: refused !== undefined });
  const going = useOpened(item, { isRefused: kept !== undefined });
  const edition = editionOf(opened);
  // On another level of the tree the row is made anew: what was typed in it goes along.
  const [before] = useState(() => openItems.find(item.id));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (before?.at && form.current) goBack(form.current, before.at);
  }, [before]);
  const typed: Answer =
    refused ??
    (before?.words && sent === 0
      ? { refusal: refuse("invalid", "check-fields"), typed: before.words }
      : undefined);
  useEffect(() => {
    if (taken > 0) openItems.change(item.id, { words: null });
  }, [taken, openItems, item.id]);
  useEffect(() => {
    if (kept) openItems.change(item.id, { isGoing: false });
  }, [kept, openItems, item.id]);
  return (
    <details
      open={refused || kept || before?.isOpen ? true : undefined}
      onToggle={({ currentTarget }) => openItems.change(item.id, { isOpen: currentTarget.open })}
    >
      <summary aria-label={t("agenda.edit", { item: item.title })}>{t("agenda.editShort")}</summary>
      <StepsInWords item={item} items={items} />
      <Form
        method="post"
        className="form"
        ref={form}
        onInput={({ currentTarget }) => {
          onInput();
          openItems.change(item.id, { words: wordsIn(currentTarget), at: placeIn(currentTarget) });
        }}
        onSubmit={onSubmit}
      >
        <input type="hidden" name="item" value={item.id} />
        <input
          type="hidden"
          name="edition"
          value={(sent === 0 ? before?.words?.["edition"] : undefined) ?? edition}
        />
        <FieldScope name={item.id} key={edition}>
          <ItemFields items={items} topics={topics} item={opened} answer={typed} needsReason={isAdopted} />
        </FieldScope>
        <p className="row">
          <Submit intent="edit">{t("agenda.save")}</Submit>
        </p>
      </Form>
      <details open={kept ? true : undefined}>
        <summary>{t("agenda.delete")}</summary>
        <Form
          method="post"
          className="form"
          onInput={({ currentTarget }) => {
            going.onInput();
            openItems.change(item.id, { reason: wordsIn(currentTarget)["reason"] ?? "" });
          }}
          onSubmit={() => {
            going.onSubmit();
            openItems.change(item.id, { isGoing: true });
          }}
        >
          <p>
            {t(children > 0 ? "agenda.deleteNot" : "agenda.deleteWhat", { item: fullNumber(items, item.id) })}
          </p>
          <input type="hidden" name="item" value={item.id} />
          <input type="hidden" name="seen" value={editionOf(going.opened)} />
          {isAdopted ? (
            <FieldScope name={`${item.id}-delete`}>
              <ReasonField answer={kept} />
            </FieldScope>
          ) : null}
          <p className="row">
            <Submit intent="delete">{t("agenda.deleteNow")}</Submit>
          </p>
        </Form>
      </details>
    </details>
  );
}

function StatusForm({ item }: { readonly item: AgendaItemInList }) {
  const { t } = useTranslation("session");
  const { status } = useItemStatus(item.id, item);
  // Sent back, it shows what stands now.
  const { opened, onInput, onSubmit } = useOpened(status, { isRefused: false });
  return (
    <Form method="post" className="row" onInput={onInput} onSubmit={onSubmit}>
      <input type="hidden" name="item" value={item.id} />
      <input type="hidden" name="seen" value={opened} />
      <select
        name="status"
        defaultValue={opened}
        aria-label={`${t("agenda.status")}: ${item.title}`}
        key={opened}
      >
        {ITEM_STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`agenda.state.${one}`)}
          </option>
        ))}
      </select>
      <button className="btn quiet" name="intent" value="status">
        {t("home.setMode")}
      </button>
    </Form>
  );
}

function MoveForm({
  item,
  items,
  isNow,
}: {
  readonly item: AgendaItemInList;
  readonly items: readonly AgendaItemInList[];
  readonly isNow: boolean;
}) {
  const { t } = useTranslation("session");
  return (
    <Form method="post" className="row" preventScrollReset>
      <input type="hidden" name="item" value={item.id} />
      <input type="hidden" name="seen" value={writeStanding(standingOf(items, item))} />
      {isNow ? (
        <b className="take-up">{t("home.now")}</b>
      ) : (
        <button className="btn quiet take-up" name="intent" value="take-up">
          {t("agenda.setNow")}
        </button>
      )}
      {STEPS.map((step) => (
        <button
          key={step}
          id={`${step}-${item.id}`}
          className="btn quiet step"
          name="intent"
          value={step}
          aria-label={`${t(`agenda.${step}`)}: ${item.title}`}
          title={t(`agenda.${step}`)}
        >
          <Arrow step={step} />
        </button>
      ))}
    </Form>
  );
}

/** The steps in words, on screens on whose rows the arrows find no room. */
function StepsInWords({
  item,
  items,
}: {
  readonly item: AgendaItemInList;
  readonly items: readonly AgendaItemInList[];
}) {
  const { t } = useTranslation("session");
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="item" value={item.id} />
      <input type="hidden" name="seen" value={writeStanding(standingOf(items, item))} />
      <div className="steps" role="group" aria-label={t("agenda.grip", { item: item.title })}>
        {STEPS.map((step) => (
          <button key={step} id={`word-${step}-${item.id}`} className="btn" name="intent" value={step}>
            {t(`agenda.${step}`)}
          </button>
        ))}
      </div>
    </Form>
  );
}

function Arrow({ step }: { readonly step: Step }) {
  if (step === "up") {
    return (
      <span className="turn-up">
        <Icon name="down" />
      </span>
    );
  }
  return step === "down" ? <Icon name="down" /> : <Icon name={step === "in" ? "next" : "prev"} flip />;
}

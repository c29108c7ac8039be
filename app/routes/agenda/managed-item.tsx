/** An item with those under it, as chair and secretariat see it: to be edited, moved and taken up. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, FieldScope, Submit } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { type Branch, ITEM_STATUSES } from "#app/rules/agenda.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import { ItemFields, type Topics } from "./item-fields.tsx";

export function ManagedItem({
  branch,
  items,
  topics,
  now,
  answer,
}: {
  readonly branch: Branch<AgendaItemInList>;
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly now: string | null;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const { session } = useSessionData();
  const { item, children } = branch;
  const isNow = item.id === now;
  const isMine = answer?.typed["intent"] === "edit" && answer.typed["item"] === item.id;
  const refused = isMine ? answer : undefined;
  return (
    <li>
      <div className={isNow ? "r now" : "r"}>
        <b>
          <bdi>{item.number}</bdi>
        </b>
        <div className="named">
          <Link to={`/sessions/${session.id}/agenda/${item.id}`}>{item.title}</Link>
          <details open={refused ? true : undefined}>
            <summary aria-label={t("agenda.edit", { item: item.title })}>{t("agenda.editShort")}</summary>
            <Form method="post" className="form">
              <input type="hidden" name="item" value={item.id} />
              <FieldScope name={item.id}>
                <ItemFields items={items} topics={topics} item={item} answer={refused} />
              </FieldScope>
              <p className="row">
                <Submit intent="edit">{t("agenda.save")}</Submit>
              </p>
            </Form>
          </details>
        </div>
        <span className="row wrap keys">
          <Form method="post" className="row">
            <input type="hidden" name="item" value={item.id} />
            <select
              name="status"
              defaultValue={item.status}
              aria-label={`${t("agenda.status")}: ${item.title}`}
              key={item.status}
            >
              {ITEM_STATUSES.map((status) => (
                <option key={status} value={status}>
                  {t(`agenda.state.${status}`)}
                </option>
              ))}
            </select>
            <button className="btn quiet" name="intent" value="status">
              {t("home.setMode")}
            </button>
          </Form>
          <Form method="post" className="row">
            <input type="hidden" name="item" value={item.id} />
            {isNow ? (
              <b className="take-up">{t("home.now")}</b>
            ) : (
              <button className="btn quiet take-up" name="intent" value="take-up">
                {t("agenda.setNow")}
              </button>
            )}
            <button
              className="btn quiet"
              name="intent"
              value="up"
              aria-label={`${t("agenda.up")}: ${item.title}`}
            >
              <span className="turn-up">
                <Icon name="down" />
              </span>
            </button>
            <button
              className="btn quiet"
              name="intent"
              value="down"
              aria-label={`${t("agenda.down")}: ${item.title}`}
            >
              <Icon name="down" />
            </button>
          </Form>
        </span>
      </div>
      {children.length > 0 ? (
        <ol>
          {children.map((child) => (
            <ManagedItem
              key={child.item.id}
              branch={child}
              items={items}
              topics={topics}
              now={now}
              answer={answer}
            />
          ))}
        </ol>
      ) : null}
    </li>
  );
}

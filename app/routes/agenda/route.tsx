/** The agenda: read by everybody, kept by the chair and the secretariat. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { AgendaTree } from "#app/components/agenda-tree.tsx";
import {
  type Answer,
  ChoiceField,
  Choices,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { type Branch, agendaTree, fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { LONGEST_TITLE } from "#app/rules/sessions.ts";
import {
  field,
  formAnswer,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import { type AgendaItemInList, listAgenda } from "#db/stores/agenda.ts";
import { findSession } from "#db/stores/session.ts";
import { listTopics } from "#db/stores/topic.ts";

const statuses = ["not-yet", "open", "suspended", "concluded"] as const;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const sessionId = params.session ?? "";
  const allowed = may("readSession", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const mayManage = may("manageAgenda", context.viewer, { kind: "session", sessionId }) === true;
  const topics = mayManage ? await listTopics(context.db.read, { exercise: session.exercise }) : [];
  return {
    items: await listAgenda(context.db.read, sessionId),
    now: session.itemUnderDiscussionId,
    topics: topics.map(({ id, title }) => ({ id, title })),
    mayManage,
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const allowed = may("manageAgenda", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const form = await request.formData();
  const itemId = field(form, "item");
  const here = () => redirect(`/sessions/${sessionId}/agenda`);
  switch (intentOf(form)) {
    case "add":
    case "edit": {
      const input = {
        sessionId,
        parentId: field(form, "parent") || null,
        number: field(form, "number"),
        title: field(form, "title"),
        note: field(form, "note"),
        topicIds: form.getAll("topics").map(String),
      };
      const fields: Record<string, string> = {};
      if (input.number === "") fields["number"] = "required";
      else if (input.number.length > 12) fields["number"] = "too-long";
      if (input.title === "") fields["title"] = "required";
      else if (input.title.length > LONGEST_TITLE) fields["title"] = "too-long";
      if (input.note.length > 2_000) fields["note"] = "too-long";
      if (Object.keys(fields).length > 0)
        return formAnswer(refuse("invalid", "check-fields", { fields }), form);
      const done =
        intentOf(form) === "add"
          ? await addAgendaItem(context, input)
          : await editAgendaItem(context, { ...input, itemId });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "up":
    case "down": {
      const direction = intentOf(form) === "up" ? "up" : "down";
      const done = await moveAgendaItem(context, { sessionId, itemId, direction });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "status": {
      const status = statuses.find((one) => one === field(form, "status"));
      if (!status) return unknownIntent();
      const done = await setItemStatus(context, { sessionId, itemId, status });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "take-up": {
      const done = await takeUpItem(context, { sessionId, itemId: itemId || null });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = () => titleOf("chrome:titles.agenda");

export default function Agenda() {
  const { items, now, topics, mayManage } = useLoaderData<typeof loader>();
  const given = useActionData<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { session } = useSessionData();
  const { t } = useTranslation("session");
  const base = `/sessions/${session.id}`;
  const current = items.find(({ id }) => id === now);
  return (
    <main className="page" id="content">
      <Live topics={["agenda", "session"]} />
      <PageHead
        title={t("agenda.title")}
        under={
          current
            ? t("agenda.discussed", { item: `${fullNumber(items, current.id)} ${current.title}` })
            : t("agenda.unset")
        }
      >
        {mayManage && current ? (
          <Form method="post">
            <Submit intent="take-up" values={{ item: "" }}>
              {t("agenda.takeUpNone")}
            </Submit>
          </Form>
        ) : null}
      </PageHead>
      <FieldScope name={answer?.typed["item"] ?? "new"}>
        <ErrorSummary answer={answer} />
      </FieldScope>
      <section className="sheet" aria-label={t("agenda.title")}>
        {items.length === 0 ? <Empty>{t("agenda.none")}</Empty> : null}
        {mayManage ? (
          <ol className="tree">
            {agendaTree(items).map((branch) => (
              <Managed
                key={branch.item.id}
                branch={branch}
                items={items}
                topics={topics}
                now={now}
                answer={answer}
              />
            ))}
          </ol>
        ) : (
          <AgendaTree items={items} base={base} now={now} />
        )}
      </section>
      {mayManage ? (
        <Form method="post" className="form sheet" key={items.length}>
          <h2 className="h2">{t("agenda.add")}</h2>
          <FieldScope name="new">
            <ItemFields
              items={items}
              topics={topics}
              answer={answer?.typed["intent"] === "add" ? answer : undefined}
            />
          </FieldScope>
          <p className="row">
            <Submit intent="add" primary>
              {t("agenda.add")}
            </Submit>
          </p>
        </Form>
      ) : null}
    </main>
  );
}

type Topics = readonly { readonly id: string; readonly title: string }[];

function ItemFields({
  items,
  topics,
  answer,
  item,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly answer: Answer;
  readonly item?: AgendaItemInList;
}) {
  const { t } = useTranslation("session");
  const others = items.filter(({ id }) => id !== item?.id);
  return (
    <>
      <div className="pair">
        <TextField
          name="number"
          label={t("agenda.number")}
          answer={answer}
          value={item?.number}
          maxLength={12}
          required
        />
        <ChoiceField
          name="parent"
          label={t("agenda.parent")}
          answer={answer}
          value={item?.parentId ?? ""}
          none={t("agenda.top")}
          choices={others.map(({ id, title }) => ({ value: id, label: `${fullNumber(items, id)} ${title}` }))}
        />
      </div>
      <TextField
        name="title"
        label={t("agenda.itemTitle")}
        answer={answer}
        value={item?.title}
        maxLength={LONGEST_TITLE}
        required
      />
      <TextField name="note" label={t("agenda.note")} answer={answer} value={item?.note} maxLength={2_000} />
      {topics.length > 0 ? (
        <details open={answer?.refusal.fields?.["topics"] ? true : undefined}>
          <summary>{t("agenda.topics")}</summary>
          <Choices
            name="topics"
            label={t("agenda.topics")}
            kind="several"
            answer={answer}
            chosen={item?.topicIds ?? []}
            choices={topics.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </details>
      ) : null}
    </>
  );
}

function Managed({
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
              {statuses.map((status) => (
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
            <Managed
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

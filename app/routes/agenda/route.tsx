/** The agenda: read by everybody, kept by the chair and the secretariat. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { AgendaTree } from "#app/components/agenda-tree.tsx";
import { type Answer, ErrorSummary, FieldScope, Submit } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { ITEM_STATUSES, agendaTree, fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import { listAgenda } from "#db/stores/agenda.ts";
import { findSession } from "#db/stores/session.ts";
import { listTopics } from "#db/stores/topic.ts";
import { ItemFields } from "./item-fields.tsx";
import { ManagedItem } from "./managed-item.tsx";

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
  const form = await formOf(request, [may("manageAgenda", context.viewer, { kind: "session", sessionId })]);
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
      const status = ITEM_STATUSES.find((one) => one === field(form, "status"));
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

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.agenda");

export default function Agenda() {
  const { items, now, topics, mayManage } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
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
              <ManagedItem
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

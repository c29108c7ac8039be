/** The list of topics, each with its question; the secretariat adds to it and orders it. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addTopic } from "#app/commands/add-topic.ts";
import { moveTopic } from "#app/commands/move-topic.ts";
import { type Answer, ErrorSummary, Submit, TextField, WordsField } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { useOwnForm } from "#app/components/use-own-form.ts";
import { titleOf } from "#app/i18n/title.ts";
import { readStanding, standingOf, writeStanding } from "#app/rules/agenda.ts";
import { FIELDS, plainWords } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { listTopics } from "#db/stores/topic.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const topics = await listTopics(context.db.read, { exercise: context.mode === "exercise" });
  return {
    topics: topics.map(({ id, title, question, scale, closedAt }) => ({
      id,
      title,
      question,
      stances: scale.length,
      isClosed: closedAt !== null,
    })),
    mayManage: may("manageTopics", context.viewer, { kind: "installation" }) === true,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("manageTopics", context.viewer, { kind: "installation" })]);
  switch (intentOf(form)) {
    case "add": {
      const typed = form.get("scale");
      const done = await addTopic(context, {
        title: field(form, "title"),
        question: field(form, "question"),
        scale: plainWords(typeof typed === "string" ? typed : "").split("\n"),
        exercise: context.mode === "exercise",
      });
      return isRefusal(done) ? formAnswer(done, form) : redirect(`/topics/${done.topicId}/history`);
    }
    case "up":
    case "down": {
      const direction = intentOf(form) === "up" ? "up" : "down";
      const seen = readStanding(field(form, "seen"));
      const done = await moveTopic(context, { topicId: field(form, "topic"), direction, seen });
      return isRefusal(done) ? formAnswer(done, form) : data(null);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.topics");

export default function Topics() {
  const { topics, mayManage } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const isAdding = answer?.typed["intent"] === "add";
  const places = topics.map(({ id }, order) => ({ id, order, parentId: null }));
  const { t } = useTranslation("reference");
  return (
    <>
      <Live topics={["topics"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead title={t("topics.title")} under={t("topics.under")} />
        {answer && !isAdding ? <ErrorSummary answer={answer} /> : null}
        {topics.length === 0 ? (
          <Empty>{t("topics.none")}</Empty>
        ) : (
          <ol className="part topic-list">
            {topics.map((topic, order) => (
              <li key={topic.id}>
                <div>
                  <h2 className="h2">
                    <Link className="entity-name" to={`/topics/${topic.id}`}>
                      {topic.title}
                    </Link>
                    {topic.isClosed ? <span className="cap"> {t("topics.closed")}</span> : null}
                  </h2>
                  <p>
                    <bdi>{topic.question}</bdi>
                  </p>
                  <p className="cap">
                    {t("topics.stances", { count: topic.stances })} ·{" "}
                    <Link to={`/topics/${topic.id}/history`}>
                      {t("topics.history")}
                      <span className="vh"> {topic.title}</span>
                    </Link>
                  </p>
                </div>
                {mayManage ? (
                  <Mover
                    topic={topic}
                    seen={writeStanding(standingOf(places, { id: topic.id, order, parentId: null }))}
                  />
                ) : null}
              </li>
            ))}
          </ol>
        )}
        {mayManage ? <AddTopic answer={isAdding ? answer : undefined} /> : null}
      </main>
    </>
  );
}

function Mover({
  topic,
  seen,
}: {
  readonly topic: { readonly id: string; readonly title: string };
  /** Where it stands, as a form carries it. */
  readonly seen: string;
}) {
  const { t } = useTranslation("reference");
  const values = { topic: topic.id, seen };
  return (
    <div className="row">
      <Form method="post">
        <Submit intent="up" quiet values={values}>
          <span aria-hidden="true">{t("topics.upShort")}</span>
          <span className="vh">{t("topics.up", { topic: topic.title })}</span>
        </Submit>
      </Form>
      <Form method="post">
        <Submit intent="down" quiet values={values}>
          <span aria-hidden="true">{t("topics.downShort")}</span>
          <span className="vh">{t("topics.down", { topic: topic.title })}</span>
        </Submit>
      </Form>
    </div>
  );
}

function AddTopic(given: { readonly answer: Answer }) {
  const { answer, sent, key, form: own } = useOwnForm(given.answer, null);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("topics.add")}</summary>
      <Form method="post" className="form" key={key} {...own}>
        <ErrorSummary answer={answer} />
        <TextField
          name="title"
          label={t("topics.name")}
          answer={answer}
          maxLength={FIELDS.topic.title.longest}
          required
        />
        <TextField
          name="question"
          label={t("topics.question")}
          answer={answer}
          maxLength={FIELDS.topic.question.longest}
          required
        />
        <WordsField
          name="scale"
          label={t("topics.scale")}
          hint={t("topics.scaleHint")}
          answer={answer}
          required
        />
        <p className="row">
          <Submit intent="add" primary>
            {t("topics.add")}
          </Submit>
        </p>
      </Form>
    </details>
  );
}

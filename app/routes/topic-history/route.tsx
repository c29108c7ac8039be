/** A topic's question and scale with the names that its stances had, and every change; the secretariat changes it here. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addStance, renameStance } from "#app/commands/change-scale.ts";
import { askAnew, closeTopic, renameTopic } from "#app/commands/change-topic.ts";
import { stateOfTopic } from "#app/commands/topic-act.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { When } from "#app/components/when.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { findTopic, listTopicChanges } from "#db/stores/topic.ts";
import { TopicForms } from "./topic-forms.tsx";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const db = context.db.read;
  const topic = await findTopic(db, params["topic"] ?? "");
  // An exercise says of itself that everything in it is invented.
  if (!topic || (context.mode === "exercise" && !topic.exercise)) throw notThere();
  const mayManage = may("manageTopics", context.viewer, { kind: "installation" }) === true;
  const changes = await listTopicChanges(db, topic.id);
  return {
    topic,
    seen: stateOfTopic(topic),
    mayManage,
    changes: changes.map(({ id, what, before, after, at, byName }) => ({
      id,
      what,
      before,
      after,
      at,
      // Who it was is said to the secretariat; everybody else reads that it was the secretariat.
      by: mayManage ? byName : null,
    })),
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("manageTopics", context.viewer, { kind: "installation" })]);
  const topicId = params["topic"] ?? "";
  const seen = field(form, "seen");
  const answer = (done: Refusal | null) =>
    isRefusal(done) ? formAnswer(done, form) : redirect(`/topics/${topicId}/history`);
  switch (intentOf(form)) {
    case "rename":
      return answer(await renameTopic(context, { topicId, title: field(form, "title"), seen }));
    case "ask":
      return answer(await askAnew(context, { topicId, question: field(form, "question"), seen }));
    case "add-stance":
      return answer(await addStance(context, { topicId, label: field(form, "label"), seen }));
    case "rename-stance":
      return answer(
        await renameStance(context, {
          topicId,
          stanceId: field(form, "stance"),
          label: field(form, "label"),
          seen,
        }),
      );
    case "close":
      return answer(await closeTopic(context, { topicId, closed: true, seen }));
    case "reopen":
      return answer(await closeTopic(context, { topicId, closed: false, seen }));
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.topicHistory", { name: data.topic.title })
    : titleOf({ matches }, null);

export default function TopicHistory() {
  const { topic, mayManage, changes, seen } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("reference");
  return (
    <>
      <Live topics={["topics"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead
          title={topic.title}
          under={topic.closedAt === null ? t("topics.history") : t("topic.closedSince")}
        >
          <Link className="btn" to={`/topics/${topic.id}`}>
            {t("topic.read")}
          </Link>
        </PageHead>
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="question">
              <h2 id="question">{t("topic.question")}</h2>
              <p className="say-it">
                <bdi>{topic.question}</bdi>
              </p>
            </section>
            <section className="part" aria-labelledby="scale">
              <h2 id="scale">{t("topic.scale")}</h2>
              <p className="cap">{t("record:topic.scaleNote")}</p>
              <ol className="stance-list">
                {topic.scale.map((stance, place) => (
                  <li key={stance.id}>
                    <span className="num cap">{place + 1}</span>
                    <bdi>{stance.label}</bdi>
                    {stance.formerly && stance.formerly.length > 0 ? (
                      <span className="cap">
                        {t("topic.formerly", { names: stance.formerly.join(t("chrome:comma")) })}
                      </span>
                    ) : null}
                  </li>
                ))}
              </ol>
            </section>
            {mayManage ? <TopicForms topic={topic} seen={seen} key={topic.id} answer={answer} /> : null}
          </div>
          <section className="part" aria-labelledby="history">
            <h2 id="history">{t("topic.history")}</h2>
            {changes.length === 0 ? <p className="cap">{t("topic.noHistory")}</p> : null}
            <ul className="correction-list">
              {changes.map(({ id, what, before, after, at, by }) => (
                <li key={id}>
                  <p>{t(`topic.what.${what}`, { before, after })}</p>
                  <p className="cap">
                    <When at={at} zone="UTC" />{" "}
                    {by === null ? t("history.secretariat") : t("history.by", { name: by })}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </main>
    </>
  );
}

/** A new position: first the topic, since each has a scale of its own, then the words. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { OursOnly } from "#app/components/record/draft-frame.tsx";
import type { loadPositionDraft } from "./load.ts";
import { PositionForm } from "./position-form.tsx";

export type Loaded = Awaited<ReturnType<typeof loadPositionDraft>>;

type NewPageProps = { readonly data: Extract<Loaded, { kind: "new" }>; readonly answer: Answer };

export function NewPage({ data, answer }: NewPageProps) {
  const { sessionId, seat, seats, topics, topic, items, meetings, itemId, values } = data;
  const { t } = useTranslation("record");
  const drafts = `/sessions/${sessionId}/drafts`;
  const address = (topicId: string, delegationId: string) => {
    const search = new URLSearchParams({ topic: topicId, delegation: delegationId });
    if (itemId !== null) search.set("item", itemId);
    return `${drafts}/positions/new?${search.toString()}`;
  };
  return (
    <>
      <p className="crumbs">
        <Link to={drafts}>{t("draft.back")}</Link>
      </p>
      <PageHead title={t("draft.newPosition")} under={<OursOnly delegation={seat.name} code={seat.code} />} />
      {topic === null ? (
        <section className="part" aria-labelledby="choose-topic">
          <h2 id="choose-topic">{t("draft.chooseTopic")}</h2>
          <p className="cap">{t("draft.chooseTopicHint")}</p>
          {topics.length === 0 ? <Empty>{t("positions.noTopics")}</Empty> : null}
          <ul className="doc-list">
            {topics.map(({ id, title, question }) => (
              <li key={id}>
                {seats.map((one) => (
                  <div key={one.delegationId}>
                    <Link className="entity-name" to={address(id, one.delegationId)}>
                      {title}
                      {seats.length > 1 ? ` (${one.code})` : ""}
                    </Link>
                  </div>
                ))}
                <p className="cap">
                  <bdi>{question}</bdi>
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <PositionForm
          // Whoever acts for another delegation from now on begins anew.
          key={`${topic.id} ${seat.delegationId}`}
          delegationId={seat.delegationId}
          topic={topic}
          items={items}
          meetings={meetings}
          groups={data.groups}
          values={values}
          exceptions={data.exceptions}
          edition={null}
          answer={answer}
        />
      )}
    </>
  );
}

/** The topics of an item, each with the positions that stand on it, and other topics with those that name the item. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Code, Empty } from "#app/components/page.tsx";
import { PlainLink } from "#app/components/plain-link.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { useWays } from "#app/components/record/ways.ts";
import type { Loaded } from "./load.ts";
import { Part } from "./part.tsx";

type TopicsProps = {
  readonly topics: Loaded["topics"];
  /** Not the item's. */
  readonly otherTopics: Loaded["otherTopics"];
  /** Addresses in the session begin with it. */
  readonly base: string;
};

export function TopicParts({ topics, otherTopics, base }: TopicsProps) {
  const { t } = useTranslation("record");
  return (
    <>
      {topics.length === 0 ? (
        <Part id="positions" title={t("item.positions")}>
          <p className="cap">{t("item.noTopics")}</p>
        </Part>
      ) : null}
      {topics.map((topic) => (
        <TopicPart key={topic.id} topic={topic} base={base} />
      ))}
      {otherTopics.map((topic) => (
        <TopicPart key={topic.id} topic={topic} base={base} isOther />
      ))}
    </>
  );
}

type OnTopic = { readonly topic: TopicsProps["topics"][number]; readonly base: string };

function TopicPart({ topic, base, isOther = false }: OnTopic & { readonly isOther?: boolean }) {
  const ways = useWays();
  const { t } = useTranslation("record");
  return (
    <Part
      id={`topic-${topic.id}`}
      title={<Link to={ways.topic(topic.id)}>{topic.title}</Link>}
      act={
        <Link className="cap" to={`${base}/positions?topic=${topic.id}`}>
          {t("item.allPositions")}
        </Link>
      }
    >
      {isOther ? <p className="cap">{t("item.otherTopic")}</p> : null}
      <p className="question">{topic.question}</p>
      {topic.positions.length + topic.spoken.length === 0 ? <Empty>{t("item.noPositions")}</Empty> : null}
      <PositionsOn topic={topic} base={base} />
    </Part>
  );
}

/** Own words, what groups said and editors' readings, each under its heading, as on the topic's own page. */
function PositionsOn({ topic, base }: OnTopic) {
  const { t } = useTranslation("record");
  const { positions, spoken, scale } = topic;
  const addressOf = ({ id }: { readonly id: string }) => `${base}/positions/${id}`;
  const lines = (standing: "own" | "editors") =>
    positions
      .filter((one) => one.standing === standing)
      .map((position) => (
        <PositionLine
          key={position.id}
          position={position}
          scale={scale}
          to={addressOf(position)}
          said
          who={<EntityName id={position.entityId} name={position.entityName} code={position.entityCode} />}
        />
      ));
  return (
    <>
      <Block title={t("topic.ownTitle")} lines={lines("own")} />
      <Block
        title={t("topic.groupTitle")}
        lines={spoken.map((position) => (
          <PositionLine
            key={position.id}
            position={position}
            scale={scale}
            to={addressOf(position)}
            said
            who={
              <PlainLink className="entity-name" to={`/groups/${position.groupId}`}>
                {position.groupName} <Code group>{position.groupCode}</Code>
              </PlainLink>
            }
            under={
              <p className="cap">
                {t("positions.readBy", { entity: position.entityName })}
                {position.excepted.length === 0 ? null : (
                  <> {t("statement.exceptions", { names: position.excepted.join(t("chrome:comma")) })}</>
                )}
              </p>
            }
          />
        ))}
      />
      <Block title={t("topic.readingTitle")} lines={lines("editors")} />
    </>
  );
}

function Block({ title, lines }: { readonly title: string; readonly lines: readonly ReactNode[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="said-by">
      <h3 className="label">
        {title} <span className="count">{lines.length}</span>
      </h3>
      {lines}
    </div>
  );
}

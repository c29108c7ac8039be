/** The topics of an item, each with the positions that stand on it. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Empty } from "#app/components/page.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import type { Loaded } from "./load.ts";
import { Part } from "./part.tsx";

type TopicsProps = {
  readonly topics: Loaded["topics"];
  /** Addresses in the session begin with it. */
  readonly base: string;
};

export function TopicParts({ topics, base }: TopicsProps) {
  const { t } = useTranslation("record");
  if (topics.length === 0) {
    return (
      <Part id="positions" title={t("item.positions")}>
        <p className="cap">{t("item.noTopics")}</p>
      </Part>
    );
  }
  return (
    <>
      {topics.map((topic) => (
        <Part
          key={topic.id}
          id={`topic-${topic.id}`}
          title={<Link to={`/topics/${topic.id}`}>{topic.title}</Link>}
          act={
            <Link className="cap" to={`${base}/positions?topic=${topic.id}`}>
              {t("item.allPositions")}
            </Link>
          }
        >
          <p className="question">{topic.question}</p>
          {topic.positions.length === 0 ? <Empty>{t("item.noPositions")}</Empty> : null}
          {topic.positions.map((position) => (
            <PositionLine
              key={position.id}
              position={position}
              scale={topic.scale}
              to={`${base}/positions/${position.id}`}
              who={
                <EntityName id={position.entityId} name={position.entityName} code={position.entityCode} />
              }
            />
          ))}
        </Part>
      ))}
    </>
  );
}

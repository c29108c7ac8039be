/** What one entity has said on one topic: where it stands, what groups said for it, and the line through the years. */
import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Code } from "#app/components/page.tsx";
import { PlainLink } from "#app/components/plain-link.tsx";
import { OverTime } from "#app/components/record/over-time.tsx";
import { PositionLine } from "#app/components/record/position-line.tsx";
import { Source } from "#app/components/record/source.tsx";
import { useWays } from "#app/components/record/ways.ts";
import type { loadEntity } from "./load.ts";

type Topic = Awaited<ReturnType<typeof loadEntity>>["topics"][number];

export function TopicOfEntity({
  topic,
  hereId,
  newestSessionId,
}: {
  readonly topic: Topic;
  /** The session in whose frame the page is read. */
  readonly hereId: string | null;
  /** Where positions are read that belong to no session; null when there is none. */
  readonly newestSessionId: string | null;
}) {
  const { t } = useTranslation("record");
  const ways = useWays();
  const { id, title, scale, own, history, spoken } = topic;
  const addressOf = (position: { readonly id: string; readonly sessionId: string | null }) => {
    const sessionId = hereId ?? position.sessionId ?? newestSessionId;
    return sessionId === null ? null : `/sessions/${sessionId}/positions/${position.id}`;
  };
  const name = (
    <Link className="entity-name" to={ways.topic(id)}>
      {title}
    </Link>
  );
  return (
    <div className="topic-of-entity">
      {own === null ? (
        <p>
          {name}{" "}
          <span className="cap">{spoken.length > 0 ? t("entity.onlyVia") : t("entity.nothingStands")}</span>
        </p>
      ) : (
        <PositionLine position={own} scale={scale} to={addressOf(own)} who={name} />
      )}
      {spoken.map((one) => {
        const to = addressOf(one);
        return (
          <div key={one.id} className="spoken-for">
            <p>
              {one.groupName} <Code group>{one.groupCode}</Code>:{" "}
              {to === null ? one.stanceLabel : <PlainLink to={to}>{one.stanceLabel}</PlainLink>}
            </p>
            <Source of={one} />
          </div>
        );
      })}
      {history.length < 2 && history[0]?.state !== "withdrawal" ? null : (
        <details>
          <summary>{t("position.overTime")}</summary>
          <OverTime
            history={history}
            shownId={null}
            base={newestSessionId === null ? null : `/sessions/${newestSessionId}/positions`}
          />
        </details>
      )}
    </div>
  );
}

/** One position in full: where it stands, whose words these are, the source, and what was said before. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import { directionOf } from "#app/rules/statements.ts";
import { PlainDay } from "./plain-day.tsx";
import { ReadingLabel, Source } from "./source.tsx";
import { ScaleList, type Scale, type Standing } from "./stance.tsx";

export type SheetPosition = {
  readonly id: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly entityCode: string;
  readonly topicId: string;
  readonly topicTitle: string;
  readonly question: string;
  readonly scale: Scale;
  readonly stance: string;
  readonly summary: string;
  readonly excerpt: string;
  readonly language: string;
  readonly sourceTitle: string;
  readonly sourceDate: string;
  readonly sourceSymbol: string;
  readonly sourceUrl: string;
  readonly explicit: boolean;
  readonly standing: Standing;
  readonly confidence: string | null;
  readonly releasedAt: number | null;
  readonly contentHash: string | null;
};

export type HistoryEntry = {
  readonly id: string;
  readonly sourceDate: string;
  readonly stanceLabel: string;
  readonly explicit: boolean;
  readonly standing: Standing;
  readonly isSuperseded: boolean;
};

type SheetProps = {
  readonly position: SheetPosition;
  readonly history: readonly HistoryEntry[];
  readonly zone: string;
  /** Addresses of positions begin with it; null where nothing may be linked. */
  readonly base: string | null;
  readonly level: 2 | 3;
};

export function PositionSheet({ position, history, zone, base, level }: SheetProps) {
  const { t } = useTranslation("record");
  const Heading = level === 2 ? "h2" : "h3";
  const isOwn = position.standing === "own";
  const speech = { lang: position.language, dir: directionOf(position.language) };
  const entity = position.entityName;
  return (
    <div className="position-sheet">
      <section className="sec">
        <p className="question">{position.question}</p>
        <ScaleList scale={position.scale} stance={position.stance} who={position.entityCode} />
      </section>
      <section className="sec">
        {isOwn && position.excerpt !== "" ? (
          <>
            <Heading className="h">{t("position.ownQuote", { entity })}</Heading>
            <blockquote className="bigq" {...speech}>
              {position.excerpt}
            </blockquote>
          </>
        ) : null}
        <Heading className="h">
          {isOwn ? t("position.summaryOf", { entity }) : t("position.readingOf")}
        </Heading>
        <p className="say-it" {...speech}>
          {position.summary}
        </p>
        <ReadingLabel standing={position.standing} confidence={position.confidence} />
        <Source of={position} />
        {position.releasedAt === null ? null : (
          <p className="source">
            {isOwn ? (
              <>
                <Icon name="check" /> {t("position.released")}{" "}
              </>
            ) : (
              <>{t("position.onRecord")} </>
            )}
            <When at={position.releasedAt} zone={zone} form="day" />
          </p>
        )}
      </section>
      {history.length > 0 ? (
        <section className="sec">
          <Heading className="h">{t("position.overTime")}</Heading>
          <ol className="over-time">
            {history.map((entry) => (
              <li key={entry.id} aria-current={entry.id === position.id ? "true" : undefined}>
                <b>
                  <PlainDay day={entry.sourceDate} />
                </b>
                <span>
                  {base === null || entry.id === position.id ? (
                    entry.stanceLabel
                  ) : (
                    <Link to={`${base}/${entry.id}`}>{entry.stanceLabel}</Link>
                  )}
                  {t("chrome:comma")}
                  {entry.explicit ? t("explicit") : t("implied")}
                  {entry.standing === "editors" ? <>. {t("reading")}</> : null}{" "}
                  {entry.isSuperseded ? <span className="cap">{t("position.superseded")}</span> : null}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {position.contentHash === null ? null : (
        <section className="sec">
          <p className="cap">
            {t("position.hash")} <bdi className="hash">{position.contentHash}</bdi>
          </p>
        </section>
      )}
    </div>
  );
}

export function EntityName({
  id,
  name,
  code,
}: {
  readonly id: string;
  readonly name: string;
  readonly code: string;
}) {
  return (
    <Link className="entity-name" to={`/entities/${id}`} discover="none">
      {name} <Code>{code}</Code>
    </Link>
  );
}

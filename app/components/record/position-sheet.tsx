/** One position in full: where it stands, whose words these are, the source, and what was said before. */
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { Marked } from "#app/components/marks.tsx";
import { Code } from "#app/components/page.tsx";
import { PlainLink } from "#app/components/plain-link.tsx";
import { When } from "#app/components/when.tsx";
import { type Alignment, ForWhom } from "./for-whom.tsx";
import { type HistoryEntry, OverTime, type TakenDownBy } from "./over-time.tsx";
import { type ReadIn, ReadingLabel, Source } from "./source.tsx";
import { speechOf, summarySpeech } from "./speech.ts";
import { ScaleList, type Scale, type Standing } from "./stance.tsx";
import { useWays } from "./ways.ts";

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
  readonly sourceForum: string;
  readonly meetingNumber: number | null;
  readonly explicit: boolean;
  readonly standing: Standing;
  readonly confidence: string | null;
  readonly via: ReadIn | null;
  /** The group on whose behalf it is taken, with who aligned; null for the entity's own. */
  readonly alignment: Alignment | null;
  readonly withdraws: boolean;
  /** Of a row by which an editors' reading was taken down; null for every other. */
  readonly takenDownBy: TakenDownBy | null;
  /** What it does to an editors' reading of the same document. */
  readonly answers: "confirms" | "corrects" | null;
  readonly releasedAt: number | null;
  readonly contentHash: string | null;
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
  const { alignment, withdraws } = position;
  return (
    <div className="position-sheet">
      <section className="sec">
        <p className="question">{position.question}</p>
        {withdraws ? null : (
          <ScaleList
            scale={position.scale}
            here={[
              alignment === null
                ? { stance: position.stance, code: position.entityCode }
                : { stance: position.stance, code: alignment.group.code, isGroup: true },
            ]}
          />
        )}
        {alignment === null ? null : <ForWhom alignment={alignment} day="source" />}
      </section>
      <section className="sec">
        <SaidWords
          position={position}
          zone={zone}
          heading={Heading}
          anchored={position.contentHash !== null}
        />
      </section>
      {history.length > 0 ? (
        <section className="sec">
          <Heading className="h">{t("position.overTime")}</Heading>
          <OverTime history={history} shownId={position.id} base={base} />
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

/** What was said, word for word where there is an excerpt, whose words these are, and where they come from. */
export function SaidWords({
  position,
  zone,
  heading: Heading,
  anchored = false,
}: {
  readonly position: SheetPosition;
  readonly zone: string;
  readonly heading: "h2" | "h3";
  /** Its words can be led to; there is one such sheet on a page at most. */
  readonly anchored?: boolean;
}) {
  const { t } = useTranslation("record");
  const isOwn = position.standing === "own";
  const entity = position.alignment === null ? position.entityName : position.alignment.group.name;
  return (
    <>
      {isOwn && position.excerpt !== "" ? (
        <>
          <Heading className="h">{t("position.ownQuote", { entity })}</Heading>
          <blockquote className="bigq" id={anchored ? "excerpt" : undefined} {...speechOf(position.language)}>
            <Marked>{position.excerpt}</Marked>
          </blockquote>
        </>
      ) : null}
      <Heading className="h">{t(wordsTitleOf(position), { entity: position.entityName })}</Heading>
      {position.takenDownBy === null ? (
        <p className="say-it" id={anchored ? "summary" : undefined} {...summarySpeech(position)}>
          <Marked>{position.summary}</Marked>
        </p>
      ) : (
        <p className="say-it">{t(`position.${position.takenDownBy}`)}</p>
      )}
      <ReadingLabel standing={position.standing} confidence={position.confidence} via={position.via} />
      <Source of={position} id={anchored ? "source" : undefined} />
      {position.answers === null ? null : (
        <p className="source">
          <span className="tag plain">
            <Icon name="check" /> {t(`position.${position.answers}`)}
          </span>
        </p>
      )}
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
    </>
  );
}

function wordsTitleOf({ standing, withdraws }: SheetPosition) {
  if (withdraws)
    return standing === "own" ? ("position.withdrawnBy" as const) : ("position.takenDown" as const);
  return standing === "own" ? ("position.summaryOf" as const) : ("position.readingOf" as const);
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
  const ways = useWays();
  return (
    <PlainLink className="entity-name" to={ways.entity(id)}>
      {name} <Code>{code}</Code>
    </PlainLink>
  );
}

/** A position in a list: who, where on the scale, and always the source. */
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { PlainLink } from "#app/components/plain-link.tsx";
import { type ReadIn, ReadingLabel, Source, type SourceOf } from "./source.tsx";
import { summarySpeech } from "./speech.ts";
import { ScaleMarks, type Scale, type Standing } from "./stance.tsx";

export type LinePosition = SourceOf & {
  readonly id: string;
  readonly stance: string;
  readonly stanceLabel: string;
  readonly standing: Standing;
  readonly confidence: string | null;
  readonly summary: string;
  readonly language: string;
  readonly via?: ReadIn | null;
};

export function PositionLine({
  position,
  scale,
  to,
  who,
  said = false,
  under = null,
}: {
  readonly position: LinePosition;
  readonly scale: Scale;
  /** Its own page; null when it has none here. */
  readonly to: string | null;
  /** Who or what the line is about. */
  readonly who: ReactNode;
  /** The heading above already says whose words these are. */
  readonly said?: boolean;
  /** What is to be known of whose words they are. */
  readonly under?: ReactNode;
}) {
  const { t } = useTranslation("record");
  return (
    <div className="topic-row">
      <div className="stance">
        <span className="placed">{who}</span>
        <ScaleMarks scale={scale} stance={position.stance} standing={position.standing} />
        <span>
          {to === null ? position.stanceLabel : <PlainLink to={to}>{position.stanceLabel}</PlainLink>}
          {said ? null : (
            <span className="cap"> {position.standing === "own" ? t("ownWords") : t("reading")}</span>
          )}
        </span>
      </div>
      <p {...summarySpeech(position)}>{position.summary}</p>
      {under}
      <ReadingLabel standing={position.standing} confidence={position.confidence} via={position.via} />
      <Source of={position} />
    </div>
  );
}

/** Who else is in the text, each with the line that marks their caret. */
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { patternOf } from "#collab/client/editor/caret-pattern.ts";
import type { Presence } from "#collab/frames.ts";

/** More than these are shown by siglum alone: the bar keeps one line. */
const NAMED = 3;

type PresentListProps = {
  readonly others: readonly Presence[];
  /** False without a connection. */
  readonly isKnown: boolean;
};

export const PresentList = memo(function PresentList({ others, isKnown }: PresentListProps) {
  const { t } = useTranslation("editor");
  if (!isKnown) return null;
  if (others.length === 0) return <span className="pres cap">{t("present.alone")}</span>;
  return (
    <ul
      className={others.length > NAMED ? "pres many" : "pres"}
      aria-label={t("present.aria", { count: others.length })}
    >
      {others.map(({ peer, name, siglum }) => (
        <li key={peer} title={name}>
          <span className="bar-n" aria-hidden="true">
            <span className="caret" data-n={patternOf(peer)} />
          </span>
          <span className="name">{name},</span> <bdi className="code">{siglum}</bdi>
        </li>
      ))}
    </ul>
  );
});

/** Says at once that words stand in a deleted paragraph which whoever deleted it had not seen: to author and drafters. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { When } from "#app/components/when.tsx";
import type { DeletedParagraph } from "./panel.tsx";

export function LateWords({
  textId,
  deleted,
  zone,
  more = "?panel=deleted",
}: {
  readonly textId: string;
  readonly deleted: readonly DeletedParagraph[];
  readonly zone: string;
  /** Where the deleted paragraphs are, to be brought back. */
  readonly more?: string;
}) {
  const { t } = useTranslation("text");
  const late = deleted.flatMap((paragraph) => paragraph.late);
  const newest = late.reduce((at, run) => Math.max(at, run.at), 0);
  const [seen, setSeen] = useState(0);
  const shown = late.filter((run) => run.at > seen);
  return (
    <>
      <Live topics={[`late:${textId}`]} />
      <div role="status">
        {shown.length === 0 ? null : (
          <div className="done wrap no-print">
            <Icon name="alert" />
            <span>{t("late.strip", { count: shown.length })}</span>
            {shown.map(({ words, by, at }) => (
              <span key={`${at} ${words}`}>
                {by} <When at={at} zone={zone} />: <q>{words}</q>
              </span>
            ))}
            <a href={more}>{t("late.show")}</a>
            <button type="button" className="btn quiet" onClick={() => setSeen(newest)}>
              {t("late.dismiss")}
            </button>
          </div>
        )}
      </div>
    </>
  );
}

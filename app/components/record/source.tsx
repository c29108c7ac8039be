/** Where a position comes from, and what an editors' reading is: both always stand beside the stance. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { Marked } from "#app/components/marks.tsx";
import { PlainDay } from "./plain-day.tsx";
import type { Standing } from "./stance.tsx";

export type SourceOf = {
  readonly sourceTitle: string;
  readonly sourceDate: string;
  readonly sourceSymbol: string;
  readonly sourceUrl: string;
  readonly explicit: boolean;
  /** Where it was said; "" or left out when that is not known. */
  readonly sourceForum?: string;
  /** The meeting of the session in which it was said. */
  readonly meetingNumber?: number | null;
};

/** What was read, if not the document itself: a publication, whose address is "" where it has none. */
export type ReadIn = { readonly title: string; readonly url: string };

export function Source({
  of,
  short,
  id,
}: {
  readonly of: SourceOf;
  readonly short?: boolean;
  readonly id?: string | undefined;
}) {
  const { t } = useTranslation("record");
  if (of.sourceTitle === "") {
    return (
      <span className="source">
        <Icon name="alert" /> {t("errors:field.source-missing")}
      </span>
    );
  }
  const { sourceForum = "", meetingNumber = null } = of;
  const symbol = of.sourceSymbol === "" ? null : <bdi dir="ltr">{of.sourceSymbol}</bdi>;
  if (short) {
    return (
      <span className="source">
        {symbol ?? <span dir="auto">{of.sourceTitle}</span>}
        {t("chrome:comma")}
        <PlainDay day={of.sourceDate} />
        {of.explicit ? null : t("chrome:comma") + t("implied")}
      </span>
    );
  }
  return (
    <p className="source" id={id}>
      <b dir="auto">
        <Marked>{of.sourceTitle}</Marked>
      </b>
      {symbol ? (
        <>
          {t("chrome:comma")}
          {symbol}
        </>
      ) : null}
      {sourceForum === "" ? null : (
        <>
          {t("chrome:comma")}
          <bdi>{sourceForum}</bdi>
        </>
      )}
      {meetingNumber === null ? null : t("chrome:comma") + t("statements.meeting", { number: meetingNumber })}
      {t("chrome:comma")}
      <PlainDay day={of.sourceDate} />
      {t("chrome:comma")}
      {of.explicit ? t("explicit") : t("implied")}.{" "}
      {of.sourceUrl === "" ? null : (
        <a href={of.sourceUrl} rel="noreferrer noopener nofollow">
          {t("source.open")}
        </a>
      )}
    </p>
  );
}

/** The label that every view of an editors' reading carries, with its confidence and what was read. Nothing for own words. */
export function ReadingLabel({
  standing,
  confidence,
  via = null,
}: {
  readonly standing: Standing;
  readonly confidence: string | null;
  readonly via?: ReadIn | null;
}) {
  const { t } = useTranslation("record");
  if (standing === "own") return null;
  const known = confidence === "seen" || confidence === "known" ? confidence : "other";
  return (
    <p className="reading">
      <b>{t("readingLabel")}</b>
      {confidence === null ? null : <> {t(`confidence.${known}`, { confidence })}</>}
      {via === null ? null : (
        <>
          {" "}
          {t("source.via")}{" "}
          {via.url === "" ? (
            <bdi>{via.title}</bdi>
          ) : (
            <a href={via.url} rel="noreferrer noopener nofollow">
              <bdi>{via.title}</bdi>
            </a>
          )}
          .
        </>
      )}
    </p>
  );
}

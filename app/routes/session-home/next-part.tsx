/** What is next: the next meeting, at the venue's time and the reader's own, and the next items. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useItemNow } from "#app/components/now.tsx";
import { useOwnZone } from "#app/components/own-zone.ts";
import { When } from "#app/components/when.tsx";
import { nextItems } from "#app/rules/session-home.ts";
import type { Loaded } from "./load.ts";
import { Title } from "./title.tsx";

const NEXT = 3;

export function NextPart({
  loaded,
  base,
  zone,
}: {
  readonly loaded: Pick<Loaded, "next" | "items" | "managesMeetings">;
  readonly base: string;
  readonly zone: string;
}) {
  const { t } = useTranslation("home");
  const mine = useOwnZone();
  const now = useItemNow();
  const { next, items, managesMeetings } = loaded;
  const { meeting } = next;
  const coming = nextItems(items, now?.id ?? null, NEXT);
  return (
    <section aria-labelledby="next">
      <Title id="next">{t("next.title")}</Title>
      {meeting === null ? (
        <p className="cap">{t(managesMeetings ? "next.noMeetingYours" : "next.noMeeting")}</p>
      ) : (
        <div className="next-meeting">
          <p className="row-b wrap">
            <span className="mode" data-mode={meeting.mode}>
              {t("now.meeting", { number: meeting.number })} {t(`chrome:mode.${meeting.mode}`)}
            </span>
            {meeting.room === "" ? null : <bdi className="cap">{meeting.room}</bdi>}
          </p>
          <p>
            <b>
              <When at={meeting.startsAt} zone={zone} />
            </b>{" "}
            <span className="cap">{t("chrome:time.venue")}</span>
          </p>
          {mine === null || mine === zone ? null : (
            <p>
              <When at={meeting.startsAt} zone={mine} /> <span className="cap">{t("chrome:time.yours")}</span>
            </p>
          )}
        </div>
      )}
      <h3 className="label">{t("next.items")}</h3>
      {coming.length === 0 ? (
        <p className="cap">{t(items.length === 0 ? "session:home.noAgenda" : "next.noItems")}</p>
      ) : (
        <ol className="lines-list">
          {coming.map((item) => (
            <li key={item.id}>
              <Link to={`${base}/agenda/${item.id}`}>
                <bdi>{item.number}</bdi> {item.title}
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** The programme of work: the days of the session side by side, each with its meetings. */
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";
import { instantIn } from "#app/i18n/locale.ts";
import { dayAt } from "#app/rules/positions.ts";

export type ProgrammeMeeting = {
  readonly id: string;
  readonly number: number;
  readonly mode: "formal" | "informal" | "suspended" | "closed";
  readonly room: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

/** `now` in milliseconds: what is over is grey, what is going on is framed. */
export function Programme({
  meetings,
  zone,
  now,
}: {
  readonly meetings: readonly ProgrammeMeeting[];
  readonly zone: string;
  readonly now: number;
}) {
  const { i18n, t } = useTranslation("session");
  if (meetings.length === 0) return <p className="cap">{t("home.noMeetings")}</p>;
  const inOrder = meetings.toSorted((a, b) => a.startsAt - b.startsAt);
  const days = [...new Set(inOrder.map(({ startsAt }) => dayAt(startsAt, zone)))];
  const dayName = { weekday: "short", day: "numeric", timeZone: zone } as const;
  return (
    <ol className="programme">
      {days.map((day) => {
        const ofDay = inOrder.filter(({ startsAt }) => dayAt(startsAt, zone) === day);
        return (
          <li key={day}>
            <h3>{instantIn(i18n.language, dayName, ofDay[0]?.startsAt ?? 0)}</h3>
            <ol>
              {ofDay.map((meeting) => (
                <Cell key={meeting.id} meeting={meeting} zone={zone} now={now} />
              ))}
            </ol>
          </li>
        );
      })}
    </ol>
  );
}

function Cell({
  meeting,
  zone,
  now,
}: {
  readonly meeting: ProgrammeMeeting;
  readonly zone: string;
  readonly now: number;
}) {
  const { t } = useTranslation("session");
  const isNow = meeting.startsAt <= now && now < meeting.endsAt;
  const when = isNow ? "now" : meeting.endsAt <= now ? "past" : "later";
  return (
    <li data-when={when} aria-current={isNow ? "time" : undefined}>
      <span className="mode" data-mode={meeting.mode}>
        <span className="num">{meeting.number}</span> {t(`chrome:mode.${meeting.mode}`)}
      </span>
      <span>
        <When at={meeting.startsAt} zone={zone} form="time" />–
        <When at={meeting.endsAt} zone={zone} form="time" />
      </span>
      {meeting.room === "" ? null : <bdi className="cap">{meeting.room}</bdi>}
    </li>
  );
}

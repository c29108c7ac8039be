/** One meeting gets other hours or another room, or is cancelled. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ErrorSummary, FieldScope, Submit, TextField } from "#app/components/form.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { localAtVenue } from "#app/rules/venue-time.ts";
import type { ProgrammeMeeting } from "./programme.tsx";

type ChangeProps = {
  readonly meeting: ProgrammeMeeting;
  readonly zone: string;
  readonly here: string;
  readonly answer: Answer;
};

/** Hours and room as they are, to be changed. */
export function MeetingChange({ meeting, zone, here, answer }: ChangeProps) {
  const { t } = useTranslation("session");
  const offset = offsetOf(zone);
  const { id, number, room } = meeting;
  return (
    <section className="confirm" aria-labelledby="meeting-change">
      <h3 className="h2" id="meeting-change">
        {t("home.changeMeeting", { number })}
      </h3>
      <FieldScope name="change">
        <Form method="post" className="form" key={id} replace>
          <ErrorSummary answer={answer} />
          <TextField
            name="starts"
            type="datetime-local"
            label={t("home.starts")}
            value={localAtVenue(meeting.startsAt, offset)}
            answer={answer}
            required
          />
          <TextField
            name="ends"
            type="datetime-local"
            label={t("home.ends")}
            value={localAtVenue(meeting.endsAt, offset)}
            answer={answer}
            required
          />
          <TextField
            name="room"
            label={t("home.room")}
            value={room}
            answer={answer}
            maxLength={FIELDS.meeting.room.longest}
          />
          <p className="row wrap">
            <Submit intent="change" primary values={{ meeting: id }}>
              {t("home.changeNow")}
            </Submit>
            <Link className="btn" to={`${here}?meeting=${id}&confirm=cancel`} preventScrollReset>
              {t("home.cancelMeeting")}
            </Link>
            <Link className="btn quiet" to={here} preventScrollReset>
              {t("home.leaveMeeting")}
            </Link>
          </p>
        </Form>
      </FieldScope>
    </section>
  );
}

/** Asks once more before a meeting is gone from the programme. */
export function MeetingCancel({ meeting, here, answer }: Omit<ChangeProps, "zone">) {
  const { t } = useTranslation("session");
  const { id, number } = meeting;
  return (
    <Confirm
      title={t("home.cancelTitle", { number })}
      says={[t("home.cancelWhat")]}
      intent="cancel"
      values={{ meeting: id }}
      yes={t("home.cancelNow")}
      no={t("home.leaveMeeting")}
      back={here}
      answer={answer}
    />
  );
}

/** One meeting gets other hours or another room, or is cancelled. */
import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ErrorSummary, FieldScope, Submit, TextField } from "#app/components/form.tsx";
import { When } from "#app/components/when.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { type Hours, writeHours } from "#app/rules/meetings.ts";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { localAtVenue } from "#app/rules/venue-time.ts";
import type { ProgrammeMeeting } from "./programme.tsx";

type ChangeProps = {
  readonly meeting: ProgrammeMeeting;
  readonly zone: string;
  readonly here: string;
  readonly answer: Answer;
};

/** Hours and room as they are, to be changed. `stands`: what somebody else has made of them meanwhile. */
export function MeetingChange(props: ChangeProps & { readonly stands: Hours | null }) {
  const { meeting, zone, here, answer, stands } = props;
  const { t } = useTranslation("session");
  const offset = offsetOf(zone);
  // As the form was opened, whatever comes in meanwhile.
  const [opened] = useState(meeting);
  const { id, number, room } = opened;
  const seen = writeHours(stands ?? opened);
  return (
    <section className="confirm" aria-labelledby="meeting-change">
      <h3 className="h2" id="meeting-change">
        {t("home.changeMeeting", { number })}
      </h3>
      <FieldScope name="change">
        <Form method="post" className="form" replace>
          <ErrorSummary answer={answer} />
          {stands === null ? null : (
            <p className="means">
              <When at={stands.startsAt} zone={zone} />–<When at={stands.endsAt} zone={zone} form="time" />
              {stands.room === "" ? null : (
                <>
                  {t("chrome:comma")}
                  <bdi>{stands.room}</bdi>
                </>
              )}
            </p>
          )}
          <input key={seen} type="hidden" name="seen" defaultValue={seen} />
          <TextField
            name="starts"
            type="datetime-local"
            label={t("home.starts")}
            value={localAtVenue(opened.startsAt, offset)}
            answer={answer}
            required
          />
          <TextField
            name="ends"
            type="datetime-local"
            label={t("home.ends")}
            value={localAtVenue(opened.endsAt, offset)}
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

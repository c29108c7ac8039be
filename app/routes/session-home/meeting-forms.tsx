/** What chair and secretariat do with meetings: another mode, another meeting. */
import { FIELDS } from "#app/rules/fields.ts";
import type { Hours } from "#app/rules/meetings.ts";
import { Form, Link, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { MeetingCancel, MeetingChange } from "./meeting-change.tsx";
import type { ProgrammeMeeting } from "./programme.tsx";

export const modes = ["formal", "informal", "suspended", "closed"] as const;

export function MeetingForms({
  meetings,
  changeable,
  here,
  zone,
  answer: given,
  stands,
}: {
  readonly meetings: readonly ProgrammeMeeting[];
  /** Those that may still be changed or cancelled. */
  readonly changeable: readonly string[];
  readonly here: string;
  readonly zone: string;
  readonly answer: Answer;
  /** What somebody else has made of the meeting that was being changed. */
  readonly stands: Hours | null;
}) {
  const { t } = useTranslation("session");
  const [search] = useSearchParams();
  const chosen = meetings.find(({ id }) => id === search.get("meeting")) ?? null;
  const isOfOne = ["change", "cancel"].includes(given?.typed["intent"] ?? "");
  const answer = isOfOne ? undefined : given;
  const ofOne = isOfOne ? given : undefined;
  const modeForm = useOpened(null, { isRefused: given?.typed["intent"] === "mode" });
  const addForm = useOpened(null, { isRefused: given?.typed["intent"] === "schedule" });
  const modeChoices = modes.map((value) => ({ value, label: t(`chrome:mode.${value}`) }));
  return (
    <>
      {meetings.length === 0 ? null : (
        <Form method="post" className="row wrap acts" key={modeForm.taken} onSubmit={modeForm.onSubmit}>
          <label className="row">
            <span className="label">{t("home.whichMeeting")}</span>
            <select name="meeting" className="field">
              {meetings.map(({ id, number, mode }) => (
                <option key={id} value={id}>
                  {number} {t(`chrome:mode.${mode}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="row">
            <span className="label">{t("home.mode")}</span>
            <select name="mode" className="field">
              {modeChoices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <Submit intent="mode">{t("home.setMode")}</Submit>
        </Form>
      )}
      {chosen === null ? null : search.get("confirm") === "cancel" ? (
        <MeetingCancel meeting={chosen} here={here} answer={ofOne} />
      ) : (
        <MeetingChange
          key={chosen.id}
          meeting={chosen}
          zone={zone}
          here={here}
          answer={ofOne}
          stands={stands}
        />
      )}
      {changeable.length === 0 ? null : (
        <details className="acts">
          <summary>{t("home.changeMeetings")}</summary>
          <ul>
            {meetings
              .filter(({ id }) => changeable.includes(id))
              .map(({ id, number }) => (
                <li key={id}>
                  <Link to={`${here}?meeting=${id}`} preventScrollReset>
                    {t("home.meeting", { number })}
                  </Link>
                </li>
              ))}
          </ul>
        </details>
      )}
      <details className="acts" open={answer ? true : undefined}>
        <summary>{t("home.addMeeting")}</summary>
        <Form method="post" className="form" key={addForm.taken} onSubmit={addForm.onSubmit}>
          <ErrorSummary answer={answer} />
          <div className="pair">
            <TextField
              name="starts"
              type="datetime-local"
              label={t("home.starts")}
              answer={answer}
              required
            />
            <TextField name="ends" type="datetime-local" label={t("home.ends")} answer={answer} required />
          </div>
          <div className="pair">
            <ChoiceField name="mode" label={t("home.mode")} answer={answer} choices={modeChoices} required />
            <TextField
              name="room"
              label={t("home.room")}
              answer={answer}
              maxLength={FIELDS.meeting.room.longest}
            />
          </div>
          <p className="row">
            <Submit intent="schedule">{t("home.addMeeting")}</Submit>
          </p>
        </Form>
      </details>
    </>
  );
}

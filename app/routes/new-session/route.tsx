/** The secretariat prepares a session. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { createSession } from "#app/commands/create-session.ts";
import { ChoiceField, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { SESSION_KINDS } from "#app/rules/sessions.ts";
import { field, formAnswer, formOf, refusalResponse } from "#app/routes/answers.ts";
import { findCalendarEntry } from "#db/stores/calendar.ts";
import { findInstallation } from "#db/stores/installation.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("createSession", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const installation = await findInstallation(context.db.read);
  const asked = new URL(request.url).searchParams.get("calendar");
  const entry = asked === null ? null : await findCalendarEntry(context.db.read, asked);
  return {
    body: installation?.bodyName ?? "",
    zones: Intl.supportedValuesOf("timeZone"),
    entry,
    // The officers of the real body are no part of an exercise.
    note: entry && entry.note !== "" && context.mode === "production" ? entry.note : null,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("createSession", context.viewer, { kind: "installation" })]);
  const facts = {
    title: field(form, "title"),
    kind: field(form, "kind"),
    body: field(form, "body"),
    symbol: field(form, "symbol"),
    from: field(form, "from"),
    to: field(form, "to"),
    venue: field(form, "venue"),
    timeZone: field(form, "zone"),
  };
  const done = await createSession(context, {
    ...facts,
    exercise: context.mode === "exercise",
    calendarId: field(form, "calendar") || null,
    withOutline: field(form, "outline") === "1",
  });
  return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${done.sessionId}`);
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.newSession");

export default function NewSession() {
  const { body, zones, entry, note } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  return (
    <>
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead
          title={t("create.title")}
          under={entry ? t("reference:newSession.from", { entry: entry.title }) : undefined}
        />
        <Form method="post" className="form sheet" key={entry?.id ?? ""}>
          <ErrorSummary answer={answer} />
          {note === null ? null : <p className="hint">{t("reference:newSession.note", { note })}</p>}
          {entry ? <input type="hidden" name="calendar" value={entry.id} /> : null}
          <TextField
            name="title"
            label={t("create.name")}
            answer={answer}
            value={entry?.title}
            maxLength={FIELDS.session.title.longest}
            required
          />
          <TextField
            name="body"
            label={t("create.body")}
            answer={answer}
            value={body}
            maxLength={FIELDS.session.body.longest}
            required
          />
          <div className="pair">
            <ChoiceField
              name="kind"
              label={t("create.kind")}
              answer={answer}
              value={entry?.kind ?? "plenary"}
              choices={SESSION_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              required
            />
            <TextField
              name="symbol"
              label={t("create.symbol")}
              answer={answer}
              maxLength={FIELDS.session.symbol.longest}
            />
          </div>
          <div className="pair">
            <TextField
              name="from"
              type="date"
              label={t("create.from")}
              answer={answer}
              value={entry?.from}
              required
            />
            <TextField
              name="to"
              type="date"
              label={t("create.to")}
              answer={answer}
              value={entry?.to}
              required
            />
          </div>
          <div className="pair">
            <TextField
              name="venue"
              label={t("create.venue")}
              answer={answer}
              value={entry?.venue ?? "New York"}
              maxLength={FIELDS.session.venue.longest}
              required
            />
            <TextField
              name="zone"
              label={t("create.zone")}
              hint={t("create.zoneHint")}
              answer={answer}
              value={entry?.timeZone ?? "America/New_York"}
              list={zones}
              required
            />
          </div>
          <label className="row">
            <input
              type="checkbox"
              name="outline"
              value="1"
              defaultChecked={answer ? answer.typed["outline"] === "1" : entry !== null}
            />{" "}
            {t("reference:newSession.outline")}
          </label>
          <p className="row">
            <Submit primary>{t("create.submit")}</Submit>
          </p>
        </Form>
      </main>
    </>
  );
}

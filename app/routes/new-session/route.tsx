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
import { ErrorSummary, Submit } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SessionFields } from "#app/components/session-fields.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, refusalResponse } from "#app/routes/answers.ts";
import { findCalendarEntry } from "#db/stores/calendar.ts";
import { findInstallation } from "#db/stores/installation.ts";
import { factsTyped } from "./facts.ts";

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
  const facts = factsTyped((name) => field(form, name));
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
          <SessionFields
            facts={{ body, kind: "plenary", venue: "New York", timeZone: "America/New_York", ...entry }}
            zones={zones}
            answer={answer}
          />
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

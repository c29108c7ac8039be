/** The secretariat prepares a session. */
import { useAnswer } from "#app/components/use-answer.ts";
import { FIELDS } from "#app/rules/fields.ts";
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
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { SESSION_KINDS } from "#app/rules/sessions.ts";
import { field, formAnswer, formOf, refusalResponse } from "#app/routes/answers.ts";
import { findInstallation } from "#db/stores/installation.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  const allowed = may("createSession", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const installation = await findInstallation(context.db.read);
  return { body: installation?.bodyName ?? "", zones: Intl.supportedValuesOf("timeZone") };
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
  const done = await createSession(context, { ...facts, exercise: context.mode === "exercise" });
  return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${done.sessionId}`);
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.newSession");

export default function NewSession() {
  const { body, zones } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  return (
    <>
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead title={t("create.title")} />
        <Form method="post" className="form sheet">
          <ErrorSummary answer={answer} />
          <TextField
            name="title"
            label={t("create.name")}
            answer={answer}
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
              value="plenary"
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
            <TextField name="from" type="date" label={t("create.from")} answer={answer} required />
            <TextField name="to" type="date" label={t("create.to")} answer={answer} required />
          </div>
          <div className="pair">
            <TextField
              name="venue"
              label={t("create.venue")}
              answer={answer}
              value="New York"
              maxLength={FIELDS.session.venue.longest}
              required
            />
            <TextField
              name="zone"
              label={t("create.zone")}
              hint={t("create.zoneHint")}
              answer={answer}
              value="America/New_York"
              list={zones}
              required
            />
          </div>
          <p className="row">
            <Submit primary>{t("create.submit")}</Submit>
          </p>
        </Form>
      </main>
    </>
  );
}

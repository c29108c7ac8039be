/** The secretariat changes what a session is called, when and where it is. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editSession, factsOf } from "#app/commands/edit-session.ts";
import { ErrorSummary, Submit } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SessionFields } from "#app/components/session-fields.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { factsTyped } from "#app/routes/new-session/facts.ts";
import { field, formAnswer, formOf, notThere, refusalResponse } from "#app/routes/answers.ts";
import { withSaid } from "#app/routes/said.ts";
import { findSession } from "#db/stores/session.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const sessionId = params["session"] ?? "";
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const allowed = may("editSession", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  return { sessionId, facts: factsOf(session), zones: Intl.supportedValuesOf("timeZone") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params["session"] ?? "";
  const form = await formOf(request, [may("editSession", context.viewer, { kind: "session", sessionId })]);
  const was = factsTyped((name) => field(form, `was-${name}`));
  const facts = factsTyped((name) => field(form, name));
  const done = await editSession(context, { ...facts, sessionId, was });
  if (isRefusal(done)) {
    const { data: answer, init } = formAnswer(done, form);
    const session = await findSession(context.db.read, sessionId);
    // After a conflict the form is made from the newest facts, which it shows.
    const isOther = done.code === "session-changed" && session !== null;
    return data({ ...answer, was: isOther ? factsOf(session) : was }, init ?? undefined);
  }
  return redirect(withSaid(context, `/sessions/${sessionId}`, { done: "edited" }));
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.sessionSettings");

export default function SessionSettings() {
  const { sessionId, facts, zones } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("delegations");
  const base = `/sessions/${sessionId}`;
  // As the form was opened, whatever comes in meanwhile.
  const [opened] = useState(facts);
  const was = answer?.was ?? opened;
  const isOther = answer?.refusal.code === "session-changed";
  return (
    <main className="page narrow" id="content">
      <Live topics={["session"]} />
      <PageHead title={t("settings.title")} />
      <Form method="post" className="form sheet">
        <ErrorSummary answer={answer} />
        {isOther ? (
          <p className="means">
            {[was.title, was.body, was.symbol, was.from, was.to, was.venue, was.timeZone]
              .filter((words) => words !== "")
              .map((words, at) => (
                <bdi key={at}>
                  {at > 0 ? " · " : ""}
                  {words}
                </bdi>
              ))}
          </p>
        ) : null}
        {Object.entries(was).map(([name, value]) => (
          <input
            key={`${name} ${value}`}
            type="hidden"
            name={`was-${name === "timeZone" ? "zone" : name}`}
            defaultValue={value}
          />
        ))}
        <SessionFields facts={opened} zones={zones} answer={answer} />
        <p className="hint">{t("settings.meetingsStay")}</p>
        <p className="row">
          <Submit primary>{t("settings.save")}</Submit>
          <Link className="btn" to={base}>
            {t("chrome:form.cancel")}
          </Link>
        </p>
      </Form>
    </main>
  );
}

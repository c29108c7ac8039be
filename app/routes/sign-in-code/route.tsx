/** The second page of signing in: a code of the authenticator app, or a recovery code. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, refusalResponse } from "#app/routes/answers.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("signIn", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const to = new URL(request.url).searchParams.get("to") ?? "/";
  return { to, isAsked: await context.signIn.owesCode(request) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("signIn", context.viewer, { kind: "installation" })]);
  const given = { code: field(form, "code"), to: field(form, "to") || "/" };
  const done = await context.signIn.withCode(request, given);
  return isRefusal(done) ? formAnswer(done, form) : done;
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.signIn");

export default function SignInCode() {
  const { to, isAsked } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const shown = answer && "refusal" in answer ? answer : undefined;
  const { t } = useTranslation("people");
  // What the last answer says is news; what the page found by itself is said without one.
  const mustBeginAgain = !isAsked || shown?.refusal.code === "code-again";
  return (
    <>
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead title={t("codes.askTitle")} />
        {mustBeginAgain ? (
          <section className="sheet">
            <p role={shown ? "alert" : undefined}>{t("errors:refusal.code-again")}</p>
            <p className="row acts">
              <Link className="btn primary" to={`/sign-in?to=${encodeURIComponent(to)}`}>
                {t("codes.beginAgain")}
              </Link>
            </p>
          </section>
        ) : (
          <Form method="post" className="form sheet" replace>
            <ErrorSummary answer={shown} note={null} />
            <input type="hidden" name="to" value={to} />
            <TextField
              name="code"
              label={t("codes.code")}
              hint={t("codes.askHint")}
              answer={shown}
              autoComplete="one-time-code"
              maxLength={40}
              required
            />
            <p className="row">
              <Submit primary>{t("signIn.submit")}</Submit>
            </p>
            <p className="cap">{t("codes.lost")}</p>
          </Form>
        )}
      </main>
    </>
  );
}

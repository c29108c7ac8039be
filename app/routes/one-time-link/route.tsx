/** Where a one-time link leads: choose a password, and be signed in. */
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { followLink } from "#app/commands/follow-link.ts";
import { linkHash } from "#app/commands/issue-link.ts";
import { ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { formAnswer, refusalResponse } from "#app/routes/answers.ts";
import { findUsableLink } from "#db/stores/one-time-link.ts";
import { findPerson } from "#db/stores/person.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("signIn", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const tokenHash = linkHash(params.token ?? "");
  const link = await findUsableLink(context.db.read, { tokenHash, now: context.now() });
  const person = link && (await findPerson(context.db.read, link.personId));
  if (!link || !person) return data({ link: null }, { status: 404 });
  return data({ link: { purpose: link.purpose, name: person.name, email: person.email ?? "" } });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const password = String(form.get("password") ?? "");
  const done = await followLink(context, { token: params.token ?? "", password });
  if (isRefusal(done)) return formAnswer(done, form);
  const entered = await context.signIn.withPassword(request, { email: done.email, password, to: "/" });
  return isRefusal(entered) ? formAnswer(entered, form) : entered;
}

export const meta: MetaFunction = () => [{ title: "Welcome · Chapeau" }];

export default function OneTimeLink() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("people");
  if (!link) {
    return (
      <>
        <SiteBar />
        <main className="page narrow" id="content">
          <PageHead title={t("link.goneTitle")} />
          <p>{t("link.gone")}</p>
        </main>
      </>
    );
  }
  return (
    <>
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead title={t("link.title", { name: link.name })} />
        <Form method="post" className="form sheet" replace>
          <ErrorSummary answer={answer} />
          <p>
            {link.purpose === "invitation" ? t("link.invitation", { email: link.email }) : t("link.password")}
          </p>
          <input type="hidden" autoComplete="username" value={link.email} readOnly />
          <TextField
            name="password"
            type="password"
            label={t("link.newPassword")}
            hint={t("link.hint")}
            answer={answer}
            autoComplete="new-password"
            required
          />
          <p className="row">
            <Submit primary>{t("link.submit")}</Submit>
          </p>
        </Form>
      </main>
    </>
  );
}

/** Where a one-time link leads: choose a password, and be signed in. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { findFollowable, followLink } from "#app/commands/follow-link.ts";
import { ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { addressOf } from "#app/rules/people.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { field, formAnswer, formOf, refusalResponse } from "#app/routes/answers.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("signIn", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const now = context.now();
  const found = await findFollowable(context.db.read, { token: params.token ?? "", now });
  if (!found) return data({ link: null }, { status: 404 });
  const { link, person } = found;
  return data({ link: { purpose: link.purpose, name: person.name, email: addressOf(person) } });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("signIn", context.viewer, { kind: "installation" })]);
  const password = String(form.get("password") ?? "");
  const who = { name: field(form, "name"), email: field(form, "email") };
  const done = await followLink(context, { token: params.token ?? "", password, ...who });
  if (isRefusal(done)) return formAnswer(done, form);
  const entered = await context.signIn.withPassword(request, {
    email: done.email,
    password,
    to: "/",
    proven: true,
  });
  // The password is set and the link used up: when too many sign in at once, by the usual door.
  return isRefusal(entered) ? redirect("/sign-in") : entered;
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.welcome");

export default function OneTimeLink() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
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
        <PageHead title={link.email === null ? t("link.first") : t("link.title", { name: link.name })} />
        <Form method="post" className="form sheet" replace>
          <ErrorSummary answer={answer} note={t("link.again")} />
          {link.email === null ? (
            <>
              <p>{t("link.firstWords")}</p>
              <TextField
                name="name"
                label={t("list.name")}
                answer={answer}
                autoComplete="name"
                maxLength={FIELDS.person.name.longest}
                required
              />
              <TextField
                name="email"
                type="email"
                label={t("list.email")}
                answer={answer}
                autoComplete="username"
                required
              />
            </>
          ) : (
            <>
              <p>
                {link.purpose === "invitation"
                  ? t("link.invitation", { email: link.email })
                  : t(`link.${link.purpose}`)}
              </p>
              <input type="hidden" autoComplete="username" value={link.email} readOnly />
            </>
          )}
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

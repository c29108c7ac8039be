/** One's own account: logins, password, authenticator codes, for whom one acts, how pages look. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { changeOwnPassword } from "#app/commands/change-own-password.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { clearKeptTexts } from "#app/components/editor/clear-kept.ts";
import { Live } from "#app/components/live.tsx";
import { ErrorSummary, Choices, Submit, TextField } from "#app/components/form.tsx";
import { Code, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { checkPassword } from "#app/rules/passwords.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { findPerson } from "#db/stores/person.ts";
import { listSessions } from "#db/stores/session.ts";
import { listEventsOn } from "#db/stores/event.ts";
import { type AccountAct, actsIn } from "./acts.ts";
import { AccountActs } from "./account-acts.tsx";
import { deviceIn } from "./device.ts";
import { Logins } from "./logins.tsx";

function self(context: AppLoadContext): SignedIn | Refusal {
  const { viewer } = context;
  if (viewer.kind === "public") return refuse("sign-in", "sign-in");
  const allowed = may("manageOwnAccount", viewer, { kind: "account", personId: viewer.personId });
  return allowed === true ? viewer : allowed;
}

export async function loader({ context }: LoaderFunctionArgs) {
  const me = self(context);
  if (isRefusal(me)) throw refusalResponse(me);
  const person = await findPerson(context.db.read, me.personId);
  const sessions = new Map((await listSessions(context.db.read)).map((one) => [one.id, one.title]));
  const accountId = person?.accountId ?? null;
  const logins = accountId === null ? [] : await context.accounts.listLogins(accountId);
  const left = accountId === null ? null : await context.accounts.recoveryCodesLeft(accountId);
  const acts: AccountAct[] = actsIn(
    await listEventsOn(context.db.read, { thing: "person", thingId: me.personId }),
  );
  return {
    acts,
    recoveryCodesLeft: left,
    name: me.name,
    email: person?.email ?? null,
    logins: logins.map((login) => ({
      ...login,
      known: deviceIn(login.device),
      isThis: login.loginId === me.loginId,
    })),
    seats: [
      ...me.offices.map((one) => ({
        office: one.office,
        role: null,
        code: null,
        session: sessions.get(one.sessionId) ?? "",
      })),
      ...me.delegates.map((one) => ({
        office: null,
        role: one.role,
        code: one.code,
        session: sessions.get(one.sessionId) ?? "",
      })),
    ],
    theme: context.theme,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const me = self(context);
  if (isRefusal(me)) throw refusalResponse(me);
  const form = await formOf(request, [true]);
  const person = await findPerson(context.db.read, me.personId);
  switch (intentOf(form)) {
    case "end": {
      if (person?.accountId) await context.accounts.signOut(person.accountId, field(form, "login"));
      return redirect("/account");
    }
    case "everywhere":
      return context.signIn.signOutEverywhere(request, "/sign-in");
    case "password": {
      const password = String(form.get("password") ?? "");
      const email = person?.email ?? null;
      if (email === null) return formAnswer(refuse("rule", "person-without-login"), form);
      // Looked at first: what follows ends the login that this page came with.
      const weak = checkPassword(password, { name: me.name, email });
      if (weak) return formAnswer(weak, form);
      const current = String(form.get("current-password") ?? "");
      const { personId } = me;
      const refused = await context.signIn.provePassword(request, { personId, password: current });
      if (refused) return formAnswer(refused, form);
      const done = await changeOwnPassword(context, { password });
      if (isRefusal(done)) return formAnswer(done, form);
      const again = await context.signIn.withPassword(request, { email, password, to: "/account?changed=1" });
      return isRefusal(again) ? redirect("/sign-in") : again;
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.account");

export default function Account() {
  const { name, email, logins, seats, theme, acts, recoveryCodesLeft } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given ? given : undefined;
  const { t } = useTranslation("people");
  const isChanged = useSearchParams()[0].has("changed") && !answer;
  return (
    <>
      <Live topics={["account"]} />
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead title={name} under={email ?? t("account.exercise")}>
          <Form method="post" action="/sign-out" onSubmit={clearKeptTexts}>
            <button className="btn primary">{t("account.signOut")}</button>
          </Form>
        </PageHead>
        <section className="sheet">
          <h2 className="h2">{t("account.seats")}</h2>
          {seats.length === 0 ? <p className="cap">{t("account.noSeats")}</p> : null}
          <ul className="tree">
            {seats.map((seat, index) => (
              <li key={`${seat.session}-${index}`}>
                <div className="topic-row">
                  <span>
                    {seat.code ? <Code>{seat.code}</Code> : null}{" "}
                    {seat.office ? t(`chrome:office.${seat.office}`) : null}
                    {seat.role ? t(`chrome:role.${seat.role}`) : null}
                  </span>
                  <bdi className="cap">{seat.session}</bdi>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <Logins logins={logins} />
        <AccountActs acts={acts} />
        {email ? (
          <section className="sheet" aria-labelledby="codes">
            <h2 className="h2" id="codes">
              {t("codes.title")}
            </h2>
            <p>
              {recoveryCodesLeft === null ? t("codes.isOff") : t("codes.isOn", { count: recoveryCodesLeft })}
            </p>
            <p className="row acts">
              <Link className="btn" to="/account/codes">
                {recoveryCodesLeft === null ? t("codes.begin.title") : t("codes.manage")}
              </Link>
            </p>
          </section>
        ) : null}
        {email ? (
          <Form method="post" className="sheet form">
            <h2 className="h2">{t("account.changePassword")}</h2>
            {isChanged ? <p role="status">{t("account.changed")}</p> : null}
            <ErrorSummary answer={answer} note={t("link.again")} />
            <input type="hidden" autoComplete="username" value={email} readOnly />
            <TextField
              name="current-password"
              type="password"
              label={t("account.currentPassword")}
              answer={answer}
              autoComplete="current-password"
              required
            />
            <TextField
              name="password"
              type="password"
              label={t("account.newPassword")}
              hint={t("link.hint")}
              answer={answer}
              autoComplete="new-password"
              required
            />
            <p className="row">
              <Submit intent="password">{t("account.changePassword")}</Submit>
            </p>
          </Form>
        ) : null}
        <Form method="post" action="/settings" className="sheet form" reloadDocument>
          <h2 className="h2">{t("chrome:display.legend")}</h2>
          <Choices
            name="theme"
            label={t("chrome:display.theme")}
            kind="one"
            chosen={[theme.theme]}
            choices={(["system", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`chrome:display.${value}`),
            }))}
          />
          <label className="row">
            <input type="checkbox" name="large" value="1" defaultChecked={theme.large} />{" "}
            {t("chrome:display.large")}
          </label>
          <p className="row">
            <button className="btn">{t("chrome:display.apply")}</button>
            <Link className="link" to="/">
              {t("errors:back")}
            </Link>
          </p>
        </Form>
      </main>
    </>
  );
}

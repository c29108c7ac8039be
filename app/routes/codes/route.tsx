/** One's own authenticator codes: turned on and off, recovery codes made anew. What is secret is in answers alone. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { AppLoadContext, CodesSetup } from "#app/commands/context.ts";
import { beginCodes, renewRecoveryCodes, turnOffCodes, turnOnCodes } from "#app/commands/own-codes.ts";
import { ErrorSummary } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse, statusOf } from "#app/rules/refusal.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  refusalResponse,
  typedIn,
  unknownIntent,
} from "#app/routes/answers.ts";
import { findInstallation } from "#db/stores/installation.ts";
import { findPerson } from "#db/stores/person.ts";
import { OwnForm } from "./own-forms.tsx";
import { drawQr } from "./qr.ts";
import { RecoverySheet } from "./recovery-sheet.tsx";
import { type Setup, SetupSheet } from "./setup-sheet.tsx";

function self({ viewer }: AppLoadContext): SignedIn | Refusal {
  if (viewer.kind === "public") return refuse("sign-in", "sign-in");
  const allowed = may("manageOwnAccount", viewer, { kind: "account", personId: viewer.personId });
  return allowed === true ? viewer : allowed;
}

export async function loader({ context }: LoaderFunctionArgs) {
  const me = self(context);
  if (isRefusal(me)) throw refusalResponse(me);
  const person = await findPerson(context.db.read, me.personId);
  const accountId = person?.accountId ?? null;
  const left = accountId === null ? null : await context.accounts.recoveryCodesLeft(accountId);
  const required = (await findInstallation(context.db.read))?.codesRequiredAt ?? null;
  const isNeeded = required !== null && (me.secretariat || me.offices.length > 0);
  return { email: person?.email ?? null, left, isNeeded, officeRests: me.officeRests === true };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const me = self(context);
  if (isRefusal(me)) throw refusalResponse(me);
  const form = await formOf(request, [true]);
  const password = String(form.get("current-password") ?? "");
  const code = field(form, "code");
  switch (intentOf(form)) {
    case "begin": {
      const setup = await beginCodes(context, { request, password });
      return isRefusal(setup) ? formAnswer(setup, form) : data({ setup: drawn(setup) });
    }
    case "confirm": {
      const on = await turnOnCodes(context, { request, code });
      if (!isRefusal(on)) {
        const headers = new Headers();
        for (const cookie of on.cookies) headers.append("Set-Cookie", cookie);
        return data({ recoveryCodes: on.recoveryCodes }, { headers });
      }
      const begun = context.signIn.codes.begun(me.loginId);
      if (begun === null) return formAnswer(on, form);
      // The drawing stays in front of whoever mistyped the code.
      const again = { refusal: on, typed: typedIn(form), setup: drawn(begun) };
      return data(again, { status: statusOf(on.kind) });
    }
    case "renew": {
      const renewed = await renewRecoveryCodes(context, { request, password });
      return isRefusal(renewed) ? formAnswer(renewed, form) : data({ recoveryCodes: renewed.recoveryCodes });
    }
    case "off": {
      const refused = await turnOffCodes(context, { request, password, code });
      return refused ? formAnswer(refused, form) : redirect("/account/codes?off=1");
    }
    default:
      return unknownIntent();
  }
}

function drawn({ address, secret }: CodesSetup): Setup {
  return { address, secret, qr: drawQr(address) };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.codes");

export default function OwnCodes() {
  const { email, left, isNeeded, officeRests } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given ? given : undefined;
  const setup = given && "setup" in given ? given.setup : null;
  const recoveryCodes = given && "recoveryCodes" in given ? given.recoveryCodes : null;
  const { t } = useTranslation("people");
  const isOff = useSearchParams()[0].has("off") && left === null && !given;
  return (
    <>
      <Live topics={["account"]} />
      <SiteBar />
      <main className="page narrow" id="content">
        <PageHead
          title={t("codes.title")}
          under={left === null ? t("codes.isOff") : t("codes.isOn", { count: left })}
        >
          <Link className="btn no-print" to="/account">
            {t("codes.back")}
          </Link>
        </PageHead>
        {isOff ? <p role="status">{t("codes.turnedOff")}</p> : null}
        {officeRests && !recoveryCodes ? <p>{t("codes.officeRests")}</p> : null}
        {recoveryCodes ? <RecoverySheet codes={recoveryCodes} email={email ?? ""} /> : null}
        {answer && !setup && answer.typed["intent"] === "confirm" ? (
          <ErrorSummary answer={answer} note={null} />
        ) : null}
        {email === null ? <p>{t("account.exercise")}</p> : null}
        {setup ? <SetupSheet setup={setup} answer={answer} /> : null}
        {email !== null && left === null && !setup && !recoveryCodes ? (
          <OwnForm intent="begin" email={email} answer={answer} primary />
        ) : null}
        {email !== null && left !== null && !setup && !recoveryCodes ? (
          <>
            <OwnForm intent="renew" email={email} answer={answer} />
            <OwnForm intent="off" email={email} answer={answer} isNeeded={isNeeded} />
          </>
        ) : null}
      </main>
    </>
  );
}

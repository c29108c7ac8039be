/** In place of a page that cannot be shown: what happened, what to do, and the words that somebody had typed. */
import { Link, isRouteErrorResponse, useLocation, useRouteError } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { KeptWords } from "#app/components/editor/kept-words.tsx";
import { useRefusals } from "#app/components/message.ts";
import { SiteBar } from "#app/components/site-bar.tsx";
import { WroteBack } from "#app/components/typed-words.tsx";
import { isRefusal } from "#app/rules/refusal.ts";
import type { NotThere } from "#app/routes/answers.ts";

export function NotShown() {
  const error = useRouteError();
  const { t } = useTranslation("errors");
  const { say } = useRefusals();
  // A text that has ceased to be theirs: words that were never taken are on this device, and offered here.
  const { pathname } = useLocation();
  const textId = /\/texts\/([\w-]+)/.exec(pathname)?.[1];
  const refusal: NotThere | null = isRouteErrorResponse(error) && isRefusal(error.data) ? error.data : null;
  const title =
    refusal?.kind === "not-found" || (isRouteErrorResponse(error) && error.status === 404)
      ? t("notThereTitle")
      : refusal
        ? t("heading")
        : t("brokenTitle");
  return (
    <>
      <SiteBar />
      <main className="page narrow" id="content">
        <div className="page-head">
          <h1>{title}</h1>
        </div>
        <p>{refusal ? say(refusal) : title === t("notThereTitle") ? t("refusal.not-there") : t("broken")}</p>
        <WroteBack key={pathname} wrote={refusal?.wrote} />
        {textId && refusal?.kind === "not-found" ? <KeptWords textId={textId} /> : null}
        <p className="row">
          <Link className="btn primary" to={refusal?.kind === "sign-in" ? "/sign-in" : "/"}>
            {refusal?.kind === "sign-in" ? t("chrome:nav.signIn") : t("back")}
          </Link>
        </p>
      </main>
    </>
  );
}

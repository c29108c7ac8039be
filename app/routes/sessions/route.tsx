/** The sessions of the body: where everybody begins. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { Days } from "#app/components/when.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { refusalResponse } from "#app/routes/answers.ts";
import { listSessions } from "#db/stores/session.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  const allowed = may("listSessions", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  return {
    sessions: await listSessions(context.db.read),
    mayCreate: may("createSession", context.viewer, { kind: "installation" }) === true,
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.sessions");

export default function Sessions() {
  const { sessions, mayCreate } = useLoaderData<typeof loader>();
  const { t } = useTranslation("session");
  const create = { to: "/sessions/new", label: t("list.create") };
  return (
    <>
      <Live topics={["sessions"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead title={t("list.title")}>
          {mayCreate && sessions.length > 0 ? (
            <Link className="btn primary" to={create.to}>
              {create.label}
            </Link>
          ) : null}
        </PageHead>
        {sessions.length === 0 ? (
          <Empty act={mayCreate ? create : undefined}>
            {mayCreate ? t("list.noneSecretariat") : t("list.none")}
          </Empty>
        ) : (
          <ul className="sheet tree">
            {sessions.map((session) => (
              <li key={session.id}>
                <div className="topic-row">
                  <Link className="serif" to={`/sessions/${session.id}`}>
                    <b>{session.title}</b>
                  </Link>
                  <span className="cap">
                    <Days from={session.from} to={session.to} />
                    {t("chrome:comma")}
                    <bdi>{session.venue}</bdi> · {t(`kind.${session.kind}`)}
                    {session.exercise ? ` · ${t("list.exercise")}` : ""}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        )}
      </main>
    </>
  );
}

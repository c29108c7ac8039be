/** Ours only: everything that a delegation has not released, for its own people and nobody else. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { DraftList } from "#app/components/record/draft-list.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listPositionDrafts } from "#db/stores/position-draft.ts";
import { listOwnProposalDrafts } from "#db/stores/proposal-draft.ts";
import { listStatementDrafts } from "#db/stores/statement-draft.ts";
import { saidIn } from "#app/routes/said.ts";
import { openDrafts } from "./seats.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { session, seats } = await openDrafts(context, params);
  const db = context.db.read;
  const agenda = await listAgenda(db, session.id);
  const delegations = [];
  for (const seat of seats) {
    const positions = await listPositionDrafts(db, seat.delegationId);
    const statements = await listStatementDrafts(db, seat.delegationId);
    const proposals = await listOwnProposalDrafts(db, seat.delegationId);
    delegations.push({
      ...seat,
      positions: positions.map(({ id, topicTitle, summary, editedByName, editedAt, edition }) => ({
        id,
        title: topicTitle,
        words: summary,
        editedByName,
        editedAt,
        edition,
      })),
      statements: statements.map(({ id, title, itemId, itemTitle, editedByName, editedAt, edition }) => ({
        id,
        title,
        words: `${fullNumber(agenda, itemId)} ${itemTitle}`,
        editedByName,
        editedAt,
        edition,
      })),
      proposals: proposals.map(
        ({ id, textTitle, wording, reason, editedByName, editedAt, edition, reviewedAt }) => ({
          id,
          title: textTitle,
          words: wording === "" ? reason : wording,
          editedByName,
          editedAt,
          edition,
          isReviewed: reviewedAt !== null,
        }),
      ),
    });
  }
  const done = saidIn(context, request)["done"];
  return {
    sessionId: session.id,
    zone: session.timeZone,
    delegations,
    done: done === "discarded" ? done : null,
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.drafts");

export default function DraftsPage() {
  const { sessionId, zone, delegations, done } = useLoaderData<typeof loader>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}/drafts`;
  return (
    <main className="page" id="content">
      <Live topics={["drafts"]} />
      {done ? (
        <p className="done" role="status">
          <Icon name="check" /> {t(`drafts.${done}`)}
        </p>
      ) : null}
      {delegations.map((seat) => {
        const { delegationId, name, code, mayDraft, mayRelease, heads, positions, statements, proposals } =
          seat;
        const to = (kind: "positions" | "statements") => `${base}/${kind}/new?delegation=${delegationId}`;
        return (
          <section key={delegationId} className="ours-only" aria-label={name}>
            <PageHead
              title={
                <>
                  <Icon name="private" /> {t("drafts.title")} <Code>{code}</Code>
                </>
              }
              under={t("drafts.under", { delegation: name })}
            >
              <Link className="btn" to={`/sessions/${sessionId}/notes`}>
                {t("notes:title")}
              </Link>
              {mayDraft ? (
                <>
                  <Link className="btn" to={to("positions")}>
                    {t("drafts.newPosition")}
                  </Link>
                  <Link className="btn primary" to={to("statements")}>
                    {t("drafts.newStatement")}
                  </Link>
                </>
              ) : null}
            </PageHead>
            {mayDraft ? null : <p className="cap">{t("drafts.reader")}</p>}
            {positions.length + statements.length + proposals.length === 0 ? (
              <Empty>{t("drafts.none")}</Empty>
            ) : (
              <>
                <DraftList
                  title={t("drafts.statements")}
                  none={t("drafts.noStatements")}
                  drafts={statements}
                  base={`${base}/statements`}
                  zone={zone}
                  mayRelease={mayRelease}
                />
                <DraftList
                  title={t("drafts.proposals")}
                  none={t("drafts.noProposals")}
                  drafts={proposals.map(({ isReviewed, ...draft }) =>
                    isReviewed ? draft : { ...draft, waits: t("drafts.notReviewed") },
                  )}
                  base={`${base}/proposals`}
                  zone={zone}
                  mayRelease={mayRelease}
                />
                <DraftList
                  title={t("drafts.positions")}
                  none={t("drafts.noPositions")}
                  drafts={positions}
                  base={`${base}/positions`}
                  zone={zone}
                  mayRelease={mayRelease}
                />
              </>
            )}
            {mayRelease ? null : (
              <p className="cap">
                {heads.length === 0
                  ? t("drafts.noHead")
                  : t("drafts.headReleases", { head: heads.join(t("chrome:comma")) })}
              </p>
            )}
          </section>
        );
      })}
    </main>
  );
}

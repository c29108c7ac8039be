/** What delegations have proposed on a text; for a delegation first its own, with what it prepares. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { findProposalText } from "#app/commands/proposal-ground.ts";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { type ProposalLine, ProposalList } from "#app/components/proposal/proposal-list.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { When } from "#app/components/when.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { notThere } from "#app/routes/answers.ts";
import { openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { listProposals } from "#db/stores/proposal.ts";
import { listProposalDrafts } from "#db/stores/proposal-draft.ts";
import { proposalLine } from "./lines.ts";
import { mayPropose } from "./may-propose.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readText");
  const { text } = open;
  const { language, viewer } = context;
  const db = context.db.read;
  const found = await findProposalText(db, viewer, text.id);
  if (!found) throw notThere();
  const rows = await listProposals(db, { reader: found.reader, language });
  const held = viewer.kind === "person" ? viewer.delegates : [];
  const own = held.filter(({ sessionId }) => sessionId === text.sessionId);
  const readers = own
    .map(({ delegationId }) => delegationId)
    .filter(
      (delegationId) =>
        may("readDrafts", viewer, { kind: "delegation", sessionId: text.sessionId, delegationId }) === true,
    );
  const drafts = await listProposalDrafts(db, { textId: text.id, delegationIds: readers });
  const isOwn = ({ delegationId }: { readonly delegationId: string }) => readers.includes(delegationId);
  const isAsked = (row: (typeof rows)[number]) =>
    row.state === "released" &&
    row.sponsorIds.some(
      (id) => readers.includes(id) && !row.sponsors.some(({ delegationId }) => delegationId === id),
    );
  return {
    text: {
      id: text.id,
      sessionId: text.sessionId,
      title: text.title,
      language: text.language,
      zone: text.timeZone,
    },
    pages: pagesOf(context, open, await seenVersions(context, open)),
    own: rows.filter(isOwn).map(proposalLine),
    asked: rows.filter(isAsked).map(proposalLine),
    others: rows.filter((row) => !isOwn(row)).map(proposalLine),
    drafts: drafts.map(({ id, kind, basis, wording, reason, editedAt, reviewedAt }) => ({
      id,
      kind,
      label: basis.paragraph?.label ?? "",
      words: wording === "" ? reason : wording,
      isReviewed: reviewedAt !== null,
      at: editedAt,
    })),
    isDelegation: readers.length > 0,
    proposes: mayPropose(viewer, text.sessionId),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.proposals", { text: data.text.title })
    : titleOf({ matches }, null);

export default function ProposalsPage() {
  const { text, pages, own, asked, others, drafts, isDelegation, proposes } = useLoaderData<typeof loader>();
  const { t } = useTranslation("proposals");
  const session = `/sessions/${text.sessionId}`;
  const part = (id: string, title: string, lines: readonly ProposalLine[]) =>
    lines.length === 0 ? null : (
      <section className="part" aria-labelledby={id}>
        <div className="part-head">
          <h2 id={id}>{title}</h2>
          <span className="count">{lines.length}</span>
        </div>
        <ProposalList proposals={lines} base={pages.base} zone={text.zone} language={text.language} />
      </section>
    );
  const propose = `${session}/drafts/proposals/new?text=${text.id}`;
  return (
    <div className="text-room plain">
      <Live topics={[`proposals:${text.id}`, "drafts"]} />
      <Docbar title={text.title} under={[]} pages={pages} />
      <main className="page" id="content">
        <PageHead isPart title={t("title")} under={t("under")}>
          {proposes ? (
            <Link className="btn primary" to={propose}>
              {t("propose")}
            </Link>
          ) : null}
        </PageHead>
        {own.length + others.length + drafts.length === 0 ? (
          <Empty act={proposes ? { to: propose, label: t("propose") } : undefined}>{t("none")}</Empty>
        ) : null}
        {drafts.length === 0 ? null : (
          <section className="part ours-only" aria-labelledby="ours">
            <div className="part-head">
              <h2 id="ours">
                <Icon name="private" /> {t("ours")}
              </h2>
              <span className="count">{drafts.length}</span>
            </div>
            <p className="cap">{t("oursHint")}</p>
            <ul className="doc-list">
              {drafts.map((draft) => (
                <li key={draft.id} className="draft-line">
                  <div>
                    <Link className="entity-name" to={`${session}/drafts/proposals/${draft.id}`}>
                      {t(`kind.${draft.kind}`)} <bdi>{draft.label}</bdi>
                    </Link>
                    <p className="lead-words" lang={text.language} dir="auto">
                      {draft.words}
                    </p>
                    <p className="cap">
                      {t(draft.isReviewed ? "state.reviewed" : "state.draft")} ·{" "}
                      <When at={draft.at} zone={text.zone} />
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
        {part("asked", t("asked"), asked)}
        {part("own", t("received"), own)}
        {part("all", t(isDelegation ? "all" : "title"), others)}
      </main>
    </div>
  );
}

/** One proposal as it was released, with what became of it; those it concerns sponsor it or take it back. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, redirect, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { confirmSponsorship, withdrawProposal } from "#app/commands/withdraw-proposal.ts";
import { Confirm } from "#app/components/confirm.tsx";
import { ErrorSummary, Submit, WordsField } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, PageHead } from "#app/components/page.tsx";
import { ProposalSheet, useSays } from "#app/components/proposal/proposal-sheet.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { When } from "#app/components/when.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import { titleOf } from "#app/i18n/title.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { openForm, openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { loadProposal } from "./load.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readText");
  const { text } = open;
  const proposal = await loadProposal(context, open, params["proposal"] ?? "");
  return {
    text: { id: text.id, sessionId: text.sessionId, title: text.title, zone: text.timeZone },
    kindName: createTranslator(context.language).t(`proposals:kind.${proposal.sheet.kind}`),
    pages: pagesOf(context, open, await seenVersions(context, open)),
    ...proposal,
    done: saidIn(context, request)["done"] ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.proposal", {
        entity: data.entityName,
        kind: data.kindName,
        text: data.text.title,
      })
    : titleOf({ matches }, null);

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, [
    "withdrawProposal",
    "sponsorProposal",
  ]);
  const which = { textId: text.id, proposalId: params["proposal"] ?? "" };
  const intent = intentOf(form);
  const act = () => {
    switch (intent) {
      case "withdraw":
        return withdrawProposal(context, { ...which, reason: String(form.get("reason") ?? "") });
      case "sponsor":
        return confirmSponsorship(context, { ...which, delegationId: field(form, "delegation") });
      default:
        return null;
    }
  };
  const result = await act();
  if (result === null) return unknownIntent();
  if (isRefusal(result)) return formAnswer(result, form, ["reason"]);
  const here = `/sessions/${text.sessionId}/texts/${text.id}/proposals/${which.proposalId}`;
  return redirect(withSaid(context, here, { done: intent }));
}

const DONE: Readonly<Record<string, string>> = { withdraw: "withdrawnNow", sponsor: "sponsored" };

export default function ProposalPage() {
  const data = useLoaderData<typeof loader>();
  const { text, pages, sheet, state, withdrawal, asks, done } = data;
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given ? given : undefined;
  const answerTo = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const [search] = useSearchParams();
  const { t } = useTranslation("proposals");
  const says = useSays();
  const base = `${pages.base}/proposals`;
  const here = `${base}/${data.id}`;
  const isAsked = search.get("confirm") === "withdraw" || answerTo("withdraw") !== undefined;
  const said = DONE[done ?? ""];
  return (
    <div className="text-room plain">
      <Live topics={[`proposals:${text.id}`]} />
      <Docbar title={text.title} under={[t("title")]} pages={pages} />
      <main className="page narrow" id="content">
        <p className="crumbs">
          <Link to={base}>{t("all")}</Link>
        </p>
        <PageHead
          isPart
          title={
            <>
              {says(data.entityName, sheet)} <Code>{data.entityCode}</Code>
            </>
          }
          under={
            <>
              {t(`state.${state}`)} · <When at={data.releasedAt} zone={text.zone} />
            </>
          }
        />
        {said && !answer ? <output className="done">{t(said)}</output> : null}
        {withdrawal === null ? null : (
          <p className="done">
            <Icon name="alert" /> {t("withdrawn")} <q dir="auto">{withdrawal.reason}</q>{" "}
            <When at={withdrawal.withdrawnAt} zone={text.zone} />
          </p>
        )}
        {data.supersededBy === null ? null : (
          <p className="done">
            <Icon name="alert" /> {t("newer")}. <Link to={`${base}/${data.supersededBy}`}>{t("read")}</Link>
          </p>
        )}
        {data.supersedes === null ? null : (
          <p className="cap">
            {t("instead")} <Link to={`${base}/${data.supersedes}`}>{t("read")}</Link>
          </p>
        )}
        {isAsked && (data.mayWithdraw || answer) ? (
          <Confirm
            title={t("withdrawTitle")}
            says={[t("withdrawWhat")]}
            intent="withdraw"
            values={{}}
            yes={data.mayWithdraw ? t("withdrawNow") : null}
            no={t("record:draft.notYet")}
            back={here}
            answer={answerTo("withdraw")}
            fields={
              <WordsField
                name="reason"
                label={t("withdrawReason")}
                maxLength={FIELDS.proposalWithdrawal.reason.longest}
                answer={answerTo("withdraw")}
                required
              />
            }
          />
        ) : null}
        {asks === null && answerTo("sponsor") === undefined ? null : (
          <section className="block" aria-labelledby="asked">
            <h2 id="asked" className="h2">
              {t("askedYou")}
            </h2>
            <ErrorSummary answer={answerTo("sponsor")} />
            <p className="cap">{t("sponsorHint")}</p>
            {asks?.maySponsor ? (
              <Form method="post" className="form">
                <div>
                  <Submit intent="sponsor" primary values={{ delegation: asks.delegationId }}>
                    {t("sponsor")}
                  </Submit>
                </div>
              </Form>
            ) : null}
          </section>
        )}
        <article className="sheet">
          <ProposalSheet
            proposal={{
              ...sheet,
              bridges: sheet.bridges.map((one) => ({ ...one, to: `${base}/${one.to}` })),
            }}
            level={2}
          />
        </article>
        <p className="row wrap no-print">
          {data.paragraphId === null ? null : (
            <Link className="btn" to={`${pages.base}/paragraphs/${data.paragraphId}`}>
              {t("toParagraph")}
            </Link>
          )}
          {data.mayDraft && state === "released" ? (
            <Link
              className="btn"
              to={`/sessions/${text.sessionId}/drafts/proposals/new?text=${text.id}&supersedes=${data.id}`}
            >
              {t("supersede")}
            </Link>
          ) : null}
          {data.mayWithdraw && !isAsked ? (
            <Link className="btn quiet" to={`${here}?confirm=withdraw`}>
              {t("withdraw")}
            </Link>
          ) : null}
        </p>
      </main>
    </div>
  );
}

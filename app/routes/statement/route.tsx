/** One statement as it was released: its words, for whom it was made, who aligned, and what became of it. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ChoiceField, ErrorSummary, Submit } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Marked } from "#app/components/marks.tsx";
import { PageHead } from "#app/components/page.tsx";
import { NotePart } from "#app/components/record/note-part.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { SpokenTime } from "#app/components/record/spoken-time.tsx";
import { StatementFile } from "#app/components/record/statement-file.tsx";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { When } from "#app/components/when.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { loadStatement, openStatement } from "./load.ts";
import { SpokenToList } from "./spoken-to-list.tsx";

export async function loader({ context, params }: LoaderFunctionArgs) {
  return loadStatement(context, params);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session, found, mayDeliver, mayCorrect } = await openStatement(context, params);
  const form = await formOf(request, [mayDeliver, mayCorrect]);
  const which = { sessionId: session.id, statementId: found.id };
  switch (intentOf(form)) {
    case "deliver": {
      const done = await deliverStatement(context, { ...which, meetingId: field(form, "meeting") });
      return isRefusal(done)
        ? formAnswer(done, form)
        : redirect(`/sessions/${session.id}/statements/${found.id}`);
    }
    case "correct": {
      const done = await correctStatement(context, which);
      return isRefusal(done)
        ? formAnswer(done, form)
        : redirect(`/sessions/${session.id}/drafts/statements/${done.draftId}`);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.statement", {
        entity: data.statement.entityName,
        name: data.statement.title,
      })
    : titleOf({ matches }, null);

type Data = Awaited<ReturnType<typeof loadStatement>>;

export default function StatementPage() {
  const data = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { sessionId, zone, statement, item, alignment, meetings, mayCorrect } = data;
  const { t } = useTranslation("record");
  const [search] = useSearchParams();
  const asked = search.get("confirm") === "deliver" ? search.get("meeting") : null;
  const delivering = meetings?.find(({ id }) => id === asked) ?? null;
  const base = `/sessions/${sessionId}`;
  return (
    <main className="page narrow" id="content">
      <Live topics={["statements"]} />
      <p className="crumbs">
        <Link to={`${base}/statements`}>{t("statement.all")}</Link> ·{" "}
        <Link to={`${base}/agenda/${item.id}`}>
          {t("statement.under", { number: item.number })}
          {t("chrome:comma")}
          <bdi>{item.title}</bdi>
        </Link>
      </p>
      <PageHead
        title={
          <span lang={statement.language} dir="auto">
            <Marked>{statement.title}</Marked>
          </span>
        }
        under={
          <>
            <EntityName id={statement.entityId} name={statement.entityName} code={statement.entityCode} /> ·{" "}
            {t("statement.released")} <When at={statement.releasedAt} zone={zone} />
            {statement.meetingNumber === null ? null : (
              <>, {t("statements.meeting", { number: statement.meetingNumber })}</>
            )}
            {t("chrome:comma")}
            {t("statement.language", { language: t(`language.${statement.language}`) })} ·{" "}
            <SpokenTime seconds={statement.seconds} />
          </>
        }
      />
      {delivering === null ? <ErrorSummary answer={answer} /> : null}
      <Fate data={data} />
      {meetings === null ? null : delivering === null ? (
        <DeliverForm meetings={meetings} answer={answer} />
      ) : (
        <ConfirmDelivery
          meeting={delivering}
          isEmbargoed={statement.isEmbargoed}
          here={`${base}/statements/${statement.id}`}
          answer={answer}
        />
      )}
      <article className="sheet">
        <StatementPaper
          language={statement.language}
          blocks={statement.blocks}
          alignment={alignment}
          anchored
        />
        {statement.file === null ? null : (
          <StatementFile id="file" file={statement.file} to={`${base}/statements/${statement.id}/file`} />
        )}
      </article>
      <NotePart own={data.ownNote} zone={zone} />
      <SpokenToList topics={data.topics} texts={data.spokenTo} base={base} />
      {mayCorrect ? (
        <Form method="post" className="row wrap">
          <Submit intent="correct">{t("statement.correct")}</Submit>
          <span className="cap">{t("statement.correctHint")}</span>
        </Form>
      ) : null}
      <p className="cap">
        {t("statement.hash")} <bdi className="hash">{statement.contentHash}</bdi>
      </p>
    </main>
  );
}

/** Whether it was delivered, who sees it until then, and what it corrects or what corrects it. */
function Fate({ data }: { readonly data: Data }) {
  const { t } = useTranslation("record");
  const { sessionId, zone, statement, corrects, correctedBy } = data;
  const to = (id: string) => `/sessions/${sessionId}/statements/${id}`;
  const { delivery } = statement;
  return (
    <>
      {correctedBy === null ? null : (
        <p className="done" role="status">
          <Icon name="alert" /> {t("statement.isCorrected")}{" "}
          <q lang={statement.language} dir="auto">
            {correctedBy.correction}
          </q>{" "}
          <Link to={to(correctedBy.id)}>
            {t("statement.readCorrected")}{" "}
            <span lang={correctedBy.language} dir="auto">
              {correctedBy.title}
            </span>
          </Link>
        </p>
      )}
      {statement.correction === null ? null : (
        <p className="done">
          <Icon name="check" /> {t("statement.corrects")} <bdi>{statement.correction}</bdi>{" "}
          {corrects === null ? null : (
            <Link to={to(corrects.id)}>
              {t("statement.readBefore")}{" "}
              <span lang={corrects.language} dir="auto">
                {corrects.title}
              </span>
            </Link>
          )}
        </p>
      )}
      {statement.isEmbargoed ? (
        <p className="done">
          <Icon name="private" /> {t("statement.embargoed", { entity: statement.entityName })}
        </p>
      ) : null}
      {delivery === null ? null : (
        <p>
          <Icon name="check" />{" "}
          {t("statement.delivered", {
            number: delivery.meetingNumber,
            mode: t(`statement.mode.${delivery.mode}`),
          })}{" "}
          <When at={delivery.deliveredAt} zone={zone} />
        </p>
      )}
    </>
  );
}

type DeliverProps = {
  readonly meetings: readonly { readonly id: string; readonly number: number; readonly mode: string }[];
  readonly answer: Answer;
};

/** For those who preside: that it was delivered, and in which meeting. */
function DeliverForm({ meetings, answer }: DeliverProps) {
  const { t } = useTranslation("record");
  if (meetings.length === 0) return <p className="cap">{t("statement.noMeetingYet")}</p>;
  return (
    <Form method="get" className="form sheet" preventScrollReset>
      <input type="hidden" name="confirm" value="deliver" />
      <ChoiceField
        name="meeting"
        label={t("statement.deliverIn")}
        hint={t("statement.deliverHint")}
        answer={answer}
        choices={meetings.map(({ id, number, mode }) => ({
          value: id,
          label: t("statement.meetingMode", { number, mode: t(`statement.mode.${mode}`) }),
        }))}
        required
      />
      <p>
        <button type="submit" className="btn primary">
          {t("statement.deliver")}
        </button>
      </p>
    </Form>
  );
}

/** Asks once more: a delivery stays on record, and ends an embargo at once. */
function ConfirmDelivery({
  meeting,
  isEmbargoed,
  here,
  answer,
}: {
  readonly meeting: DeliverProps["meetings"][number];
  readonly isEmbargoed: boolean;
  readonly here: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("record");
  const { id, number, mode } = meeting;
  return (
    <Confirm
      title={t("statement.deliverTitle", { number })}
      says={[
        ...(isEmbargoed ? [t("statement.deliverEmbargo")] : []),
        t("statement.deliverForever", { number, mode: t(`statement.mode.${mode}`) }),
      ]}
      intent="deliver"
      values={{ meeting: id }}
      yes={t("statement.deliverNow")}
      no={t("draft.notYet")}
      back={here}
      answer={answer}
    />
  );
}

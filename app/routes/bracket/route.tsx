/** One square bracket: its words, who stands where on it and since when, and the forms to say so. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, redirect, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { answerStance } from "#app/commands/answer-stance.ts";
import { liftBracket } from "#app/commands/lift-bracket.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { setStance } from "#app/commands/set-stance.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { StanceHistory, StanceLines } from "#app/components/text/stance-lines.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { VIEWS } from "#app/rules/bracket-stances.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { openForm, openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { AnswerForms, LiftForm, OwnForms, RecordForm } from "./forms.tsx";
import { loadBracket } from "./load.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readText");
  const bracketId = params["bracket"] ?? "";
  const asked = new URL(request.url).searchParams.get("for") ?? "";
  const shown = await loadBracket(context, open, { bracketId, asked });
  const { text } = open;
  return {
    text: { id: text.id, title: text.title, language: text.language, zone: text.timeZone },
    pages: pagesOf(context, open, await seenVersions(context, open)),
    bracketId,
    ...shown,
    done: saidIn(context, request)["done"] ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.bracket", { text: data.text.title })
    : titleOf({ matches }, null);

function stanceIn(form: FormData) {
  return {
    asks: field(form, "asks") === "yes",
    view: VIEWS.find((view) => view === field(form, "view")) ?? "none",
    reason: field(form, "reason"),
    over: field(form, "over") || null,
    exceptions: form.getAll("exceptions").filter((id) => typeof id === "string"),
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, [
    "setStance",
    "recordStance",
    "liftBracket",
  ]);
  const which = { textId: text.id, bracketId: params["bracket"] ?? "" };
  const [kind = "", id = ""] = field(form, "party").split(":");
  const reason = field(form, "reason");
  const stanceId = field(form, "stance");
  const act = async () => {
    switch (intentOf(form)) {
      case "set-stance":
        return setStance(context, { ...which, ...stanceIn(form), groupId: kind === "group" ? id : null });
      case "record-stance":
        return recordStance(context, {
          ...which,
          ...stanceIn(form),
          party: { kind: kind === "group" ? "group" : "entity", id },
          meetingId: field(form, "meeting") || null,
          day: field(form, "day"),
        });
      case "confirm":
        return answerStance(context, { ...which, stanceId, answer: "confirmed", reason: "" });
      case "dispute":
        return answerStance(context, { ...which, stanceId, answer: "disputed", reason });
      case "lift":
        return liftBracket(context, which);
      default:
        return null;
    }
  };
  const result = await act();
  if (result === null) return unknownIntent();
  if (isRefusal(result)) return formAnswer(result, form);
  // The panel of the text asks for its data anew by itself.
  if (field(form, "stay") === "yes") return { done: intentOf(form) };
  const here = `/sessions/${text.sessionId}/texts/${text.id}/brackets/${which.bracketId}`;
  return redirect(withSaid(context, here, { done: intentOf(form) }));
}

const DONE = ["set-stance", "record-stance", "confirm", "dispute", "lift"] as const;

export default function BracketPage() {
  const { text, pages, bracket, stances, history, done, ...rest } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given ? given : undefined;
  const { t } = useTranslation("text");
  const said = DONE.find((each) => each === done);
  const name = bracket ? t("brackets.one", { number: bracket.number }) : t("brackets.gone");
  return (
    <div className="text-room plain">
      <Live topics={[`brackets:${text.id}`, `stances:${text.id}`, `versions:${text.id}`]} />
      <Docbar title={text.title} under={bracket?.labels ?? []} pages={pages} />
      <main className="page narrow" id="content">
        <PageHead isPart title={name}>
          {bracket ? (
            <Link className="btn" to={`${pages.base}?panel=brackets#p-${bracket.paragraph}`} reloadDocument>
              {t("paragraph.show")}
            </Link>
          ) : null}
        </PageHead>
        {said && !answer ? <output className="done">{t(`brackets.done.${said}`)}</output> : null}
        {bracket ? (
          <p className="wording bracket-words" lang={text.language} dir="auto">
            <span className="b">[</span>
            {bracket.words}
            <span className="b z">]</span>
          </p>
        ) : (
          <p className="cap">{t("brackets.goneLead")}</p>
        )}
        <section className="block" aria-labelledby="stands">
          <h2 id="stands" className="h2">
            {t("brackets.stands")}
          </h2>
          <StanceLines stances={stances} />
        </section>
        <AnswerForms stances={rest.toAnswer} answer={answer} />
        <OwnForms forms={rest.own} answer={answer} />
        {rest.lifting ? <LiftForm {...rest.lifting} answer={answer} /> : null}
        <RecordForm parties={rest.parties} record={rest.record} answer={answer} />
        {history.length === 0 ? null : (
          <section className="block" aria-labelledby="said">
            <h2 id="said" className="h2">
              {t("brackets.history")}
            </h2>
            <StanceHistory stances={history} zone={text.zone} />
          </section>
        )}
      </main>
    </div>
  );
}

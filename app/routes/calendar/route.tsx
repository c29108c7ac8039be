/** The public calendar of the body and its agenda by subject; the secretariat keeps it and makes sessions from it. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { correctCalendarEntry, takeOffCalendar } from "#app/commands/correct-calendar-entry.ts";
import { correctOutline } from "#app/commands/correct-outline.ts";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { CorrectionList } from "#app/components/reference/correction-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { Days } from "#app/components/when.tsx";
import { useHeld } from "#app/components/use-held.ts";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { seenIn } from "#app/routes/reference/form.ts";
import { AddEntry, CorrectEntry, CorrectOutline } from "./entry-forms.tsx";
import { loadCalendarPage } from "./load.ts";
import { OutlineTree } from "./outline-tree.tsx";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  return loadCalendarPage(context, new URL(request.url).searchParams);
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("manageCalendar", context.viewer, { kind: "installation" })]);
  const reason = field(form, "reason");
  const entryId = field(form, "entry");
  // With the entry that is being corrected on the page, unless it was that.
  const here = `/calendar${new URL(request.url).search}`;
  const words = {
    title: field(form, "title"),
    kind: field(form, "kind"),
    from: field(form, "from"),
    to: field(form, "to"),
    venue: field(form, "venue"),
    timeZone: field(form, "zone"),
    note: field(form, "note"),
    reason,
  };
  switch (intentOf(form)) {
    case "add": {
      const done = await correctCalendarEntry(context, { entryId: null, ...words });
      return isRefusal(done) ? formAnswer(done, form) : redirect(here);
    }
    case "correct": {
      const done = await correctCalendarEntry(context, { entryId, ...words, seen: seenIn(form) });
      return isRefusal(done) ? formAnswer(done, form) : redirect("/calendar");
    }
    case "take-off": {
      const done = await takeOffCalendar(context, { entryId, reason });
      return isRefusal(done) ? formAnswer(done, form) : redirect("/calendar");
    }
    case "outline": {
      const typed = form.get("outline");
      const outline = typeof typed === "string" ? typed : "";
      const done = await correctOutline(context, { outline, reason, seen: seenIn(form) });
      return isRefusal(done) ? formAnswer(done, form) : redirect(here);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.calendar");

export default function Calendar() {
  const {
    entries,
    mayManage,
    mayCreate,
    chosen,
    outline,
    outlineLines,
    outlineSeen,
    corrections,
    zones,
    isExercise,
  } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const answerTo = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const { t } = useTranslation("reference");
  const held = useHeld(chosen, useLocation().search);
  return (
    <>
      <Live topics={["calendar", "sessions", "topics"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead
          title={t("calendar.title")}
          under={isExercise ? t("calendar.exercise") : t("calendar.under")}
        />
        {held.shown ? (
          <CorrectEntry
            key={held.shown.id}
            entry={held.shown}
            isGone={held.isGone}
            zones={zones}
            answer={answerTo("correct")}
            answerOff={answerTo("take-off")}
          />
        ) : null}
        <div className="two-columns">
          <div>
            <section className="part" aria-label={t("calendar.title")}>
              {entries.length === 0 ? <Empty>{t("calendar.none")}</Empty> : null}
              <ol className="calendar">
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <h2 className="h2">
                      <bdi>{entry.title}</bdi>
                    </h2>
                    <p>
                      <Days from={entry.from} to={entry.to} />
                      <span className="cap">
                        {t("chrome:comma")}
                        <bdi>{entry.venue}</bdi> · {t(`session:kind.${entry.kind}`)}
                      </span>
                    </p>
                    {entry.note === "" ? null : (
                      <p className="cap">
                        <bdi>{entry.note}</bdi>
                      </p>
                    )}
                    <p className="row wrap">
                      {entry.sessions.map(({ id, title }) => (
                        <Link key={id} className="btn" to={`/sessions/${id}`}>
                          {t("calendar.made")}
                          <span className="vh"> {title}</span>
                        </Link>
                      ))}
                      {mayCreate ? (
                        <Link className="btn" to={`/sessions/new?calendar=${entry.id}`}>
                          {t("calendar.create")}
                          <span className="vh"> {entry.title}</span>
                        </Link>
                      ) : null}
                      {mayManage ? (
                        <Link className="btn quiet" to={`/calendar?entry=${entry.id}#correct-entry`}>
                          {t("correct")}
                          <span className="vh"> {entry.title}</span>
                        </Link>
                      ) : null}
                    </p>
                  </li>
                ))}
              </ol>
            </section>
            {mayManage ? <AddEntry zones={zones} answer={answerTo("add")} /> : null}
          </div>
          <div>
            <OutlineTree items={outline} />
            {mayManage ? (
              <CorrectOutline lines={outlineLines} seen={outlineSeen} answer={answerTo("outline")} />
            ) : null}
            <section className="part" aria-labelledby="history">
              <h2 id="history">{t("history.title")}</h2>
              <CorrectionList lines={corrections} />
            </section>
          </div>
        </div>
      </main>
    </>
  );
}

/** What is happening now, what is mine to do, what is next. */
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { setMeetingMode } from "#app/commands/set-meeting-mode.ts";
import { AgendaTree } from "#app/components/agenda-tree.tsx";
import type { Answer } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { useItemNow } from "#app/components/now.tsx";
import { Code, Empty } from "#app/components/page.tsx";
import { Days, When } from "#app/components/when.tsx";
import { standingOf } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { statementReader } from "#app/rules/statements.ts";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { instantAtVenue } from "#app/rules/venue-time.ts";
import { visibleVersions } from "#app/rules/versions.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import { listLines } from "#app/routes/statements/lines.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listMeetings } from "#db/stores/meeting.ts";
import { listPositionDrafts } from "#db/stores/position-draft.ts";
import { findSession } from "#db/stores/session.ts";
import { listStatementDrafts } from "#db/stores/statement-draft.ts";
import { listStatements } from "#db/stores/statement.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { listTexts } from "#db/stores/text.ts";
import { MeetingForms, modes } from "./meeting-forms.tsx";
import { Programme } from "./programme.tsx";

const NEWEST = 6;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { viewer, db } = context;
  const sessionId = params.session ?? "";
  const allowed = may("readSession", viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(db.read, sessionId);
  if (!session) throw notThere();
  const doors = await listTextDoors(db.read, sessionId);
  const texts = [];
  for (const text of await listTexts(db.read, sessionId)) {
    const door = doors.get(text.id);
    if (!door || may("readText", viewer, { kind: "text", door }) !== true) continue;
    const versions = visibleVersions(standingOf(viewer, door), await listVersions(db.read, text.id));
    const newest = versions.findLast(({ kind }) => kind === "issued");
    const drafts = viewer.kind === "person" && viewer.drafts.includes(text.id);
    texts.push({
      id: text.id,
      title: text.title,
      symbol: text.symbol,
      newest: newest?.label ?? null,
      drafts,
    });
  }
  const seat =
    viewer.kind === "person" ? viewer.delegates.find((one) => one.sessionId === sessionId) : undefined;
  const drafts = seat
    ? (await listStatementDrafts(db.read, seat.delegationId)).length +
      (await listPositionDrafts(db.read, seat.delegationId)).length
    : 0;
  const reader = statementReader(viewer);
  const { language } = context;
  const statements = await listStatements(db.read, { reader, sessionId, limit: NEWEST, language });
  return {
    items: await listAgenda(db.read, sessionId, reader),
    meetings: await listMeetings(db.read, sessionId),
    texts,
    statements: await listLines(db.read, statements),
    drafts,
    isHead: seat?.role === "head",
    managesMeetings: may("manageMeetings", viewer, { kind: "session", sessionId }) === true,
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const form = await formOf(request, [may("manageMeetings", context.viewer, { kind: "session", sessionId })]);
  const mode = modes.find((one) => one === field(form, "mode"));
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  switch (intentOf(form)) {
    case "schedule": {
      const offset = offsetOf(session.timeZone);
      const startsAt = instantAtVenue(field(form, "starts"), offset);
      const endsAt = instantAtVenue(field(form, "ends"), offset);
      const room = field(form, "room");
      const fields: Record<string, string> = {};
      if (startsAt === null) fields["starts"] = "instant";
      if (endsAt === null) fields["ends"] = "instant";
      if (!mode) fields["mode"] = "required";
      if (startsAt === null || endsAt === null || !mode || Object.keys(fields).length > 0)
        return formAnswer(refuse("invalid", "check-fields", { fields }), form);
      const done = await scheduleMeeting(context, { sessionId, mode, startsAt, endsAt, room });
      return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${sessionId}`);
    }
    case "mode": {
      if (!mode) return unknownIntent();
      const done = await setMeetingMode(context, { sessionId, meetingId: field(form, "meeting"), mode });
      return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${sessionId}`);
    }
    default:
      return unknownIntent();
  }
}

export default function SessionHome() {
  const data = useLoaderData<typeof loader>();
  const { session, now } = useSessionData();
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  const base = `/sessions/${session.id}`;
  const current = useItemNow();
  const first = data.texts.find(({ drafts }) => drafts) ?? data.texts[0];
  return (
    <main id="content">
      <Live topics={["agenda", "session", "statements", "drafts", "versions:*"]} />
      <div className="docbar session-head">
        <div>
          <h1>{session.title}</h1>
          <p className="cap">
            <Days from={session.from} to={session.to} />
            {t("chrome:comma")}
            <bdi>{session.venue}</bdi>
            {session.symbol ? ` · ${session.symbol}` : ""}
          </p>
        </div>
        <span className="grow" />
        {current ? (
          <Link className="tag plain now-tag" to={`${base}/agenda/${current.id}`}>
            <Icon name="next" flip /> {t("agenda.discussed", { item: `${current.number} ${current.title}` })}
          </Link>
        ) : null}
        {first ? (
          <Link className="btn primary" to={`${base}/texts/${first.id}`}>
            {t("home.goToText")}
          </Link>
        ) : null}
      </div>
      <div className="home">
        <section aria-labelledby="agenda">
          <Title id="agenda" more={{ to: `${base}/agenda`, label: t("home.whole") }}>
            {t("home.agenda")}
          </Title>
          {data.items.length === 0 ? (
            <Empty>{t("home.noAgenda")}</Empty>
          ) : (
            <AgendaTree items={data.items} base={base} />
          )}
        </section>
        <section aria-labelledby="mine">
          <Title id="mine">{t("home.mine")}</Title>
          <Mine base={base} data={data} />
          <Title id="meetings">{t("home.programme")}</Title>
          <Programme meetings={data.meetings} zone={session.timeZone} now={now} />
          {data.managesMeetings ? <MeetingForms meetings={data.meetings} answer={answer} /> : null}
        </section>
        <section aria-labelledby="texts">
          <Title id="texts" more={{ to: `${base}/texts`, label: t("chrome:nav.texts") }}>
            {t("home.texts")}
          </Title>
          {data.texts.length === 0 ? <p className="cap">{t("home.noTexts")}</p> : null}
          <table className="tbl">
            <tbody>
              {data.texts.map((text) => (
                <tr key={text.id}>
                  <td>
                    <bdi className="code">{text.symbol}</bdi>
                    <br />
                    <Link to={`${base}/texts/${text.id}`}>{text.title}</Link>
                  </td>
                  <td className="cap end">{text.newest}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Title id="statements" more={{ to: `${base}/statements`, label: t("home.allStatements") }}>
            {t("home.statements")}
          </Title>
          {data.statements.length === 0 ? <p className="cap">{t("home.noStatements")}</p> : null}
          <table className="tbl">
            <tbody>
              {data.statements.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Link to={`${base}/statements/${one.id}`}>
                      <b>{one.entityName}</b> <Code>{one.entityCode}</Code>
                    </Link>{" "}
                    {one.groupCode ? <Code group>{one.groupCode}</Code> : null}
                    <br />
                    <span className="cap" dir="auto">
                      {one.title}
                    </span>
                  </td>
                  <td className="cap end">
                    <When at={one.releasedAt} zone={session.timeZone} form="time" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </main>
  );
}

function Title({
  id,
  children,
  more,
}: {
  readonly id: string;
  readonly children: ReactNode;
  readonly more?: { readonly to: string; readonly label: string };
}) {
  return (
    <div className="row-b title">
      <h2 className="h2" id={id}>
        {children}
      </h2>
      <span className="grow" />
      {more ? (
        <Link className="link" to={more.to}>
          {more.label}
        </Link>
      ) : null}
    </div>
  );
}

type Home = ReturnType<typeof useLoaderData<typeof loader>>;

function Mine({ base, data }: { readonly base: string; readonly data: Home }) {
  const { t } = useTranslation("session");
  const mine = data.texts.filter(({ drafts }) => drafts);
  if (data.drafts === 0 && mine.length === 0) return <p className="cap">{t("home.nothingMine")}</p>;
  return (
    <ul className="tree">
      {data.drafts > 0 ? (
        <li>
          <div className="topic-row">
            <Link to={`${base}/drafts`}>
              <Icon name="private" /> {t("home.draftsWaiting", { count: data.drafts })}{" "}
              {data.isHead ? t("home.releaseThem") : t("home.goOn")}
            </Link>
          </div>
        </li>
      ) : null}
      {mine.map((text) => (
        <li key={text.id}>
          <div className="topic-row">
            <span className="cap">{t("home.youDraft")}</span>
            <Link to={`${base}/texts/${text.id}`}>{text.title}</Link>
          </div>
        </li>
      ))}
    </ul>
  );
}

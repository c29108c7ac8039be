/** What is happening now, what is mine to do, what is next. */
import { type ActionFunctionArgs, type LoaderFunctionArgs, data, redirect } from "@remix-run/node";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { cancelMeeting } from "#app/commands/cancel-meeting.ts";
import { editMeeting } from "#app/commands/edit-meeting.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { setMeetingMode } from "#app/commands/set-meeting-mode.ts";
import { AgendaTree } from "#app/components/agenda-tree.tsx";
import type { Answer } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { useItemNow } from "#app/components/now.tsx";
import { Empty } from "#app/components/page.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { Days } from "#app/components/when.tsx";
import { may } from "#app/rules/permissions.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { offsetOf } from "#app/rules/venue-offset.ts";
import { instantAtVenue } from "#app/rules/venue-time.ts";
import { field, formAnswer, formOf, intentOf, notThere, unknownIntent } from "#app/routes/answers.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import { listMeetings } from "#db/stores/meeting.ts";
import { findSession } from "#db/stores/session.ts";
import { loadHome } from "./load.ts";
import { MeetingForms, modes } from "./meeting-forms.tsx";
import { MinePart } from "./mine-part.tsx";
import { NewestPart } from "./newest-part.tsx";
import { NextPart } from "./next-part.tsx";
import { NowPart } from "./now-part.tsx";
import { Programme } from "./programme.tsx";
import { Title } from "./title.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadHome(context, params.session ?? "", request);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const form = await formOf(request, [may("manageMeetings", context.viewer, { kind: "session", sessionId })]);
  const mode = modes.find((one) => one === field(form, "mode"));
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const intent = intentOf(form);
  switch (intent) {
    case "change":
    case "schedule": {
      const offset = offsetOf(session.timeZone);
      const startsAt = instantAtVenue(field(form, "starts"), offset);
      const endsAt = instantAtVenue(field(form, "ends"), offset);
      const room = field(form, "room");
      const fields: Record<string, string> = {};
      if (startsAt === null) fields["starts"] = "instant";
      if (endsAt === null) fields["ends"] = "instant";
      if (intent === "schedule" && !mode) fields["mode"] = "required";
      if (startsAt === null || endsAt === null || Object.keys(fields).length > 0)
        return formAnswer(refuse("invalid", "check-fields", { fields }), form);
      const hours = { sessionId, startsAt, endsAt, room };
      if (intent === "schedule" && mode) {
        const done = await scheduleMeeting(context, { ...hours, mode });
        return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${sessionId}`);
      }
      const meetingId = field(form, "meeting");
      const seen = form.has("seen") ? { seen: field(form, "seen") } : {};
      const done = await editMeeting(context, { ...hours, ...seen, meetingId });
      if (!isRefusal(done)) return redirect(`/sessions/${sessionId}`);
      const { data: answer, init } = formAnswer(done, form, ["starts", "ends", "room"]);
      // From now on the form is made from what somebody else saved, which it shows.
      const meetings = done.code === "meeting-changed" ? await listMeetings(context.db.read, sessionId) : [];
      return data(
        { ...answer, stands: meetings.find(({ id }) => id === meetingId) ?? null },
        init ?? undefined,
      );
    }
    case "cancel": {
      const done = await cancelMeeting(context, { sessionId, meetingId: field(form, "meeting") });
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
  const loaded = useLoaderData<typeof loader>();
  const { session, now } = useSessionData();
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  const base = `/sessions/${session.id}`;
  const zone = session.timeZone;
  const current = useItemNow();
  const first = loaded.texts.find(({ drafts }) => drafts) ?? loaded.texts[0];
  useTurnOfMeetings([loaded.now.sitting?.endsAt, loaded.next.meeting?.startsAt]);
  return (
    <main id="content">
      <Live
        topics={[...TOPICS, ...(loaded.mine.chair ? ["now"] : []), ...(loaded.mine.people ? ["people"] : [])]}
      />
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
        {loaded.edits ? (
          <Link className="btn" to={`${base}/settings`}>
            {t("delegations:settings.edit")}
          </Link>
        ) : null}
        {first ? (
          <Link className="btn primary" to={`${base}/texts/${first.id}`}>
            {t("home.goToText")}
          </Link>
        ) : null}
      </div>
      {loaded.edited ? (
        <p className="done" role="status">
          <Icon name="check" /> {t("delegations:settings.saved")}
        </p>
      ) : null}
      <div className="home today">
        <NowPart now={loaded.now} base={base} zone={zone} />
        <MinePart mine={loaded.mine} base={base} zone={zone} />
        <NextPart loaded={loaded} base={base} zone={zone} />
      </div>
      <div className="home">
        <section aria-labelledby="agenda">
          <Title id="agenda" more={{ to: `${base}/agenda`, label: t("home.whole") }}>
            {t("home.agenda")}
          </Title>
          {loaded.items.length === 0 ? (
            <Empty>{t("home.noAgenda")}</Empty>
          ) : (
            <AgendaTree items={loaded.items} base={base} />
          )}
        </section>
        <section aria-labelledby="meetings">
          <Title id="meetings">{t("home.programme")}</Title>
          <Programme meetings={loaded.meetings} zone={zone} now={now} />
          {loaded.managesMeetings ? (
            <MeetingForms
              meetings={loaded.meetings}
              changeable={loaded.changeable}
              here={base}
              zone={zone}
              answer={answer}
              stands={given && "stands" in given ? given.stands : null}
            />
          ) : null}
        </section>
        <section aria-labelledby="texts">
          <NewestPart texts={loaded.texts} statements={loaded.statements} base={base} zone={zone} />
        </section>
      </div>
    </main>
  );
}

const TOPICS = [
  "agenda",
  "session",
  "statements",
  "drafts",
  "positions",
  "delegations",
  "versions:*",
  "late:*",
  "locks:*",
];
/** Everybody's page asks again when a meeting begins or ends, and not all in the same moment. */
const SPREAD_MS = 20_000;
/** What a timer can wait for. */
const LONGEST_MS = 2 ** 31 - 1 - SPREAD_MS;

function useTurnOfMeetings(instants: readonly (number | undefined)[]): void {
  const { revalidate } = useRevalidator();
  const at = Math.min(...instants.flatMap((one) => one ?? []));
  useEffect(() => {
    const wait = at - Date.now();
    if (!Number.isFinite(wait) || wait > LONGEST_MS) return;
    const timer = setTimeout(revalidate, Math.max(0, wait) + Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [at, revalidate]);
}

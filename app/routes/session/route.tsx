/** The frame of a session: bar with the session's pages, mode of the meeting, time at the venue. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, NavLink, Outlet, useLoaderData, useLocation, useRouteLoaderData } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { instantIn } from "#app/i18n/locale.ts";
import { LanguageMenu } from "#app/components/language-menu.tsx";
import { Live } from "#app/components/live.tsx";
import { NowProvider, useItemNow } from "#app/components/now.tsx";
import { Code } from "#app/components/page.tsx";
import { Icon } from "#app/components/icons.tsx";
import { SearchField } from "#app/components/search-field.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { findCurrentMeeting } from "#db/stores/meeting.ts";
import { findItemNow } from "#db/stores/session-now.ts";
import { findSession } from "#db/stores/session.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { viewer } = context;
  const { session: sessionId = "" } = params;
  const allowed = may("readSession", viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const item = { sessionId, itemId: session.itemUnderDiscussionId };
  const meeting = await findCurrentMeeting(context.db.read, { sessionId, now: context.now() });
  const seat =
    viewer.kind === "person" ? viewer.delegates.find((one) => one.sessionId === sessionId) : undefined;
  const office =
    viewer.kind === "person" ? viewer.offices.find((one) => one.sessionId === sessionId)?.office : undefined;
  return {
    session,
    meeting,
    item: await findItemNow(context.db.read, item),
    now: context.now(),
    me:
      viewer.kind === "person"
        ? { personId: viewer.personId, name: viewer.name, seat: seat ?? null, office: office ?? null }
        : null,
    may: {
      manageAgenda: may("manageAgenda", viewer, { kind: "session", sessionId }) === true,
      manageDelegations: may("manageDelegations", viewer, { kind: "session", sessionId }) === true,
      createText: may("createText", viewer, { kind: "session", sessionId }) === true,
    },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.named", { name: data.session.title })
    : titleOf({ matches }, null);

export type SessionData = ReturnType<typeof useLoaderData<typeof loader>>;

/** What the frame knows of the session, for the pages in it. */
export function useSessionData(): SessionData {
  const data = useRouteLoaderData<typeof loader>("routes/session/route");
  if (!data) throw new Error("this page stands outside of a session");
  return data;
}

export default function SessionFrame() {
  const { session, meeting, item, me, now } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const base = `/sessions/${session.id}`;
  const pages: readonly Page[] = [
    { name: "home", to: base, icon: "watch", label: t("nav.home"), end: true },
    { name: "agenda", to: `${base}/agenda`, icon: "list", label: t("nav.agenda") },
    { name: "texts", to: `${base}/texts`, icon: "doc", label: t("nav.texts") },
    { name: "positions", to: `${base}/positions`, icon: "hand", label: t("nav.positions") },
    { name: "statements", to: `${base}/statements`, icon: "quote", label: t("nav.statements") },
    { name: "delegations", to: `${base}/delegations`, icon: "hand", label: t("nav.delegations") },
    ...(me?.seat
      ? [{ name: "drafts", to: `${base}/drafts`, icon: "private", label: t("nav.drafts") } as const]
      : []),
  ];
  return (
    <NowProvider sessionId={session.id} at={now} item={item}>
      <Live topics={["session"]} />
      <header className="bar">
        <Link className="brand keep" to="/">
          <Mark />
          {t("product")}
        </Link>
        <nav aria-label={t("nav.aria")}>
          {pages.map(({ to, label, end }) => (
            <NavLink key={to} to={to} end={end} prefetch="intent">
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="side">
          <UnderDiscussion base={base} />
          {meeting ? (
            <span className="mode keep" data-mode={meeting.mode}>
              {t(`mode.${meeting.mode}`)}
            </span>
          ) : null}
          <VenueClock zone={session.timeZone} venue={session.venue} now={now} />
          <SearchField />
          <LanguageMenu />
          {me ? (
            <Link className="row-b keep who-am-i" to="/account">
              {me.seat ? <Code>{me.seat.code}</Code> : null} <bdi>{me.name}</bdi>
              {me.office ? <span className="cap">{t(`office.${me.office}`)}</span> : null}
            </Link>
          ) : (
            <Link className="btn keep" to={`/sign-in?to=${encodeURIComponent(base)}`}>
              {t("nav.signIn")}
            </Link>
          )}
        </div>
      </header>
      <Outlet />
      <TabBar pages={pages} seated={Boolean(me?.seat)} />
    </NowProvider>
  );
}

/** The item under discussion: said once more to those who do not look when it changes. */
function UnderDiscussion({ base }: { readonly base: string }) {
  const item = useItemNow();
  const { t } = useTranslation("session");
  return (
    <span className="keep item-now" role="status">
      {item ? (
        <Link to={`${base}/agenda/${item.id}`} title={item.title}>
          <Icon name="floor" flip /> <span className="vh">{t("agenda.under")}</span> <bdi>{item.number}</bdi>{" "}
          <bdi className="cap">{item.title}</bdi>
        </Link>
      ) : null}
    </span>
  );
}

type Page = {
  readonly name: "home" | "agenda" | "texts" | "positions" | "statements" | "delegations" | "drafts";
  readonly to: string;
  readonly icon: string;
  readonly label: string;
  readonly end?: boolean;
};

/** On a phone: the four pages that are asked for most, the others behind "More", which needs no script. */
function TabBar({ pages, seated }: { readonly pages: readonly Page[]; readonly seated: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const first: readonly Page["name"][] = ["home", "texts", "agenda", seated ? "drafts" : "statements"];
  const others = pages.filter(({ name }) => !first.includes(name));
  return (
    <nav className="tabbar" aria-label={t("nav.tabs")}>
      {first
        .flatMap((wanted) => pages.filter(({ name }) => name === wanted))
        .map((page) => (
          <NavLink key={page.to} to={page.to} end={page.end}>
            <Icon name={page.icon} />
            {page.label}
          </NavLink>
        ))}
      <details key={pathname}>
        <summary>
          <Icon name="down" />
          {t("nav.more")}
        </summary>
        <ul>
          {others.map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to}>{label}</NavLink>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 18 14" aria-hidden="true">
      <path d="M4 0h10v8H4zM0 10h18v3H0z" />
    </svg>
  );
}

/** The time at the venue: the server's at first, the browser's clock afterwards, once a second is not needed. */
function VenueClock({
  zone,
  venue,
  now,
}: {
  readonly zone: string;
  readonly venue: string;
  readonly now: number;
}) {
  const { i18n } = useTranslation();
  const [at, setAt] = useState(now);
  useEffect(() => {
    const tick = () => setAt(Date.now());
    tick();
    const timer = setInterval(tick, 10_000);
    return () => clearInterval(timer);
  }, []);
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone } as const;
  const time = instantIn(i18n.language, options, at);
  return (
    <span>
      <b className="num">{time}</b> <bdi className="cap">{venue}</bdi>
    </span>
  );
}

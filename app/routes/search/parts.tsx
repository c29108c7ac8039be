/** What stands around the hits: kinds with their counts, pages, what to try, how to ask. */
import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import type { Answer, Counted, Kind, loadSearch } from "./load.ts";

export type Asked = Awaited<ReturnType<typeof loadSearch>>;
type Found = Extract<Answer, { kind: "found" }>;

/** The address of the same search, of a kind or of all, on a page. */
export function addressOf(
  { typed, sessionId }: Asked,
  more: { readonly kind?: Kind | null; readonly page?: number; readonly everySession?: true },
): string {
  const search = new URLSearchParams({ q: typed });
  if (sessionId !== null && more.everySession !== true) search.set("session", sessionId);
  if (more.kind) search.set("kind", more.kind);
  if (more.page !== undefined && more.page > 1) search.set("page", String(more.page));
  return `/search?${search.toString()}`;
}

function Count({ count, isCut }: Counted) {
  const { t } = useTranslation("search");
  if (!isCut) return <span className="count">{count}</span>;
  return (
    <span className="count">
      <span aria-hidden="true">{t("orMore", { number: count })}</span>
      <span className="vh">{t("orMoreSpoken", { number: count })}</span>
    </span>
  );
}

export function KindTabs({ asked, answer }: { readonly asked: Asked; readonly answer: Found }) {
  const { t } = useTranslation("search");
  const kinds = Object.entries(answer.counts) as [Kind, Counted][];
  const all = {
    count: kinds.reduce((sum, [, { count }]) => sum + count, 0),
    isCut: kinds.some(([, { isCut }]) => isCut),
  };
  const shown = asked.only === null ? all : answer.counts[asked.only];
  return (
    <>
      <p className="vh" role="status">
        {shown.isCut ? t("foundOrMore", { number: shown.count }) : t("found", { count: shown.count })}
      </p>
      <nav className="tabnav" aria-label={t("kinds")}>
        <Link to={addressOf(asked, {})} aria-current={asked.only === null ? "page" : undefined}>
          {t("all")} <Count {...all} />
        </Link>
        {kinds
          .filter(([kind, { count }]) => count > 0 || kind === asked.only)
          .map(([kind, counted]) => (
            <Link
              key={kind}
              to={addressOf(asked, { kind })}
              aria-current={asked.only === kind ? "page" : undefined}
            >
              {t(`kind.${kind}`)} <Count {...counted} />
            </Link>
          ))}
      </nav>
    </>
  );
}

export function PageLinks({ asked, answer }: { readonly asked: Asked; readonly answer: Found }) {
  const { t } = useTranslation("search");
  const { page, pages } = answer;
  if (pages === 1) return null;
  const to = (number: number) => addressOf(asked, { kind: asked.only, page: number });
  return (
    <nav className="row wrap" aria-label={t("pages")}>
      {page > 1 ? (
        <Link className="btn" rel="prev" to={to(page - 1)}>
          {t("previous")}
        </Link>
      ) : null}
      <span>{t("page", { page, pages })}</span>
      {page < pages ? (
        <Link className="btn" rel="next" to={to(page + 1)}>
          {t("next")}
        </Link>
      ) : null}
    </nav>
  );
}

/** What to try when nothing is found. */
export function NothingFound({ asked, isPublic }: { readonly asked: Asked; readonly isPublic: boolean }) {
  const { t } = useTranslation("search");
  const { only, sessionId } = asked;
  return (
    <div className="empty nothing-found">
      <p>{only === null ? t("none") : t("noneOf", { kind: t(`kind.${only}`) })}</p>
      <h2 className="label">{t("tries.title")}</h2>
      <ul>
        {only === null ? null : (
          <li>
            <Link to={addressOf(asked, {})}>{t("tryAll")}</Link>
          </li>
        )}
        {sessionId === null ? null : (
          <li>
            <Link to={addressOf(asked, { kind: only, everySession: true })}>{t("tryEverySession")}</Link>
          </li>
        )}
        <li>{t("tries.fewer")}</li>
        <li>{t("tries.beginning")}</li>
        <li>{t("tries.language")}</li>
        {isPublic ? <li>{t("tries.signIn")}</li> : null}
      </ul>
    </div>
  );
}

const helps = ["words", "phrase", "beginning", "without", "forms", "late"] as const;

export function SearchHelp({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation("search");
  return (
    <details className="search-help" open={isOpen}>
      <summary>{t("help.title")}</summary>
      <ul>
        {helps.map((one) => (
          <li key={one}>{t(`help.${one}`)}</li>
        ))}
      </ul>
    </details>
  );
}

/** The head of every page of a text: what it is, and the other pages about it. */
import { Link, useLocation } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";

export type TextPages = {
  /** "/sessions/…/texts/…". */
  readonly base: string;
  /** Compare of the two newest wordings; null when there are not two to compare. */
  readonly compare: string | null;
  readonly authorship: boolean;
  /** Delegations propose wording for it; not in a text of one's own delegation. */
  readonly proposals: boolean;
  readonly settings: boolean;
  readonly import: boolean;
  /** The first damaged row of the text's log; null when it is whole. */
  readonly damagedAt: number | null;
};

/** Links load a whole document where the page carries words of the text: they come with the first response. */
function TextNav({ pages }: { readonly pages: TextPages }) {
  const { t } = useTranslation("text");
  const { base } = pages;
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  // On a phone the row scrolls sideways; the page one is on must not lie outside of it.
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && current) row.current.scrollLeft = current.offsetLeft - row.current.offsetLeft;
  }, []);
  /** "true" for a page within it: one version, or another pair to compare. */
  const current = (to: string, within = to): "page" | "true" | undefined =>
    pathname === to ? "page" : pathname.startsWith(`${within}/`) ? "true" : undefined;
  return (
    <nav className="seg text-nav no-print" aria-label={t("nav.aria")} ref={row}>
      <Link to={base} reloadDocument aria-current={current(base, `${base}/paragraphs`)}>
        {t("nav.text")}
      </Link>
      <Link to={`${base}/versions`} aria-current={current(`${base}/versions`)}>
        {t("nav.versions")}
      </Link>
      {pages.compare ? (
        <Link to={pages.compare} aria-current={current(pages.compare, `${base}/compare`)}>
          {t("nav.compare")}
        </Link>
      ) : null}
      {pages.proposals ? (
        <Link to={`${base}/proposals`} aria-current={current(`${base}/proposals`)}>
          {t("nav.proposals")}
        </Link>
      ) : null}
      {(["authorship", "import", "settings"] as const).map((name) =>
        pages[name] ? (
          <Link key={name} to={`${base}/${name}`} aria-current={current(`${base}/${name}`)}>
            {t(`nav.${name}`)}
          </Link>
        ) : null,
      )}
    </nav>
  );
}

type DocbarProps = {
  readonly title: string;
  readonly under: readonly ReactNode[];
  readonly pages: TextPages;
  /** Between the title and the pages: who is there. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
};

/** On every page of a text whose log is damaged, for everybody who may read it. */
function Damaged({ row }: { readonly row: number }) {
  const { t } = useTranslation("text");
  return (
    <section className="summary damaged" aria-label={t("damaged.heading")}>
      <h2>
        <Icon name="alert" /> {t("damaged.heading")}
      </h2>
      <p>{t("damaged.lead", { row, last: row - 1 })}</p>
      <p>{t("damaged.todo")}</p>
    </section>
  );
}

export function Docbar({ title, under, pages, aside, children }: DocbarProps) {
  return (
    <>
      <section className="docbar" aria-label={title}>
        <div>
          <h1>{title}</h1>
          <div className="under">
            {under.map((part, at) => (
              <span key={at}>{part}</span>
            ))}
          </div>
        </div>
        <span className="grow" />
        {aside}
        <TextNav pages={pages} />
        {children}
      </section>
      {pages.damagedAt === null ? null : <Damaged row={pages.damagedAt} />}
    </>
  );
}

/** The head of every page of a text: what it is, and the other pages about it. */
import { NavLink } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export type TextPages = {
  /** "/sessions/…/texts/…". */
  readonly base: string;
  /** Compare of the two newest wordings; null when there are not two to compare. */
  readonly compare: string | null;
  readonly authorship: boolean;
  readonly settings: boolean;
  readonly import: boolean;
};

/** Links load a whole document where the page carries words of the text: they come with the first response. */
function TextNav({ pages }: { readonly pages: TextPages }) {
  const { t } = useTranslation("text");
  const { base } = pages;
  return (
    <nav className="seg text-nav no-print" aria-label={t("nav.aria")}>
      <NavLink to={base} end reloadDocument>
        {t("nav.text")}
      </NavLink>
      <NavLink to={`${base}/versions`} end>
        {t("nav.versions")}
      </NavLink>
      {pages.compare ? <NavLink to={pages.compare}>{t("nav.compare")}</NavLink> : null}
      {pages.authorship ? <NavLink to={`${base}/authorship`}>{t("nav.authorship")}</NavLink> : null}
      {pages.import ? <NavLink to={`${base}/import`}>{t("nav.import")}</NavLink> : null}
      {pages.settings ? <NavLink to={`${base}/settings`}>{t("nav.settings")}</NavLink> : null}
    </nav>
  );
}

type DocbarProps = {
  readonly title: string;
  readonly under: readonly ReactNode[];
  readonly pages: TextPages;
  readonly children?: ReactNode;
};

export function Docbar({ title, under, pages, children }: DocbarProps) {
  return (
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
      <TextNav pages={pages} />
      {children}
    </section>
  );
}

/** The bar of pages that stand outside of a session. */
import { Link, NavLink, useRouteLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { LanguageMenu } from "./language-menu.tsx";
import { SearchField } from "./search-field.tsx";

const pages = ["calendar", "topics", "groups", "reference"] as const;

type Root = { readonly me: { readonly name: string; readonly secretariat: boolean } | null };

export function SiteBar() {
  const { t } = useTranslation();
  const root = useRouteLoaderData("root") as Root | undefined;
  const me = root?.me ?? null;
  return (
    <header className="bar site">
      <Link className="brand keep" to="/">
        <svg viewBox="0 0 18 14" aria-hidden="true">
          <path d="M4 0h10v8H4zM0 10h18v3H0z" />
        </svg>
        {t("product")}
      </Link>
      <nav className="keep" aria-label={t("product")}>
        <NavLink to="/" end>
          {t("nav.sessions")}
        </NavLink>
        {pages.map((page) => (
          <NavLink key={page} to={`/${page}`}>
            {t(`reference:nav.${page}`)}
          </NavLink>
        ))}
        {me?.secretariat ? <NavLink to="/people">{t("nav.people")}</NavLink> : null}
      </nav>
      <div className="side">
        <SearchField />
        <LanguageMenu />
        {me ? (
          <Link className="keep who-am-i" to="/account">
            <bdi>{me.name}</bdi>
          </Link>
        ) : (
          <Link className="btn keep" to="/sign-in">
            {t("nav.signIn")}
          </Link>
        )}
      </div>
    </header>
  );
}

/** The field in the bar of every page. Where there is no room for it, a link to the page of search; `/` leads there too. */
import { Form, Link, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "./icons.tsx";

export function SearchField() {
  const { t } = useTranslation("search");
  const { pathname } = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      event.preventDefault();
      const shown = document.querySelector<HTMLInputElement>("#search-words") ?? field.current;
      if (shown?.checkVisibility()) shown.select();
      else link.current?.click();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  // On its own page search has its own field.
  if (pathname === "/search") return null;
  return (
    <>
      <Form method="get" action="/search" role="search" className="search-field" reloadDocument>
        <Icon name="search" />
        <input
          type="search"
          name="q"
          ref={field}
          className="field"
          aria-label={t("field")}
          placeholder={t("title")}
          aria-keyshortcuts="/"
          autoComplete="off"
        />
        <span className="search-key" aria-hidden="true">
          <kbd>{t("shortcut")}</kbd>
        </span>
      </Form>
      <Link to="/search" className="keep search-link" ref={link} aria-label={t("title")} title={t("title")}>
        <Icon name="search" />
      </Link>
    </>
  );
}

/** Whether the key belongs to words that are being typed. */
function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role='textbox']"))
  );
}

/** The language of the interface, each under its own name. It opens and sends without script. */
import { useLocation } from "@remix-run/react";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { ENDONYMS, isLanguage, LANGUAGES_OF_INTERFACE } from "#app/rules/language.ts";
import { Icon } from "./icons.tsx";

export function LanguageMenu() {
  const { i18n, t } = useTranslation();
  const { pathname, search } = useLocation();
  const current = isLanguage(i18n.language) ? i18n.language : "en";
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(menu), []);
  return (
    <details className="languages keep" key={pathname} ref={menu}>
      <summary className="btn quiet">
        <span className="vh">{t("language.choose")}: </span>
        <bdi>{ENDONYMS[current].short}</bdi> <Icon name="down" />
      </summary>
      {/* The whole document is sent anew: its language and direction stand on its first element. */}
      <form method="post" action="/settings">
        <input type="hidden" name="to" value={`${pathname}${search}`} />
        {LANGUAGES_OF_INTERFACE.map((language) => (
          <button
            key={language}
            name="language"
            value={language}
            lang={language}
            dir="auto"
            aria-current={language === current ? "true" : undefined}
          >
            {ENDONYMS[language].name}
          </button>
        ))}
      </form>
    </details>
  );
}

/** Escape gives the focus back; a press or a focus elsewhere closes it too. Returns how to stop listening. */
function closeFromOutside(menu: RefObject<HTMLDetailsElement>): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const leave = ({ target }: Event): void => {
    if (menu.current && target instanceof Node && !menu.current.contains(target)) menu.current.open = false;
  };
  document.addEventListener("pointerdown", leave, { signal });
  document.addEventListener("focusin", leave, { signal });
  document.addEventListener(
    "keydown",
    ({ key }) => {
      if (key !== "Escape" || !menu.current?.open) return;
      menu.current.open = false;
      menu.current.querySelector("summary")?.focus();
    },
    { signal },
  );
  return () => listening.abort();
}

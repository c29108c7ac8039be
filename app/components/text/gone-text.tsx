/** In place of a text that has just ceased to be the person's to see: what they wrote and nobody took, to be copied. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CopyButton, Icon, wordsOf } from "#app/components/editor/saving-line.tsx";
import { useHold } from "#app/components/live.tsx";
import type { Untaken } from "#collab/client/replica/replay.ts";

export function GoneText({ own }: { readonly own: readonly Untaken[] }) {
  const { t } = useTranslation("editor");
  // The page is not there any more: asked again, it would take these words away.
  useHold(() => own.length > 0);
  return (
    <main className="page narrow" id="content">
      <div className={own.length > 0 ? "unsaved lost" : "unsaved"} role="alert" data-strip="ended">
        <Icon id="alert" />
        <span>
          {t("ended.notThere")}{" "}
          <span className="plain">
            {own.length > 0 ? t("refused.title", { count: own.length }) : t("ended.nothingLost")}
          </span>
        </span>
        <span className="grow" />
        {own.length > 0 ? <CopyButton words={() => wordsOf(own)} /> : null}
        <Link className="btn" to="/">
          {t("errors:back")}
        </Link>
        {own.length > 0 ? (
          <ul className="untaken">
            {own.map(({ paragraphId, words }) => (
              <li key={`${paragraphId} ${words}`}>
                <p className="q" dir="auto">
                  {words}
                </p>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </main>
  );
}

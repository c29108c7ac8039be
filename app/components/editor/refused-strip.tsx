/** Wording that could not be taken: stays until it is answered, and can be read and copied. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editor as words } from "#app/i18n/en/editor.ts";
import type { NotTaken } from "#collab/client/connection/offers.ts";
import { CopyButton, Icon, wordsOf } from "./saving-line.tsx";

type RefusedStripProps = {
  readonly notTaken: NotTaken;
  readonly labelOf: (paragraphId: string) => string;
  readonly answer: () => void;
};

export function RefusedStrip({ notTaken, labelOf, answer }: RefusedStripProps) {
  const { t } = useTranslation("editor");
  const [shown, setShown] = useState(false);
  const { untaken } = notTaken;
  const reason = (code: string): string =>
    code in words.gate ? t(`gate.${code as keyof typeof words.gate}`) : t("refused.other", { code });
  return (
    <div className="unsaved lost" role="alert" data-strip="refused">
      <Icon id="alert" />
      <span>
        {t("refused.title", { count: untaken.length })} <span className="plain">{t("refused.rest")}</span>
      </span>
      <span className="grow" />
      <CopyButton words={() => wordsOf(untaken)} />
      <button type="button" className="btn" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {t(shown ? "refused.hide" : "refused.show")}
      </button>
      <button type="button" className="btn" onClick={answer}>
        {t("refused.done")}
      </button>
      {shown ? (
        <ul className="untaken">
          {untaken.map(({ paragraphId, words: wording, code }) => (
            <li key={`${paragraphId} ${wording}`}>
              <b>
                {t("refused.why", {
                  label: labelOf(paragraphId) || t("refused.unnamed"),
                  reason: reason(code),
                })}
              </b>
              <p className="q">{wording}</p>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

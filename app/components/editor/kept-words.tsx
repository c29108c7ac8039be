/**
 * For somebody who reads a text that they wrote in: wording that is on this device alone, because the right to write
 * ended before it was sent. Loaded only where something is kept.
 */
import { useRouteLoaderData } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Untaken } from "#collab/client/replica/replay.ts";
import { CopyButton, Icon, wordsOf } from "./saving-line.tsx";

/** Of the data of every page: who is signed in. */
type Frame = { readonly me: { readonly personId: string } | null };

export function KeptWords({ textId }: { readonly textId: string }) {
  const { t } = useTranslation("editor");
  const frame = useRouteLoaderData<() => Promise<Frame>>("root");
  const personId = frame?.me?.personId;
  const [kept, setKept] = useState<readonly Untaken[]>([]);
  useEffect(() => {
    if (personId === undefined) return;
    let left = false;
    void import("#collab/client/replica/kept-words.ts")
      .then(({ listKeptWords }) => listKeptWords({ personId, textId }))
      .then((found) => left || setKept(found));
    return () => {
      left = true;
    };
  }, [personId, textId]);
  if (kept.length === 0 || personId === undefined) return null;
  const forget = (): void => {
    setKept([]);
    void import("#collab/client/replica/kept-words.ts").then(({ forgetKeptWords }) =>
      forgetKeptWords({ personId, textId }),
    );
  };
  return (
    <div className="unsaved lost no-print" role="alert" data-strip="kept">
      <Icon id="alert" />
      <span>
        {t("kept.title", { count: kept.length })} <span className="plain">{t("kept.why")}</span>
      </span>
      <span className="grow" />
      <CopyButton words={() => wordsOf(kept)} />
      <button type="button" className="btn" onClick={forget}>
        {t("refused.done")}
      </button>
      <ul className="untaken">
        {kept.map(({ paragraphId, words }) => (
          <li key={`${paragraphId} ${words}`}>
            <p className="q" dir="auto">
              {words}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

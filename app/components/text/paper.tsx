/** The words of a text on paper: server-made HTML, in the first response once and never in the page's data. */
import { createContext, memo, useContext, useEffect, useRef } from "react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { directionOf } from "#app/rules/statements.ts";
import { tintBracketPairs } from "./bracket-pairs.ts";

/** Filled by loaders for the rendering on the server; empty in the browser, where the HTML is on the page already. */
export const PaperContext = createContext<ReadonlyMap<string, string>>(new Map());

type SheetProps = {
  /** Key of the HTML in `PaperContext`: the text's or the version's id. */
  readonly id: string;
  /** Where to get the HTML when the page was reached without a document load; null when somebody else sees to it. */
  readonly source: string | null;
  readonly hostRef?: RefObject<HTMLDivElement>;
  readonly onFetched?: () => void;
};

/** The sections alone. React writes them once and never looks at them again. */
export const Sections = memo(function Sections({ id, source, hostRef, onFetched }: SheetProps) {
  const html = useContext(PaperContext).get(id) ?? "";
  const own = useRef<HTMLDivElement>(null);
  const ref = hostRef ?? own;
  useEffect(() => (ref.current ? tintBracketPairs(ref.current) : undefined), [ref]);
  useEffect(() => {
    const host = ref.current;
    if (!host || source === null || host.childElementCount > 0) return;
    const leaving = new AbortController();
    fetch(source, { signal: leaving.signal })
      .then(async (response) => {
        if (!response.ok) return;
        host.innerHTML = await response.text();
        onFetched?.();
      })
      .catch(() => {
        if (!leaving.signal.aborted) location.reload();
      });
    return () => leaving.abort();
  }, [ref, source, onFetched]);
  return (
    <div className="sections" ref={ref} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
  );
}, sameSheet);

function sameSheet(before: SheetProps, now: SheetProps): boolean {
  return before.id === now.id && before.source === now.source;
}

/** What stands above a text, and how it is read. */
export type TextHead = {
  readonly title: string;
  readonly organ: string;
  readonly symbol: string;
  /** BCP 47. */
  readonly language: string;
  readonly body: string;
  readonly session: string;
  readonly item: string;
  readonly zone: string;
};

type MastheadProps = {
  readonly body: string;
  readonly session: string;
  readonly item: string;
  readonly symbol: string;
};

/** Laid out as the text is; where it belongs is said in the language of the interface. */
function Masthead({ body, session, item, symbol }: MastheadProps) {
  const { i18n, t } = useTranslation();
  return (
    <div className="mast">
      <div className="cap" lang={i18n.language} dir={i18n.dir()}>
        {session.includes(body) ? null : (
          <>
            <bdi>{body}</bdi>
            {t("comma")}
          </>
        )}
        <bdi>{session}</bdi> · {item}
      </div>
      <div className="symbol">
        <bdi>{symbol}</bdi>
      </div>
    </div>
  );
}

type PaperProps = MastheadProps & {
  readonly lang: string;
  readonly organ: string;
  readonly children: ReactNode;
};

export function Paper({ lang, organ, children, ...masthead }: PaperProps) {
  return (
    <article className="paper" lang={lang} dir={directionOf(lang)}>
      <Masthead {...masthead} />
      {organ === "" ? null : <p className="organ">{organ}</p>}
      {children}
    </article>
  );
}

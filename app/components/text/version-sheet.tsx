/** A version on paper: masthead with symbol and date, the text, and the head of the log that it can be checked by. */
import { Link } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { directionOf } from "#app/rules/statements.ts";
import type { TextKind } from "#collab/document.ts";
import { Outline, type OutlineRow, outlineOnPage } from "./outline.tsx";
import { Sections, type TextHead } from "./paper.tsx";
import { RenamedList, type RenamedSome } from "./renamed-list.tsx";
import { Docbar, type TextPages } from "./text-nav.tsx";
import { useVersionName, type VersionSummary } from "./version-list.tsx";
import { formatDay, formatWhen } from "./instants.ts";

export type VersionSheetProps = {
  readonly text: TextHead & {
    readonly note: string;
    readonly kind: TextKind;
    readonly itemTitle: string;
  };
  readonly version: VersionSummary & {
    readonly note: string;
    readonly chainHead: string;
    readonly wordsHash: string;
  };
  readonly pages: TextPages;
  /** Paragraphs in the outline. */
  readonly count: number;
  readonly lines: boolean;
  /** What is called otherwise than in the version before. */
  readonly renamed: (RenamedSome & { readonly since: string }) | null;
};

export function VersionSheet({ text, version, pages, count, lines, renamed }: VersionSheetProps) {
  const { i18n, t } = useTranslation("text");
  const nameOf = useVersionName();
  const [drawer, setDrawer] = useState(false);
  const closeDrawer = useCallback(() => setDrawer(false), []);
  const [rows, setRows] = useState<readonly OutlineRow[] | null>(null);
  const desk = useRef<HTMLElement>(null);
  const readPage = useCallback(() => {
    if (desk.current) setRows(outlineOnPage(desk.current));
  }, []);
  useEffect(readPage, [readPage]);
  // Laid out as the text is; what is ours is said in the language of the interface.
  const spoken = { lang: i18n.language, dir: i18n.dir() };
  const name = nameOf(version);
  const when = formatWhen(i18n.language, { at: version.at, zone: text.zone });
  const here = `${pages.base}/versions/${version.id}`;
  return (
    <div className="text-room">
      <Docbar
        title={t(version.kind === "issued" ? "version.title" : "version.titleKept", {
          label: name,
          title: text.title,
        })}
        under={[when, version.by ?? t("versions.automatic"), version.note].filter((part) => part !== "")}
        pages={pages}
      >
        <button
          type="button"
          className="btn only-small"
          aria-expanded={drawer}
          onClick={() => setDrawer(!drawer)}
        >
          {t("room.openOutline")}
        </button>
        <div className="row acts-row no-print">
          <Link
            className="btn"
            to={lines ? here : `${here}?lines=1`}
            reloadDocument
            aria-current={lines ? "true" : undefined}
          >
            {t(lines ? "version.linesOff" : "version.linesOn")}
          </Link>
          <button type="button" className="btn" onClick={() => print()}>
            {t("version.print")}
          </button>
          <a className="btn" href={`${here}/download/html`}>
            {t("versions.downloadHtml")}
          </a>
          <a className="btn" href={`${here}/download/text`}>
            {t("versions.downloadPlain")}
          </a>
        </div>
      </Docbar>
      <div className="room-grid sheet-grid">
        <Outline
          id={`outline:${version.id}`}
          count={count}
          rows={rows}
          current={null}
          open={drawer}
          onClose={closeDrawer}
        />
        <main className="desk" id="content" tabIndex={-1} ref={desk}>
          <article
            className={lines ? "paper version-sheet numbered" : "paper version-sheet"}
            lang={text.language}
            dir={directionOf(text.language)}
          >
            <header>
              <div className="un-mast">
                <p className="body" dir="auto">
                  {text.body}
                </p>
                <p className="symbol">
                  <bdi>{text.symbol}</bdi>
                </p>
              </div>
              <div className="un-facts">
                <div>
                  <p dir="auto">{text.session}</p>
                  <p {...spoken}>
                    {t("version.item", { number: text.item })}: <bdi>{text.itemTitle}</bdi>
                  </p>
                </div>
                <div className="end">
                  <p {...spoken}>{formatDay(i18n.language, { at: version.at, zone: text.zone })}</p>
                  <p {...spoken}>
                    {t("version.original", {
                      language: t(`language.${text.language}`, { defaultValue: text.language }),
                    })}
                  </p>
                  <p>
                    <b>
                      <bdi>{name}</bdi>
                    </b>
                  </p>
                </div>
              </div>
            </header>
            <h2 className="title">{text.title}</h2>
            {text.note === "" ? null : <p className="organ note">{text.note}</p>}
            {text.organ === "" ? null : <p className="organ">{text.organ}</p>}
            <Sections
              id={version.id}
              source={`${here}/download/${lines ? "lines" : "paper"}`}
              onFetched={readPage}
            />
            {renamed ? (
              <section className="renumbered" aria-labelledby="renumbered" {...spoken}>
                <h2 className="h2" id="renumbered">
                  {t("version.renumbered", { label: renamed.since })}
                </h2>
                <RenamedList renamed={renamed} />
              </section>
            ) : null}
            <footer className="colophon">
              <p {...spoken}>
                {t("version.colophon", {
                  seq: version.seq,
                  head: version.chainHead,
                  hash: version.wordsHash,
                })}
              </p>
            </footer>
          </article>
        </main>
      </div>
    </div>
  );
}

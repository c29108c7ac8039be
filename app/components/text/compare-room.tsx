/** Compare: the versions on a line, the changes by number, the rows, one change in detail. */
import { Link, useSearchParams } from "@remix-run/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeKind, Totals } from "#collab/compare.ts";
import { ChangeDetail, ChangeList } from "./change-list.tsx";
import { CompareSummary, type WhoOption } from "./compare-summary.tsx";
import { CompareRows, type ChangeView, type RowView } from "./compare-rows.tsx";
import { useCurrentChange } from "./current-change.ts";
import { Docbar, type TextPages } from "./text-nav.tsx";
import { useVersionName, type VersionSummary } from "./version-list.tsx";
import { VersionTimeline } from "./version-timeline.tsx";

type CompareSide = {
  readonly id: string;
  readonly version: VersionSummary | null;
  readonly words: number;
};

export type CompareRoomProps = {
  readonly text: {
    readonly id: string;
    readonly title: string;
    readonly symbol: string;
    readonly language: string;
    readonly zone: string;
  };
  readonly pages: TextPages;
  readonly versions: readonly VersionSummary[];
  readonly live: { readonly changes: number } | null;
  readonly a: CompareSide;
  readonly b: CompareSide;
  readonly layout: "sides" | "inline";
  readonly whole: boolean;
  readonly by: string;
  readonly kind: ChangeKind | "";
  readonly change: number | null;
  readonly rows: readonly RowView[];
  readonly changes: readonly ChangeView[];
  readonly totals: Totals;
  readonly persons: readonly WhoOption[];
  readonly delegations: readonly WhoOption[];
  /** The version that brought the changes, for readers who are told that alone. */
  readonly toldBy: VersionSummary | null;
};

export function CompareRoom(props: CompareRoomProps) {
  const { text, pages, a, b, changes, layout } = props;
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  const names = {
    a: a.version ? nameOf(a.version) : t("compare.live"),
    b: b.version ? nameOf(b.version) : t("compare.live"),
  };
  const [listed, setListed] = useState(false);
  const { current, pick, step } = useCurrentChange(changes, props.change);
  const byNumber = useMemo(() => new Map(changes.map((change) => [change.no, change])), [changes]);
  const place = changes.findIndex((change) => change.no === current);
  return (
    <div className="compare-room">
      <Docbar
        title={t("compare.title")}
        under={[
          <Link key="text" to={pages.base} reloadDocument>
            {text.title}
          </Link>,
          <bdi key="symbol">{text.symbol}</bdi>,
        ]}
        pages={pages}
      />
      <nav className="docbar choose" aria-label={t("compare.choose")}>
        <VersionTimeline
          versions={props.versions}
          live={props.live}
          a={a.id}
          b={b.id}
          base={pages.base}
          zone={text.zone}
        />
        <Link className="btn" to={`${pages.base}/compare/${b.id}/${a.id}`}>
          {t("compare.swap")}
        </Link>
      </nav>
      <div className="cmp">
        <nav className="outline" aria-label={t("compare.changes")} data-open={listed}>
          <CompareSummary {...props} />
          <button
            type="button"
            className="btn only-small"
            aria-expanded={listed}
            onClick={() => setListed(!listed)}
          >
            {t(listed ? "compare.hideChanges" : "compare.showChanges")}
          </button>
          <ChangeList changes={changes} zone={text.zone} current={current} onPick={pick} />
        </nav>
        <main id="content" tabIndex={-1}>
          <div className="cmp-head">
            <div className="cmp-bar">
              <button type="button" className="btn" disabled={changes.length === 0} onClick={() => step(-1)}>
                <svg className="i flip" aria-hidden="true">
                  <use href="#i-prev" />
                </svg>
                {t("compare.previous")} <kbd>[</kbd>
              </button>
              <span className="at num" aria-live="polite">
                {place < 0
                  ? t("compare.count", { count: changes.length })
                  : t("compare.at", { no: place + 1, count: changes.length })}
              </span>
              <button
                type="button"
                className="btn primary"
                disabled={changes.length === 0}
                onClick={() => step(1)}
              >
                {t("compare.next")}
                <svg className="i flip" aria-hidden="true">
                  <use href="#i-next" />
                </svg>
                <kbd>]</kbd>
              </button>
              <span className="grow" />
              <Choices layout={layout} whole={props.whole} />
            </div>
            {props.rows.length === 0 ? null : (
              <div className={layout === "inline" ? "two inline heads" : "two heads"}>
                <Heads names={names} a={a} b={b} layout={layout} />
              </div>
            )}
          </div>
          <div className="cmp-rows">
            {props.rows.length === 0 ? (
              <p className="empty">{t(props.by + props.kind === "" ? "compare.same" : "compare.noneHere")}</p>
            ) : (
              <div className={layout === "inline" ? "two inline" : "two"}>
                <CompareRows
                  rows={props.rows}
                  changes={byNumber}
                  names={names}
                  layout={layout}
                  current={current}
                  lang={text.language}
                  onPick={pick}
                />
              </div>
            )}
          </div>
        </main>
        <aside className="side-panel" aria-label={t("compare.source")} data-chosen={current !== null}>
          <div className="scroll">
            <ChangeDetail
              change={current === null ? null : (byNumber.get(current) ?? null)}
              names={names}
              base={pages.base}
              zone={text.zone}
              version={props.toldBy}
            />
          </div>
        </aside>
      </div>
    </div>
  );
}

type HeadsProps = Pick<CompareRoomProps, "a" | "b" | "layout"> & {
  readonly names: { readonly a: string; readonly b: string };
};

function Heads({ names, a, b, layout }: HeadsProps) {
  const { t } = useTranslation("text");
  const head = (letter: string, name: string, words: number) => (
    <>
      <span className="ab">{letter}</span>
      <b>{name}</b> <span className="cap">{t("compare.words", { count: words })}</span>
    </>
  );
  return (
    <>
      <div className="hd label">{t("compare.label")}</div>
      {layout === "sides" ? (
        <>
          <div className="hd">{head("A", names.a, a.words)}</div>
          <div className="hd">{head("B", names.b, b.words)}</div>
        </>
      ) : (
        <div className="hd row wrap">
          <span>{head("A", names.a, a.words)}</span>
          <span>{head("B", names.b, b.words)}</span>
        </div>
      )}
    </>
  );
}

/** Links that keep the other choices of the address. */
function useAddress(): (change: Record<string, string | null>) => string {
  const [search] = useSearchParams();
  return (change) => {
    const next = new URLSearchParams(search);
    next.delete("change");
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next.toString()}`;
  };
}

function Choices({ layout, whole }: { readonly layout: "sides" | "inline"; readonly whole: boolean }) {
  const { t } = useTranslation("text");
  const address = useAddress();
  const shared = { preventScrollReset: true, replace: true } as const;
  return (
    <>
      <nav className="seg" aria-label={t("compare.layout")}>
        <Link {...shared} to={address({ view: null })} aria-current={layout === "sides" ? "true" : undefined}>
          {t("compare.sides")}
        </Link>
        <Link
          {...shared}
          to={address({ view: "inline" })}
          aria-current={layout === "inline" ? "true" : undefined}
        >
          {t("compare.inline")}
        </Link>
      </nav>
      <nav className="seg" aria-label={t("compare.extent")}>
        <Link {...shared} to={address({ whole: null })} aria-current={whole ? undefined : "true"}>
          {t("compare.changedOnly")}
        </Link>
        <Link {...shared} to={address({ whole: "1" })} aria-current={whole ? "true" : undefined}>
          {t("compare.whole")}
        </Link>
      </nav>
    </>
  );
}

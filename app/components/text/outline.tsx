/** What stands in a text, by label: anchors into the paper, with a filter. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "#collab/model.ts";

export type OutlineRow = {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly level: number;
  /** The first words. */
  readonly start: string;
  readonly locked: boolean;
};

export const OUTLINE_START = 48;

/** The rows as they stand on the page now: what a reader's delta or the editor has changed is in it. */
export function outlineOnPage(host: ParentNode): OutlineRow[] {
  return [...host.querySelectorAll<HTMLElement>("section.para[id^='p-']")].map((section) => ({
    id: section.id.slice(2),
    label: section.querySelector(".gut .lab")?.textContent ?? "",
    role: (section.dataset["role"] ?? "plain") as Role,
    level: Number(section.dataset["level"] ?? 0),
    start: (section.querySelector(".txt")?.textContent ?? "").slice(0, OUTLINE_START),
    locked: section.querySelector(".gut .locked") !== null,
  }));
}

type OutlineProps = {
  readonly rows: readonly OutlineRow[];
  /** The paragraph that is looked at. */
  readonly current: string | null;
  readonly open: boolean;
  readonly onClose: () => void;
};

export function Outline({ rows, current, open, onClose }: OutlineProps) {
  const { t } = useTranslation("text");
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const body = rows.filter((row) => row.role !== "footnote");
  const shown =
    wanted === "" ? body : body.filter((row) => `${row.label} ${row.start}`.toLowerCase().includes(wanted));
  const counted = body.filter((row) => row.role !== "heading" && row.role !== "annex");
  return (
    <nav className="outline" aria-label={t("room.outline")} data-open={open}>
      <div className="head">
        <div className="row">
          <b>{t("room.paragraphs", { count: counted.length })}</b>
          <span className="grow" />
          <button type="button" className="btn quiet only-small" onClick={onClose}>
            {t("room.closeOutline")}
          </button>
        </div>
        <label className="field find">
          <span className="vh">{t("room.find")}</span>
          <svg className="i" aria-hidden="true">
            <use href="#i-search" />
          </svg>
          <input
            type="search"
            value={filter}
            placeholder={t("room.find")}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      </div>
      {shown.length === 0 && rows.length > 0 ? <p className="sec cap">{t("room.noMatch")}</p> : null}
      <ol className="ol">
        {shown.map((row) => (
          <li key={row.id} className={row.role === "heading" || row.role === "annex" ? "sec-h" : undefined}>
            <a href={`#p-${row.id}`} aria-current={current === row.id ? "true" : undefined} onClick={onClose}>
              <RowWords row={row} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function RowWords({ row }: { readonly row: OutlineRow }) {
  const { t } = useTranslation("text");
  if (row.role === "heading" || row.role === "annex") {
    return (
      <span>
        <bdi>{row.label}</bdi> {row.start}
      </span>
    );
  }
  return (
    <>
      <span className={row.locked ? "locked" : "open"}>
        <svg className="i" aria-hidden="true">
          <use href={row.locked ? "#i-locked" : "#i-open"} />
        </svg>
        {row.locked ? <span className="vh">{t("room.locked")}</span> : null}
      </span>
      <span className="l">
        <bdi>{row.label}</bdi>
      </span>
      <span className="t">{row.start}</span>
      <span />
    </>
  );
}

/** What stands in a text, by label: anchors into the paper, with a filter. */
import { memo, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { escapeHtml } from "#collab/escape.ts";
import type { Role } from "#collab/model.ts";
import { PaperContext } from "./paper.tsx";

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

/**
 * The same list as HTML, for the first response: hundreds of rows as elements would cost more than the text itself.
 * The page takes over once it has read its own paper.
 */
export function outlineHtml(rows: readonly OutlineRow[], words: { readonly locked: string }): string {
  const rowHtml = (row: OutlineRow): string => {
    const label = `<bdi>${escapeHtml(row.label)}</bdi>`;
    const start = escapeHtml(row.start);
    const link = `<a href="#p-${escapeHtml(row.id)}">`;
    if (isHeading(row))
      return `<div role="listitem" class="sec-h">${link}<span>${label} ${start}</span></a></div>`;
    const name = row.locked ? "locked" : "open";
    const said = row.locked ? `<span class="vh">${escapeHtml(words.locked)}</span>` : "";
    return (
      `<div role="listitem">${link}<span class="${name}"><svg class="i" aria-hidden="true"><use href="#i-${name}"></use></svg>${said}</span>` +
      `<span class="l">${label}</span><span class="t" dir="auto">${start}</span></a></div>`
    );
  };
  return stretchesOf(rows.filter((row) => row.role !== "footnote"))
    .map((stretch) => `<div>${stretch.map(rowHtml).join("")}</div>`)
    .join("");
}

/**
 * The browser leaves out what is not in sight, and looks at each frame whether it still is not: by the stretch, since
 * hundreds of rows to look at would cost each keystroke more than the letter itself.
 */
const STRETCH = 24;

function stretchesOf(rows: readonly OutlineRow[]): OutlineRow[][] {
  return Array.from({ length: Math.ceil(rows.length / STRETCH) }, (_, at) =>
    rows.slice(at * STRETCH, (at + 1) * STRETCH),
  );
}

function isHeading({ role }: Pick<OutlineRow, "role">): boolean {
  return role === "heading" || role === "annex";
}

/** Paragraphs as people count them. */
export function countParagraphs(rows: readonly OutlineRow[]): number {
  return rows.filter((row) => !isHeading(row) && row.role !== "footnote").length;
}

type OutlineProps = {
  /** Key of the list's HTML in `PaperContext`. */
  readonly id: string;
  /** How many paragraphs the first response has. */
  readonly count: number;
  /** Read from the page; null until then. */
  readonly rows: readonly OutlineRow[] | null;
  /** The paragraph that is looked at. */
  readonly current: string | null;
  readonly open: boolean;
  readonly onClose: () => void;
};

/** Give it the same `onClose` each time: the list is looked at again only when something of it has changed. */
export const Outline = memo(function Outline({ id, count, rows, current, open, onClose }: OutlineProps) {
  const { t } = useTranslation("text");
  const [filter, setFilter] = useState("");
  const html = useContext(PaperContext).get(id) ?? "";
  const wanted = filter.trim().toLowerCase();
  const body = rows?.filter((row) => row.role !== "footnote") ?? [];
  const shown =
    wanted === "" ? body : body.filter((row) => `${row.label} ${row.start}`.toLowerCase().includes(wanted));
  return (
    <nav className="outline" aria-label={t("room.outline")} data-open={open}>
      <div className="head">
        <div className="row">
          <b>{t("room.paragraphs", { count: rows ? countParagraphs(rows) : count })}</b>
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
      {rows === null ? (
        <div className="ol" role="list" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
      ) : (
        <>
          {shown.length === 0 && body.length > 0 ? <p className="sec cap">{t("room.noMatch")}</p> : null}
          <div className="ol" role="list">
            {stretchesOf(shown).map((stretch, at) => (
              // A row that comes to stand in the next stretch is written again, the others stay.
              <div key={at}>
                {stretch.map((row) => (
                  <OutlineItem
                    key={row.id}
                    {...row}
                    isCurrent={current === row.id}
                    lockedWord={t("room.locked")}
                    onClose={onClose}
                  />
                ))}
              </div>
            ))}
          </div>
        </>
      )}
    </nav>
  );
});

type ItemProps = OutlineRow & {
  readonly isCurrent: boolean;
  readonly lockedWord: string;
  readonly onClose: () => void;
};

/** One of hundreds, while somebody types: written again only when a field of its own has changed. */
const OutlineItem = memo(function OutlineItem(props: ItemProps) {
  const { id, label, start, locked, isCurrent, lockedWord, onClose } = props;
  const isHead = isHeading(props);
  return (
    <div role="listitem" className={isHead ? "sec-h" : undefined}>
      <a href={`#p-${id}`} aria-current={isCurrent ? "true" : undefined} onClick={onClose}>
        {isHead ? (
          <span>
            <bdi>{label}</bdi> {start}
          </span>
        ) : (
          <>
            <span className={locked ? "locked" : "open"}>
              <svg className="i" aria-hidden="true">
                <use href={locked ? "#i-locked" : "#i-open"} />
              </svg>
              {locked ? <span className="vh">{lockedWord}</span> : null}
            </span>
            <span className="l">
              <bdi>{label}</bdi>
            </span>
            <span className="t" dir="auto">
              {start}
            </span>
          </>
        )}
      </a>
    </div>
  );
});

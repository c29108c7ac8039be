/** Drafts of one kind: what, who edited it last, and the way to its release for the head. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";

export type DraftLine = {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly editedByName: string;
  readonly editedAt: number;
  readonly edition: number;
  /** What keeps it from being released now, in words. */
  readonly waits?: string;
};

export function DraftList({
  title,
  none,
  drafts,
  base,
  zone,
  mayRelease,
}: {
  readonly title: string;
  readonly none: string;
  readonly drafts: readonly DraftLine[];
  /** Address before the draft's id. */
  readonly base: string;
  readonly zone: string;
  readonly mayRelease: boolean;
}) {
  const { t } = useTranslation("record");
  return (
    <section className="part">
      <div className="part-head">
        <h2>{title}</h2>
        <span className="count">{drafts.length}</span>
      </div>
      {drafts.length === 0 ? (
        <p className="cap">{none}</p>
      ) : (
        <ul className="doc-list">
          {drafts.map((draft) => (
            <li key={draft.id} className="draft-line">
              <div>
                <Link className="entity-name" to={`${base}/${draft.id}`} dir="auto">
                  {draft.title}
                </Link>
                <p dir="auto">{draft.words}</p>
                <p className="cap">
                  {t("drafts.edited", { name: draft.editedByName })}
                  {t("chrome:comma")}
                  <When at={draft.editedAt} zone={zone} /> · {t("drafts.edition", { edition: draft.edition })}
                </p>
              </div>
              {draft.waits ? (
                <span className="cap">{draft.waits}</span>
              ) : mayRelease ? (
                <Link className="btn" to={`${base}/${draft.id}?confirm=release`}>
                  {t("drafts.release")} <span className="vh">{draft.title}</span>
                </Link>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

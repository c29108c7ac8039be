/** Versions in the panel of the text room: label, when, who, words; open and compare. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";

export type VersionSummary = {
  readonly id: string;
  readonly kind: "issued" | "automatic";
  readonly label: string;
  readonly reason: string;
  readonly seq: number;
  readonly at: number;
  readonly by: string | null;
  readonly added: number;
  readonly removed: number;
  readonly words: number;
};

/** The name that a version is shown under: its label, or why the server kept it. */
export function useVersionName(): (version: Pick<VersionSummary, "kind" | "label" | "reason">) => string {
  const { t } = useTranslation("text");
  return (version) =>
    version.kind === "issued"
      ? version.label
      : t(`versions.reason.${version.reason}`, { defaultValue: version.label });
}

export function WordCounts({ added, removed }: { readonly added: number; readonly removed: number }) {
  const { t } = useTranslation("text");
  return (
    <span className="row" title={t("versions.wordsTitle")} style={{ display: "inline-flex" }}>
      <span className="st inserted">
        <svg className="i" aria-hidden="true">
          <use href="#i-inserted" />
        </svg>
        <span className="vh">{t("compare.addedTitle")}</span>
        {added}
      </span>
      <span className="st deleted">
        <svg className="i" aria-hidden="true">
          <use href="#i-deleted" />
        </svg>
        <span className="vh">{t("compare.removedTitle")}</span>
        {removed}
      </span>
    </span>
  );
}

type VersionListProps = {
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly base: string;
  readonly zone: string;
  readonly live: boolean;
};

export function VersionList({ versions, base, zone, live }: VersionListProps) {
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  if (versions.length === 0) return <p className="sec cap">{t("versions.none")}</p>;
  return (
    <ol className="plain">
      {versions.map((version, at) => {
        const before = versions[at + 1];
        const name = nameOf(version);
        return (
          <li key={version.id} className="hist">
            <b>
              <Link to={`${base}/versions/${version.id}`} reloadDocument>
                {name}
              </Link>
            </b>
            <div>
              <When at={version.at} zone={zone} />
              {version.by === null ? null : `${t("chrome:comma")}${version.by}`}
              <div className="row wrap">
                <WordCounts added={version.added} removed={version.removed} />
                {before ? (
                  <Link to={`${base}/compare/${before.id}/${version.id}`}>
                    {t("versions.comparePrevious", { label: nameOf(before) })}
                    <span className="vh">: {name}</span>
                  </Link>
                ) : null}
                {live && at === 0 ? (
                  <Link to={`${base}/compare/${version.id}/live`}>{t("versions.compareLive")}</Link>
                ) : null}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

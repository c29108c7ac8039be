/** Versions with who, when, words and the head of the log; open, compare, restore, download. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary } from "#app/components/form.tsx";
import { useVersionName, type VersionSummary, WordCounts } from "./version-list.tsx";
import { When } from "#app/components/when.tsx";

type VersionInTable = VersionSummary & {
  readonly symbol: string;
  readonly note: string;
  readonly chainHead: string;
};

type VersionTableProps = {
  /** Newest first. */
  readonly versions: readonly VersionInTable[];
  readonly base: string;
  readonly zone: string;
  readonly live: boolean;
  readonly mayRestore: boolean;
  readonly done: {
    readonly issued: string | null;
    readonly restored: string | null;
    readonly skipped: string | null;
    readonly same: boolean;
  };
  readonly answer: Answer;
};

export function VersionTable(props: VersionTableProps) {
  const { versions, mayRestore } = props;
  const { t } = useTranslation("text");
  if (versions.length === 0) return <p className="empty">{t("versions.none")}</p>;
  return (
    <section className="block" aria-label={t("versions.title")}>
      <Done {...props} />
      <ErrorSummary answer={props.answer} />
      <div className="text-table-wrap">
        <table className="text-table versions">
          <thead>
            <tr>
              <th scope="col">{t("versions.label")}</th>
              <th scope="col">{t("versions.when")}</th>
              <th scope="col">{t("versions.who")}</th>
              <th scope="col">{t("versions.words")}</th>
              <th scope="col">{t("versions.chain")}</th>
              <th scope="col">{t("versions.acts")}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version, at) => (
              <Row key={version.id} {...props} version={version} before={versions[at + 1] ?? null} />
            ))}
          </tbody>
        </table>
      </div>
      {mayRestore ? <p className="cap">{t("versions.restoreLead")}</p> : null}
    </section>
  );
}

type RowProps = VersionTableProps & {
  readonly version: VersionInTable;
  readonly before: VersionInTable | null;
};

function Row({ version, before, base, zone, live, mayRestore }: RowProps) {
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  const name = nameOf(version);
  const here = `${base}/versions/${version.id}`;
  const by = version.by ?? t("versions.automatic");
  return (
    <tr className={version.kind === "automatic" ? "automatic" : undefined}>
      <td>
        <Link to={here} reloadDocument>
          {name}
        </Link>
        {version.symbol === "" ? null : (
          <div className="cap">
            <bdi dir="ltr">{version.symbol}</bdi>
          </div>
        )}
        {version.note === "" ? null : (
          <div className="cap">
            <bdi>{version.note}</bdi>
          </div>
        )}
      </td>
      <td>
        <When at={version.at} zone={zone} />
      </td>
      <td>{by}</td>
      <td>
        <WordCounts added={version.added} removed={version.removed} />
      </td>
      <td>
        <abbr className="mono" title={version.chainHead}>
          {version.chainHead.slice(0, 8)}
        </abbr>
      </td>
      <td>
        <div className="row wrap">
          {before ? (
            <Link to={`${base}/compare/${before.id}/${version.id}`}>
              {t("versions.comparePrevious", { label: nameOf(before) })}
              <span className="vh">: {name}</span>
            </Link>
          ) : null}
          {live ? (
            <Link to={`${base}/compare/${version.id}/live`}>
              {t("versions.compareLive")}
              <span className="vh">: {name}</span>
            </Link>
          ) : null}
          <a href={`${here}/download/html`}>
            {t("versions.downloadHtml")}
            <span className="vh">: {name}</span>
          </a>
          <a href={`${here}/download/text`}>
            {t("versions.downloadPlain")}
            <span className="vh">: {name}</span>
          </a>
          {mayRestore ? (
            <Link
              className="btn quiet"
              id={`restore-${version.id}`}
              to={`${base}/versions?restore=${version.id}`}
            >
              {t("versions.restore")}
              <span className="vh"> {name}</span>
            </Link>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

function Done({ versions, done }: VersionTableProps) {
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  const of = versions.find((version) => version.id === (done.issued ?? done.restored));
  if (!of) return null;
  const label = nameOf(of);
  let said = t("versions.issued", { label });
  if (done.restored !== null) {
    if (done.skipped !== null) said = t("versions.restoredSkipped", { label, paragraphs: done.skipped });
    else said = t(done.same ? "versions.restoredSame" : "versions.restored", { label });
  }
  return <output className="done">{said}</output>;
}

/** The changes of a comparison by number, and one of them in detail. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { countWords } from "#collab/words.ts";
import type { ChangeView } from "./compare-rows.tsx";
import { formatWhen } from "./instants.ts";
import { When } from "#app/components/when.tsx";
import type { VersionSummary } from "./version-list.tsx";

/** "Paragraph added", "2 words replaced", "Moved, was OP11". */
function useChangeName(): (change: ChangeView) => string {
  const { t } = useTranslation("text");
  return (change) => {
    const label = change.labelA ?? "";
    if (change.kind === "words") {
      const [added, removed] = [countWords(change.inserted), countWords(change.removed)];
      if (added > 0 && removed > 0) return t("compare.wordsReplaced", { count: removed });
      if (added > 0) return t("compare.wordsInserted", { count: added });
      if (removed > 0) return t("compare.wordsRemoved", { count: removed });
      return t("compare.kind.words");
    }
    if (change.kind === "moved") {
      return label === "" || label === change.labelB
        ? t("compare.kind.movedPlain")
        : t("compare.kind.moved", { label });
    }
    if (change.kind === "merged") return t("compare.kind.merged", { label: change.labelB ?? "" });
    return t(`compare.kind.${change.kind}`, { label });
  };
}

type ListProps = {
  readonly changes: readonly ChangeView[];
  readonly zone: string;
  readonly current: number | null;
  readonly onPick: (no: number) => void;
};

export function ChangeList({ changes, zone, current, onPick }: ListProps) {
  const nameOf = useChangeName();
  const { i18n, t } = useTranslation("text");
  return (
    <ol className="chg">
      {changes.map((change) => {
        const last = change.makers.at(-1);
        return (
          <li key={change.no}>
            <a
              id={`l-${change.no}`}
              href={`?change=${change.no}#c-${change.no}`}
              aria-current={change.no === current ? "true" : undefined}
              onClick={(event) => {
                event.preventDefault();
                onPick(change.no);
              }}
            >
              <span className={change.no === current ? "nref cur" : "nref"}>{change.no}</span>
              <b>
                <bdi>{change.labelB ?? change.labelA ?? ""}</bdi>
              </b>
              <span className="k">{nameOf(change)}</span>
              {last ? (
                <span className="w">
                  {change.makers.map((maker, at) => (
                    <span key={maker.key}>
                      {at > 0 ? " " : ""}
                      <Siglum siglum={maker.siglum} name={maker.name} server={t("compare.server")} />
                    </span>
                  ))}
                  {t("chrome:comma")}
                  {formatWhen(i18n.language, { at: last.at, zone })}
                </span>
              ) : null}
            </a>
          </li>
        );
      })}
    </ol>
  );
}

function Siglum(props: { readonly siglum: string; readonly name: string; readonly server: string }) {
  const { siglum, name, server } = props;
  return (
    <abbr className="code" title={name === "" ? server : name}>
      {siglum === "" ? name || server : siglum}
    </abbr>
  );
}

type DetailProps = {
  readonly change: ChangeView | null;
  readonly names: { readonly a: string; readonly b: string };
  readonly base: string;
  readonly zone: string;
  /** What brought the changes, for readers who are not told who made them; else null. */
  readonly version: VersionSummary | null;
};

export function ChangeDetail({ change, names, base, zone, version }: DetailProps) {
  const { t } = useTranslation("text");
  const nameOf = useChangeName();
  if (!change) {
    return (
      <div className="sec">
        <p className="cap">{t(version ? "compare.pickPlain" : "compare.pick")}</p>
      </div>
    );
  }
  const label = change.labelB ?? change.labelA ?? "";
  return (
    <>
      <div className="sec" aria-live="polite">
        <div className="row-b">
          <h2 className="big">{t("compare.detail", { no: change.no })}</h2>
          <span className="cap">{t("compare.detailOf", { label, ...names })}</span>
        </div>
        {change.removed + change.inserted === "" ? null : (
          <p className="serif quote" dir="auto">
            {change.removed === "" ? null : <del className="del">{change.removed}</del>}{" "}
            {change.inserted === "" ? null : <ins className="ins">{change.inserted}</ins>}
          </p>
        )}
        <p>
          <span className="tag plain">{nameOf(change)}</span>
        </p>
      </div>
      <div className="sec">
        {version ? <Issue version={version} zone={zone} /> : <Makers makers={change.makers} zone={zone} />}
        <p>
          <Link to={`${base}/paragraphs/${change.paragraphId}`}>{t("compare.life", { label })}</Link>
        </p>
      </div>
    </>
  );
}

function Makers({ makers, zone }: Pick<ChangeView, "makers"> & { readonly zone: string }) {
  const { t } = useTranslation("text");
  return (
    <>
      <h3>{t("compare.who")}</h3>
      {makers.length === 0 ? <p className="cap">{t("compare.whoUnknown")}</p> : null}
      <table className="text-table">
        <tbody>
          {makers.map((maker) => (
            <tr key={maker.key}>
              <td>
                <When at={maker.at} zone={zone} />
              </td>
              <td>
                {maker.name || t("compare.server")} <span className="code">{maker.siglum}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Issue({ version, zone }: { readonly version: VersionSummary; readonly zone: string }) {
  const { t } = useTranslation("text");
  return (
    <>
      <h3>{t("compare.withVersion")}</h3>
      <p>
        <b>
          <bdi>{version.label}</bdi>
        </b>
        {t("chrome:comma")}
        <When at={version.at} zone={zone} />
        {version.by === null ? null : `${t("chrome:comma")}${version.by}`}
      </p>
    </>
  );
}

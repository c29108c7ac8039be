/** Versions on a line, oldest first, with the live text at its end: choose A and B. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useVersionName, type VersionSummary } from "./version-list.tsx";
import { When } from "#app/components/when.tsx";

type TimelineProps = {
  readonly versions: readonly VersionSummary[];
  readonly live: { readonly changes: number } | null;
  readonly a: string;
  readonly b: string;
  readonly base: string;
  readonly zone: string;
};

export function VersionTimeline({ versions, live, a, b, base, zone }: TimelineProps) {
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  const stops = versions.map((version) => ({
    id: version.id,
    name: nameOf(version),
    under: (
      <>
        <When at={version.at} zone={zone} />
        {version.by === null ? null : `${t("chrome:comma")}${version.by}`}
      </>
    ),
  }));
  if (live) {
    stops.push({
      id: "live",
      name: t("compare.live"),
      under: <>{t("compare.liveSince", { count: live.changes })}</>,
    });
  }
  return (
    <section className="strip-wrap" aria-label={t("compare.timeline")}>
      <ol className="strip">
        {stops.map(({ id, name, under }) => (
          <li key={id} className={id === a || id === b ? "on" : undefined}>
            <b>
              {id === a ? <span className="ab">A</span> : null}
              {id === b ? <span className="ab">B</span> : null}
              <bdi>{name}</bdi>
            </b>
            <span className="cap">{under}</span>
            <span className="pick no-print">
              {id === a ? null : (
                <Link to={`${base}/compare/${id}/${b}`} aria-label={t("compare.chooseA", { label: name })}>
                  A
                </Link>
              )}
              {id === b ? null : (
                <Link to={`${base}/compare/${a}/${id}`} aria-label={t("compare.chooseB", { label: name })}>
                  B
                </Link>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

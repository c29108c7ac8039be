/** Every audience that a text has had, the newest first. */
import { useTranslation } from "react-i18next";
import type { Audience } from "#app/rules/audience.ts";
import { When } from "#app/components/when.tsx";

type AudienceHistoryProps = {
  readonly history: readonly {
    readonly number: number;
    readonly audience: Audience;
    readonly shows: "live" | "versions";
    readonly delegations: readonly string[];
    readonly at: number;
    readonly by: string;
  }[];
  readonly zone: string;
};

export function AudienceHistory({ history, zone }: AudienceHistoryProps) {
  const { t } = useTranslation("text");
  return (
    <section className="block" aria-labelledby="audiences">
      <h2 id="audiences" className="h2">
        {t("audience.history")}
      </h2>
      <table className="text-table">
        <tbody>
          {history.map((row) => (
            <tr key={row.number}>
              <td>
                <When at={row.at} zone={zone} />
              </td>
              <td>
                {t(`audience.${row.audience}`)}
                {row.delegations.length === 0 ? null : (
                  <span className="code"> {row.delegations.join(" ")}</span>
                )}
              </td>
              <td>
                {row.audience === "bureau"
                  ? null
                  : t(row.shows === "live" ? "audience.showsLive" : "audience.showsVersions")}
              </td>
              <td>{row.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Texts in the order of the agenda: what each is, and what of it this viewer sees. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";

type TextInTable = {
  readonly id: string;
  readonly title: string;
  readonly kind: "resolution" | "report" | "statement";
  readonly symbol: string;
  readonly item: string;
  readonly itemTitle: string;
  readonly standing: "bureau" | "live" | "versions";
  readonly newest: { readonly id: string; readonly label: string; readonly at: number } | null;
};

type TextTableProps = {
  readonly texts: readonly TextInTable[];
  readonly base: string;
  readonly zone: string;
};

export function TextTable({ texts, base, zone }: TextTableProps) {
  const { t } = useTranslation("text");
  const standing = {
    bureau: t("list.write"),
    live: t("list.shownLive"),
    versions: t("list.shownVersions"),
  };
  return (
    <section className="text-table-wrap block" aria-label={t("list.title")}>
      <table className="text-table texts">
        <thead>
          <tr>
            <th scope="col">{t("list.item")}</th>
            <th scope="col">{t("list.text")}</th>
            <th scope="col">{t("list.symbol")}</th>
            <th scope="col">{t("list.latest")}</th>
            <th scope="col">{t("list.state")}</th>
          </tr>
        </thead>
        <tbody>
          {texts.map((text) => (
            <tr key={text.id}>
              <td title={text.itemTitle}>
                <bdi>{text.item}</bdi>
              </td>
              <td>
                <Link to={`${base}/${text.id}`} reloadDocument className="serif">
                  {text.title}
                </Link>
                <div className="cap">{t(`kind.${text.kind}`)}</div>
              </td>
              <td>
                <bdi dir="ltr">{text.symbol}</bdi>
              </td>
              <td>
                {text.newest ? (
                  <>
                    <Link to={`${base}/${text.id}/versions/${text.newest.id}`} reloadDocument>
                      {text.newest.label}
                    </Link>
                    <div className="cap">
                      <When at={text.newest.at} zone={zone} />
                    </div>
                  </>
                ) : (
                  <span className="cap">{t("list.noVersion")}</span>
                )}
              </td>
              <td>{standing[text.standing]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

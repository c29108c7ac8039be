/** What a statement speaks to: topics, and paragraphs of texts that the viewer reads. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";

type SpokenToProps = {
  readonly topics: readonly { readonly id: string; readonly title: string }[];
  readonly texts: readonly {
    readonly id: string;
    readonly title: string;
    readonly symbol: string;
    readonly language: string;
    readonly paragraphs: readonly { readonly id: string; readonly label: string; readonly start: string }[];
  }[];
  /** Addresses in the session begin with it. */
  readonly base: string;
};

export function SpokenToList({ topics, texts, base }: SpokenToProps) {
  const { t } = useTranslation("record");
  if (topics.length === 0 && texts.length === 0) return null;
  return (
    <section className="part" aria-labelledby="spoken-to">
      <h2 id="spoken-to">{t("statement.speaksTo")}</h2>
      {topics.length === 0 ? null : (
        <p>
          {topics.map(({ id, title }, at) => (
            <span key={id}>
              {at === 0 ? "" : t("chrome:comma")}
              <Link to={`${base}/topics/${id}`}>{title}</Link>
            </span>
          ))}
        </p>
      )}
      {texts.map((text) => (
        <div key={text.id}>
          <h3 className="label">
            <Link to={`${base}/texts/${text.id}`} reloadDocument>
              <bdi>{text.title}</bdi>
            </Link>{" "}
            <bdi className="cap">{text.symbol}</bdi>
          </h3>
          <ul className="doc-list">
            {text.paragraphs.map(({ id, label, start }) => (
              <li key={id}>
                <Link to={`${base}/texts/${text.id}/paragraphs/${id}`}>
                  {label === "" ? t("text:paragraph.plain") : <bdi>{label}</bdi>}
                </Link>{" "}
                <span className="cap" lang={text.language} dir="auto">
                  {start}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

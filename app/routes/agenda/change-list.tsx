/** What changed since the agenda was adopted: for everybody, with who and why. */
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";

type Change = {
  readonly id: string;
  readonly what: "added" | "edited" | "moved" | "deleted";
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

export function ChangeList({
  changes,
  adopted,
  zone,
}: {
  readonly changes: readonly Change[];
  readonly adopted: boolean;
  readonly zone: string;
}) {
  const { t } = useTranslation("session");
  if (!adopted) return null;
  return (
    <section className="sheet" aria-labelledby="changes">
      <h2 className="h2" id="changes">
        {t("agenda.changes")}
      </h2>
      {changes.length === 0 ? <p className="cap">{t("agenda.noChanges")}</p> : null}
      <ol className="agenda-changes">
        {changes.map(({ id, what, before, after, reason, by, at }) => (
          <li key={id}>
            <p>
              <b>{t(`agenda.what.${what}`)}</b>{" "}
              {before === "" ? null : <Called gone={after !== before}>{before}</Called>}{" "}
              {after === "" || after === before ? null : <Called>{after}</Called>}
            </p>
            <p dir="auto">{reason}</p>
            <p className="cap">
              <bdi>{by}</bdi>
              {t("chrome:comma")}
              <When at={at} zone={zone} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How the item was called, struck through, or how it is called. */
function Called({ gone = false, children }: { readonly gone?: boolean; readonly children: string }) {
  return gone ? (
    <del>
      <bdi>{children}</bdi>
    </del>
  ) : (
    <bdi>{children}</bdi>
  );
}

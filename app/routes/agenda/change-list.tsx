/** What changed since the agenda was adopted: for everybody, with who and why. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { When } from "#app/components/when.tsx";

type Change = {
  readonly id: string;
  readonly what: "added" | "edited" | "moved" | "deleted" | "document-added" | "document-removed";
  readonly before: string;
  readonly after: string;
  /** The document that was put in or taken away; "" for none. */
  readonly document: string;
  /** Null where it is as it was. */
  readonly note: { readonly before: string; readonly after: string } | null;
  readonly topics: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
  /** "" for a document of the time when none was asked for. */
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
        {changes.map(({ id, what, before, after, document, note, topics, reason, by, at }) => (
          <li key={id}>
            <p>
              <b>{t(`agenda.what.${what}`)}</b>{" "}
              {before === "" ? null : <Called gone={after !== before}>{before}</Called>}{" "}
              {after === "" || after === before ? null : <Called>{after}</Called>}
            </p>
            {document === "" ? null : (
              <p>
                <Called gone={what === "document-removed"}>{document}</Called>
              </p>
            )}
            {note === null ? null : <Turn label={t("agenda.note")} from={note.before} to={note.after} />}
            {topics === null ? null : (
              <Turn
                label={t("agenda.topics")}
                from={topics.before.join(t("chrome:comma"))}
                to={topics.after.join(t("chrome:comma"))}
              />
            )}
            {reason === "" ? null : <p dir="auto">{reason}</p>}
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

/** What something said before, and what it says now. */
function Turn({ label, from, to }: { readonly label: string; readonly from: string; readonly to: string }) {
  return (
    <p className="cap">
      {label}: {from === "" ? null : <Called gone>{from}</Called>} {to === "" ? null : <Called>{to}</Called>}
    </p>
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

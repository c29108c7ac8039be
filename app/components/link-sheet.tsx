/** A one-time link, shown this once to whoever made it. */
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { When } from "./when.tsx";

export function LinkSheet({
  link,
}: {
  readonly link: { readonly name: string; readonly address: string; readonly expiresAt: number };
}) {
  const { t } = useTranslation("people");
  return (
    <section className="sheet" role="status">
      <h2 className="h2">{t("list.linkFor", { name: link.name })}</h2>
      <p className="copyable" data-link>
        {link.address}
      </p>
      <p className="row acts">
        <CopyButton words={link.address} />
      </p>
      <p className="cap">
        {t("list.linkWords", { until: "" })} <When at={link.expiresAt} zone="UTC" form="day" />
      </p>
    </section>
  );
}

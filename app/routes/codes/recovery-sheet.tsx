/** Ten recovery codes, shown this once: to be copied, printed or kept as a file. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "#app/components/copy-button.tsx";

type SheetProps = {
  readonly codes: readonly string[];
  /** Whose they are, for whoever finds the paper later. */
  readonly email: string;
};

export function RecoverySheet({ codes, email }: SheetProps) {
  const { t } = useTranslation("people");
  const file = [t("codes.fileHead", { email }), "", ...codes, "", t("codes.recoveryWords"), ""].join("\r\n");
  return (
    <section className="sheet" role="status" aria-labelledby="recovery">
      <h2 className="h2" id="recovery">
        {t("codes.recovery")}
      </h2>
      <p>{t("codes.recoveryWords")}</p>
      <p className="print-only">
        <bdi>{email}</bdi>
      </p>
      <ol className="recovery-codes" dir="ltr" data-recovery>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="row acts wrap no-print">
        <CopyButton words={codes.join("\n")} />
        <button type="button" className="btn" onClick={() => window.print()}>
          {t("codes.print")}
        </button>
        <a
          className="btn"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
          download="chapeau-recovery-codes.txt"
        >
          {t("codes.download")}
        </a>
        <Link className="btn primary" to="/account">
          {t("codes.kept")}
        </Link>
      </p>
    </section>
  );
}

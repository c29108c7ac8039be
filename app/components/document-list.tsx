/** Documents of an agenda item: symbol, title, and where it is or what kind of file. */
import type { ComponentType } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "./icons.tsx";

export type DocumentInList = {
  readonly id: string;
  readonly symbol: string;
  readonly title: string;
  readonly url: string;
  readonly type: "pdf" | "docx" | null;
  /** Bytes. */
  readonly size: number | null;
};

export function DocumentList({
  documents,
  base,
  act: Act,
}: {
  readonly documents: readonly DocumentInList[];
  /** `/sessions/<id>` */
  readonly base: string;
  /** What can be done with each. */
  readonly act?: ComponentType<DocumentInList>;
}) {
  return (
    <ul className="doc-list">
      {documents.map((document) => (
        <li key={document.id} className="row-b">
          <span className="grow">
            {document.symbol === "" ? null : (
              <>
                <bdi className="code" dir="ltr">
                  {document.symbol}
                </bdi>{" "}
              </>
            )}
            <DocumentLink document={document} base={base} />
          </span>
          {Act ? <Act {...document} /> : null}
        </li>
      ))}
    </ul>
  );
}

function DocumentLink({ document, base }: { readonly document: DocumentInList; readonly base: string }) {
  const { t } = useTranslation("session");
  const { id, title, url, type, size } = document;
  if (type !== null && size !== null) {
    return (
      <>
        <a href={`${base}/documents/${id}`} download>
          <Icon name="doc" /> <bdi>{title}</bdi>
        </a>{" "}
        <span className="cap">
          <bdi>{t(`documents.type.${type}`)}</bdi>
          {t("chrome:comma")}
          <bdi>{t("documents.size", { mb: megabytes(size) })}</bdi>
        </span>
      </>
    );
  }
  return (
    <>
      <a href={url} rel="noreferrer" target="_blank">
        <bdi>{title}</bdi>
      </a>{" "}
      <bdi className="cap" dir="ltr">
        {URL.canParse(url) ? new URL(url).host : ""}
      </bdi>
    </>
  );
}

/** Bytes in millions, with one digit behind the point. */
export function megabytes(size: number): string {
  return Math.max(0.1, size / 1_000_000).toFixed(1);
}

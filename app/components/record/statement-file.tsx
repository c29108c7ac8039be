/** The file in which a statement was handed in: its name, what it is, how large, to be downloaded. */
import { useTranslation } from "react-i18next";
import { megabytes } from "#app/components/document-list.tsx";
import { Icon } from "#app/components/icons.tsx";

export type FileFacts = {
  readonly name: string;
  readonly type: "pdf" | "docx";
  /** Bytes. */
  readonly size: number;
};

export function StatementFile({
  file,
  to,
  id,
}: {
  readonly file: FileFacts;
  readonly to: string;
  /** Where search leads to. */
  readonly id?: string;
}) {
  const { t } = useTranslation("record");
  const { name, type, size } = file;
  return (
    <p className="statement-file" id={id}>
      {t("statement.file")}{" "}
      <a href={to} download>
        <Icon name="doc" /> <bdi>{name}</bdi>
      </a>{" "}
      <span className="cap">
        <bdi>{t(`session:documents.type.${type}`)}</bdi>
        {t("chrome:comma")}
        <bdi>{t("session:documents.size", { mb: megabytes(size) })}</bdi>
      </span>
    </p>
  );
}

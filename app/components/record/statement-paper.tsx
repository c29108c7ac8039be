/** The words of a statement in their direction, and in words for whom they are. */
import { useTranslation } from "react-i18next";
import { directionOf, paragraphsOf } from "#app/rules/statements.ts";
import { ForWhom } from "./for-whom.tsx";

type Named = { readonly id: string; readonly code: string; readonly name: string };

export type Alignment = {
  readonly group: { readonly code: string; readonly name: string };
  readonly aligned: readonly Named[];
  readonly exceptions: readonly Named[];
};

export function StatementPaper({
  language,
  body,
  alignment,
}: {
  readonly language: string;
  readonly body: string;
  /** Null for a national statement. */
  readonly alignment: Alignment | null;
}) {
  const { t } = useTranslation("record");
  return (
    <>
      {alignment === null ? (
        <p className="cap">{t("statement.national")}</p>
      ) : (
        <ForWhom alignment={alignment} day="release" />
      )}
      <div className="statement-body" lang={language} dir={directionOf(language)}>
        {paragraphsOf(body).map((paragraph, at) => (
          // Released words never change, so a paragraph's place is its name.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={at}>{paragraph}</p>
        ))}
      </div>
    </>
  );
}

/** The words of a statement in their direction, and in words for whom they are. */
import { useTranslation } from "react-i18next";
import { directionOf, paragraphsOf } from "#app/rules/statements.ts";

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
  const { t, i18n } = useTranslation("record");
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const names = (all: readonly Named[]) => list.format(all.map(({ name }) => name));
  return (
    <>
      {alignment === null ? (
        <p className="cap">{t("statement.national")}</p>
      ) : (
        <div className="alignment">
          <p>
            <b>{t("statement.behalf", { group: `${alignment.group.name} (${alignment.group.code})` })}</b>
          </p>
          <p>
            {alignment.aligned.length === 0
              ? t("statement.alignedNone", { group: alignment.group.name })
              : t("statement.aligned", {
                  count: alignment.aligned.length,
                  group: alignment.group.name,
                  names: names(alignment.aligned),
                })}
          </p>
          {alignment.exceptions.length === 0 ? null : (
            <p>{t("statement.exceptions", { names: names(alignment.exceptions) })}</p>
          )}
          <p className="cap">{t("statement.membersOn", { group: alignment.group.name })}</p>
        </div>
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

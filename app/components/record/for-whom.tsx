/** On whose behalf something is said, and who aligned. */
import { useTranslation } from "react-i18next";

type Named = { readonly id: string; readonly code: string; readonly name: string };

export type Alignment = {
  readonly group: { readonly code: string; readonly name: string };
  readonly aligned: readonly Named[];
  readonly exceptions: readonly Named[];
  /** The group's list for that day was corrected since the release: others would be aligned by it. */
  readonly corrected: boolean;
};

/** On behalf of which group, and in words who aligned and who did not. */
export function ForWhom({
  alignment,
  day,
}: {
  readonly alignment: Alignment;
  /** Of which day the members are: that of the release, or that of the source. */
  readonly day: "release" | "source";
}) {
  const { t, i18n } = useTranslation("record");
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  const names = (all: readonly Named[]) => list.format(all.map(({ name }) => name));
  const { group, aligned, exceptions, corrected } = alignment;
  return (
    <div className="alignment">
      <p>
        <b>{t("statement.behalf", { group: `${group.name} (${group.code})` })}</b>
      </p>
      <p>
        {aligned.length === 0
          ? t("statement.alignedNone", { group: group.name })
          : t("statement.aligned", {
              count: aligned.length,
              group: group.name,
              names: names(aligned),
            })}
      </p>
      {exceptions.length === 0 ? null : <p>{t("statement.exceptions", { names: names(exceptions) })}</p>}
      <p className="cap">
        {t(day === "release" ? "statement.membersOn" : "position.membersOn", { group: group.name })}
      </p>
      {corrected ? <p className="cap">{t("statement.membersCorrected", { group: group.name })}</p> : null}
    </div>
  );
}

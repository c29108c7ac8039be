/** That members of a group are counted on a past day although nobody recorded when they began. */
import { useTranslation } from "#app/i18n/use-translation.ts";

export function Undated({
  of,
}: {
  readonly of: readonly { readonly group: string; readonly count: number }[];
}) {
  const { t } = useTranslation("record");
  return of.map(({ group, count }) => (
    <p key={group} className="cap">
      {t("positions.undated", { group, count })}
    </p>
  ));
}

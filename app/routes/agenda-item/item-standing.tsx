/** Where an item stands at this moment, and since when. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { useItemNow, useItemStatus } from "#app/components/now.tsx";
import { When } from "#app/components/when.tsx";
import type { ItemStatus } from "#app/rules/agenda.ts";

export function ItemStanding({
  item,
  zone,
}: {
  readonly item: { readonly id: string; readonly status: ItemStatus; readonly statusAt: number };
  readonly zone: string;
}) {
  const { t } = useTranslation("record");
  const isNow = useItemNow()?.id === item.id;
  const { status, statusAt } = useItemStatus(item.id, item);
  return (
    <span className="row wrap">
      {isNow ? (
        <span className="st">
          <Icon name="floor" flip /> {t("item.now")}
        </span>
      ) : null}
      <span className="st">
        <Icon name={status === "concluded" ? "check" : "open"} /> {t(`session:agenda.state.${status}`)}
      </span>
      {status === "not-yet" ? null : (
        <span className="cap">
          {t("session:agenda.since")} <When at={statusAt} zone={zone} />
        </span>
      )}
    </span>
  );
}

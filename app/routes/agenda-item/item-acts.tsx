/** What chair and secretariat do with an item: its status, and whether it is under discussion. */
import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Submit } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { useItemNow, useItemStatus } from "#app/components/now.tsx";
import { ITEM_STATUSES, type ItemStatus } from "#app/rules/agenda.ts";

export function ItemActs({
  item,
}: {
  readonly item: { readonly id: string; readonly status: ItemStatus; readonly statusAt: number };
}) {
  const { t } = useTranslation("session");
  const isNow = useItemNow()?.id === item.id;
  const { status } = useItemStatus(item.id, item);
  // Sent back, it shows what stands now.
  const { opened, onInput, onSubmit } = useOpened(status, { isRefused: false });
  return (
    <div className="row wrap">
      <Form method="post" className="row" onInput={onInput} onSubmit={onSubmit}>
        <input type="hidden" name="seen" value={opened} />
        <label className="row">
          <span className="label">{t("agenda.status")}</span>
          <select className="field" name="status" defaultValue={opened} key={opened}>
            {ITEM_STATUSES.map((one) => (
              <option key={one} value={one}>
                {t(`agenda.state.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <Submit intent="status">{t("home.setMode")}</Submit>
      </Form>
      <Form method="post">
        {isNow ? (
          <Submit intent="take-up" values={{ nothing: "true" }}>
            {t("agenda.takeUpNone")}
          </Submit>
        ) : (
          <Submit intent="take-up">{t("agenda.setNow")}</Submit>
        )}
      </Form>
    </div>
  );
}

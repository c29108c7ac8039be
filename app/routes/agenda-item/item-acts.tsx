/** What chair and secretariat do with an item: its status, and whether it is under discussion. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Submit } from "#app/components/form.tsx";

export const statuses = ["not-yet", "open", "suspended", "concluded"] as const;

export function ItemActs({
  status,
  isNow,
}: {
  readonly status: (typeof statuses)[number];
  readonly isNow: boolean;
}) {
  const { t } = useTranslation("session");
  return (
    <div className="row wrap">
      <Form method="post" className="row">
        <label className="row">
          <span className="label">{t("agenda.status")}</span>
          <select className="field" name="status" defaultValue={status} key={status}>
            {statuses.map((one) => (
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

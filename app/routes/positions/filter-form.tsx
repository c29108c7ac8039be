/** What is shown of the table: groups, topics, day, order; folded on a phone. Works without script. */
import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import type { Filters } from "./filters.ts";
import type { listChoices } from "./load.ts";

type FormProps = {
  readonly filters: Filters;
  readonly choices: Awaited<ReturnType<typeof listChoices>>;
  readonly chosenIds: readonly string[];
  /** Days after it make no sense. */
  readonly today: string;
};

export function FilterForm({ filters, choices, chosenIds, today }: FormProps) {
  const { t } = useTranslation("record");
  const { topics, regions, groups } = choices;
  const named = (one: { readonly name: string; readonly code: string }) => `${one.name} (${one.code})`;
  // What the address says anew is shown anew.
  const key = JSON.stringify(filters);
  return (
    <details className="fold no-print" key={key}>
      <summary className="btn">
        {t("positions.filters")} <Icon name="down" />
      </summary>
      <Form method="get" className="filters" preventScrollReset>
        {regions.length === 0 ? null : (
          <select
            aria-label={t("positions.region")}
            name="region"
            className="field"
            defaultValue={filters.region ?? ""}
          >
            <option value="">{t("positions.allRegions")}</option>
            {regions.map((one) => (
              <option key={one.id} value={one.id}>
                {named(one)}
              </option>
            ))}
          </select>
        )}
        {groups.length === 0 ? null : (
          <select
            aria-label={t("positions.group")}
            name="group"
            className="field"
            defaultValue={filters.groupId ?? ""}
          >
            <option value="">{t("positions.allGroups")}</option>
            {groups.map((one) => (
              <option key={one.id} value={one.id}>
                {named(one)}
              </option>
            ))}
          </select>
        )}
        {topics.length < 2 ? null : (
          <details className="menu">
            <summary className="btn">
              {t("positions.chosen", { chosen: chosenIds.length, all: topics.length })} <Icon name="down" />
            </summary>
            <div className="topic-filter">
              {topics.map(({ id, title }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    name="topic"
                    value={id}
                    defaultChecked={chosenIds.length < topics.length && chosenIds.includes(id)}
                  />
                  {title}
                </label>
              ))}
              <p className="cap">{t("positions.noneMeansAll")}</p>
            </div>
          </details>
        )}
        <label className="row">
          <span>{t("positions.asOf")}</span>
          <input type="date" name="day" className="field" defaultValue={filters.day} max={today} />
        </label>
        <select
          aria-label={t("positions.orderBy")}
          name="order"
          className="field"
          defaultValue={filters.order}
        >
          <option value="region">{t("positions.byRegion")}</option>
          <option value="alphabet">{t("positions.byAlphabet")}</option>
        </select>
        <button type="submit" className="btn">
          {t("positions.show")}
        </button>
      </Form>
    </details>
  );
}

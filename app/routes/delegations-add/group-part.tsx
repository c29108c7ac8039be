/** All members of a group at once: choose it, look at who would be added, then add them. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Submit } from "#app/components/form.tsx";
import { Code } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import type { GroupToAdd, loadAdding } from "./load.ts";
import { capacities } from "#app/routes/delegations/add-delegation-form.tsx";

type Loaded = Awaited<ReturnType<typeof loadAdding>>;

export function GroupPart({ loaded }: { readonly loaded: Loaded }) {
  const { groups, group, capacity, from } = loaded;
  const { t } = useTranslation("delegations");
  return (
    <section className="sheet" aria-labelledby="by-group">
      <h2 className="h2" id="by-group">
        {t("group.title")}
      </h2>
      <p className="hint">
        {t("group.hint")} <PlainDay day={from} />
      </p>
      <Form method="get" className="filters" key={group?.id ?? ""} preventScrollReset>
        <label className="row">
          <span>{t("group.choose")}</span>
          <select name="group" className="field" defaultValue={group?.id ?? ""} required>
            <option value="">{t("group.none")}</option>
            {groups.map(({ id, name, code }) => (
              <option key={id} value={id}>
                {name} ({code})
              </option>
            ))}
          </select>
        </label>
        <label className="row">
          <span>{t("group.as")}</span>
          <select name="capacity" className="field" defaultValue={capacity}>
            {capacities.map((one) => (
              <option key={one} value={one}>
                {t(`capacity.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="btn">
          {t("group.look")}
        </button>
      </Form>
      {group === null ? null : <GroupPreview group={group} capacity={capacity} />}
    </section>
  );
}

function GroupPreview({
  group,
  capacity,
}: {
  readonly group: GroupToAdd;
  readonly capacity: Loaded["capacity"];
}) {
  const { t } = useTranslation("delegations");
  const { toAdd, there, withdrawn, observing } = group;
  return (
    <div className="group-preview">
      {toAdd.length === 0 ? (
        <p>{t(withdrawn.length === 0 ? "group.allThere" : "group.noneLeft")}</p>
      ) : (
        <>
          <h3 className="label">
            {t("group.toAdd", { count: toAdd.length })} <Code group>{group.code}</Code>
          </h3>
          <Cloud entities={toAdd} />
          <Form method="post" className="row acts">
            <input type="hidden" name="group" value={group.id} />
            <input type="hidden" name="capacity" value={capacity} />
            <input type="hidden" name="entities" value={toAdd.map(({ id }) => id).join(" ")} />
            <Submit intent="group" primary>
              {t("group.add", { count: toAdd.length })}
            </Submit>
          </Form>
        </>
      )}
      {there.length === 0 ? null : (
        <details>
          <summary>{t("group.there", { count: there.length })}</summary>
          <Cloud entities={there} />
        </details>
      )}
      {withdrawn.length === 0 ? null : (
        <details>
          <summary>{t("group.withdrawn", { count: withdrawn.length })}</summary>
          <Cloud entities={withdrawn} />
        </details>
      )}
      {observing.length === 0 ? null : (
        <details>
          <summary>{t("group.observing", { count: observing.length })}</summary>
          <Cloud entities={observing} />
        </details>
      )}
    </div>
  );
}

function Cloud({ entities }: { readonly entities: GroupToAdd["toAdd"] }) {
  return (
    <p className="entity-cloud">
      {entities.map(({ id, name, code }) => (
        <span key={id}>
          {name} <Code>{code}</Code>
        </span>
      ))}
    </p>
  );
}

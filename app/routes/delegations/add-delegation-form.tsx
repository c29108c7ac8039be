/** Another State or organization takes part. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, Submit } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import type { Loaded } from "./load.ts";

export const capacities = ["participant", "observer"] as const;

type AddProps = { readonly outside: Loaded["outside"]; readonly answer: Answer };

export function AddDelegationForm({ outside, answer }: AddProps) {
  const { t } = useTranslation("session");
  const { opened, taken, onInput, onSubmit } = useOpened(outside, { isRefused: answer !== undefined });
  return (
    <Form method="post" className="form sheet" key={taken} onInput={onInput} onSubmit={onSubmit}>
      <h2 className="h2">{t("delegations.add")}</h2>
      {opened.length === 0 ? (
        <p className="cap">{t("delegations.noneLeft")}</p>
      ) : (
        <>
          <div className="pair">
            <ChoiceField
              name="entity"
              label={t("delegations.entity")}
              answer={answer}
              choices={opened.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
              required
            />
            <ChoiceField
              name="capacity"
              label={t("delegations.capacity")}
              answer={answer}
              choices={capacities.map((value) => ({ value, label: t(`delegations.${value}`) }))}
              required
            />
          </div>
          <p className="row">
            <Submit intent="add-delegation" primary>
              {t("delegations.add")}
            </Submit>
          </p>
        </>
      )}
    </Form>
  );
}

/** Who writes in a text: appoint and withdraw. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, ErrorSummary, Submit } from "#app/components/form.tsx";
import { When } from "#app/components/when.tsx";

type DraftersProps = {
  readonly drafters: readonly {
    readonly id: string;
    readonly personId: string;
    readonly name: string;
    readonly fromAt: number;
  }[];
  readonly eligible: readonly {
    readonly personId: string;
    readonly name: string;
    readonly code: string | null;
    readonly office: string | null;
  }[];
  readonly zone: string;
  readonly answer: Answer;
};

export function Drafters({ drafters, eligible, zone, answer }: DraftersProps) {
  const { t } = useTranslation("text");
  return (
    <section className="block" aria-labelledby="drafters">
      <h2 id="drafters" className="h2">
        {t("drafters.heading")}
      </h2>
      <p className="cap">{t("drafters.lead")}</p>
      <ErrorSummary answer={answer} />
      {drafters.length === 0 ? <p>{t("drafters.none")}</p> : null}
      <ul className="rows">
        {drafters.map((drafter) => (
          <li key={drafter.id} className="row wrap">
            <b>{drafter.name}</b>
            <span className="cap grow">
              {t("drafters.since")} <When at={drafter.fromAt} zone={zone} />
            </span>
            <Form method="post">
              <Submit intent="withdraw" values={{ person: drafter.personId }}>
                {t("drafters.withdraw")}
                <span className="vh"> {drafter.name}</span>
              </Submit>
            </Form>
          </li>
        ))}
      </ul>
      {eligible.length === 0 ? null : (
        <Form method="post" className="form">
          <ChoiceField
            name="person"
            label={t("drafters.person")}
            required
            none={t("drafters.choose")}
            answer={answer}
            choices={eligible.map(({ personId, name, code, office }) => ({
              value: personId,
              label: [name, code ?? office ?? ""].filter((part) => part !== "").join(t("chrome:comma")),
            }))}
          />
          <div>
            <Submit intent="appoint">{t("drafters.appoint")}</Submit>
          </div>
        </Form>
      )}
    </section>
  );
}

/** The officers of the session, whom the secretariat appoints and withdraws. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, Submit } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import type { Loaded } from "./load.ts";

export const offices = ["chair", "vice-chair", "facilitator", "secretariat"] as const;

type OfficersProps = {
  readonly loaded: Pick<Loaded, "officers" | "forOffice" | "appoints">;
  readonly answer: Answer;
};

export function OfficersSheet({ loaded, answer }: OfficersProps) {
  const { officers, forOffice, appoints } = loaded;
  const { t } = useTranslation("session");
  const { opened, taken, onInput, onSubmit } = useOpened(forOffice, { isRefused: answer !== undefined });
  return (
    <section className="sheet" aria-labelledby="officers">
      <h2 className="h2" id="officers">
        {t("delegations.officers")}
      </h2>
      {officers.length === 0 ? <p className="cap">{t("delegations.noOfficers")}</p> : null}
      <table className="tbl">
        <tbody>
          {officers.map((officer) => (
            <tr key={officer.id}>
              <td>
                <b>{officer.name}</b>
              </td>
              <td>
                {t(`chrome:office.${officer.office}`)}
                {officer.drafted === 0 ? null : (
                  <span className="cap"> {t("delegations.withdrawPen", { count: officer.drafted })}</span>
                )}
              </td>
              <td className="act">
                {appoints ? (
                  <Form method="post">
                    <Submit intent="withdraw" quiet values={{ officer: officer.id }}>
                      {t("delegations.withdraw")}
                    </Submit>
                  </Form>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {appoints && opened.length === 0 ? (
        <p className="cap">
          <Link to="/people">{t("delegations.invite")}</Link>
        </p>
      ) : null}
      {appoints && opened.length > 0 ? (
        <Form method="post" className="form acts" key={taken} onInput={onInput} onSubmit={onSubmit}>
          <div className="pair">
            <ChoiceField
              name="person"
              label={t("delegations.person")}
              answer={answer}
              choices={opened.map(({ id, name }) => ({ value: id, label: name }))}
              required
            />
            <ChoiceField
              name="office"
              label={t("delegations.office")}
              answer={answer}
              choices={offices.map((value) => ({ value, label: t(`chrome:office.${value}`) }))}
              required
            />
          </div>
          <p className="row">
            <Submit intent="appoint">{t("delegations.appoint")}</Submit>
          </p>
        </Form>
      ) : null}
    </section>
  );
}

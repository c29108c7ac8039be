/** Says for which delegation somebody on the list may be seated. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, ErrorSummary, FieldScope, Submit } from "#app/components/form.tsx";

type Named = readonly { readonly id: string; readonly name: string }[];

type NameForProps = { readonly people: Named; readonly entities: Named; readonly answer: Answer };

export function NameForForm({ people, entities, answer }: NameForProps) {
  const { t } = useTranslation("people");
  const choices = (list: Named) => list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FieldScope name="name-for">
      <Form method="post" className="form sheet">
        <h2 className="h2">{t("list.nameFor")}</h2>
        <ErrorSummary answer={answer} />
        <p className="hint">{t("list.nameForHint")}</p>
        <div className="pair">
          <ChoiceField
            name="person"
            label={t("session:delegations.person")}
            answer={answer}
            choices={choices(people)}
            required
          />
          <ChoiceField
            name="for"
            label={t("list.invitedFor")}
            answer={answer}
            none={t("list.invitedForNone")}
            choices={choices(entities)}
          />
        </div>
        <p className="row">
          <Submit intent="name-for">{t("list.nameForSubmit")}</Submit>
        </p>
      </Form>
    </FieldScope>
  );
}

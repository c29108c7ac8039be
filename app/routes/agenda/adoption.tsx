/** Whether the agenda is provisional or adopted, and the act that adopts it. */
import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Answer, FieldScope, Submit, TextField } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { When } from "#app/components/when.tsx";
import { agendaEdition } from "#app/rules/agenda.ts";
import { FIELDS } from "#app/rules/fields.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import type { Adopted } from "./load.ts";

export function Adoption({ adopted, zone }: { readonly adopted: Adopted | null; readonly zone: string }) {
  const { t } = useTranslation("session");
  if (adopted === null) return <span>{t("agenda.provisional")}</span>;
  return (
    <span>
      <bdi dir="ltr">{adopted.symbol}</bdi>
      {t("chrome:comma")}
      {t("agenda.adoptedBy", { name: adopted.by })}
      {t("chrome:comma")}
      <When at={adopted.at} zone={zone} />
    </span>
  );
}

/** Says what it means before it asks: there is no way back. */
export function AdoptionForm({
  items,
  symbol,
  answer,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly symbol: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const now = agendaEdition(items);
  const { opened, onInput, onSubmit } = useOpened(now, { isRefused: answer !== undefined });
  return (
    <details className="sheet" open={answer ? true : undefined}>
      <summary className="h2">{t("agenda.adopt")}</summary>
      <Form method="post" className="form" onInput={onInput} onSubmit={onSubmit}>
        <input type="hidden" name="seen" value={opened} />
        <p>{t("agenda.adoptWhat")}</p>
        <FieldScope name="adopt">
          <TextField
            name="symbol"
            label={t("agenda.symbol")}
            answer={answer}
            value={symbol}
            maxLength={FIELDS.agenda.symbol.longest}
            required
          />
        </FieldScope>
        <p className="row">
          <Submit intent="adopt" primary>
            {t("agenda.adoptNow")}
          </Submit>
        </p>
      </Form>
    </details>
  );
}

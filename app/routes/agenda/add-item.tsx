/** Another item is put on the agenda. */
import { Form } from "@remix-run/react";
import { type Answer, FieldScope, Submit } from "#app/components/form.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { nextNumber } from "#app/rules/agenda.ts";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import { ItemFields, type Topics } from "./item-fields.tsx";

export function AddItem({
  items,
  topics,
  isAdopted,
  answer,
}: {
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly isAdopted: boolean;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const next = nextNumber(items, null);
  const { opened, taken, onInput, onSubmit } = useOpened(next, { isRefused: answer !== undefined });
  return (
    <Form
      method="post"
      className="form sheet"
      key={`${taken} ${opened}`}
      onInput={onInput}
      onSubmit={onSubmit}
    >
      <h2 className="h2">{t("agenda.add")}</h2>
      <FieldScope name="add">
        <ItemFields items={items} topics={topics} answer={answer} number={opened} needsReason={isAdopted} />
      </FieldScope>
      <p className="row">
        <Submit intent="add" primary={isAdopted || items.length === 0}>
          {t("agenda.add")}
        </Submit>
      </p>
    </Form>
  );
}

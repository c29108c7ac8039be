/** Members of a group that do not go along with what is said on its behalf. */
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useRefusals } from "#app/components/message.ts";

type Named = { readonly id: string; readonly code: string; readonly name: string };

/** A group on whose behalf the viewer's delegation may speak, with its other members. */
export type SpokenForGroup = Named & { readonly others: readonly Named[] };

export function Exceptions({
  group,
  chosen,
  answer,
}: {
  readonly group: SpokenForGroup;
  readonly chosen: readonly string[];
  readonly answer: Answer;
}) {
  const { t } = useTranslation("record");
  const { sayField } = useRefusals();
  const code = answer?.refusal.fields?.["exceptions"];
  // What was typed has one in a line; nothing at all when every box was left open.
  const ticked = answer ? (answer.typed["exceptions"] ?? "").split("\n") : chosen;
  return (
    <fieldset className="f" id="f-exceptions" tabIndex={-1}>
      <legend>{t("draft.exceptions", { group: group.name })}</legend>
      <span className="hint">{t("draft.exceptionsHint")}</span>
      <div className="exceptions">
        {group.others.map(({ id, name }) => (
          <label key={id} className="choice">
            <input type="checkbox" name="exceptions" value={id} defaultChecked={ticked.includes(id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {code ? (
        <span className="wrong">
          <Icon name="alert" /> {sayField(code)}
        </span>
      ) : null}
    </fieldset>
  );
}

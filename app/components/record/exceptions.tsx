/** Members of a group that do not go along with what is said on its behalf. */
import { useTranslation } from "react-i18next";
import type { Answer } from "#app/components/form.tsx";
import { Ticks } from "./ticks.tsx";

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
  // What was typed has one in a line; nothing at all when every box was left open.
  const ticked = answer ? (answer.typed["exceptions"] ?? "").split("\n") : chosen;
  return (
    <Ticks
      name="exceptions"
      legend={t("draft.exceptions", { group: group.name })}
      hint={t("draft.exceptionsHint")}
      choices={group.others.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={ticked}
      answer={answer}
    />
  );
}

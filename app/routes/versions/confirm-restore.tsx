/** Asks once more before a version is restored: which words come and go, what stays, what is kept. */
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import type { Answer } from "#app/components/form.tsx";
import { useVersionName } from "#app/components/text/version-list.tsx";
import type { Restoration } from "./restoration.ts";

type ConfirmProps = { readonly asks: Restoration; readonly back: string; readonly answer: Answer };

export function ConfirmRestore({ asks, back, answer }: ConfirmProps) {
  const { t } = useTranslation("text");
  const label = useVersionName()(asks.version);
  const { added, removed, locked } = asks;
  const words = added + removed === 0 ? "versions.restoreNoWords" : "versions.restoreWords";
  return (
    <Confirm
      title={t("versions.restoreAsk", { label })}
      says={[
        t("versions.restoreWhat", { label }),
        t(words, { added, removed }),
        ...(locked.length > 0 ? [t("versions.restoreLocked", { paragraphs: locked.join(", ") })] : []),
        t("versions.restoreKept"),
      ]}
      intent="restore"
      values={{ version: asks.version.id }}
      yes={t("versions.restoreNow", { label })}
      no={t("versions.restoreNot")}
      back={back}
      asked={`restore-${asks.version.id}`}
      answer={answer}
    />
  );
}

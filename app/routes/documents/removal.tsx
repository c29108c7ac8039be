/** A document is removed in two steps: what will happen and, of an adopted agenda, why. */
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import type { DocumentInList } from "#app/components/document-list.tsx";
import { type Answer, FieldScope } from "#app/components/form.tsx";
import { useRefusals } from "#app/components/message.ts";
import { ReasonField } from "#app/routes/agenda/item-fields.tsx";
import type { Removal } from "./load.ts";

/** The first step, beside each document. */
export function RemoveDocument({ id, title }: DocumentInList) {
  const { t } = useTranslation("session");
  return (
    <Link
      className="btn quiet"
      id={`remove-${id}`}
      to={`?remove=${id}`}
      preventScrollReset
      aria-label={`${t("documents.remove")}: ${title}`}
    >
      {t("documents.remove")}
    </Link>
  );
}

/** The second step. A reason that somebody has typed before a colleague removed it stays, to be copied. */
export function RemovalReview({
  removal,
  isAdopted,
  here,
  answer,
}: {
  readonly removal: Removal;
  readonly isAdopted: boolean;
  readonly here: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("session");
  const { say } = useRefusals();
  const { id, document, gone } = removal;
  const [wasThere] = useState(gone === null);
  const isTold = gone?.code === "document-item-gone" || gone?.code === answer?.refusal.code;
  return (
    <FieldScope name="remove">
      <Confirm
        title={t(gone === null ? "documents.removeTitle" : "documents.removeGone", { document })}
        says={gone === null ? [t("documents.removeWhat")] : isTold ? [] : [say(gone)]}
        intent="remove"
        values={{ document: id }}
        fields={
          isAdopted && (wasThere || answer?.typed["reason"]) ? <ReasonField answer={answer} /> : undefined
        }
        yes={gone === null ? t("documents.remove") : null}
        no={gone === null ? t("chrome:form.cancel") : t("documents.back")}
        back={here}
        asked={`remove-${id}`}
        answer={answer}
      />
    </FieldScope>
  );
}

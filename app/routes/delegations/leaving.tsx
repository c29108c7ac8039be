/** Who leaves: a person the delegation, a delegation the session. Asked once more, and how to come back. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, Submit, TextField } from "#app/components/form.tsx";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import type { Loaded } from "./load.ts";

type ReviewProps<T> = { readonly review: NonNullable<T>; readonly here: string; readonly answer: Answer };

/** Before a head removes somebody, or leaves. */
export function RemovalReview({ review, here, answer }: ReviewProps<Loaded["removal"]>) {
  const { t } = useTranslation("session");
  const { delegateId, name, isMe, delegation } = review;
  return (
    <Confirm
      title={isMe ? t("delegations.leaveTitle") : t("delegations.removeTitle", { name })}
      says={[isMe ? t("delegations.thenLeave") : t("delegations.removeWords", { name, delegation })]}
      intent="remove-delegate"
      values={{ delegate: delegateId }}
      yes={isMe ? t("delegations.leaveNow") : t("delegations.remove")}
      no={t("chrome:form.cancel")}
      back={here}
      asked={`remove-${delegateId}`}
      answer={answer}
    />
  );
}

/** Before the secretariat withdraws a delegation. */
export function WithdrawalReview({ review, here, answer }: ReviewProps<Loaded["withdrawal"]>) {
  const { t } = useTranslation("session");
  const { delegationId, name, people, drafters, drafted, released, embargoed } = review;
  return (
    <Confirm
      title={t("delegations.withdrawTitle", { name })}
      says={[
        people === 0 ? t("delegations.withdrawNobody") : t("delegations.withdrawPeople", { count: people }),
        ...(drafters === 0
          ? []
          : [
              t("delegations.withdrawPens", {
                people: t("delegations.withdrawDrafters", { count: drafters }),
                texts: t("delegations.withdrawTexts", { count: drafted }),
              }),
            ]),
        released === 0
          ? t("delegations.withdrawNothing")
          : t("delegations.withdrawReleased", { count: released }),
        ...(embargoed === 0 ? [] : [t("delegations.withdrawEmbargoed", { count: embargoed })]),
        t("delegations.withdrawDrafts"),
      ]}
      intent="withdraw-delegation"
      values={{ delegation: delegationId }}
      fields={
        <TextField
          name="reason"
          label={t("delegations.reason")}
          hint={t("delegations.reasonHint")}
          answer={answer}
          maxLength={FIELDS.delegationWithdrawal.reason.longest}
          required
        />
      }
      yes={t("delegations.withdrawNow")}
      no={t("chrome:form.cancel")}
      back={here}
      asked={`withdraw-${delegationId}`}
      answer={answer}
    />
  );
}

type WithdrawnProps = { readonly loaded: Pick<Loaded, "withdrawn" | "withdraws" | "zone"> };

/** Delegations that took part and do not any more, with the reason; nothing where there are none. */
export function WithdrawnSheet({ loaded: { withdrawn, withdraws, zone } }: WithdrawnProps) {
  const { t } = useTranslation("session");
  if (withdrawn.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="withdrawn">
      <h2 className="h2" id="withdrawn">
        {t("delegations.withdrawn")}
      </h2>
      <p className="cap">{t("delegations.withdrawnHint")}</p>
      <ul className="tree">
        {withdrawn.map(({ id, entityId, name, code, withdrawnAt, reason }) => (
          <li key={id}>
            <div className="seat-row">
              <span>
                <Link to={`/entities/${entityId}`}>{name}</Link> <Code>{code}</Code>
                <span className="cap">
                  {" "}
                  {t("delegations.withdrawnOn")} <When at={withdrawnAt} zone={zone} form="day" />
                  {" · "}
                  <bdi>{reason}</bdi>
                </span>
              </span>
              {withdraws ? (
                <Form method="post">
                  <Submit intent="bring-back-delegation" quiet values={{ delegation: id }}>
                    {t("delegations.bringBack")} <span className="vh">{name}</span>
                  </Submit>
                </Form>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

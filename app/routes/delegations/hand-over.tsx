/** Handing over the headship: to whom, what becomes of the head, and once more in words before it is done. */
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import { type Answer, ChoiceField, Choices } from "#app/components/form.tsx";
import type { Loaded } from "./load.ts";

type People = readonly Loaded["delegates"][number][];

export function HandOverFields({ people, answer }: { readonly people: People; readonly answer: Answer }) {
  const { t } = useTranslation("session");
  return (
    <>
      <ChoiceField
        name="delegate"
        label={t("delegations.newHead")}
        answer={answer}
        choices={people.map(({ id, name, role }) => ({
          value: id,
          label: t("delegations.personInRole", { name, role: t(`chrome:role.${role}`) }),
        }))}
        required
      />
      <Choices
        name="afterwards"
        label={t("delegations.afterwards")}
        kind="one"
        answer={answer}
        chosen={["editor"]}
        choices={[
          { value: "editor", label: t("delegations.staysEditor") },
          { value: "leave", label: t("delegations.leaves") },
        ]}
        required
      />
    </>
  );
}

type ReviewProps = {
  readonly review: {
    readonly delegationId: string;
    readonly delegateId: string;
    readonly afterwards: "editor" | "leave";
  };
  readonly loaded: Pick<Loaded, "delegations" | "delegates">;
};

/** Nothing when the person has left meanwhile: the page says so by its list. */
export function HandOverReview({ review, loaded }: ReviewProps) {
  const { t } = useTranslation("session");
  const { delegationId, delegateId } = review;
  const delegation = loaded.delegations.find(({ id }) => id === delegationId);
  const next = loaded.delegates.find(({ id }) => id === delegateId);
  if (!delegation || !next) return null;
  const { name } = next;
  return (
    <Confirm
      title={t("delegations.handOverTo", { name })}
      says={[
        t("delegations.handOverWords", { name, delegation: delegation.name }),
        t(review.afterwards === "editor" ? "delegations.thenEditor" : "delegations.thenLeave"),
      ]}
      intent="hand-over"
      values={{ delegation: delegationId, delegate: delegateId, afterwards: review.afterwards }}
      yes={t("delegations.handOver")}
      no={t("chrome:form.cancel")}
      back=""
      answer={undefined}
    />
  );
}

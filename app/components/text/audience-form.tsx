/** Who may read a text: the choice, then in words what it means, then the act. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, Choices, ErrorSummary, Submit } from "#app/components/form.tsx";
import type { Audience, TextAudience } from "#app/rules/audience.ts";

const AUDIENCES: readonly Audience[] = ["bureau", "named", "all", "observers", "public"];

type Delegation = { readonly id: string; readonly code: string; readonly name: string };

type AudienceFormProps = {
  readonly current: TextAudience;
  readonly delegations: readonly Delegation[];
  readonly answer: Answer;
};

export function AudienceForm({ current, delegations, answer }: AudienceFormProps) {
  const { t } = useTranslation("text");
  return (
    <section className="block" aria-labelledby="audience">
      <h2 id="audience" className="h2">
        {t("audience.change")}
      </h2>
      <Form method="post" className="form">
        <ErrorSummary answer={answer} />
        <Choices
          name="audience"
          kind="one"
          label={t("room.audience")}
          required
          answer={answer}
          chosen={[current.audience]}
          choices={AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) }))}
        />
        <Choices
          name="delegations"
          kind="several"
          label={t("audience.delegations")}
          hint={t("audience.delegationsHint")}
          answer={answer}
          chosen={current.delegationIds}
          choices={delegations.map(({ id, code, name }) => ({ value: id, label: `${name} (${code})` }))}
        />
        <Choices
          name="shows"
          kind="one"
          label={t("audience.shows")}
          required
          answer={answer}
          chosen={[current.shows]}
          choices={[
            { value: "live", label: t("audience.showsLive") },
            { value: "versions", label: t("audience.showsVersions") },
          ]}
        />
        <div>
          <Submit intent="review">{t("audience.review")}</Submit>
        </div>
      </Form>
    </section>
  );
}

type AudienceReviewProps = {
  readonly chosen: {
    readonly audience: Audience;
    readonly shows: "live" | "versions";
    readonly delegations: readonly string[];
  };
  readonly delegations: readonly Delegation[];
};

export function AudienceReview({ chosen, delegations }: AudienceReviewProps) {
  const { t } = useTranslation("text");
  const { audience, shows } = chosen;
  const named = new Set(chosen.delegations);
  const names = delegations.filter(({ id }) => named.has(id)).map(({ name }) => name);
  return (
    <section className="block" aria-labelledby="audience">
      <h2 id="audience" className="h2">
        {t("audience.reviewHeading")}
      </h2>
      <div className="means">
        {audience === "bureau" ? (
          <p>{t("audience.meansBureau")}</p>
        ) : (
          <>
            <p>
              <b>{t(`audience.meansWho.${audience}`, { names: names.join(t("chrome:comma")) })}</b>
            </p>
            <p>{t(shows === "live" ? "audience.meansLive" : "audience.meansVersions")}</p>
          </>
        )}
        <p>{t("audience.meansNarrow")}</p>
      </div>
      <Form method="post" className="row">
        <input type="hidden" name="audience" value={audience} />
        <input type="hidden" name="shows" value={shows} />
        {audience === "named"
          ? chosen.delegations.map((id) => <input key={id} type="hidden" name="delegations" value={id} />)
          : null}
        <Submit intent="open" primary>
          {t("audience.open")}
        </Submit>
        <Link className="btn" to="" reloadDocument>
          {t("audience.back")}
        </Link>
      </Form>
    </section>
  );
}

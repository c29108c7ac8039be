/** A move of an adopted agenda asks why before it is made: what was dragged or pressed is kept until the answer. */
import { Form, Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Answer, FieldScope, Submit, TextField } from "#app/components/form.tsx";
import { FIELDS } from "#app/rules/fields.ts";

type Asked = NonNullable<Answer>;

const MOVES = ["up", "down", "in", "out", "move"];
const KEPT = ["item", "seen", "parent", "before"];

/** Whether a move lacks nothing but its reason. */
export function asksForReason(answer: Answer): answer is Asked {
  return answer?.refusal.fields?.["reason"] !== undefined && MOVES.includes(answer.typed["intent"] ?? "");
}

/** What was given as the reason of a move that was not made; "" for none, and for other acts. */
export function reasonOfMove(answer: Answer): string {
  const { intent = "", reason = "" } = answer?.typed ?? {};
  return MOVES.includes(intent) ? reason : "";
}

export function ReasonForm({ answer }: { readonly answer: Asked }) {
  const { t } = useTranslation("session");
  const form = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asksForReason(answer)) form.current?.querySelector<HTMLInputElement>("[name='reason']")?.focus();
  }, [answer]);
  const { refusal, typed } = answer;
  const { intent = "", reason = "" } = typed;
  // The first time nobody has been asked yet: that is no mistake.
  const shown = reason === "" ? undefined : answer;
  const item = String(refusal.values?.["item"] ?? "");
  return (
    <section className="confirm" aria-labelledby="why" ref={form}>
      <h2 className="h2" id="why">
        {t("agenda.why", { item })}
      </h2>
      <p>{t("agenda.whyHint")}</p>
      <Form method="post" className="form">
        {KEPT.filter((name) => typed[name] !== undefined).map((name) => (
          <input key={name} type="hidden" name={name} value={typed[name]} />
        ))}
        <FieldScope name={intent}>
          <TextField
            name="reason"
            label={t("agenda.reason")}
            answer={shown}
            maxLength={FIELDS.agendaChange.reason.longest}
            required
          />
        </FieldScope>
        <p className="row">
          <Submit intent={intent} primary>
            {t("agenda.moveNow")}
          </Submit>
          <Link className="btn" to="." replace>
            {t("agenda.leaveIt")}
          </Link>
        </p>
      </Form>
    </section>
  );
}

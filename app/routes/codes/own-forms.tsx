/** The forms of one's own codes: begin, make recovery codes anew, turn off. Each asks the password. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, FieldScope, Submit, TextField } from "#app/components/form.tsx";

type OwnForm = "begin" | "renew" | "off";

type FormProps = {
  readonly intent: OwnForm;
  readonly email: string;
  readonly answer: Answer;
  readonly primary?: boolean;
  /** The person's office needs codes. */
  readonly isNeeded?: boolean;
};

export function OwnForm({ intent, email, answer, primary, isNeeded }: FormProps) {
  const { t } = useTranslation("people");
  const shown = answer?.typed["intent"] === intent ? answer : undefined;
  return (
    <FieldScope name={intent}>
      <Form method="post" className="sheet form no-print" replace>
        <h2 className="h2">{t(`codes.${intent}.title`)}</h2>
        <p>{t(`codes.${intent}.words`)}</p>
        {intent === "off" && isNeeded ? <p>{t("codes.off.office")}</p> : null}
        <ErrorSummary answer={shown} note={t("link.again")} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <TextField
          name="current-password"
          type="password"
          label={t("account.currentPassword")}
          answer={shown}
          autoComplete="current-password"
          required
        />
        {intent === "off" ? (
          <TextField
            name="code"
            label={t("codes.code")}
            hint={t("codes.askHint")}
            answer={shown}
            autoComplete="one-time-code"
            maxLength={40}
            required
          />
        ) : null}
        <p className="row">
          <Submit intent={intent} primary={primary}>
            {t(`codes.${intent}.submit`)}
          </Submit>
        </p>
      </Form>
    </FieldScope>
  );
}

/** What the authenticator app must know, in three forms, and the field for its first code. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "#app/components/copy-button.tsx";
import { type Answer, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import type { QrDrawing } from "./qr.ts";

export type Setup = { readonly address: string; readonly secret: string; readonly qr: QrDrawing };

export function SetupSheet({ setup, answer }: { readonly setup: Setup; readonly answer: Answer }) {
  const { t } = useTranslation("people");
  const { size, path } = setup.qr;
  return (
    <section className="sheet" aria-labelledby="setup">
      <h2 className="h2" id="setup">
        {t("codes.setup")}
      </h2>
      <p>{t("codes.setupScan")}</p>
      <svg
        className="qr"
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t("codes.qr")}
        shapeRendering="crispEdges"
      >
        <rect width={size} height={size} />
        <path d={path} />
      </svg>
      <p>{t("codes.setupType")}</p>
      <p className="copyable" dir="ltr" data-secret>
        {setup.secret.match(/.{1,4}/g)?.join(" ")}
      </p>
      <p className="row acts wrap">
        <CopyButton words={setup.secret} />
        <a className="btn" href={setup.address}>
          {t("codes.openApp")}
        </a>
      </p>
      <Form method="post" className="form acts" replace>
        <ErrorSummary answer={answer} note={null} />
        <TextField
          name="code"
          label={t("codes.firstCode")}
          hint={t("codes.firstCodeHint")}
          answer={answer}
          autoComplete="one-time-code"
          maxLength={40}
          required
        />
        <p className="row">
          <Submit intent="confirm" primary>
            {t("codes.turnOn")}
          </Submit>
        </p>
      </Form>
    </section>
  );
}

/** The lock of a paragraph, for officers: set it, or open it again with a reason; and every lock it has had. */
import { FIELDS } from "#app/rules/fields.ts";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { When } from "#app/components/when.tsx";

type LockEntry = {
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly unlocked: { readonly by: string; readonly at: number; readonly reason: string } | null;
};

type ParagraphLockProps = {
  readonly label: string;
  /** Newest first. */
  readonly locks: readonly LockEntry[];
  readonly mayLock: boolean;
  readonly isThere: boolean;
  readonly zone: string;
  readonly answer: Answer;
};

export function ParagraphLock({ label, locks, mayLock, isThere, zone, answer }: ParagraphLockProps) {
  const { t } = useTranslation("text");
  const held = locks.find((lock) => lock.unlocked === null);
  if (!mayLock && locks.length === 0) return null;
  return (
    <section className="block" aria-labelledby="lock">
      <h2 id="lock" className="h2">
        {t("paragraph.lockHeading")}
      </h2>
      {held ? (
        <p className="st locked">
          <svg className="i" aria-hidden="true">
            <use href="#i-locked" />
          </svg>
          {t("paragraph.lockedBy", { who: held.by })} <When at={held.at} zone={zone} />
        </p>
      ) : (
        <p className="cap">{t("paragraph.lockLead")}</p>
      )}
      {mayLock && (isThere || held) ? (
        <Form method="post" className="form">
          <ErrorSummary answer={answer} />
          {held ? (
            <>
              <TextField
                name="reason"
                label={t("paragraph.unlockReason")}
                hint={t("paragraph.unlockReasonHint")}
                required
                maxLength={FIELDS.unlocking.reason.longest}
                answer={answer}
              />
              <div>
                <Submit intent="unlock">{t("paragraph.unlock", { label })}</Submit>
              </div>
            </>
          ) : (
            <div>
              <Submit intent="lock">{t("paragraph.lock", { label })}</Submit>
            </div>
          )}
        </Form>
      ) : null}
      {locks.some((lock) => lock.unlocked) ? (
        <>
          <h3 className="cap">{t("paragraph.locks")}</h3>
          <ul>
            {locks.map((lock) =>
              lock.unlocked ? (
                <li key={lock.id}>
                  {t("paragraph.lockedBy", { who: lock.by })} <When at={lock.at} zone={zone} />
                  {t("chrome:semicolon")}
                  {t("paragraph.unlockedBy", { who: lock.unlocked.by })}{" "}
                  <When at={lock.unlocked.at} zone={zone} />: {lock.unlocked.reason}
                </li>
              ) : null,
            )}
          </ul>
        </>
      ) : null}
    </section>
  );
}

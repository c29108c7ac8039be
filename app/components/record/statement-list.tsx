/** Released statements: who spoke, for whom, when. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";

export type StatementLine = {
  readonly id: string;
  readonly sessionId: string;
  readonly title: string;
  readonly language: string;
  readonly entityName: string;
  readonly entityCode: string;
  readonly groupCode: string | null;
  readonly groupName: string | null;
  readonly exceptionCodes: readonly string[];
  readonly meetingNumber: number | null;
  readonly releasedAt: number;
};

export function StatementList({
  statements,
  zone,
}: {
  readonly statements: readonly StatementLine[];
  readonly zone: string;
}) {
  const { t } = useTranslation("record");
  return (
    <ul className="statement-list">
      {statements.map((one) => (
        <li key={one.id}>
          <Link to={`/sessions/${one.sessionId}/statements/${one.id}`} discover="none">
            <b>
              {one.entityName} <Code>{one.entityCode}</Code>
            </b>
            {one.groupCode === null ? null : (
              <>
                {" "}
                {t("statements.for")}{" "}
                <span title={one.groupName ?? undefined}>
                  <Code group>{one.groupCode}</Code>
                </span>
              </>
            )}
          </Link>
          {one.exceptionCodes.length === 0 ? null : (
            <span className="cap">
              {" "}
              {t("statements.exceptions", { names: one.exceptionCodes.join(t("chrome:comma")) })}
            </span>
          )}
          <div lang={one.language} dir="auto" className="serif">
            {one.title}
          </div>
          <div className="cap">
            <When at={one.releasedAt} zone={zone} />
            {one.meetingNumber === null ? null : (
              <>
                {t("chrome:comma")}
                {t("statements.meeting", { number: one.meetingNumber })}
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

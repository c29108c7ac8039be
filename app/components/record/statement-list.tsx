/** Released statements: who spoke, for whom, when. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { Code } from "#app/components/page.tsx";
import { PlainLink } from "#app/components/plain-link.tsx";
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
  /** For which it is meant. */
  readonly meetingNumber: number | null;
  readonly releasedAt: number;
  /** Null until it is delivered. */
  readonly delivery: {
    readonly mode: "formal" | "informal" | "suspended" | "closed";
    readonly deliveredAt: number;
    readonly meetingNumber: number;
  } | null;
  /** Not everybody sees it yet. */
  readonly isEmbargoed: boolean;
  readonly corrects: boolean;
  readonly isCorrected: boolean;
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
          <PlainLink to={`/sessions/${one.sessionId}/statements/${one.id}`}>
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
          </PlainLink>
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
            {one.delivery === null && one.meetingNumber !== null ? (
              <>
                {t("chrome:comma")}
                {t("statements.meeting", { number: one.meetingNumber })}
              </>
            ) : null}
            {one.delivery === null ? null : (
              <>
                {" · "}
                {t("statements.delivered", {
                  number: one.delivery.meetingNumber,
                  mode: t(`statement.mode.${one.delivery.mode}`),
                })}
              </>
            )}
          </div>
          <StatementMarks {...one} />
        </li>
      ))}
    </ul>
  );
}

type Marks = Pick<StatementLine, "isEmbargoed" | "corrects" | "isCorrected">;

/** What a reader must know before reading, each with its sign and in words. */
function StatementMarks({ isEmbargoed, corrects, isCorrected }: Marks) {
  const { t } = useTranslation("record");
  if (!isEmbargoed && !corrects && !isCorrected) return null;
  return (
    <div className="row wrap">
      {isEmbargoed ? (
        <span className="st">
          <Icon name="private" /> {t("statements.embargoed")}
        </span>
      ) : null}
      {isCorrected ? (
        <span className="st">
          <Icon name="alert" /> {t("statements.corrected")}
        </span>
      ) : null}
      {corrects ? <span className="cap">{t("statements.correction")}</span> : null}
    </div>
  );
}

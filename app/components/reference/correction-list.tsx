/** The history of corrections: who, when, why, and what stood before. */
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";
import type { Value } from "#app/rules/reference.ts";

/** See `correctionLines`. */
export type CorrectionLine = {
  readonly id: string;
  readonly at: number;
  /** Null where names of people are not shown. */
  readonly by: string | null;
  /** What was corrected, where the page is not about that alone. */
  readonly about: string | null;
  readonly thing: "entity" | "group" | "membership" | "topic" | "calendar" | "reading";
  readonly reason: string;
  readonly changes: readonly { readonly field: string; readonly before: Value; readonly after: Value }[];
};

export function CorrectionList({ lines }: { readonly lines: readonly CorrectionLine[] }) {
  const { t } = useTranslation("reference");
  if (lines.length === 0) return <p className="cap">{t("history.none")}</p>;
  return (
    <ul className="correction-list">
      {lines.map((line) => (
        <li key={line.id}>
          <p>
            {line.about === null ? null : <b>{line.about} </b>}
            <span className="cap">
              <When at={line.at} zone="UTC" />{" "}
              {line.by === null ? t("history.secretariat") : t("history.by", { name: line.by })}
            </span>
          </p>
          {line.changes.map((change) => (
            <p key={change.field}>
              <ChangeLine thing={line.thing} {...change} />
            </p>
          ))}
          <p className="dim">
            <bdi>{line.reason}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** One field: what stood there, and what stands since. */
export function ChangeLine({
  thing,
  field,
  before,
  after,
}: Pick<CorrectionLine, "thing"> & CorrectionLine["changes"][number]) {
  const { t } = useTranslation("reference");
  const [whole = "", language] = field.split(".");
  const named = /^\d/.test(whole)
    ? t("calendar.item", { number: field })
    : language === undefined
      ? t(`history.field.${thing === "membership" && whole === "to" ? "membershipTo" : whole}`)
      : t("names.in", { language: t(`record:language.${language}`) });
  const say = (value: Value): string => {
    if (value === null || value === "") return t("history.nothing");
    if (typeof value === "boolean") return t(value ? "history.yes" : "history.no");
    if (whole === "role") return t(`group.role.${value}`);
    if (whole === "kind") return t(`session:kind.${value}`);
    if (whole === "confidence") return t([`record:positions.${value}`, String(value)]);
    return String(value);
  };
  return <>{t("history.change", { field: named, before: say(before), after: say(after) })}</>;
}

/** From a position that does not stand any more to what stands in its place: the link says what it leads to. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { PlainLink } from "#app/components/plain-link.tsx";
import { PlainDay } from "./plain-day.tsx";

export type Newer = {
  readonly id: string;
  /** What it does to the position that is shown. */
  readonly does: "stands" | "corrected" | "withdrawn" | "taken-down" | "own";
  readonly sourceTitle: string;
  readonly sourceDate: string;
};

export function NewerLink({ newer, base }: { readonly newer: Newer; readonly base: string }) {
  const { t } = useTranslation("record");
  return (
    <PlainLink to={`${base}/${newer.id}`}>
      {t(`position.newer.${newer.does}`)} <bdi>{newer.sourceTitle}</bdi>
      {t("chrome:comma")}
      <PlainDay day={newer.sourceDate} />
    </PlainLink>
  );
}

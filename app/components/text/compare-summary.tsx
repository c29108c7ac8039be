/** How much changed, and the filters by person, delegation and kind of change. */
import { Form, useSubmit } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ChangeKind, Totals } from "#collab/compare.ts";
import type { ChangeView } from "./compare-rows.tsx";

export type WhoOption = { readonly value: string; readonly name: string };

type CompareSummaryProps = {
  readonly totals: Totals;
  readonly changes: readonly ChangeView[];
  readonly by: string;
  readonly kind: ChangeKind | "";
  readonly layout: "sides" | "inline";
  readonly whole: boolean;
  readonly persons: readonly WhoOption[];
  readonly delegations: readonly WhoOption[];
};

export function CompareSummary(props: CompareSummaryProps) {
  const { totals, by, kind, layout, whole } = props;
  const { t } = useTranslation("text");
  const submit = useSubmit();
  const kinds = ["words", "added", "deleted", "moved", "split", "merged", "role"] as const;
  const moved = props.changes.filter((change) => change.kind === "moved").length;
  return (
    <div className="sum">
      <b>{t("compare.count", { count: totals.changes })}</b>
      <p className="cap">
        {t("compare.inParagraphs", { changed: totals.changedParagraphs, all: totals.paragraphs })}
      </p>
      <div className="row wrap">
        <span className="st inserted" title={t("compare.addedTitle")}>
          <svg className="i" aria-hidden="true">
            <use href="#i-inserted" />
          </svg>
          {t("compare.added", { count: totals.added })}
        </span>
        <span className="st deleted" title={t("compare.removedTitle")}>
          <svg className="i" aria-hidden="true">
            <use href="#i-deleted" />
          </svg>
          {t("compare.added", { count: totals.removed })}
        </span>
        {moved === 0 ? null : (
          <span className="st open">
            <svg className="i" aria-hidden="true">
              <use href="#i-swap" />
            </svg>
            {t("compare.movedCount", { count: moved })}
          </span>
        )}
      </div>
      <Form
        method="get"
        preventScrollReset
        onChange={(event) => submit(event.currentTarget, { preventScrollReset: true, replace: true })}
      >
        {layout === "inline" ? <input type="hidden" name="view" value="inline" /> : null}
        {whole ? <input type="hidden" name="whole" value="1" /> : null}
        <label>
          <span className="cap">{t("compare.by")}</span>
          <select name="by" defaultValue={by}>
            <option value="">{t("compare.everyone")}</option>
            {props.delegations.length === 0 ? null : (
              <optgroup label={t("compare.delegations")}>
                {props.delegations.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.name}
                  </option>
                ))}
              </optgroup>
            )}
            {props.persons.length === 0 ? null : (
              <optgroup label={t("compare.persons")}>
                {props.persons.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.name}
                  </option>
                ))}
              </optgroup>
            )}
          </select>
        </label>
        <label>
          <span className="cap">{t("compare.kinds")}</span>
          <select name="kind" defaultValue={kind}>
            <option value="">{t("compare.allKinds")}</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`compare.kindName.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <noscript>
          <button className="btn">{t("compare.filter")}</button>
        </noscript>
      </Form>
    </div>
  );
}

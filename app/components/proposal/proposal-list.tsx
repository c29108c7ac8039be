/** Proposals in a list: what each says, of whom, and what became of it. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import type { ProposalKind, ProposalState } from "#app/rules/proposals.ts";
import { useSays } from "./proposal-sheet.tsx";

export type ProposalLine = {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly paragraph: { readonly label: string; readonly words: string } | null;
  readonly after: string | null;
  readonly entityName: string;
  readonly entityCode: string;
  readonly groupCode: string | null;
  readonly state: ProposalState;
  /** Its wording, or the reason where it has none. */
  readonly words: string;
  readonly sponsors: readonly string[];
  readonly at: number;
};

export function ProposalList({
  proposals,
  base,
  zone,
  language,
}: {
  readonly proposals: readonly ProposalLine[];
  /** The address of the text. */
  readonly base: string;
  readonly zone: string;
  /** Of the text. */
  readonly language: string;
}) {
  const { t } = useTranslation("proposals");
  const says = useSays();
  return (
    <ul className="doc-list">
      {proposals.map((one) => (
        <li key={one.id} className="draft-line" data-state={one.state}>
          <div>
            <Link className="entity-name" to={`${base}/proposals/${one.id}`}>
              {says(one.entityName, one)}
            </Link>{" "}
            <Code>{one.entityCode}</Code>
            {one.groupCode === null ? null : (
              <>
                {" "}
                <Code group>{one.groupCode}</Code>
              </>
            )}
            {one.words === "" ? null : (
              <p className="lead-words" lang={language} dir="auto">
                {one.words}
              </p>
            )}
            <p className="cap">
              {t(`state.${one.state}`)} · <When at={one.at} zone={zone} />
              {one.sponsors.length === 0 ? null : (
                <>
                  {" "}
                  · {t("sponsors")}: <bdi>{one.sponsors.join(t("chrome:comma"))}</bdi>
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** One proposal as whoever reads it sees it: what it says of which wording, why, and who is behind it. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Alignment, ForWhom } from "#app/components/record/for-whom.tsx";
import { NEEDS, type ProposalKind } from "#app/rules/proposals.ts";
import { wordPieces } from "./word-pieces.ts";

export type SheetProposal = {
  readonly kind: ProposalKind;
  /** What the paragraph that it is about is called and says; null for none, and where that is not the reader's. */
  readonly paragraph: { readonly label: string; readonly words: string } | null;
  /** What the paragraph is called behind which it adds or moves to; null: at the beginning. */
  readonly after: string | null;
  /** What it is compared with is a wording that the reader does not see. */
  readonly isHidden: boolean;
  /** The name of the version that it is against; null for the live wording. */
  readonly version: string | null;
  readonly wording: string;
  readonly reason: string;
  readonly alignment: Alignment | null;
  /** Names of those that have confirmed. */
  readonly sponsors: readonly string[];
  /** Those that were asked and have not confirmed, where the reader may know; null: may not. */
  readonly asked: readonly string[] | null;
  readonly bridges: readonly { readonly name: string; readonly to: string }[];
  /** Of the text. */
  readonly language: string;
};

/** What is proposed, in one sentence. */
export function useSays(): (
  entity: string,
  proposal: Pick<SheetProposal, "kind" | "paragraph" | "after">,
) => string {
  const { t } = useTranslation("proposals");
  return (entity, { kind, paragraph, after }) => {
    const isFirst = NEEDS[kind].place && after === null;
    const label = paragraph?.label || t("noParagraph");
    return t(`says.${kind}${isFirst ? "First" : ""}`, { entity, label, place: after ?? "" });
  };
}

export function ProposalSheet({
  proposal,
  level,
}: {
  readonly proposal: SheetProposal;
  readonly level: 2 | 3;
}) {
  const { t } = useTranslation("proposals");
  const { alignment, asked, bridges, isHidden, kind, language, reason, sponsors, version } = proposal;
  const H = level === 2 ? "h2" : "h3";
  return (
    <div className="proposal-sheet">
      <p className="cap">{version === null ? t("againstLive") : t("against", { version })}</p>
      {isHidden ? <p className="cap">{t("wordingHidden")}</p> : null}
      <Words proposal={proposal} heading={H} />
      {reason === "" ? null : (
        <>
          <H className="h">{t("reason")}</H>
          <p className="wording" lang={language} dir="auto">
            {reason}
          </p>
        </>
      )}
      {kind === "bridge" && bridges.length > 0 ? (
        <>
          <H className="h">{t("bridges")}</H>
          <ul>
            {bridges.map(({ name, to }) => (
              <li key={to}>
                <Link to={to}>{name}</Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {alignment === null ? null : <ForWhom alignment={alignment} day="release" />}
      <H className="h">{t("sponsors")}</H>
      {sponsors.length === 0 ? (
        <p className="cap">{t("noSponsors")}</p>
      ) : (
        <p>{sponsors.join(t("chrome:comma"))}</p>
      )}
      {asked === null || asked.length === 0 ? null : (
        <p className="cap">{t("askedThem", { names: asked.join(t("chrome:comma")) })}</p>
      )}
    </div>
  );
}

function Words({
  proposal,
  heading: H,
}: {
  readonly proposal: SheetProposal;
  readonly heading: "h2" | "h3";
}) {
  const { t } = useTranslation("proposals");
  const { kind, paragraph, wording, language } = proposal;
  const said = paragraph?.words ?? "";
  const of = { lang: language, dir: "auto" };
  if (kind === "modify" && said !== "") {
    return (
      <>
        <H className="h">{t("changed")}</H>
        <Changed before={said} now={wording} language={language} />
        <H className="h">{t("proposed")}</H>
        <p className="wording" {...of}>
          {wording}
        </p>
      </>
    );
  }
  return (
    <>
      {said === "" ? null : (
        <>
          <H className="h">{t("was")}</H>
          <p className="wording" {...of}>
            {kind === "delete" ? <del>{said}</del> : said}
          </p>
        </>
      )}
      {wording === "" ? null : (
        <>
          <H className="h">{t("proposed")}</H>
          <p className="wording" {...of}>
            {wording}
          </p>
        </>
      )}
    </>
  );
}

/** By words; insertions and deletions are told apart by more than their colour, and read aloud as what they are. */
export function Changed({
  before,
  now,
  language,
}: {
  readonly before: string;
  readonly now: string;
  readonly language: string;
}) {
  return (
    <p className="wording" lang={language} dir="auto">
      {wordPieces(before, now).map(({ kind, text }, at) => {
        if (kind === "equal") return <span key={at}>{text}</span>;
        return kind === "ins" ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>;
      })}
    </p>
  );
}

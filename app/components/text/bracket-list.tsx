/** The brackets of a paragraph or text in the panel: words, who stands where, and one's own stance. */
import { Link, useFetcher } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorSummary, FieldScope, type Answer } from "#app/components/form.tsx";
import { StanceFields } from "./stance-form.tsx";
import { StanceLines, type ToldStance } from "./stance-lines.tsx";

/** What is drawn behind a bracket, and how that is read aloud. */
export type DrawnChip = {
  readonly text: string;
  readonly spoken: string;
  /** Codes of those who hold it; empty when nobody does. */
  readonly holders: readonly string[];
};

export type BracketInPanel = {
  readonly id: string;
  readonly number: number;
  /** The first words inside. */
  readonly words: string;
  readonly paragraphs: readonly string[];
  /** What stands, the newest of each. */
  readonly stances: readonly ToldStance[];
  /** The newest of the viewer's own delegation, also when it took back what it said. */
  readonly own: ToldStance | null;
  readonly chip: DrawnChip | null;
};

type BracketListProps = {
  readonly base: string;
  readonly brackets: readonly BracketInPanel[];
  /** The one that is looked at. */
  readonly bracket: string | null;
  /** The entity for which the viewer says where it stands; null for whoever speaks for none. */
  readonly speaksFor: string | null;
};

export function BracketList({ base, brackets, bracket, speaksFor }: BracketListProps) {
  const { t } = useTranslation("text");
  if (brackets.length === 0) return <p className="sec cap">{t("brackets.none")}</p>;
  return (
    <ul className="bracket-list">
      {brackets.map(({ id, number, words, stances, own }) => (
        <li key={id} aria-current={id === bracket ? "true" : undefined}>
          <Link className="k" to={`${base}/brackets/${id}`} aria-label={t("brackets.one", { number })}>
            [{number}]
          </Link>
          <div>
            <p className="wording" dir="auto">
              {words}
            </p>
            <StanceLines stances={stances} />
            {id === bracket && speaksFor !== null ? (
              <OwnStance key={id} action={`${base}/brackets/${id}`} entityId={speaksFor} stance={own} />
            ) : null}
            <Link to={`${base}/brackets/${id}`}>{t("brackets.all")}</Link>
          </div>
        </li>
      ))}
    </ul>
  );
}

type OwnStanceProps = {
  readonly action: string;
  readonly entityId: string;
  readonly stance: ToldStance | null;
};

/** Sent to the bracket's own page, and answered here. */
function OwnStance({ action, entityId, stance }: OwnStanceProps) {
  const { t } = useTranslation("text");
  const fetcher = useFetcher<NonNullable<Answer> | { readonly done: string }>();
  // Each answer begins the form anew, over what stands by then.
  const [round, setRound] = useState(0);
  const [last, setLast] = useState(fetcher.data);
  if (fetcher.state === "idle" && fetcher.data !== last) {
    setLast(fetcher.data);
    setRound(round + 1);
  }
  const answer =
    fetcher.state === "idle" && fetcher.data && "refusal" in fetcher.data ? fetcher.data : undefined;
  return (
    <FieldScope name="panel-">
      <fetcher.Form method="post" action={action} className="form">
        <ErrorSummary answer={answer} />
        <input type="hidden" name="party" value={`entity:${entityId}`} />
        {/* Shown where there is script alone: the page in which somebody reads stays open. */}
        <input type="hidden" name="stay" value="yes" />
        <input type="hidden" name="reason" value={stance?.reason ?? ""} />
        <StanceFields key={round} stance={stance} answer={answer} short />
        <div>
          <button
            type="submit"
            name="intent"
            value="set-stance"
            className="btn"
            aria-busy={fetcher.state === "idle" ? undefined : true}
          >
            {t("brackets.form.saveShort")}
          </button>
        </div>
      </fetcher.Form>
    </FieldScope>
  );
}

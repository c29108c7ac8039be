/** What was said on one topic over the years, the newest first: a line with a mark for each. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { PlainLink } from "#app/components/plain-link.tsx";
import { PlainDay } from "./plain-day.tsx";
import type { Standing } from "./stance.tsx";

/** Who took an editors' reading down: newer files that do not have it, or the secretariat. */
export type TakenDownBy = "files" | "secretariat";

export type HistoryEntry = {
  readonly id: string;
  readonly sourceTitle: string;
  readonly sourceSymbol: string;
  readonly sourceDate: string;
  readonly stanceLabel: string;
  readonly explicit: boolean;
  readonly standing: Standing;
  /**
   * - `stands`; `superseded` by something newer; `withdrawn`: nothing stands in its place
   * - `withdrawal`: says that what was said before is withdrawn
   * - `behind`: of an earlier source, released when something later stood already
   * - `answered`: an editors' reading that the entity itself has confirmed or corrected
   * - `corrected`: an editors' reading that the secretariat has corrected; `taken-down`: nothing is read in its place
   * - `files`, `secretariat`: says by whom what was read before was taken down
   */
  readonly state:
    | "stands"
    | "superseded"
    | "withdrawn"
    | "withdrawal"
    | "behind"
    | "answered"
    | "corrected"
    | "taken-down"
    | TakenDownBy;
  /** What it does to an editors' reading of the same document. */
  readonly answers: "confirms" | "corrects" | null;
};

export function OverTime({
  history,
  shownId,
  base,
}: {
  readonly history: readonly HistoryEntry[];
  readonly shownId: string | null;
  /** Addresses of positions begin with it; null where nothing may be linked. */
  readonly base: string | null;
}) {
  const { t } = useTranslation("record");
  return (
    <ol className="over-time">
      {history.map((entry, at) => {
        const year = entry.sourceDate.slice(0, 4);
        const isFirstOfYear = history[at - 1]?.sourceDate.slice(0, 4) !== year;
        const { state } = entry;
        const isEnd = state === "withdrawal" || state === "files" || state === "secretariat";
        const label = isEnd ? t(`position.${state}`) : entry.stanceLabel;
        return (
          <li
            key={entry.id}
            data-state={isEnd ? "withdrawal" : state}
            aria-current={entry.id === shownId ? "true" : undefined}
          >
            <b className="num">{isFirstOfYear ? year : <span className="vh">{year}</span>}</b>
            <i className={entry.standing === "own" ? "dot" : "dot read"} aria-hidden="true" />
            <div>
              <p>
                {base === null || entry.id === shownId ? (
                  <b>{label}</b>
                ) : (
                  <PlainLink to={`${base}/${entry.id}`}>{label}</PlainLink>
                )}
                {isEnd ? null : t("chrome:comma") + (entry.explicit ? t("explicit") : t("implied"))}
                {entry.standing === "editors" ? <>. {t("reading")}</> : null}
                {entry.answers === null ? null : <>. {t(`position.${entry.answers}`)}</>}{" "}
                {state === "stands" || isEnd ? null : <span className="cap">{t(`position.${state}`)}</span>}
              </p>
              <p className="cap">
                <bdi>{entry.sourceTitle}</bdi>
                {entry.sourceSymbol === "" ? null : (
                  <>
                    {t("chrome:comma")}
                    <bdi dir="ltr">{entry.sourceSymbol}</bdi>
                  </>
                )}
                {t("chrome:comma")}
                <PlainDay day={entry.sourceDate} />
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

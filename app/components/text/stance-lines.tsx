/** Who stands where on a bracket, in words: every name, since when, why, and whether it said so itself. */
import { useTranslation } from "react-i18next";
import { When } from "#app/components/when.tsx";
import { plainDay } from "#app/components/record/plain-day.tsx";
import type { StanceKind, View } from "#app/rules/bracket-stances.ts";

export type ToldStance = {
  readonly id: string;
  readonly entityId: string | null;
  readonly groupId: string | null;
  readonly code: string;
  readonly name: string;
  /** By which they are put in order. */
  readonly alphabet: string;
  /** Codes, and ids. */
  readonly except: readonly string[];
  readonly exceptions: readonly string[];
  readonly asks: boolean;
  readonly view: View;
  readonly reason: string;
  readonly meeting: number | null;
  readonly day: string | null;
  readonly kind: StanceKind;
  /** Null where the viewer is not told. */
  readonly by: { readonly name: string; readonly siglum: string } | null;
  readonly at: number;
};

const GROUPS = [
  { id: "asks", holds: ({ asks }: ToldStance) => asks },
  { id: "keep", holds: ({ view }: ToldStance) => view === "keep" },
  { id: "out", holds: ({ view }: ToldStance) => view === "out" },
  { id: "reserves", holds: ({ view }: ToldStance) => view === "reserves" },
  { id: "awaits", holds: ({ view }: ToldStance) => view === "awaits" },
] as const;

/** `stances`: what stands. */
export function StanceLines({ stances }: { readonly stances: readonly ToldStance[] }) {
  const { t } = useTranslation("text");
  if (stances.length === 0) return <p className="cap">{t("brackets.nobody")}</p>;
  // Why is said once, where a name is read first.
  const first = new Map(stances.map((stance) => [stance, GROUPS.find(({ holds }) => holds(stance))?.id]));
  return (
    <dl className="stances">
      {GROUPS.map(({ id, holds }) => {
        const its = stances.filter(holds);
        return its.length === 0 ? null : (
          <div key={id}>
            <dt>{t(`brackets.line.${id}`)}</dt>
            <dd>
              {its.map((stance) => (
                <Party key={stance.id} stance={stance} isFirst={first.get(stance) === id} />
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** A code with its name, its exceptions, why, and how it came on record. */
function Party({ stance, isFirst }: { readonly stance: ToldStance; readonly isFirst: boolean }) {
  const { t } = useTranslation("text");
  const { code, name, except, reason, kind, groupId } = stance;
  return (
    <span className="party">
      <abbr className={groupId === null ? "code" : "code grp"} title={name}>
        <bdi>{code}</bdi>
      </abbr>
      {except.length === 0 ? null : (
        <span className="cap"> {t("brackets.except", { codes: except.join(t("chrome:comma")) })}</span>
      )}
      {kind === "recorded" ? <span className="cap"> {t("brackets.kind.recorded")}</span> : null}
      {kind === "disputed" ? (
        <span className="st bracketed">
          <svg className="i" aria-hidden="true">
            <use href="#i-alert" />
          </svg>{" "}
          {t("brackets.kind.disputed", { code })}
        </span>
      ) : null}
      {reason === "" || !isFirst ? null : (
        <span className="cap">
          {" "}
          <q dir="auto">{reason}</q>
        </span>
      )}
    </span>
  );
}

/** All that was ever said on a bracket, newest first. */
export function StanceHistory({
  stances,
  zone,
}: {
  /** In their order. */
  readonly stances: readonly ToldStance[];
  readonly zone: string;
}) {
  const { t, i18n } = useTranslation("text");
  return (
    <ul className="stance-history">
      {stances.toReversed().map((stance) => {
        const { id, code, name, except, asks, view, reason, meeting, day, kind, by, at } = stance;
        const said = [
          ...(asks ? [t("brackets.said.asks")] : []),
          ...(view === "none" ? [] : [t(`brackets.said.${view}`)]),
        ];
        return (
          <li key={id}>
            <b>
              <bdi>{name}</bdi> <span className="code">{code}</span>
            </b>
            {except.length === 0
              ? null
              : ` ${t("brackets.except", { codes: except.join(t("chrome:comma")) })}`}
            : {said.length === 0 ? t("brackets.said.nothing") : said.join(t("chrome:comma"))}
            {reason === "" ? null : (
              <>
                {" "}
                <q dir="auto">{reason}</q>
              </>
            )}{" "}
            <span className="cap">
              {meeting === null ? null : `${t("brackets.inMeeting", { number: meeting })} · `}
              {day === null ? null : `${plainDay(i18n.language, day)} · `}
              {t(`brackets.kind.${kind}`, { code })}
              {by === null ? null : ` · ${by.name} ${by.siglum}`} · <When at={at} zone={zone} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

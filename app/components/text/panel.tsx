/** The panel beside the text: versions, deleted words, what this text is. One tab is shown; links work without script. */
import { Form, Link, useSearchParams } from "@remix-run/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Audience } from "#app/rules/audience.ts";
import { type BracketInPanel, BracketList } from "./bracket-list.tsx";
import type { OutlineRow } from "./outline.tsx";
import { VersionList, type VersionSummary } from "./version-list.tsx";
import { When } from "#app/components/when.tsx";

export type DeletedParagraph = {
  readonly id: string;
  readonly words: string;
  readonly by: string | null;
  readonly at: number | null;
  /** Words typed into it while it was deleted, or not seen by whoever deleted it; none most of the time. */
  readonly late: readonly { readonly words: string; readonly by: string; readonly at: number }[];
};

export type AboutText = {
  readonly kind: "resolution" | "report" | "statement";
  readonly symbol: string;
  readonly language: string;
  readonly createdAt: number;
  /** Null for readers: who drafts and who else reads is the bureau's to know. */
  readonly drafters: readonly string[] | null;
  readonly audience: {
    readonly audience: Audience;
    readonly shows: "live" | "versions";
    readonly delegations: readonly string[];
  } | null;
};

type PanelProps = {
  readonly base: string;
  readonly zone: string;
  readonly versions: readonly VersionSummary[];
  readonly live: boolean;
  /** Of the paragraph that is looked at, or all. */
  readonly brackets: readonly BracketInPanel[];
  /** The one that is looked at. */
  readonly bracket: string | null;
  /** The entity for which the viewer says where it stands. */
  readonly speaksFor: string | null;
  /** Null for readers: deleted words are the bureau's. */
  readonly deleted: readonly DeletedParagraph[] | null;
  readonly about: AboutText;
  /** The paragraph that is looked at. */
  readonly paragraph: OutlineRow | null;
  readonly mayLock: boolean;
};

const TABS = ["brackets", "versions", "deleted", "about"] as const;
type Tab = (typeof TABS)[number];

export function TextPanel(props: PanelProps) {
  const { t } = useTranslation("text");
  const [search] = useSearchParams();
  const asked = TABS.find((tab) => tab === search.get("panel"));
  const [picked, setPicked] = useState<Tab | null>(null);
  const [open, setOpen] = useState(false);
  const tabs = TABS.filter(
    (tab) =>
      (tab !== "deleted" || props.deleted !== null) &&
      // Nobody else stands anywhere on what a delegation writes for itself.
      (tab !== "brackets" || props.about.kind !== "statement"),
  );
  const [followed, setFollowed] = useState(props.bracket);
  // Whoever looks at a bracket sees who stands where on it.
  if (props.bracket !== followed) {
    setFollowed(props.bracket);
    if (props.bracket !== null) setPicked("brackets");
  }
  const tab = picked ?? asked ?? "versions";
  const counts: Record<Tab, number | null> = {
    brackets: props.brackets.length,
    versions: props.versions.length,
    deleted: props.deleted?.length ?? 0,
    about: null,
  };
  const names: Record<Tab, string> = {
    brackets: t("room.tabBrackets"),
    versions: t("room.tabVersions"),
    deleted: t("room.tabDeleted"),
    about: t("room.tabAbout"),
  };
  return (
    <aside className="side-panel no-print" aria-label={t("room.panel")} data-open={open}>
      {props.paragraph ? <PanelHead {...props} paragraph={props.paragraph} /> : null}
      <nav className="tabs" aria-label={t("room.panel")}>
        {tabs.map((name) => (
          <a
            key={name}
            href={`?panel=${name}`}
            aria-current={tab === name ? "true" : undefined}
            onClick={(event) => {
              event.preventDefault();
              setPicked(name);
              setOpen(true);
            }}
          >
            {names[name]} {counts[name] === null ? null : <span className="count">{counts[name]}</span>}
          </a>
        ))}
        <span className="grow" />
        <button
          type="button"
          className="btn quiet only-sheet"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t("room.closePanel") : t("room.openPanel")}
        </button>
      </nav>
      <div className="scroll">
        {tab === "brackets" ? <BracketList {...props} /> : null}
        {tab === "versions" ? (
          <VersionList versions={props.versions} base={props.base} zone={props.zone} live={props.live} />
        ) : null}
        {tab === "deleted" && props.deleted ? <Deleted {...props} deleted={props.deleted} /> : null}
        {tab === "about" ? <About about={props.about} zone={props.zone} /> : null}
      </div>
    </aside>
  );
}

/** The paragraph that is looked at, and where its past and its lock are. */
function PanelHead({ paragraph, base, mayLock }: PanelProps & { readonly paragraph: OutlineRow }) {
  const { t } = useTranslation("text");
  const label = paragraph.label === "" ? t("paragraph.thisOne") : paragraph.label;
  const here = `${base}/paragraphs/${paragraph.id}`;
  return (
    <div className="panel-head row wrap">
      <b className="big">
        <bdi>{paragraph.label === "" ? t("paragraph.plain") : label}</bdi>
      </b>
      {paragraph.locked ? (
        <span className="st locked">
          <svg className="i" aria-hidden="true">
            <use href="#i-locked" />
          </svg>
          {t("room.locked")}
        </span>
      ) : null}
      <span className="grow" />
      <Link className="btn" to={here}>
        {t("compare.life", { label })}
      </Link>
      {mayLock ? (
        <Link className="btn" to={`${here}#lock`}>
          {t(paragraph.locked ? "paragraph.unlock" : "paragraph.lock", { label })}
        </Link>
      ) : null}
    </div>
  );
}

function Deleted({
  deleted,
  versions,
  base,
  zone,
}: PanelProps & { readonly deleted: readonly DeletedParagraph[] }) {
  const { t } = useTranslation("text");
  const since = versions.find((version) => version.kind === "issued");
  return (
    <>
      <div className="sec">
        <p className="cap">{deleted.length === 0 ? t("room.deletedNone") : t("room.deletedLead")}</p>
        {since ? (
          <p>
            {t("room.insideDeleted")}:{" "}
            <Link to={`${base}/compare/${since.id}/live`}>
              {t("room.compareSince", { label: since.label })}
            </Link>
          </p>
        ) : null}
      </div>
      {deleted.map((paragraph) => (
        <div key={paragraph.id} className="sec">
          {paragraph.late.map(({ words, by, at }) => (
            <p key={`${at} ${words}`}>
              <b>{t("late.typed", { who: by || t("compare.server") })}</b> <When at={at} zone={zone} />:{" "}
              <bdi className="wording">{words}</bdi>
            </p>
          ))}
          <p className="wording del" dir="auto">
            {paragraph.words}
          </p>
          <Form method="post" className="row wrap" reloadDocument>
            <span className="cap grow">
              {paragraph.at === null ? null : (
                <>
                  {t("room.deletedBy", { who: paragraph.by ?? t("compare.server") })}{" "}
                  <When at={paragraph.at} zone={zone} />
                </>
              )}
            </span>
            <Link
              to={`${base}/paragraphs/${paragraph.id}`}
              aria-label={t("room.history", { label: paragraph.words.slice(0, 40) })}
            >
              {t("room.historyShort")}
            </Link>
            <input type="hidden" name="paragraph" value={paragraph.id} />
            <button
              className="btn"
              name="intent"
              value="bring-back"
              aria-label={t("room.bringBackNamed", { words: paragraph.words.slice(0, 40) })}
            >
              {t("room.bringBack")}
            </button>
          </Form>
        </div>
      ))}
    </>
  );
}

function About({ about, zone }: { readonly about: AboutText; readonly zone: string }) {
  const { t } = useTranslation("text");
  const facts: [string, ReactNode][] = [
    [t("room.kind"), t(`kind.${about.kind}`)],
    [t("room.symbol"), <bdi key="symbol">{about.symbol}</bdi>],
    [t("room.language"), t(`language.${about.language}`, { defaultValue: about.language })],
    [t("room.created"), <When key="created" at={about.createdAt} zone={zone} />],
  ];
  if (about.drafters) {
    facts.push([
      t("room.drafters"),
      about.drafters.length === 0 ? t("room.noDrafters") : about.drafters.join(t("chrome:comma")),
    ]);
  }
  if (about.audience) {
    const { audience, delegations, shows } = about.audience;
    const who = audience === "named" ? delegations.join(t("chrome:comma")) : t(`audience.${audience}`);
    facts.push([
      t("room.audience"),
      audience === "bureau"
        ? who
        : `${who}: ${t(shows === "live" ? "audience.showsLive" : "audience.showsVersions")}`,
    ]);
  }
  return (
    <dl className="facts sec">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The paper with a raised siglum after each run of words, and the list of those who wrote it. */
import { Link } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Direction, Role } from "#collab/model.ts";
import { Formatted } from "./formatted.tsx";
import { Paper, type TextHead } from "./paper.tsx";
import { Docbar, type TextPages } from "./text-nav.tsx";
import { formatWhen } from "./instants.ts";

export type AuthoredRun = {
  readonly key: string;
  readonly at: number | null;
  readonly pieces: readonly { readonly words: string; readonly em: boolean; readonly strong: boolean }[];
};

export type AuthoredParagraph = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
  readonly dir: Direction;
  readonly label: string;
  readonly runs: readonly AuthoredRun[];
};

export type LegendEntry = {
  readonly key: string;
  readonly kind: "author" | "before" | "unknown";
  readonly name: string;
  readonly siglum: string;
  readonly characters: number;
};

export type AuthorshipRoomProps = {
  readonly text: TextHead;
  readonly pages: TextPages;
  readonly by: string | null;
  readonly paragraphs: readonly AuthoredParagraph[];
  readonly legend: readonly LegendEntry[];
};

export function AuthorshipRoom({ text, pages, by, paragraphs, legend }: AuthorshipRoomProps) {
  const { i18n, t } = useTranslation("text");
  const said = useSaid(text.zone);
  const [picked, setPicked] = useState<{ readonly key: string; readonly at: number | null } | null>(null);
  const names = new Map(legend.map((entry) => [entry.key, entry]));
  const nameOf = (key: string): string => {
    const entry = names.get(key);
    if (entry?.kind === "before") return t("authorship.before");
    if (entry?.kind === "unknown") return t("authorship.unknown");
    return entry?.name || t("authorship.server");
  };
  return (
    <div className="text-room">
      <Docbar title={text.title} under={[t("authorship.title")]} pages={pages} />
      <div className="room-grid authorship-grid">
        <main className="desk" id="content" tabIndex={-1}>
          <Paper
            lang={text.language}
            organ={text.organ}
            body={text.body}
            session={text.session}
            item={t("room.item", { number: text.item })}
            symbol={text.symbol}
          >
            <p className="cap lead" lang={i18n.language} dir={i18n.dir()}>
              {t("authorship.lead")}
            </p>
            {paragraphs.map((paragraph) => (
              <section
                key={paragraph.id}
                className="para"
                id={`p-${paragraph.id}`}
                data-role={paragraph.role}
                data-level={paragraph.level}
              >
                <div className="gut">
                  <Link className="lab" to={`${pages.base}/paragraphs/${paragraph.id}`}>
                    <bdi>{paragraph.label || "¶"}</bdi>
                    <span className="vh"> {t("room.historyShort")}</span>
                  </Link>
                </div>
                <p className="txt" dir={paragraph.dir}>
                  {paragraph.runs.map((run, at) => (
                    <Run
                      key={at}
                      run={run}
                      siglum={names.get(run.key)?.siglum ?? ""}
                      name={nameOf(run.key)}
                      zone={text.zone}
                      isLast={paragraph.runs[at + 1]?.key !== run.key}
                      state={by === null ? "plain" : by === run.key ? "picked" : "other"}
                      onLook={() => setPicked(run)}
                    />
                  ))}
                </p>
                <div className="mar" />
              </section>
            ))}
          </Paper>
        </main>
        <aside className="side-panel" data-open="true" aria-label={t("authorship.legend")}>
          <div className="scroll">
            <div className="sec">
              <h2>{t("authorship.legend")}</h2>
              <p className="cap" aria-live="polite">
                {picked === null ? "" : said(nameOf(picked.key), picked.at)}
              </p>
            </div>
            <ul className="legend">
              <li>
                <Link to="?" preventScrollReset aria-current={by === null ? "true" : undefined}>
                  <span />
                  <span>{t("authorship.everyone")}</span>
                  <span />
                </Link>
              </li>
              {legend.map((entry) => (
                <li key={entry.key}>
                  <Link
                    to={`?by=${encodeURIComponent(entry.key)}`}
                    preventScrollReset
                    aria-current={by === entry.key ? "true" : undefined}
                  >
                    <span className="code">{entry.siglum}</span>
                    <span>{nameOf(entry.key)}</span>
                    <span className="count">{t("authorship.characters", { count: entry.characters })}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        </aside>
      </div>
    </div>
  );
}

/** "Dario Vell, Tue 11 May, 19:20", in the language of the interface. */
function useSaid(zone: string): (name: string, at: number | null) => string {
  const { i18n, t } = useTranslation("text");
  return (name, at) =>
    at === null ? name : t("authorship.run", { name, when: formatWhen(i18n.language, { at, zone }) });
}

type RunProps = {
  readonly run: AuthoredRun;
  readonly siglum: string;
  readonly name: string;
  readonly zone: string;
  /** The next run is another's: the siglum stands here. */
  readonly isLast: boolean;
  readonly state: "plain" | "picked" | "other";
  readonly onLook: () => void;
};

function Run({ run, siglum, name, zone, isLast, state, onLook }: RunProps) {
  const words = useSaid(zone)(name, run.at);
  return (
    <span className={state === "plain" ? "run" : `run ${state}`} title={words} onPointerEnter={onLook}>
      {run.pieces.map(({ words: typed, em, strong }, place) => (
        <Formatted key={place} em={em} strong={strong}>
          {typed}
        </Formatted>
      ))}
      {isLast ? (
        <button
          type="button"
          className="who"
          aria-label={siglum === "" ? words : `${siglum}: ${words}`}
          onFocus={onLook}
          onClick={onLook}
        >
          {siglum === "" ? "–" : siglum}
        </button>
      ) : null}
    </span>
  );
}

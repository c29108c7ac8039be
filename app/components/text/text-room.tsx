/** The room around the paper. Which of three papers lies in it: the editor, the reader's live one, or a version. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { KeptWords } from "#app/components/editor/kept-words.tsx";
import { TextEditor } from "#app/components/editor/text-editor.tsx";
import { type Answer, ErrorSummary } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import type { Convention, TextKind } from "#collab/document.ts";
import type { EditorFacts } from "#collab/client/editor/editor-options.ts";
import type { OutlineRow as WrittenRow } from "#collab/client/editor/outline-watch.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import { chipsOf, useChipsOnPaper, usePointedBracket } from "./bracket-chips.ts";
import type { BracketInPanel } from "./bracket-list.tsx";
import { useCurrentParagraph } from "./current-paragraph.ts";
import { GoneText } from "./gone-text.tsx";
import { LateWords } from "./late-words.tsx";
import { LiveSections } from "./live-sections.tsx";
import { Outline, OUTLINE_START, type OutlineRow, outlineOnPage } from "./outline.tsx";
import { type AboutText, type DeletedParagraph, TextPanel } from "./panel.tsx";
import { Paper, Sections, type TextHead } from "./paper.tsx";
import { Docbar, type TextPages } from "./text-nav.tsx";
import type { VersionSummary } from "./version-list.tsx";
import { formatWhen } from "./instants.ts";

export type TextRoomProps = {
  readonly text: TextHead & {
    readonly id: string;
    readonly note: string;
    readonly kind: TextKind;
    readonly convention: Convention;
  };
  readonly pages: TextPages;
  /** Paragraphs in the outline. */
  readonly count: number;
  readonly seq: number | null;
  readonly paper: string | null;
  readonly issued: {
    readonly label: string;
    readonly symbol: string;
    /** Counted by person and minute; 0 when the live text says what this version says. */
    readonly changesSince: number;
    readonly at: number;
  } | null;
  readonly versions: readonly VersionSummary[];
  readonly brackets: readonly BracketInPanel[];
  readonly speaksFor: string | null;
  readonly deleted: readonly DeletedParagraph[] | null;
  readonly about: AboutText;
  readonly writer: { readonly id: string; readonly name: string; readonly siglum: string } | null;
  readonly mayLock: boolean;
  /** The address of the draft statement whose words these are; null for every other text. */
  readonly draft: string | null;
  /** Why a paragraph was not brought back. */
  readonly refused: Answer;
  readonly broughtBack: boolean;
  /** Paragraphs that an import has just brought in. */
  readonly imported: number;
};

/** Of a text that is not the person's to see any more nothing stays on the screen but their own words. */
export function TextRoom(props: TextRoomProps) {
  const [gone, setGone] = useState<readonly Untaken[] | null>(null);
  return gone ? <GoneText own={gone} /> : <OpenRoom {...props} onGone={setGone} />;
}

type OpenRoomProps = TextRoomProps & { readonly onGone: (own: readonly Untaken[]) => void };

function OpenRoom(props: OpenRoomProps) {
  const { text, pages, seq, paper } = props;
  const writer = useWriter(props.writer);
  const { t } = useTranslation("text");
  const [rows, setRows] = useState<readonly OutlineRow[] | null>(null);
  const [drawer, setDrawer] = useState(false);
  const [presence, setPresence] = useState<HTMLElement | null>(null);
  const desk = useRef<HTMLElement>(null);
  const [current, setCurrent] = useCurrentParagraph(desk, writer === null);
  const readPage = useCallback(() => {
    if (desk.current) setRows(outlineOnPage(desk.current));
  }, []);
  useEffect(readPage, [readPage]);
  const closeDrawer = useCallback(() => setDrawer(false), []);
  const showOutline = useCallback((written: readonly WrittenRow[]) => setRows(written.map(rowOf)), []);

  const chips = useMemo(() => chipsOf(props.brackets), [props.brackets]);
  useChipsOnPaper(desk, writer === null ? chips : null);
  // In the editor there are brackets that the page has not heard of yet.
  const [written, setWritten] = useState<Pick<EditorFacts, "brackets" | "bracket"> | null>(null);
  const pointed = usePointedBracket(desk);
  const draftLine = props.draft === null ? "" : <Link to={props.draft}>{t("room.ofDraft")}</Link>;
  const empty = rows === null ? props.count === 0 : rows.length === 0;
  return (
    <div className="text-room">
      <Live topics={[`versions:${text.id}`, `brackets:${text.id}`, `stances:${text.id}`]} />
      <Docbar
        title={text.title}
        under={[draftLine, text.note, useStateLine(props)].filter((part) => part !== "")}
        pages={pages}
        aside={writer ? <span className="presence no-print" ref={setPresence} /> : null}
      >
        <button
          type="button"
          className="btn only-small"
          aria-expanded={drawer}
          onClick={() => setDrawer(!drawer)}
        >
          {t("room.openOutline")}
        </button>
      </Docbar>
      {props.broughtBack ? <output className="done">{t("room.broughtBack")}</output> : null}
      {props.imported > 0 ? (
        <output className="done">{t("import.done", { count: props.imported })}</output>
      ) : null}
      <ErrorSummary answer={props.refused} />
      {props.deleted ? <LateWords textId={text.id} deleted={props.deleted} zone={text.zone} /> : null}
      <div className="room-grid">
        <Outline
          id={`outline:${paper ?? ""}`}
          count={props.count}
          rows={rows}
          current={current}
          open={drawer}
          onClose={closeDrawer}
        />
        <main className="desk" id="content" tabIndex={-1} ref={desk}>
          <Paper
            lang={text.language}
            organ={text.organ}
            body={text.body}
            session={text.session}
            item={t("room.item", { number: text.item })}
            symbol={seq === null ? (props.issued?.symbol ?? text.symbol) : text.symbol}
          >
            {writer === null ? <KeptWords textId={text.id} /> : null}
            {paper !== null && writer === null && seq !== null ? (
              <LiveSections textId={text.id} seq={seq} onChange={readPage} />
            ) : null}
            {paper !== null && seq === null ? (
              <Sections
                key={paper}
                id={paper}
                source={`${pages.base}/versions/${paper}/download/paper`}
                onFetched={readPage}
              />
            ) : null}
            {writer ? (
              <TextEditor
                textId={text.id}
                kind={text.kind}
                convention={text.convention}
                language={text.language}
                person={writer}
                zone={text.zone}
                presenceHost={presence}
                onOutline={showOutline}
                onParagraph={setCurrent}
                chips={chips}
                onBrackets={setWritten}
                onGone={props.onGone}
              >
                <Sections id={text.id} source={null} />
              </TextEditor>
            ) : null}
            {empty && !writer ? (
              <p className="empty">{t(seq === null ? "room.emptyVersions" : "room.empty")}</p>
            ) : null}
          </Paper>
        </main>
        <TextPanel
          base={pages.base}
          zone={text.zone}
          versions={props.versions}
          live={seq !== null}
          brackets={bracketsNow(props.brackets, { written, current })}
          bracket={pointed ?? written?.bracket ?? null}
          speaksFor={props.speaksFor}
          deleted={props.deleted}
          about={props.about}
          paragraph={rows?.find((row) => row.id === current) ?? null}
          mayLock={props.mayLock}
        />
      </div>
    </div>
  );
}

/** The brackets of the paragraph that is looked at, or all: as the editor has them, with what is on record of them. */
function bracketsNow(
  known: readonly BracketInPanel[],
  {
    written,
    current,
  }: { readonly written: Pick<EditorFacts, "brackets"> | null; readonly current: string | null },
): readonly BracketInPanel[] {
  if (current === null) return known;
  if (written === null) return known.filter(({ paragraphs }) => paragraphs.includes(current));
  return written.brackets.map(({ id, number, words }) => {
    const its = known.find((bracket) => bracket.id === id);
    return its
      ? { ...its, number, words }
      : { id, number, words, paragraphs: [current], stances: [], own: null, chip: null };
  });
}

/** "live: 14 changes since Rev.2 issued Tue 11 May 19:20". */
function useStateLine({ seq, issued, text }: TextRoomProps): string {
  const { i18n, t } = useTranslation("text");
  if (issued === null) return seq === null ? t("room.versionsOnly") : t("room.liveFirst");
  const when = formatWhen(i18n.language, { at: issued.at, zone: text.zone });
  const values = { label: issued.label, when };
  if (seq === null) return t("room.versionShown", values);
  const count = issued.changesSince;
  return count === 0 ? t("room.liveSame", values) : t("room.liveSince", { ...values, count });
}

function rowOf({ id, role, level, label, locked, words }: WrittenRow): OutlineRow {
  return { id, role, level, label: label.within, locked, start: words.slice(0, OUTLINE_START) };
}

/** Who has begun to write stays in the editor: it says by itself when the right has ended, and keeps what was not taken. */
function useWriter(writer: TextRoomProps["writer"]): TextRoomProps["writer"] {
  const [began, setBegan] = useState(writer);
  if (writer !== null && began?.id !== writer.id) setBegan(writer);
  return began;
}

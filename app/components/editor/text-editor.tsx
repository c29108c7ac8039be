/**
 * The text for those who write in it: tools, who is there, what is saved, and the paper itself. `children` is the
 * server's paper: it stays until the editor has the same words, so the text can be read from the first moment.
 */
import { useEffect, useMemo, useRef } from "react";
import { createPortal } from "react-dom";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHold } from "#app/components/live.tsx";
import type { SavingStatus } from "#collab/client/connection/saving.ts";
import type { BracketChip } from "#collab/client/editor/bracket-board.ts";
import type { EditorFacts } from "#collab/client/editor/editor-options.ts";
import type { OutlineRow } from "#collab/client/editor/outline-watch.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import type { PaperWords } from "#collab/client/editor/paragraph-view.ts";
import type { Convention, TextKind } from "#collab/document.ts";
import type { LabelWords } from "#collab/labels.ts";
import { SignsLine } from "./signs-line.tsx";
import { useAskedMarks } from "./asked-marks.ts";
import { LeaveDialog } from "./leave-dialog.tsx";
import { PresentList } from "./present-list.tsx";
import { RecordStrip } from "./record-strip.tsx";
import { RefusedStrip } from "./refused-strip.tsx";
import { Icon, SavingLine, SavingNews, SavingStrips } from "./saving-line.tsx";
import { useEditor } from "./use-editor.ts";
import type { EditorView } from "./use-editor.ts";

export type TextEditorProps = {
  readonly textId: string;
  readonly kind: TextKind;
  /** What "bis" says in its labels. */
  readonly convention?: Convention | undefined;
  /** BCP 47 tag of the language the text is written in. */
  readonly language: string;
  readonly person: { readonly id: string; readonly name: string; readonly siglum: string };
  /** The venue's zone; the reader's own where it is not given. */
  readonly zone?: string;
  /** Where the names of those who are there stand on a wide screen, so that the tools keep one line. */
  readonly presenceHost: HTMLElement | null;
  readonly onOutline?: (rows: readonly OutlineRow[]) => void;
  /** All words but the footnotes', when they have changed, for whoever counts them. */
  readonly onWords?: (words: string) => void;
  /** The paragraph that the caret is in. */
  readonly onParagraph?: (paragraphId: string | null) => void;
  /** Who stands where on brackets. */
  readonly chips?: ReadonlyMap<string, BracketChip>;
  /** The brackets of that paragraph, and the one that the caret is at. */
  readonly onBrackets?: (facts: Pick<EditorFacts, "brackets" | "bracket">) => void;
  /** The text is not the person's to see any more; `own` is their wording that was not taken. */
  readonly onGone?: (own: readonly Untaken[]) => void;
  readonly children?: ReactNode;
};

const BRACKETS_TOLD_MS = 150;

export function TextEditor(props: TextEditorProps) {
  const { t, i18n } = useTranslation("editor");
  const { kind, zone, presenceHost } = props;
  // Tools and sentences are in the language of the interface, whatever the text is written in.
  const spoken = { lang: i18n.language, dir: i18n.dir() };
  const paper = useRef<HTMLDivElement | null>(null);
  const host = useRef<HTMLDivElement | null>(null);
  const { paperWords, labelWords } = useWords();
  const view = useEditor(
    {
      textId: props.textId,
      kind,
      convention: props.convention,
      language: props.language,
      personId: props.person.id,
      ariaLabel: t("aria"),
      describedBy: "saving",
      paperWords,
      labelWords,
      onOutline: props.onOutline,
      onWords: props.onWords,
      onParagraph: props.onParagraph,
    },
    { paper, host },
  );
  useHold(() => hasToStay(view, kind) || (view.opened?.drafting.isWaiting() ?? false));
  const { opened, status, facts, notTaken, gone } = view;
  useAskedMarks(host, opened !== null);
  const { onGone } = props;
  useEffect(() => {
    if (gone) onGone?.(gone);
  }, [gone, onGone]);
  const handle = opened?.handle ?? null;
  const { chips, onBrackets } = props;
  useEffect(() => {
    if (handle && chips) handle.setChips(chips);
  }, [handle, chips]);
  const at = JSON.stringify(facts && { brackets: facts.brackets, bracket: facts.bracket });
  useEffect(() => {
    if (at === "null") return;
    // With the next pause: words in a bracket change with every key.
    const soon = setTimeout(() => onBrackets?.(JSON.parse(at)), BRACKETS_TOLD_MS);
    return () => clearTimeout(soon);
  }, [at, onBrackets]);
  // Loaded with the editor itself: those who only read do not wait for it.
  const EditorTools = opened?.parts.EditorTools;
  const FindBar = opened?.parts.FindBar;
  const ReferenceBar = opened?.parts.ReferenceBar;
  const KeyList = opened?.parts.KeyList;
  const present = <PresentList others={view.others} isKnown={isInStep(status)} />;
  return (
    <div className="text-editor" data-editor={handle ? "open" : "opening"}>
      {/* With an element of this id React Aria adds no style sheet of its own, which the content policy would refuse. */}
      <span id="react-aria-pressable-style" hidden />
      <div className="editor-top no-print">
        <div {...spoken}>
          <div className="editor-bar">
            {EditorTools ? (
              <EditorTools
                kind={kind}
                handle={handle}
                facts={facts}
                mayWrite={mayWriteIn(view)}
                open={view.open}
              />
            ) : null}
            <div className="editor-facts">
              <span id="saving">
                <SavingLine status={status} zone={zone} feed={view.feed} />
              </span>
              <span className="presence-here">{present}</span>
              {presenceHost ? createPortal(present, presenceHost) : null}
            </div>
          </div>
          <SavingNews status={status} zone={zone} />
          {FindBar && view.dialog === "find" && handle && facts ? (
            <FindBar handle={handle} found={facts.found} close={() => view.open(null)} />
          ) : null}
          {ReferenceBar && view.dialog === "reference" && handle && mayWriteIn(view) ? (
            <ReferenceBar handle={handle} close={() => view.open(null)} />
          ) : null}
          <SavingStrips
            status={status}
            zone={zone}
            tryNow={() => opened?.drafting.tryNow()}
            unsavedWording={view.unsavedWording}
          />
          {view.broken ? (
            <RecordStrip broken={view.broken} answer={() => opened?.drafting.answerRecord()} />
          ) : null}
          {notTaken && handle ? (
            <RefusedStrip
              notTaken={notTaken}
              labelOf={(id) => handle.labelOf(id).short}
              answer={() => opened?.drafting.answer()}
            />
          ) : null}
          <Lines view={view} />
          {handle && facts && facts.signs.count > 0 && mayWriteIn(view) ? (
            <SignsLine signs={facts.signs} run={(command) => void handle.run(command)} />
          ) : null}
          <LeaveDialog view={view} />
        </div>
      </div>
      <div ref={paper}>{props.children}</div>
      <div ref={host} className="editor-host" />
      {facts?.isEmpty && handle && mayWriteIn(view) ? (
        <div className="empty" {...spoken}>
          <p>{t("empty")}</p>
          <button type="button" className="btn" onClick={() => handle.begin()}>
            {t("begin")}
          </button>
        </div>
      ) : null}
      {KeyList ? (
        <KeyList
          isOpen={view.dialog === "keys"}
          record={opened?.drafting.record() ?? null}
          close={() => {
            view.open(null);
            handle?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

/** A page that cannot write any more stays as it is; that of a draft statement says what became of it, once all is saved. */
function hasToStay({ status }: EditorView, kind: TextKind): boolean {
  return status.kind === "ended" && !(kind === "statement" && status.changes === 0);
}

/** Only the room knows who else is there. */
function isInStep({ kind }: SavingStatus): boolean {
  return kind === "saved" || kind === "sent" || kind === "sending" || kind === "saving";
}

function mayWriteIn({ mayWrite, status }: EditorView): boolean {
  return mayWrite && status.kind !== "ended";
}

/** One sentence about what was just refused, or about this device. */
function Lines({ view }: { readonly view: EditorView }) {
  const { t } = useTranslation("editor");
  const { notice } = view;
  const said =
    notice === null
      ? view.mayWrite
        ? ""
        : t("readOnly")
      : notice.kind === "paste"
        ? t(`paste.${notice.why}`)
        : notice.kind === "held"
          ? t("held", { holders: notice.holders.join(t("chrome:comma")) })
          : notice.label === ""
            ? t("locked.unnamed")
            : t("locked.one", { label: notice.label });
  return (
    <>
      <output className={said === "" ? "vh" : "editor-line"}>
        {said === "" ? "" : <Icon id={notice?.kind === "locked" ? "locked" : "alert"} />} {said}
      </output>
      {view.kept ? null : <p className="editor-line">{t("status.notKeptHere")}</p>}
    </>
  );
}

function useWords(): { readonly paperWords: PaperWords; readonly labelWords: LabelWords } {
  const { t } = useTranslation("editor");
  return useMemo(
    () => ({
      paperWords: {
        locked: t("paper.locked"),
        notes: t("paper.notes"),
        note: t("paper.note"),
        brackets: {
          opens: (n) => t("paper.bracketOpens", { n }),
          closes: (n) => t("paper.bracketCloses", { n }),
          alone: t("paper.bracketAlone"),
          pair: (sign) => t("signs.pair", { sign }),
        },
        references: {
          deleted: t("paper.referenceDeleted", { label: "{label}" }),
          deletedUnnamed: t("paper.referenceDeletedUnnamed"),
          unknown: t("paper.referenceUnknown"),
        },
        move: (label) => (label === "" ? t("paper.moveUnnamed") : t("paper.move", { label })),
      },
      labelWords: {
        pp: t("labels.pp"),
        op: t("labels.op"),
        numbered: t("labels.numbered"),
        recommendation: t("labels.recommendation"),
        sub: t("labels.sub"),
        heading: t("labels.heading"),
        annex: t("labels.annex"),
        note: t("labels.note"),
        unreferenced: t("labels.unreferenced"),
        after: t("labels.after", { label: "{label}" }),
        alternative: t("labels.alternative", { label: "{label}" }),
        nthAfter: t("labels.nthAfter", { label: "{label}", nth: "{nth}" }),
        nthAlternative: t("labels.nthAlternative", { label: "{label}", nth: "{nth}" }),
        nth: t("labels.nth").split(", "),
        before: t("labels.before"),
      },
    }),
    [t],
  );
}

/** The editor of a page: started in the browser once its parts are loaded, ended when the page is left. */
import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { Drafting } from "#collab/client/connection/drafting.ts";
import type { NotTaken } from "#collab/client/connection/offers.ts";
import type { SavingStatus } from "#collab/client/connection/saving.ts";
import type { EditorFacts, TextEditorHandle } from "#collab/client/editor/editor-options.ts";
import type { OutlineRow } from "#collab/client/editor/outline-watch.ts";
import type { PaperWords } from "#collab/client/editor/paragraph-view.ts";
import type { RecordBreak } from "#collab/client/replica/replica.ts";
import { scrollerOf } from "#collab/client/scroller.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import type { Convention, TextKind } from "#collab/document.ts";
import type { Presence } from "#collab/frames.ts";
import type { Label, LabelWords } from "#collab/labels.ts";
import type { EditorParts } from "./parts.ts";
import { createStatusFeed } from "./status-feed.ts";
import type { StatusFeed } from "./status-feed.ts";

/** One line that says why something was not done; gone with the next thing that is. */
type Notice =
  | { readonly kind: "locked"; readonly label: string }
  | { readonly kind: "held"; readonly holders: readonly string[] }
  | { readonly kind: "paste"; readonly why: "files" | "too-large" };

export type Dialog = "find" | "keys" | "reference";

type OpenedEditor = {
  readonly handle: TextEditorHandle;
  readonly drafting: Drafting;
  readonly parts: EditorParts;
};

export type EditorView = {
  readonly opened: OpenedEditor | null;
  /** As the page was last drawn for; `feed` goes on between "saved" and "sending". */
  readonly status: SavingStatus;
  readonly feed: StatusFeed;
  readonly facts: EditorFacts | null;
  readonly others: readonly Presence[];
  readonly notTaken: NotTaken | null;
  readonly notice: Notice | null;
  readonly mayWrite: boolean;
  /** False while the browser keeps nothing on the device. */
  readonly kept: boolean;
  /** The record is not the one that this browser saw before. */
  readonly broken: RecordBreak | null;
  /** The text is not the person's to see any more: own wording that was not taken. Null while it is. */
  readonly gone: readonly Untaken[] | null;
  readonly dialog: Dialog | null;
  open(dialog: Dialog | null): void;
  /** Wording of this page that the room may not have. */
  unsavedWording(): readonly Untaken[];
};

export type UseEditorOptions = {
  readonly textId: string;
  readonly kind: TextKind;
  readonly convention?: Convention | undefined;
  readonly language: string;
  readonly personId: string;
  readonly ariaLabel: string;
  readonly describedBy: string;
  readonly paperWords: PaperWords;
  readonly labelWords: LabelWords;
  readonly onOutline?: (rows: readonly OutlineRow[]) => void;
  /** Counted only where somebody asks. */
  readonly onWords?: (words: string) => void;
  readonly onParagraph?: (paragraphId: string | null) => void;
};

type Refs = {
  /** Holds the server's paper until the editor stands in its place. */
  readonly paper: RefObject<HTMLElement | null>;
  readonly host: RefObject<HTMLElement | null>;
};

export function useEditor(options: UseEditorOptions, { paper, host }: Refs): EditorView {
  const [opened, setOpened] = useState<OpenedEditor | null>(null);
  const [status, setStatus] = useState<SavingStatus>({ kind: "opening" });
  const [feed] = useState(createStatusFeed);
  const [facts, setFacts] = useState<EditorFacts | null>(null);
  const [others, setOthers] = useState<readonly Presence[]>([]);
  const [notTaken, setNotTaken] = useState<NotTaken | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [mayWrite, setMayWrite] = useState(true);
  const [kept, setKept] = useState(true);
  const [broken, setBroken] = useState<RecordBreak | null>(null);
  const [gone, setGone] = useState<readonly Untaken[] | null>(null);
  const [dialog, open] = useState<Dialog | null>(null);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { textId, personId } = options;

  useEffect(() => {
    let left = false;
    let end: (() => void) | null = null;
    const say = (next: Notice): void => setNotice(next);
    void (async () => {
      const [{ startPage }, { mountEditor }, { parts }] = await Promise.all([
        import("#collab/client/connection/browser-page.ts"),
        import("#collab/client/editor/mount.ts"),
        import("./parts.ts"),
      ]);
      if (left) return;
      let handle: TextEditorHandle | null = null;
      let writable = true;
      let page: Drafting | null = null;
      // What the room said before the editor stood.
      let locks: ReadonlySet<string> = new Set();
      let present: readonly Presence[] = [];
      let notTakenYet: readonly Untaken[] = [];
      let keeps = true;
      const keep = (now: boolean): void => {
        if (now !== keeps) setKept(now);
        keeps = now;
      };
      /** Who may not write any more may still read, or have signed out: the server says which it is. */
      const leaveIfGone = async (): Promise<void> => {
        const { askServer, keepOwnWordsAlone } = await import("#collab/client/replica/gone-texts.ts");
        const isGone = (await askServer([textId]))?.includes(textId) ?? false;
        if (!isGone || !page || left) return;
        const own = [...page.unsavedWording(), ...notTakenYet];
        await page.letGo();
        await keepOwnWordsAlone({ personId, textId });
        setGone(own);
      };
      const showPending = (now: SavingStatus): void => {
        const waits = now.kind === "saving" || now.kind === "not-saved";
        handle?.setPending(waits && page ? page.pending() : new Set());
      };
      page = await startPage({
        textId,
        personId,
        tell: (event) => {
          switch (event.type) {
            case "doc": {
              if (handle) return handle.setDoc(event.doc);
              if (left || !host.current) return;
              const { kind, convention, language, ariaLabel, describedBy, paperWords, labelWords, onWords } =
                latest.current;
              handle = swapIn(paper.current, host.current, (place) =>
                mountEditor({
                  host: place,
                  kind,
                  convention,
                  language,
                  doc: event.doc,
                  ariaLabel,
                  describedBy,
                  words: paperWords,
                  labelWords,
                  mayWrite: () => writable,
                  onCaret: (caret) => page?.setCaret(caret),
                  onFacts: (now) => {
                    setFacts(now);
                    latest.current.onParagraph?.(now.paragraphId);
                  },
                  onOutline: (rows) => latest.current.onOutline?.(rows),
                  onWords: onWords && ((words) => latest.current.onWords?.(words)),
                  onLocked: (_, label: Label) => say({ kind: "locked", label: label.short }),
                  onHeld: (holders) => say({ kind: "held", holders }),
                  onPasteRefused: (why) => say({ kind: "paste", why }),
                  openFind: () => open("find"),
                  openKeys: () => open("keys"),
                  openReference: () => open("reference"),
                  onWaiting: () => page?.resync(),
                }),
              );
              handle.setLocks(locks);
              handle.setPresence(present);
              if (page) setOpened({ handle, drafting: page, parts });
              return;
            }
            case "status":
              if (feed.tell(event.status)) setStatus(event.status);
              // At once, not at the next drawing: whoever asks the page hears of each keystroke.
              if (host.current) host.current.dataset["saving"] = event.status.kind;
              if (event.status.kind === "saved") setNotice(null);
              if (event.status.kind === "ended") {
                writable = false;
                handle?.setWritable();
                void leaveIfGone();
              }
              return showPending(event.status);
            case "locks":
              locks = event.paragraphIds;
              return handle?.setLocks(locks);
            case "presence":
              present = event.others;
              setOthers((shown) => (areSamePeople(shown, event.others) ? shown : event.others));
              return handle?.setPresence(present);
            case "mayWrite":
              writable = event.mayWrite;
              setMayWrite(writable);
              return handle?.setWritable();
            case "incoming":
              return handle?.settle();
            case "not-taken":
              notTakenYet = event.notTaken?.untaken ?? [];
              return setNotTaken(event.notTaken);
            case "device":
              if (host.current) host.current.dataset["device"] = event.device;
              return keep(event.device !== "not-kept");
            case "record":
              return setBroken(event.broken);
            default:
              return event satisfies never;
          }
        },
      });
      const started = page;
      const finish = (): void => {
        handle?.destroy();
        void started.close();
      };
      if (left) return finish();
      end = finish;
      if (handle) {
        const mounted: TextEditorHandle = handle;
        setOpened({ handle: mounted, drafting: started, parts });
      }
    })();
    return () => {
      left = true;
      end?.();
      setOpened(null);
    };
  }, [textId, personId, host, paper, feed]);

  useEffect(() => {
    if (!opened) return;
    const { drafting } = opened;
    const guard = (event: BeforeUnloadEvent): void => {
      if (drafting.unsaved()) event.preventDefault();
    };
    const offline = (): void => drafting.goOffline();
    const online = (): void => drafting.tryNow();
    addEventListener("beforeunload", guard);
    addEventListener("offline", offline);
    addEventListener("online", online);
    addEventListener("pageshow", online);
    return () => {
      removeEventListener("beforeunload", guard);
      removeEventListener("offline", offline);
      removeEventListener("online", online);
      removeEventListener("pageshow", online);
    };
  }, [opened]);

  return {
    opened,
    status,
    feed,
    facts,
    others,
    notTaken,
    notice,
    mayWrite,
    kept,
    broken,
    gone,
    dialog,
    open,
    unsavedWording: () => opened?.drafting.unsavedWording() ?? [],
  };
}

/** Whether nobody came or went: carets alone are drawn in the text. */
function areSamePeople(a: readonly Presence[], b: readonly Presence[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ peer, name, siglum }, at) => {
      const other = b[at];
      return other?.peer === peer && other.name === name && other.siglum === siglum;
    })
  );
}

/** Puts the editor where the server's paper was; the paragraph under the reader's eyes stays where it is. */
function swapIn(
  paper: HTMLElement | null,
  host: HTMLElement,
  mount: (place: HTMLElement) => TextEditorHandle,
): TextEditorHandle {
  const sections = [...(paper?.querySelectorAll<HTMLElement>("section.para[id]") ?? [])];
  const seen = sections.find((section) => section.getBoundingClientRect().bottom > 0);
  const before = seen?.getBoundingClientRect().top ?? 0;
  const id = seen?.id;
  // Two paragraphs with one id would mislead every link into the text.
  for (const child of paper?.children ?? []) child.replaceChildren();
  if (paper) paper.hidden = true;
  const handle = mount(host);
  if (id !== undefined) keepInPlace(id, { before, frames: SETTLING_FRAMES });
  return handle;
}

/** Paragraphs out of sight have guessed heights until they are drawn near by: the place is found again as they settle. */
const SETTLING_FRAMES = 4;

function keepInPlace(
  id: string,
  { before, frames }: { readonly before: number; readonly frames: number },
): void {
  const now = document.getElementById(id);
  if (!now) return;
  const shift = now.getBoundingClientRect().top - before;
  if (Math.abs(shift) > 0.5) scrollerOf(now).scrollBy({ top: shift, behavior: "instant" });
  if (frames > 0) requestAnimationFrame(() => keepInPlace(id, { before, frames: frames - 1 }));
}

/**
 * The editor of one text in one place of the page: ProseMirror's view over the binding of the document that
 * `drafting.ts` says is being written in. Everything around it (toolbar, status, dialogs) talks to it through the
 * handle and the callbacks.
 */
import type { EditorState, Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import type { TextKind } from "#collab/document.ts";
import type { Presence } from "#collab/frames.ts";
import type { Label, LabelWords } from "#collab/labels.ts";
import type { Role } from "#collab/model.ts";
import { attrsOf, idOf } from "#collab/schema.ts";
import { bindText, FROM_TEXT } from "#collab/client/binding/bind-text.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import { caretsPlugin, setCarets } from "./carets-plugin.ts";
import type { OtherCaret } from "./carets-plugin.ts";
import { changedPlugin } from "./changed-plugin.ts";
import { clipboardProps } from "./clipboard.ts";
import type { PasteRefusal } from "./clipboard.ts";
import { find, findPlugin, foundIn } from "./find-plugin.ts";
import { createFlagBoard } from "./flag-board.ts";
import { startGrip } from "./grip.ts";
import { commandsFor, keysPlugin } from "./keys.ts";
import type { CommandName, KeySetting } from "./keys.ts";
import { createLabelBoard } from "./label-board.ts";
import { moveParagraphBefore } from "./move-commands.ts";
import { patternOf } from "./caret-pattern.ts";
import { watchOutline } from "./outline-watch.ts";
import type { OutlineRow } from "./outline-watch.ts";
import { openingsPlugin } from "./openings-plugin.ts";
import { beginText, setDirection, setRole } from "./paragraph-commands.ts";
import { bracketView, NoteReferenceView, ParagraphView } from "./paragraph-view.ts";
import type { PaperSetting, PaperWords } from "./paragraph-view.ts";
import { Selection, TextSelection } from "prosemirror-state";

/** What the toolbar shows of the place where the caret is. */
export type EditorFacts = {
  readonly paragraphId: string | null;
  readonly role: Role | null;
  readonly level: number;
  readonly dir: "auto" | "ltr" | "rtl";
  readonly em: boolean;
  readonly strong: boolean;
  readonly locked: boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
  readonly isEmpty: boolean;
  readonly found: { readonly count: number; readonly current: number };
};

export type EditorOptions = {
  readonly host: HTMLElement;
  readonly kind: TextKind;
  /** BCP 47 tag of the language the text is written in. */
  readonly language: string;
  readonly doc: Y.Doc;
  readonly ariaLabel: string;
  readonly describedBy?: string;
  readonly words: PaperWords;
  readonly labelWords: LabelWords;
  readonly mayWrite: () => boolean;
  /** The caret as a frame carries it; null when it is not in the text. */
  readonly onCaret: (caret: string | null) => void;
  readonly onFacts: (facts: EditorFacts) => void;
  readonly onOutline: (rows: readonly OutlineRow[]) => void;
  /** Something was tried in a locked paragraph. */
  readonly onLocked: (paragraphId: string, label: Label) => void;
  readonly onPasteRefused: (why: PasteRefusal) => void;
  readonly openFind: () => void;
  readonly openKeys: () => void;
  /** Updates are missing: ask the room. */
  readonly onWaiting: () => void;
};

export type TextEditorHandle = {
  /** Writes in another document from now on (after a refusal); the caret stays at its paragraph. */
  setDoc(doc: Y.Doc): void;
  /** Takes what the person has just done, so that a change from elsewhere cannot put the caret back. */
  settle(): void;
  setLocks(paragraphIds: ReadonlySet<string>): void;
  setPending(paragraphIds: ReadonlySet<string>): void;
  setPresence(others: readonly Presence[]): void;
  setWritable(): void;
  run(command: CommandName): boolean;
  setRole(role: Role): boolean;
  setDirection(dir: "auto" | "ltr" | "rtl"): boolean;
  find(query: string): void;
  /** Puts the caret into a paragraph and shows it. */
  goTo(paragraphId: string): boolean;
  labelOf(paragraphId: string): Label;
  begin(): void;
  focus(): void;
  destroy(): void;
};

function newParagraphId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `p${Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("")}`;
}

/** Makes the editor in `host`, which is empty. */
export function mountEditor(options: EditorOptions): TextEditorHandle {
  const { host, kind } = options;
  const labels = createLabelBoard(kind, options.labelWords);
  const locked = createFlagBoard();
  const pending = createFlagBoard();
  const current = createFlagBoard();
  let others: readonly Presence[] = [];
  let caretFrame = 0;
  let factsShown = "";
  let caretTold: string | null = null;
  let leaveByTab = false;
  let destroyed = false;

  const setting: PaperSetting = {
    labels,
    locked,
    pending,
    current,
    words: options.words,
    lang: options.language,
    onGrip: (event, paragraphId) =>
      startGrip(
        {
          host,
          drop: (id, beforeId) => void moveParagraphBefore(id, beforeId)(binding.state, binding.apply, view),
        },
        event,
        paragraphId,
      ),
  };
  const keySetting: KeySetting = {
    kind,
    newId: newParagraphId,
    undo: () => binding.undo(),
    redo: () => binding.redo(),
    openFind: options.openFind,
    openKeys: options.openKeys,
    escape: () => {
      leaveByTab = true;
      if (foundIn(binding.state).query !== "") find("")(binding.state, binding.apply);
    },
    mayLeaveByTab: () => leaveByTab,
  };
  const commands = commandsFor(keySetting);
  const plugins = [
    keysPlugin(keySetting),
    openingsPlugin(),
    findPlugin(),
    changedPlugin(() => Date.now()),
    caretsPlugin(),
  ];

  function bind(doc: Y.Doc): Binding {
    return bindText({
      doc,
      plugins,
      newId: newParagraphId,
      mayEdit: options.mayWrite,
      isLocked: (id) => locked.has(id),
      onLocked: (id) => options.onLocked(id, labels.labelOf(id)),
      onWaiting: options.onWaiting,
      onState: (state, tr) => follow(state, tr),
    });
  }

  const clipboard = clipboardProps({ newId: newParagraphId, kind, refuse: options.onPasteRefused });
  let binding = bind(options.doc);
  labels.read(binding.state.doc);
  const view = new EditorView(host, {
    state: binding.state,
    nodeViews: {
      paragraph: (node) => new ParagraphView(node, setting),
      footnote: (node) => new NoteReferenceView(node, setting),
      bracket: bracketView,
    },
    editable: options.mayWrite,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": options.ariaLabel,
      ...(options.describedBy ? { "aria-describedby": options.describedBy } : {}),
      spellcheck: "true",
      lang: options.language,
      class: "editor",
    },
    ...clipboard,
    handleKeyDown: (_, event) => {
      settle();
      if (event.key !== "Tab" && event.key !== "Shift") leaveByTab = event.key === "Escape" && leaveByTab;
      return false;
    },
    handleDOMEvents: {
      ...clipboard.handleDOMEvents,
      focus: () => {
        leaveByTab = false;
        tellCaret(binding.state);
        return false;
      },
      blur: () => {
        if (document.hasFocus()) setCaret(null);
        return false;
      },
      mousedown: () => beginIfEmpty(),
      beforeinput: () => beginIfEmpty(),
    },
  });
  const outline = watchOutline({
    doc: () => binding.state.doc,
    labelOf: (id) => labels.labelOf(id),
    isLocked: (id) => locked.has(id),
    onOutline: options.onOutline,
  });
  let detach = binding.attach(view);

  function beginIfEmpty(): boolean {
    if (binding.state.doc.childCount === 0 && options.mayWrite())
      beginText(kind)(binding.state, binding.apply);
    return false;
  }

  function setCaret(caret: string | null): void {
    if (caret === caretTold) return;
    caretTold = caret;
    options.onCaret(caret);
  }

  function tellCaret(state: EditorState): void {
    if (!view.hasFocus()) return;
    const caret = binding.caretOf(state);
    setCaret(caret === null ? null : JSON.stringify(caret));
  }

  /** After every state, whoever caused it. The view is up to date. */
  function follow(state: EditorState, tr: Transaction): void {
    if (destroyed) return;
    if (tr.docChanged) {
      labels.read(state.doc);
      outline.ask();
      // Words that a composition held back move the carets that were drawn without them.
      if (tr.getMeta(FROM_TEXT) && others.length > 0) askCarets();
    }
    if (tr.docChanged || tr.selectionSet) tellCaret(state);
    tellFacts(state);
  }

  function tellFacts(state: EditorState): void {
    const { $from, $head, empty, from, to } = state.selection;
    const paragraph = $head.depth === 1 ? $head.parent : null;
    const id = paragraph ? idOf(paragraph) : null;
    current.set(new Set(id === null ? [] : [id]));
    const attrs = paragraph ? attrsOf(paragraph) : null;
    const found = foundIn(state);
    const { em, strong } = state.schema.marks;
    const has = (mark: typeof em): boolean =>
      mark !== undefined &&
      (empty
        ? mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined
        : state.doc.rangeHasMark(from, to, mark));
    const facts: EditorFacts = {
      paragraphId: id,
      role: attrs?.role ?? null,
      level: attrs?.level ?? 0,
      dir: attrs?.dir ?? "auto",
      em: has(em),
      strong: has(strong),
      locked: id !== null && locked.has(id),
      mayUndo: binding.mayUndo(),
      mayRedo: binding.mayRedo(),
      isEmpty: state.doc.childCount === 0,
      found: { count: found.places.length, current: found.current },
    };
    const shown = JSON.stringify(facts);
    if (shown === factsShown) return;
    factsShown = shown;
    options.onFacts(facts);
  }

  function positionOf(paragraphId: string, offset: number): number | null {
    let found: number | null = null;
    binding.state.doc.forEach((node, pos) => {
      if (idOf(node) === paragraphId) found = pos + 1 + Math.min(offset, node.content.size);
    });
    return found;
  }

  function drawCarets(): void {
    caretFrame = 0;
    if (destroyed) return;
    settle();
    const carets: OtherCaret[] = [];
    for (const { peer, name, siglum, caret } of others) {
      const place = caret === null ? null : binding.resolveCaret(parsed(caret));
      const pos = place && positionOf(place.paragraphId, place.offset);
      if (pos !== null) carets.push({ peer, name, siglum, pos, pattern: patternOf(peer) });
    }
    binding.apply(setCarets(binding.state.tr, carets));
  }

  /**
   * The browser tells of a new selection a moment after it was made; whoever updates the view in that moment would set
   * the old one again. ProseMirror can look at once, but keeps that to itself.
   */
  function settle(): void {
    if (!view.composing) (view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
  }

  function askCarets(): void {
    if (caretFrame === 0) caretFrame = requestAnimationFrame(drawCarets);
  }

  tellFacts(binding.state);
  outline.tell();

  return {
    setDoc(doc) {
      const { $head } = binding.state.selection;
      const place = $head.depth === 1 ? { id: idOf($head.parent), offset: $head.parentOffset } : null;
      detach();
      binding.destroy();
      binding = bind(doc);
      labels.read(binding.state.doc);
      detach = binding.attach(view);
      const pos = place && positionOf(place.id, place.offset);
      if (pos !== null) {
        binding.apply(binding.state.tr.setSelection(TextSelection.create(binding.state.doc, pos)));
      }
      askCarets();
      tellFacts(binding.state);
      outline.tell();
    },
    settle,
    setLocks(paragraphIds) {
      locked.set(paragraphIds);
      tellFacts(binding.state);
      outline.ask();
    },
    setPending: (paragraphIds) => pending.set(paragraphIds),
    setPresence(next) {
      others = next;
      askCarets();
    },
    setWritable: () => view.setProps({ editable: options.mayWrite }),
    run(command) {
      view.focus();
      return commands[command](binding.state, binding.apply, view);
    },
    setRole(role) {
      const done = setRole(role)(binding.state, binding.apply);
      view.focus();
      return done;
    },
    setDirection(dir) {
      const done = setDirection(dir)(binding.state, binding.apply);
      view.focus();
      return done;
    },
    find(query) {
      find(query)(binding.state, binding.apply);
      tellFacts(binding.state);
    },
    goTo(paragraphId) {
      const pos = positionOf(paragraphId, 0);
      if (pos === null) return false;
      const { state } = binding;
      binding.apply(state.tr.setSelection(Selection.near(state.doc.resolve(pos))).scrollIntoView());
      view.focus();
      return true;
    },
    labelOf: (paragraphId) => labels.labelOf(paragraphId),
    begin() {
      beginIfEmpty();
      view.focus();
    },
    focus: () => view.focus(),
    destroy() {
      destroyed = true;
      outline.stop();
      if (caretFrame !== 0) cancelAnimationFrame(caretFrame);
      detach();
      binding.destroy();
      view.destroy();
    },
  };
}

function parsed(caret: string): unknown {
  try {
    return JSON.parse(caret);
  } catch {
    return null;
  }
}

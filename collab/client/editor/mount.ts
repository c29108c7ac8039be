/**
 * The editor of one text in one place of the page: ProseMirror's view over the binding of the document that
 * `drafting.ts` says is being written in. Everything around it (toolbar, status, dialogs) talks to it through the
 * handle and the callbacks.
 */
import { Selection, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { bindText, FROM_TEXT } from "#collab/client/binding/bind-text.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import { createBracketBoard } from "./bracket-board.ts";
import { bracketsPlugin } from "./bracket-commands.ts";
import { BracketView } from "./bracket-view.ts";
import { caretsPlugin } from "./carets-plugin.ts";
import { changedPlugin } from "./changed-plugin.ts";
import { clipboardProps } from "./clipboard.ts";
import type { EditorOptions, Referable, TextEditorHandle } from "./editor-options.ts";
import { bracketAtCaret, paragraphAtCaret, readFacts } from "./facts.ts";
import { find, findPlugin, foundIn } from "./find-plugin.ts";
import { createFlagBoard } from "./flag-board.ts";
import { startGrip } from "./grip.ts";
import { commandsFor, keysPlugin } from "./keys.ts";
import type { KeySetting } from "./keys.ts";
import { createLabelBoard } from "./label-board.ts";
import { moveParagraphBefore } from "./move-commands.ts";
import { openingsPlugin } from "./openings-plugin.ts";
import { watchOutline } from "./outline-watch.ts";
import { beginText, setDirection, setRole } from "./paragraph-commands.ts";
import { NoteReferenceView, ParagraphView } from "./paragraph-view.ts";
import type { PaperSetting } from "./paragraph-view.ts";
import { plainWords } from "#collab/document.ts";
import { projectDocument, takenIn } from "#collab/projection.ts";
import { deletedIn, firstWords, lastLabels } from "#collab/references.ts";
import { attrsOf, idOf } from "#collab/schema.ts";
import { insertReference } from "./reference-commands.ts";
import { ReferenceView } from "./reference-view.ts";
import { paragraphsOf } from "#collab/model.ts";
import { positionIn } from "./paragraph-position.ts";
import { presenceCarets } from "./presence-carets.ts";

function newParagraphId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `p${Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("")}`;
}

/** Makes the editor in `host`, which is empty. */
export function mountEditor(options: EditorOptions): TextEditorHandle {
  const { host, kind, convention } = options;
  let bound = options.doc;
  const labels = createLabelBoard(kind, options.labelWords, {
    numbering: () => ({ convention, taken: takenIn(bound) }),
    references: options.words.references,
    deleted: (id) => {
      const text = projectDocument(bound, kind, convention);
      const paragraph = deletedIn(text).find((each) => each.id === id);
      const label = lastLabels(text, new Set([id]), options.labelWords).get(id);
      return paragraph && label ? { label, words: plainWords(paragraph) } : null;
    },
  });
  const brackets = createBracketBoard();
  const locked = createFlagBoard();
  const pending = createFlagBoard();
  const current = createFlagBoard();
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
    goTo: (paragraphId) => void goTo(paragraphId),
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
    openReference: options.openReference,
    escape: () => {
      leaveByTab = true;
      if (foundIn(binding.state).query !== "") find("")(binding.state, binding.apply);
    },
    mayLeaveByTab: () => leaveByTab,
  };
  const commands = commandsFor(keySetting);
  const plugins = [
    keysPlugin(keySetting),
    bracketsPlugin(newParagraphId),
    openingsPlugin({ newId: newParagraphId, words: options.words.brackets }),
    findPlugin(),
    changedPlugin(() => Date.now()),
    caretsPlugin(),
  ];

  function bind(doc: Y.Doc): Binding {
    bound = doc;
    return bindText({
      doc,
      plugins,
      newId: newParagraphId,
      mayEdit: options.mayWrite,
      isLocked: (id) => locked.has(id),
      onLocked: (id) => options.onLocked(id, labels.labelOf(id)),
      isHeld: (id) => (brackets.chipOf(id)?.holders.length ?? 0) > 0,
      onHeld: (id) => options.onHeld(brackets.chipOf(id)?.holders ?? []),
      onWaiting: options.onWaiting,
      onState: (state, tr) => follow(state, tr),
    });
  }

  const clipboard = clipboardProps({
    newId: newParagraphId,
    kind,
    refuse: options.onPasteRefused,
    isKnown: (id) => paragraphsOf(bound).has(id),
    referenceTo: labels.referenceTo,
  });
  let binding = bind(options.doc);
  labels.read(binding.state.doc);
  brackets.read(binding.state.doc);
  const view = new EditorView(host, {
    state: binding.state,
    nodeViews: {
      paragraph: (node) => new ParagraphView(node, setting),
      footnote: (node) => new NoteReferenceView(node, setting),
      reference: (node) => new ReferenceView(node, setting),
      bracket: (node) => new BracketView(node, brackets, options.words.brackets),
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
    ...(options.onWords ? { onWords: options.onWords } : {}),
  });
  const carets = presenceCarets({ binding: () => binding, settle });
  let detach = binding.attach(view);

  function beginIfEmpty(): boolean {
    if (binding.state.doc.childCount === 0 && options.mayWrite())
      beginText(kind)(binding.state, binding.apply);
    return false;
  }

  function goTo(paragraphId: string): boolean {
    const { state } = binding;
    const pos = positionIn(state.doc, paragraphId, 0);
    if (pos === null) return false;
    binding.apply(state.tr.setSelection(Selection.near(state.doc.resolve(pos))).scrollIntoView());
    view.focus();
    return true;
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
      brackets.read(state.doc);
      outline.ask();
      // Words that a composition held back move the carets that were drawn without them.
      if (tr.getMeta(FROM_TEXT)) carets.ask();
    }
    if (tr.docChanged || tr.selectionSet) tellCaret(state);
    tellFacts(state);
  }

  function tellFacts(state: EditorState): void {
    const id = paragraphAtCaret(state);
    brackets.look("caret", bracketAtCaret(state));
    current.set(new Set(id === null ? [] : [id]));
    const facts = readFacts(state, {
      isLocked: locked.has,
      mayUndo: binding.mayUndo(),
      mayRedo: binding.mayRedo(),
      bracketsOf: brackets.ofParagraph,
    });
    const shown = JSON.stringify(facts);
    if (shown === factsShown) return;
    factsShown = shown;
    options.onFacts(facts);
  }

  /**
   * The browser tells of a new selection a moment after it was made; whoever updates the view in that moment would set
   * the old one again. ProseMirror can look at once, but keeps that to itself.
   */
  function settle(): void {
    if (!view.composing) (view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
  }

  tellFacts(binding.state);
  outline.tell();

  return {
    setDoc(doc) {
      const id = paragraphAtCaret(binding.state);
      const { parentOffset } = binding.state.selection.$head;
      detach();
      binding.destroy();
      binding = bind(doc);
      labels.read(binding.state.doc);
      brackets.read(binding.state.doc);
      detach = binding.attach(view);
      const pos = id === null ? null : positionIn(binding.state.doc, id, parentOffset);
      if (pos !== null) {
        binding.apply(binding.state.tr.setSelection(TextSelection.create(binding.state.doc, pos)));
      }
      carets.ask();
      tellFacts(binding.state);
      outline.tell();
    },
    settle,
    setLocks(paragraphIds) {
      locked.set(paragraphIds);
      tellFacts(binding.state);
      outline.ask();
    },
    setChips: brackets.setChips,
    setPending: (paragraphIds) => pending.set(paragraphIds),
    setPresence: carets.set,
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
    goTo,
    referable() {
      const here = paragraphAtCaret(binding.state);
      const found: Referable[] = [];
      binding.state.doc.forEach((node) => {
        const id = idOf(node);
        const { short } = labels.labelOf(id);
        if (short === "" || id === here || attrsOf(node).role === "footnote") return;
        found.push({ id, label: short, words: firstWords(node.textContent) });
      });
      return found;
    },
    refer(paragraphId) {
      const done = insertReference(paragraphId)(binding.state, binding.apply, view);
      view.focus();
      return done;
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
      carets.stop();
      detach();
      binding.destroy();
      view.destroy();
    },
  };
}

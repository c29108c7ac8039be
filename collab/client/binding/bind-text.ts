/**
 * The binding between the Y.Doc of a text and the editor. It owns the editor's state; a view, when there is one, only
 * shows it (`attach`). Without a view it works the same, which is how it is tested.
 */
import { EditorState } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import type { StepMap } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { documentNode } from "#collab/nodes.ts";
import { createPen } from "./act.ts";
import type { Act } from "./act.ts";
import type { BindingOptions } from "./binding-options.ts";
import { caretOf, resolveCaret } from "./caret.ts";
import type { Caret, CaretPlace } from "./caret.ts";
import { cleanTransaction } from "./clean-words.ts";
import { heldPen, release } from "./composition.ts";
import type { Hold } from "./composition.ts";
import { dropNotes } from "./footnotes.ts";
import { followCompositions } from "./follow-compositions.ts";
import { isAboutGlyphs, keepGlyphs, takePartners, takeUnseen } from "./glyphs.ts";
import { createHistory } from "./history.ts";
import { planStructure, touchedByPlan, writeStructure } from "./local-structure.ts";
import type { Plan } from "./local-structure.ts";
import { isWordsStep, paragraphsOfStep, writeStep } from "./local-words.ts";
import { followWords } from "./moves.ts";
import { placesOf } from "./places.ts";
import { readEvents } from "./read-events.ts";
import { rebase } from "./rebase.ts";
import { showStructure, showWords } from "./remote.ts";
import type { BindingStats } from "./remote.ts";
import { restoreSelection, saveSelection, selectChange } from "./selection.ts";
import { createTrail } from "./trail.ts";
import { bracketsPutBy, touchedByUndo, undoAct } from "./undo-act.ts";
import { keysBefore } from "./words-delta.ts";

/** Meta of transactions that come from Yjs: "remote" for others' changes, "undo" for one's own undo and redo. */
export const FROM_TEXT = "fromText";

export type Binding = ReturnType<typeof bindText>;

export function bindText({
  doc,
  mayEdit = () => true,
  isLocked = () => false,
  onLocked,
  isHeld = () => false,
  onHeld,
  onWaiting,
  onState,
  plugins = [],
  random = Math.random,
  newId = () =>
    `p${Math.floor(random() * 2 ** 52).toString(36)}${Math.floor(random() * 36 ** 4).toString(36)}`,
  clock = () => Date.now(),
  captureTimeoutMs = 500,
}: BindingOptions) {
  const paragraphs = paragraphsOf(doc);
  const origin = { kind: "binding" } as const;
  const trail = createTrail(doc);
  const history = createHistory({ captureTimeoutMs, clock });
  const stats: BindingStats = { fallback: 0, held: 0 };
  let state = EditorState.create({ doc: documentNode(doc), plugins: [...plugins] });
  let isWriting = false;
  let view: EditorView | null = null;
  let composing: string | null = null;
  let hold: Hold | null = null;

  const isPending = (): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;

  function show(next: EditorState, tr: Transaction): void {
    state = next;
    view?.updateState(state);
    onState?.(state, tr);
  }

  /** Whether the view of the paragraph composed in lacks words of others, or shows what somebody deleted. */
  function isBehind(id: string): boolean {
    return hold !== null || paragraphs.get(id)?.get("deleted") === true;
  }

  function refuseLocked(ids: Iterable<string>): boolean {
    for (const id of ids)
      if (isLocked(id)) {
        onLocked?.(id);
        return true;
      }
    return false;
  }

  function refuseHeld(brackets: Iterable<string>): boolean {
    for (const bracket of brackets)
      if (isHeld(bracket)) {
        onHeld?.(bracket);
        return true;
      }
    return false;
  }

  /** Writes one act in one transaction and returns what can be undone of it. */
  function write(work: (pen: ReturnType<typeof createPen>) => void): Act {
    const pen = createPen({ doc, newId, trail });
    doc.transact(() => work(pen), origin);
    return pen.act;
  }

  /** `gone`: brackets that it takes away. */
  function writeLocal(tr: Transaction, plan: Plan | null, gone: ReadonlySet<string>): void {
    isWriting = true;
    try {
      history.record(
        write((pen) => {
          if (plan !== null) {
            writeStructure(pen, plan, random);
            return;
          }
          const words = hold === null ? pen : heldPen(pen, hold);
          tr.steps.forEach((step, i) => writeStep(words, step, tr.docs[i] ?? tr.before));
          if (hold !== null) takeUnseen(pen, hold.id, gone);
        }),
      );
    } finally {
      isWriting = false;
    }
  }

  /**
   * The editor's own transactions come in here. Returns the new state, or the old one when the act is refused: no right
   * to write, a locked paragraph touched, or updates missing. `view.updateState` is called where a view is attached.
   */
  function apply(given: Transaction): EditorState {
    if (!given.docChanged) {
      show(state.apply(given), given);
      return state;
    }
    const refused = (): EditorState => {
      view?.updateState(state);
      return state;
    };
    if (!mayEdit() || given.before !== state.doc) return refused();
    const clean = cleanTransaction(state, given);
    if (clean === null || !clean.docChanged) return refused();
    const tr = keepGlyphs(state, clean);
    if (!tr.docChanged) return refused();
    const gone = takePartners(tr);
    if (refuseHeld(gone)) return refused();
    dropNotes(tr);
    const isWords = tr.steps.every((step, i) => isWordsStep(step, tr.docs[i] ?? tr.before));
    let plan: Plan | null = null;
    if (isWords) {
      const touched = tr.steps.flatMap((step, i) => paragraphsOfStep(step, tr.docs[i] ?? tr.before));
      if (refuseLocked(touched)) return refused();
    } else {
      if (isPending()) {
        onWaiting?.();
        return refused();
      }
      const isTaken = (id: string): boolean => paragraphs.has(id);
      const moves = followWords(tr, { newId, isTaken });
      if (composing !== null && isBehind(composing)) {
        // The act is made on what the text really is. A paragraph taken out and put in again would come without the
        // words of others, so that is left to the person to do once more.
        const id = composing;
        const taken = !moves.untaken.has(id) && placesOf(tr.doc).some((place) => place.id === id);
        const over = endComposition();
        return taken ? refused() : apply(rebase(tr, over, state));
      }
      plan = planStructure(tr.before, tr.doc, moves, isLocked);
      if (refuseLocked(touchedByPlan(plan))) return refused();
    }
    const result = state.applyTransaction(tr);
    const [root, ...appended] = result.transactions;
    if (root === undefined) return refused();
    for (const extra of appended)
      if (!extra.steps.every((step, i) => isWordsStep(step, extra.docs[i] ?? extra.before)))
        throw new Error("A plugin appended a change of structure; dispatch it instead");
    const isAlone = isAboutGlyphs(tr);
    if (isAlone) history.pause();
    writeLocal(root, plan, gone);
    for (const extra of appended) if (extra.docChanged) writeLocal(extra, null, new Set());
    if (isAlone) history.pause();
    show(result.state, root);
    if (plan !== null) showChanges(() => undefined, true, "remote");
    return state;
  }

  /** Applies steps that come from Yjs, keeping the selection. */
  function showChanges(
    words: (tr: Transaction, saved: ReturnType<typeof saveSelection>) => void,
    isStructure: boolean,
    source: "remote" | "undo",
  ): readonly StepMap[] {
    const saved = saveSelection(state);
    const tr = state.tr.setMeta(FROM_TEXT, source).setMeta("addToHistory", false);
    words(tr, saved);
    if (isStructure) showStructure(tr, doc, composing);
    if (!tr.docChanged) return [];
    if (source === "undo") selectChange(tr);
    else restoreSelection(tr, saved);
    show(state.apply(tr), tr);
    return tr.mapping.maps;
  }

  /** Every observed transaction that this binding did not write itself. */
  function observe(events: readonly unknown[], transaction: Y.Transaction): void {
    if (isWriting) return;
    const { texts, carries, isStructure } = readEvents(doc, events);
    // Where one's own undo carried words the trail knows already.
    if (transaction.origin !== origin) for (const { src, dst } of carries) trail.note(src, dst);
    showChanges(
      (tr, saved) => {
        for (const place of placesOf(tr.doc).toReversed()) {
          const text = texts.get(place.id);
          const map = paragraphs.get(place.id);
          if (text === undefined || map === undefined || wordsOf(map) !== text) continue;
          if (place.id !== composing) showWords({ tr, place, text, transaction, saved, stats });
          else if (hold === null) {
            stats.held += 1;
            hold = { id: place.id, keys: keysBefore(text, transaction) };
          }
        }
      },
      isStructure,
      transaction.origin === origin ? "undo" : "remote",
    );
  }

  /** A composition begins in a paragraph: its view is left alone until `endComposition`. */
  function beginComposition(paragraphId: string): void {
    if (composing !== paragraphId) endComposition();
    composing = paragraphId;
    history.pause();
  }

  /** Ends it and shows what was held back; returns the maps of the steps that this took. */
  function endComposition(): readonly StepMap[] {
    const held = hold;
    composing = null;
    hold = null;
    return showChanges(
      (tr) => {
        const place = placesOf(tr.doc).find((each) => each.id === held?.id);
        const map = held === null ? undefined : paragraphs.get(held.id);
        const text = map === undefined ? null : wordsOf(map);
        if (held !== null && place !== undefined && text !== null)
          release({ tr, pos: place.pos, text, hold: held, stats });
      },
      true,
      "remote",
    );
  }

  function step(direction: "undo" | "redo"): boolean {
    if (!mayEdit()) return false;
    if (isPending()) {
      onWaiting?.();
      return false;
    }
    endComposition();
    return history.step(direction, (act) => {
      if (refuseLocked(touchedByUndo({ act, trail }))) return null;
      if (refuseHeld(bracketsPutBy({ act, trail, doc }))) return null;
      return write((pen) => undoAct({ doc, pen, trail, act }));
    });
  }

  /** Lets a view show the state and tell of compositions; returns how to let go of it. */
  function attach(editor: EditorView): () => void {
    view = editor;
    const detach = followCompositions(editor, { begin: beginComposition, end: endComposition });
    editor.setProps({ dispatchTransaction: (tr) => void apply(tr) });
    editor.updateState(state);
    return () => {
      detach();
      view = null;
      composing = null;
      hold = null;
    };
  }

  paragraphs.observeDeep(observe);

  return {
    doc,
    stats,
    /** The origin of this binding's transactions. */
    origin,
    get state(): EditorState {
      return state;
    },
    apply,
    attach,
    beginComposition,
    endComposition,
    undo: (): boolean => step("undo"),
    redo: (): boolean => step("redo"),
    mayUndo: history.mayUndo,
    mayRedo: history.mayRedo,
    /** The next typing is undone by itself. */
    pauseHistory: history.pause,
    caretOf: (of: EditorState = state, end: "head" | "anchor" = "head"): Caret | null =>
      caretOf(doc, of, end),
    resolveCaret: (caret: unknown): CaretPlace | null => resolveCaret(doc, caret),
    destroy: (): void => paragraphs.unobserveDeep(observe),
  };
}

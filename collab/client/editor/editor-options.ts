/** What the page gives to an editor and gets from it. */
import type * as Y from "yjs";
import type { Convention, TextKind } from "#collab/document.ts";
import type { Presence } from "#collab/frames.ts";
import type { Label, LabelWords } from "#collab/labels.ts";
import type { Role } from "#collab/model.ts";
import type { BracketChip, WrittenBracket } from "./bracket-board.ts";
import type { PasteRefusal } from "./clipboard.ts";
import type { CommandName } from "./keys.ts";
import type { OutlineRow } from "./outline-watch.ts";
import type { PaperWords } from "./paragraph-view.ts";

/** What the toolbar shows of the place where the caret is. */
export type EditorFacts = {
  readonly paragraphId: string | null;
  readonly role: Role | null;
  readonly level: number;
  /** It was inserted after another one, or would replace it. */
  readonly isRelated: boolean;
  readonly dir: "auto" | "ltr" | "rtl";
  readonly em: boolean;
  readonly strong: boolean;
  readonly locked: boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
  readonly isEmpty: boolean;
  /** Signs of square brackets that are plain characters, and whether the caret is beside one. */
  readonly signs: { readonly count: number; readonly isAt: boolean };
  /** The brackets that touch the paragraph of the caret, in reading order. */
  readonly brackets: readonly WrittenBracket[];
  /** The bracket at one of whose ends the caret is. */
  readonly bracket: string | null;
  readonly found: { readonly count: number; readonly current: number };
};

export type EditorOptions = {
  readonly host: HTMLElement;
  readonly kind: TextKind;
  /** What "bis" says in its labels. */
  readonly convention?: Convention | undefined;
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
  /** All words but the footnotes', at most twice a second, when they have changed. */
  readonly onWords?: ((words: string) => void) | undefined;
  /** Something was tried in a locked paragraph. */
  readonly onLocked: (paragraphId: string, label: Label) => void;
  /** Something would have taken away a bracket that these hold. */
  readonly onHeld: (holders: readonly string[]) => void;
  readonly onPasteRefused: (why: PasteRefusal) => void;
  readonly openFind: () => void;
  readonly openKeys: () => void;
  readonly openReference: () => void;
  /** Updates are missing: ask the room. */
  readonly onWaiting: () => void;
};

export type Referable = { readonly id: string; readonly label: string; readonly words: string };

export type TextEditorHandle = {
  /** Writes in another document from now on (after a refusal); the caret stays at its paragraph. */
  setDoc(doc: Y.Doc): void;
  /** Takes what the person has just done, so that a change from elsewhere cannot put the caret back. */
  settle(): void;
  setLocks(paragraphIds: ReadonlySet<string>): void;
  /** Who stands where on brackets, drawn behind them. */
  setChips(chips: ReadonlyMap<string, BracketChip>): void;
  setPending(paragraphIds: ReadonlySet<string>): void;
  setPresence(others: readonly Presence[]): void;
  setWritable(): void;
  run(command: CommandName): boolean;
  setRole(role: Role): boolean;
  setDirection(dir: "auto" | "ltr" | "rtl"): boolean;
  find(query: string): void;
  /** The paragraphs that can be referred to from where the caret is, in reading order. */
  referable(): readonly Referable[];
  /** Refers to a paragraph in the place of the selection; false when it is gone, or there is no such place. */
  refer(paragraphId: string): boolean;
  /** Puts the caret into a paragraph and shows it. */
  goTo(paragraphId: string): boolean;
  labelOf(paragraphId: string): Label;
  begin(): void;
  focus(): void;
  destroy(): void;
};

/** What the editor's keys do. `key-list.ts` is what the list of keys shows. */
import { chainCommands, deleteSelection, toggleMark } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import type { Command, Plugin } from "prosemirror-state";
import type { TextKind } from "#collab/document.ts";
import { textSchema } from "#collab/schema.ts";
import { bracketSelection } from "./bracket-commands.ts";
import { findNext } from "./find-plugin.ts";
import { moveParagraphs } from "./move-commands.ts";
import { followNote, insertFootnote } from "./note-commands.ts";
import { joinAfter, joinBefore, setRole, shiftLevel, splitParagraph } from "./paragraph-commands.ts";
import { followReference } from "./reference-commands.ts";
import { endRelation, insertRelated } from "./relate-commands.ts";
import { nextSign, pairSign } from "./plain-signs.ts";
import { ROLES_OF_KIND } from "./roles.ts";

export type CommandName =
  | "undo"
  | "redo"
  | "em"
  | "strong"
  | "outdent"
  | "indent"
  | "moveUp"
  | "moveDown"
  | "insertAfter"
  | "alternative"
  | "endRelation"
  | "bracket"
  | "pairSign"
  | "nextSign"
  | "footnote"
  | "followNote"
  | "findNext"
  | "findPrevious";

export type KeySetting = {
  readonly kind: TextKind;
  readonly newId: () => string;
  readonly undo: () => boolean;
  readonly redo: () => boolean;
  readonly openFind: () => void;
  readonly openKeys: () => void;
  /** Which paragraph is to be referred to? */
  readonly openReference: () => void;
  /** Escape, when nothing else wants it: the next Tab leaves the text. */
  readonly escape: () => void;
  readonly mayLeaveByTab: () => boolean;
};

export function commandsFor(setting: KeySetting): Readonly<Record<CommandName, Command>> {
  return {
    undo: () => setting.undo(),
    redo: () => setting.redo(),
    em: toggleMark(textSchema.mark("em").type),
    strong: toggleMark(textSchema.mark("strong").type),
    outdent: shiftLevel(-1),
    indent: shiftLevel(1),
    moveUp: moveParagraphs(-1),
    moveDown: moveParagraphs(1),
    insertAfter: insertRelated("after"),
    alternative: insertRelated("alternative"),
    endRelation,
    bracket: bracketSelection(setting.newId),
    pairSign: pairSign(setting.newId),
    nextSign,
    footnote: insertFootnote(setting.newId),
    followNote: chainCommands(followReference, followNote),
    findNext: findNext(1),
    findPrevious: findNext(-1),
  };
}

const handled: Command = () => true;

/** A reference to a note or a glyph of a bracket goes as one character, whatever the browser thinks of it. */
function deleteReference(side: "before" | "after"): Command {
  return (state, dispatch) => {
    const { $from, empty } = state.selection;
    const node = side === "before" ? $from.nodeBefore : $from.nodeAfter;
    if (!empty || !node?.isAtom || node.isText) return false;
    const from = side === "before" ? $from.pos - node.nodeSize : $from.pos;
    dispatch?.(state.tr.delete(from, from + node.nodeSize).scrollIntoView());
    return true;
  };
}

export function keysPlugin(setting: KeySetting): Plugin {
  const commands = commandsFor(setting);
  const tab = (by: 1 | -1): Command =>
    function byTab(state, dispatch, view) {
      return setting.mayLeaveByTab() ? false : shiftLevel(by)(state, dispatch, view) || true;
    };
  const opening =
    (open: () => void): Command =>
    () => {
      open();
      return true;
    };
  const backspace = chainCommands(deleteSelection, deleteReference("before"), joinBefore);
  const forward = chainCommands(deleteSelection, deleteReference("after"), joinAfter);
  const keys: Record<string, Command> = {
    Enter: chainCommands(splitParagraph(setting.kind), handled),
    "Shift-Enter": chainCommands(splitParagraph(setting.kind), handled),
    "Mod-Enter": chainCommands(splitParagraph(setting.kind), handled),
    Backspace: backspace,
    "Shift-Backspace": backspace,
    Delete: forward,
    Tab: tab(1),
    "Shift-Tab": tab(-1),
    "Mod-b": commands.strong,
    "Mod-i": commands.em,
    "Mod-z": chainCommands(commands.undo, handled),
    "Shift-Mod-z": chainCommands(commands.redo, handled),
    "Mod-y": chainCommands(commands.redo, handled),
    "Alt-Shift-ArrowUp": commands.moveUp,
    "Alt-Shift-ArrowDown": commands.moveDown,
    "Shift-Mod-Enter": chainCommands(commands.insertAfter, handled),
    "Alt-Enter": chainCommands(commands.alternative, handled),
    "Mod-Alt-[": commands.bracket,
    "Mod-Alt-]": chainCommands(commands.nextSign, handled),
    "Mod-Alt-f": commands.footnote,
    "Mod-Alt-n": commands.followNote,
    "Mod-Alt-r": opening(setting.openReference),
    "Mod-f": opening(setting.openFind),
    "Mod-g": commands.findNext,
    "Shift-Mod-g": commands.findPrevious,
    "Mod-/": opening(setting.openKeys),
    Escape: opening(setting.escape),
  };
  for (const [at, role] of ROLES_OF_KIND[setting.kind].entries()) keys[`Mod-Alt-${at + 1}`] = setRole(role);
  return keymap(keys);
}

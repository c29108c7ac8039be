/** What the binding is given. */
import type { EditorState, Plugin, Transaction } from "prosemirror-state";
import type * as Y from "yjs";

export type BindingOptions = {
  readonly doc: Y.Doc;
  readonly mayEdit?: () => boolean;
  readonly isLocked?: (paragraphId: string) => boolean;
  /** An act of this person was not done because it touches a locked paragraph. */
  readonly onLocked?: (paragraphId: string) => void;
  /** Whether somebody holds a bracket, so that it cannot be taken away (rule LF6). */
  readonly isHeld?: (bracketId: string) => boolean;
  /** An act of this person was not done because it would take away a bracket that somebody holds. */
  readonly onHeld?: (bracketId: string) => void;
  /** A change of structure was not done because updates are missing; the connection should ask for the state. */
  readonly onWaiting?: () => void;
  /** Every new state, whoever caused it. */
  readonly onState?: (state: EditorState, tr: Transaction) => void;
  readonly plugins?: readonly Plugin[];
  /** In [0, 1); for order keys and ids. */
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Milliseconds. */
  readonly clock?: () => number;
  readonly captureTimeoutMs?: number;
};

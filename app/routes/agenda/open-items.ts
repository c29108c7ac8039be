/**
 * Which items of the agenda somebody has open to edit, and what they typed there and have not saved: it outlives the
 * rows, which go when somebody else takes an item off (rule AG25). In this page's memory alone.
 */
import type { Answer } from "#app/components/form.tsx";
import type { TakenOff } from "#db/stores/agenda-act.ts";

type Open = {
  readonly isOpen: boolean;
  /** In the form that edits it, by field; null: as they were. */
  readonly words: Readonly<Record<string, string>> | null;
  /** The field in which its person is, by name, and the caret in it; null: in none. */
  readonly at: { readonly name: string; readonly caret: number | null } | null;
  /** Why it was to be taken off; "" for nothing. */
  readonly reason: string;
  /** Its own person has sent the form that takes it off. */
  readonly isGoing: boolean;
};

const CLOSED: Open = { isOpen: false, words: null, at: null, reason: "", isGoing: false };

export type OpenItems = {
  /** Null for one that is closed and in which nothing is unsaved, and for one that its own person takes off. */
  find(itemId: string): Open | null;
  change(itemId: string, change: Partial<Open>): void;
};

export function makeOpenItems(): OpenItems {
  const items = new Map<string, Open>();
  return {
    find(itemId) {
      const open = items.get(itemId);
      return open && !open.isGoing && (open.isOpen || open.words || open.reason !== "") ? open : null;
    },
    change: (itemId, change) => void items.set(itemId, { ...(items.get(itemId) ?? CLOSED), ...change }),
  };
}

/** The field of a form in which somebody is. */
export function placeIn(form: HTMLFormElement): Open["at"] {
  const field = form.ownerDocument.activeElement;
  if (field instanceof HTMLInputElement && form.contains(field)) {
    return { name: field.name, caret: field.selectionStart };
  }
  return null;
}

/** Puts somebody back into the field in which they were, when the form was made anew around them. */
export function goBack(form: HTMLFormElement, at: NonNullable<Open["at"]>): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  const field = form.elements.namedItem(at.name);
  if (!isLost || !(field instanceof HTMLInputElement)) return;
  field.focus();
  if (at.caret !== null) field.setSelectionRange(at.caret, at.caret);
}

/** What stands in a form, by field; several values of one are put one in a line, as an answer of the server has them. */
export function wordsIn(form: HTMLFormElement): Readonly<Record<string, string>> {
  const typed = new FormData(form);
  return Object.fromEntries(
    [...new Set(typed.keys())].map((name) => [name, typed.getAll(name).map(String).join("\n")]),
  );
}

/** The item that an answer is about when that is not on the agenda any more: a form for it, or one that adds it anew. */
export function goneIn(answer: Answer, takenOff: readonly TakenOff[]): TakenOff | null {
  if (!answer) return null;
  const { refusal, typed } = answer;
  if (refusal.code !== "item-taken-off") return takenOff.find(({ id }) => id === typed["anew"]) ?? null;
  const { item, by, at } = refusal.values ?? {};
  return { id: typed["item"] ?? "", item: String(item), by: String(by), at: Number(at) };
}

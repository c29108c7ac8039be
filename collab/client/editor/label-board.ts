/**
 * Labels of the open text, kept while it is edited. They depend on roles, levels, order and references to notes, not
 * on words: a keystroke costs a walk over the paragraphs' attributes and no more.
 */
import type { Node as ProseNode } from "prosemirror-model";
import type { TextKind } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import type { Label, Labelled, LabelledText, LabelWords } from "#collab/labels.ts";
import { referenceTo } from "#collab/references.ts";
import type { Reference, ReferenceWords } from "#collab/references.ts";
import { attrsOf, idOf } from "#collab/schema.ts";

const NO_LABEL: Label = { short: "", within: "", place: "", number: "", spoken: "", told: "" };

type Facts = Labelled & { readonly node: ProseNode };

const factsByNode = new WeakMap<ProseNode, Facts>();

/** What labels need of a paragraph's node; nodes never change, so it is read once. */
function factsOf(node: ProseNode): Facts {
  const known = factsByNode.get(node);
  if (known) return known;
  const { role, level, relation, frozen } = attrsOf(node);
  const spans: { kind: string; note: string }[] = [];
  node.forEach((child) => {
    if (child.type.name === "footnote") spans.push({ kind: "note", note: String(child.attrs["note"]) });
  });
  const facts: Facts = { id: idOf(node), role, level, relation, frozen: frozen ?? undefined, spans, node };
  factsByNode.set(node, facts);
  return facts;
}

function sameFacts(a: Facts, b: Facts): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.role === b.role &&
      a.level === b.level &&
      a.frozen === b.frozen &&
      a.relation?.kind === b.relation?.kind &&
      a.relation?.to === b.relation?.to &&
      a.spans.length === b.spans.length &&
      a.spans.every((span, at) => span.note === b.spans[at]?.note))
  );
}

function sameLabel(a: Label, b: Label): boolean {
  return (
    a.within === b.within &&
    a.place === b.place &&
    a.number === b.number &&
    a.told === b.told &&
    a.spoken === b.spoken
  );
}

export type LabelBoard = {
  /** Labels of this document; tells those who watch a label that changed. True when any did. */
  read(doc: ProseNode): boolean;
  labelOf(paragraphId: string): Label;
  /** The number of a note, or "–" while nothing leads to it. */
  numberOf(note: string): string;
  /** What a reference to this paragraph says. */
  referenceTo(paragraphId: string): Reference;
  /** The first of the notes: it is headed. */
  firstNote(): string | null;
  /** Calls `changed` at each change of that paragraph's label, until the result is called. */
  watch(paragraphId: string, changed: () => void): () => void;
};

export function createLabelBoard(
  kind: TextKind,
  words: LabelWords,
  {
    numbering,
    deleted,
    references,
  }: {
    readonly numbering: () => Pick<LabelledText, "convention" | "taken">;
    /** A paragraph that is not in the text any more, with its last label; null when it never was there. */
    readonly deleted: (paragraphId: string) => { readonly label: Label; readonly words: string } | null;
    readonly references: ReferenceWords;
  },
): LabelBoard {
  let facts: readonly Facts[] = [];
  let labels: ReadonlyMap<string, Label> = new Map();
  let firstNote: string | null = null;
  const watchers = new Map<string, Set<() => void>>();

  function tell(paragraphId: string): void {
    for (const changed of watchers.get(paragraphId) ?? []) changed();
  }

  return {
    read(doc) {
      const next: Facts[] = [];
      let same = doc.childCount === facts.length;
      doc.forEach((node, _, index) => {
        const now = factsOf(node);
        const before = facts[index];
        same = same && before !== undefined && sameFacts(before, now);
        next.push(now);
      });
      facts = next;
      if (same) return false;
      const before = labels;
      const beforeNote = firstNote;
      labels = labelsOf({ kind, paragraphs: next, ...numbering() }, words);
      firstNote = next.find(({ role }) => role === "footnote")?.id ?? null;
      for (const [id, label] of labels) {
        const old = before.get(id);
        if (!old || !sameLabel(old, label)) tell(id);
      }
      // Of paragraphs that are gone the last label may be another now, too.
      for (const id of watchers.keys()) if (!labels.has(id)) tell(id);
      if (beforeNote !== firstNote) for (const id of [beforeNote, firstNote]) if (id !== null) tell(id);
      return true;
    },
    labelOf: (paragraphId) => labels.get(paragraphId) ?? NO_LABEL,
    numberOf: (note) => labels.get(note)?.number || "–",
    referenceTo(paragraphId) {
      const at = facts.find(({ id }) => id === paragraphId);
      if (!at) {
        const last = deleted(paragraphId);
        return referenceTo(last && { ...last, isLive: false }, references);
      }
      const label = labels.get(paragraphId) ?? NO_LABEL;
      return referenceTo({ label, words: at.node.textContent, isLive: true }, references);
    },
    firstNote: () => firstNote,
    watch(paragraphId, changed) {
      let all = watchers.get(paragraphId);
      if (!all) watchers.set(paragraphId, (all = new Set()));
      const set = all.add(changed);
      return () => {
        set.delete(changed);
        if (set.size === 0) watchers.delete(paragraphId);
      };
    },
  };
}

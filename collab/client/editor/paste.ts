/** Words from elsewhere → paragraphs of this text, as one transaction: roles, levels, italics, bold and notes are kept. */
import { Fragment, Slice } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { deleteSelected } from "#collab/client/binding/glyphs.ts";
import { isGlyph, withBrackets } from "#collab/bracket-signs.ts";
import type { BracketedSpan } from "#collab/bracket-signs.ts";
import { isReference } from "#collab/read-words.ts";
import type { Imported, ImportedParagraph, ImportedSpan } from "#collab/read-words.ts";
import { attrsOf, textSchema } from "#collab/schema.ts";
import { notePosition } from "./note-commands.ts";

/** An edit holds 64 KiB; identities and formatting take their part of it. */
const MAX_PASTED_BYTES = 44 * 1024;
const BYTES_PER_PARAGRAPH = 240;

function bytesOf(spans: readonly ImportedSpan[]): number {
  const encoder = new TextEncoder();
  return spans.reduce(
    (sum, span) => sum + (isReference(span) ? 30 : encoder.encode(span.text).length + 8),
    0,
  );
}

/** Whether it fits into one edit; what does not comes in by the import. */
export function fitsOneEdit({ paragraphs, notes, rest }: Imported): boolean {
  const body = paragraphs.reduce((sum, { spans }) => sum + BYTES_PER_PARAGRAPH + bytesOf(spans), 0);
  const all = notes.reduce((sum, spans) => sum + BYTES_PER_PARAGRAPH + bytesOf(spans), body);
  return rest.length === 0 && all <= MAX_PASTED_BYTES;
}

function inline(spans: readonly BracketedSpan[], noteIds: readonly string[] | null): ProseNode[] {
  const nodes: ProseNode[] = [];
  for (const span of spans) {
    if (isGlyph(span)) {
      nodes.push(textSchema.node("bracket", { bracket: span.bracket, side: span.side }));
    } else if (isReference(span)) {
      const note = noteIds?.[span.note];
      if (note !== undefined) nodes.push(textSchema.node("footnote", { note }));
    } else if (span.text !== "") {
      const marks = [
        ...(span.em ? [textSchema.mark("em")] : []),
        ...(span.strong ? [textSchema.mark("strong")] : []),
      ];
      nodes.push(textSchema.text(span.text, marks));
    }
  }
  return nodes;
}

type PastedParagraph = Omit<ImportedParagraph, "spans"> & { readonly spans: readonly BracketedSpan[] };

function paragraphNode({ role, level, dir, spans }: PastedParagraph, noteIds: readonly string[]): ProseNode {
  return textSchema.node("paragraph", { role, level, dir }, inline(spans, noteIds));
}

/** The notes that the pasted references lead to, each where its reference puts it. */
function addNotes(
  tr: Transaction,
  notes: readonly (readonly BracketedSpan[])[],
  noteIds: readonly string[],
): void {
  for (const [number, spans] of notes.entries()) {
    const id = noteIds[number];
    let at = -1;
    tr.doc.descendants((node, pos) => {
      if (node.type.name === "footnote" && node.attrs["note"] === id) at = pos;
    });
    if (id === undefined || at < 0) continue;
    tr.insert(
      notePosition(tr.doc, at),
      textSchema.node("paragraph", { id, role: "footnote" }, inline(spans, null)),
    );
  }
}

/**
 * Puts what was read in the place of the selection. One paragraph's words join the paragraph they are pasted into;
 * of several, the first joins the words before the caret and the last those behind it. Inside a note everything
 * becomes words of the note. Null when there is nothing to paste or nowhere to put it.
 */
export function pasteImported(
  state: EditorState,
  imported: Imported,
  newId: () => string,
): Transaction | null {
  const signed = withBrackets(
    imported.paragraphs.map(({ spans }) => spans),
    newId,
  );
  const paragraphs = imported.paragraphs.map((paragraph, at): PastedParagraph => ({
    ...paragraph,
    spans: signed[at] ?? [],
  }));
  const notes = imported.notes.flatMap((spans) => withBrackets([spans], newId));
  const [first] = paragraphs;
  if (!first) return null;
  const tr = deleteSelected(state.tr);
  if (tr.doc.childCount === 0) {
    const noteIds = notes.map(newId);
    tr.insert(
      0,
      paragraphs.map((paragraph) => paragraphNode(paragraph, noteIds)),
    );
    addNotes(tr, notes, noteIds);
    return tr.setSelection(TextSelection.near(tr.doc.resolve(1)));
  }
  const { $from } = tr.selection;
  if ($from.depth !== 1) return null;
  const here = attrsOf($from.parent);
  const at = $from.pos;
  if (here.role === "footnote") {
    const spans = paragraphs.flatMap((paragraph, index) =>
      index === 0 ? paragraph.spans : [{ text: " " }, ...paragraph.spans],
    );
    tr.insert(at, inline(spans, null));
    return tr.scrollIntoView();
  }
  const noteIds = notes.map(newId);
  const isEmpty = $from.parent.content.size === 0;
  const titled = first.role === "heading" || first.role === "annex";
  if (isEmpty && (paragraphs.length > 1 || titled)) {
    const { role, level, dir } = first;
    tr.setNodeMarkup($from.before(), undefined, { ...here, role, level, dir });
  }
  if (paragraphs.length === 1) {
    tr.insert(at, inline(first.spans, noteIds));
  } else {
    const nodes = paragraphs.map((paragraph) => paragraphNode(paragraph, noteIds));
    tr.replace(at, at, new Slice(Fragment.fromArray(nodes), 1, 1));
  }
  const end = tr.mapping.slice(tr.steps.length - 1).map(at, 1);
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(end, tr.doc.content.size)), -1));
  addNotes(tr, notes, noteIds);
  return tr.scrollIntoView();
}

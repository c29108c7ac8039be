/** Copying and pasting. What comes from elsewhere is read into paragraphs of the text's own model or refused. */
import { Fragment, Slice } from "prosemirror-model";
import type { Node as ProseNode } from "prosemirror-model";
import type { EditorProps } from "prosemirror-view";
import type { TextKind } from "#collab/document.ts";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";

/** Files and very large pastes go through the import, which can say what became of them. */
export type PasteRefusal = "files" | "too-large";

/** An edit holds 64 KiB; identities and formatting take their part. */
export const MAX_PASTED_CHARACTERS = 20_000;

export type ClipboardSetting = {
  readonly kind: TextKind;
  readonly newId: () => string;
  readonly refuse: (why: PasteRefusal) => void;
};

/** The words as they read: brackets are characters, references to notes are left out. */
function plainText(slice: Slice): string {
  const lines: string[] = [];
  slice.content.forEach((node) => {
    if (node.isTextblock) lines.push(node.textBetween(0, node.content.size, "", leafText));
  });
  return lines.length > 0
    ? lines.join("\n")
    : slice.content.textBetween(0, slice.content.size, "\n", leafText);
}

function leafText(node: ProseNode): string {
  return node.type.spec.leafText?.(node) ?? "";
}

/** Takes out references whose notes are not in this text, and notes that nothing here refers to. */
function fitted(fragment: Fragment, notes: ReadonlySet<string>): Fragment {
  const nodes: ProseNode[] = [];
  fragment.forEach((node) => {
    if (node.type.name === "footnote") {
      if (notes.has(String(node.attrs["note"]))) nodes.push(node);
      return;
    }
    if (node.type.name === "bracket" || node.type.name === "unknown") {
      const text = leafText(node);
      if (text !== "") nodes.push(textSchema.text(text, node.marks));
      return;
    }
    if (!node.isTextblock) {
      nodes.push(node);
      return;
    }
    const attrs = attrsOf(node);
    const role = attrs.role === "footnote" ? "plain" : attrs.role;
    nodes.push(textSchema.node("paragraph", { ...attrs, role, relation: null }, fitted(node.content, notes)));
  });
  return Fragment.fromArray(nodes);
}

function notesOf(doc: ProseNode): Set<string> {
  const notes = new Set<string>();
  doc.forEach((node) => {
    if (attrsOf(node).role === "footnote") notes.add(idOf(node));
  });
  return notes;
}

export function clipboardProps({ refuse }: ClipboardSetting): Partial<EditorProps> {
  return {
    clipboardTextSerializer: plainText,
    transformPasted: (slice, view) =>
      new Slice(fitted(slice.content, notesOf(view.state.doc)), slice.openStart, slice.openEnd),
    handlePaste(_, event, slice) {
      if ((event.clipboardData?.files.length ?? 0) > 0 && slice.size === 0) {
        refuse("files");
        return true;
      }
      if (slice.size > MAX_PASTED_CHARACTERS) {
        refuse("too-large");
        return true;
      }
      return false;
    },
    handleDrop(_, event) {
      if ((event.dataTransfer?.files.length ?? 0) === 0) return false;
      event.preventDefault();
      refuse("files");
      return true;
    },
  };
}

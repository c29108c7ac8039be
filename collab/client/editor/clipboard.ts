/** Copying and pasting. What comes from elsewhere is read into paragraphs of the text's own model or refused. */
import { DOMSerializer, Fragment, Slice } from "prosemirror-model";
import type { DOMOutputSpec, Node as ProseNode } from "prosemirror-model";
import type { EditorProps } from "prosemirror-view";
import type { BracketSide } from "#collab/brackets.ts";
import { idsOfSigns, sideOf } from "#collab/bracket-signs.ts";
import type { TextKind } from "#collab/document.ts";
import { readHtml } from "#collab/read-html.ts";
import { readPlain } from "#collab/read-plain.ts";
import { cleanWords } from "#collab/read-words.ts";
import type { Imported } from "#collab/read-words.ts";
import type { Reference } from "#collab/references.ts";
import { attrsOf, idOf, textSchema } from "#collab/schema.ts";
import type { ParagraphAttrs } from "#collab/schema.ts";
import { fitsOneEdit, pasteImported } from "./paste.ts";

/** Positions in what was copied here; an edit holds no more. */
const MAX_OWN_SLICE = 15_000;

/** Files and very large pastes go through the import, which can say what became of them. */
export type PasteRefusal = "files" | "too-large";

export type ClipboardSetting = {
  readonly kind: TextKind;
  readonly newId: () => string;
  readonly refuse: (why: PasteRefusal) => void;
  /** Whether the text has, or had, such a paragraph. */
  readonly isKnown: (paragraphId: string) => boolean;
  readonly referenceTo: (paragraphId: string) => Reference;
};

/** As it is copied: elsewhere a reference is what it says, and in this text the reference that it is. */
function serializerOf({ referenceTo }: ClipboardSetting): DOMSerializer {
  const { nodes, marks } = DOMSerializer.fromSchema(textSchema);
  const reference = ({ attrs }: ProseNode): DOMOutputSpec => {
    const to = String(attrs["to"]);
    return ["span", { "data-reference": to }, referenceTo(to).text];
  };
  return new DOMSerializer({ ...nodes, reference }, marks);
}

/** References that lead to no paragraph of this text are the words that they say. */
function withoutForeign(html: string, { isKnown }: ClipboardSetting): string {
  if (!html.includes("data-reference")) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll("[data-reference]"))
    if (!isKnown(element.getAttribute("data-reference") ?? ""))
      element.replaceWith(element.textContent ?? "");
  return page.body.innerHTML;
}

/** The words as they read: brackets are characters, references say what they say, those to notes are left out. */
function plainText(slice: Slice, { referenceTo }: ClipboardSetting): string {
  const leafText = (node: ProseNode): string =>
    node.type.name === "reference" ? referenceTo(String(node.attrs["to"])).text : signText(node);
  const lines: string[] = [];
  slice.content.forEach((node) => {
    if (node.isTextblock) lines.push(node.textBetween(0, node.content.size, "", leafText));
  });
  return lines.length > 0
    ? lines.join("\n")
    : slice.content.textBetween(0, slice.content.size, "\n", leafText);
}

function signText(node: ProseNode): string {
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
    if (node.type.name === "unknown") return;
    if (!node.isTextblock) {
      nodes.push(node);
      return;
    }
    const attrs = attrsOf(node);
    const role = attrs.role === "footnote" ? "plain" : attrs.role;
    nodes.push(
      textSchema.node(
        "paragraph",
        { ...attrs, role, relation: null, frozen: null },
        fitted(node.content, notes),
      ),
    );
  });
  return Fragment.fromArray(nodes);
}

/** Brackets of what is pasted get ids of their own, paired by nesting; a sign without a partner is a character. */
function signed(fragment: Fragment, newId: () => string): Fragment {
  const signOf = (node: ProseNode): readonly string[] =>
    node.text === undefined ? [signText(node)] : (node.text.match(/[[\]]/g) ?? []);
  const sides: BracketSide[] = [];
  const gather = (node: ProseNode): void => {
    if (node.isLeaf) for (const sign of signOf(node)) sides.push(...[sideOf(sign) ?? []].flat());
    else node.forEach(gather);
  };
  fragment.forEach(gather);
  const ids = idsOfSigns(sides, newId);
  let at = 0;
  const rebuilt = (nodes: Fragment): Fragment => {
    const made: ProseNode[] = [];
    nodes.forEach((node) => {
      if (!node.isLeaf) made.push(node.copy(rebuilt(node.content)));
      else if (node.text === undefined && node.type.name !== "bracket") made.push(node);
      else
        for (const part of (node.text ?? signText(node)).split(/([[\]])/)) {
          const side = sideOf(part);
          const bracket = side === null ? null : (ids[at++] ?? null);
          if (bracket !== null)
            made.push(textSchema.node("bracket", { bracket, side }, undefined, node.marks));
          else if (part !== "") made.push(textSchema.text(part, node.marks));
        }
    });
    return Fragment.fromArray(made);
  };
  return rebuilt(fragment);
}

function notesOf(doc: ProseNode): Set<string> {
  const notes = new Set<string>();
  doc.forEach((node) => {
    if (attrsOf(node).role === "footnote") notes.add(idOf(node));
  });
  return notes;
}

/** Words without a line break keep the spaces at their ends, which say how they join what is there. */
function withEdges(imported: Imported, text: string): Imported {
  const [only] = imported.paragraphs;
  if (!only || imported.paragraphs.length > 1 || /[\r\n]/.test(text.trim())) return imported;
  const spans = [...only.spans];
  if (/^[ \u00A0]/.test(text)) spans.unshift({ text: " " });
  if (/[ \u00A0]$/.test(text)) spans.push({ text: " " });
  return { ...imported, paragraphs: [{ ...only, spans }] };
}

/** Every line a paragraph like the one it is pasted into, without looking for roles. */
function readLines(text: string, like: ParagraphAttrs): Imported {
  const lines = text.split(/\r\n|[\n\r]/).filter((line, _, all) => line.trim() !== "" || all.length === 1);
  return {
    paragraphs: lines.map((line) => ({
      role: like.role,
      level: like.level,
      dir: like.dir,
      spans: [{ text: lines.length === 1 ? line : cleanWords(line).trim() }],
    })),
    notes: [],
    warnings: [],
    rest: [],
  };
}

function read(
  data: DataTransfer,
  { kind }: ClipboardSetting,
  like: ParagraphAttrs,
  plain: boolean,
): Imported {
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  if (plain || (html === "" && !/[\r\n]/.test(text.trim()))) return readLines(text, like);
  if (html === "") return readPlain(text, kind);
  const page = new DOMParser().parseFromString(html, "text/html");
  return withEdges(readHtml(page.body, kind), text);
}

export function clipboardProps(setting: ClipboardSetting): Partial<EditorProps> {
  const { refuse } = setting;
  let isPlain = false;
  return {
    clipboardTextSerializer: (slice) => plainText(slice, setting),
    clipboardSerializer: serializerOf(setting),
    transformPastedHTML: (html) => withoutForeign(html, setting),
    transformPasted: (slice, view) =>
      new Slice(
        signed(fitted(slice.content, notesOf(view.state.doc)), setting.newId),
        slice.openStart,
        slice.openEnd,
      ),
    handlePaste(view, event, slice) {
      const data = event.clipboardData;
      if (!data) return false;
      const html = data.getData("text/html");
      if (data.files.length > 0 && html === "" && data.getData("text/plain") === "") {
        refuse("files");
        return true;
      }
      // Copied here or in another text of this program: the paragraphs are known as they are.
      if (html.includes("data-pm-slice") && !isPlain) {
        if (slice.size > MAX_OWN_SLICE) refuse("too-large");
        return slice.size > MAX_OWN_SLICE;
      }
      const { $from } = view.state.selection;
      const like = $from.depth === 1 ? attrsOf($from.parent) : attrsOf(textSchema.node("paragraph"));
      const imported = read(data, setting, like, isPlain);
      if (!fitsOneEdit(imported)) {
        refuse("too-large");
        return true;
      }
      const tr = pasteImported(view.state, imported, setting.newId);
      if (tr) view.dispatch(tr);
      return true;
    },
    handleDrop(_, event) {
      if ((event.dataTransfer?.files.length ?? 0) === 0) return false;
      event.preventDefault();
      refuse("files");
      return true;
    },
    handleDOMEvents: {
      // Shift and V: the words alone. The paste event itself does not say which it was.
      keydown: (_, event) => {
        isPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.code === "KeyV";
        return false;
      },
    },
  };
}

/**
 * The editor's schema: a flat list of paragraphs, footnotes last. It is the projection of the Y.Doc of `model.ts`;
 * offsets inside a paragraph are the same on both sides.
 */
import { Schema } from "prosemirror-model";
import type { Node as ProseNode, TagParseRule } from "prosemirror-model";
import { isRole } from "./model.ts";
import type { Direction, Relation, Role } from "./model.ts";

export type ParagraphAttrs = {
  /** null only until the binding gives an id to a new paragraph. */
  readonly id: string | null;
  readonly role: Role;
  readonly level: number;
  readonly relation: Relation;
  /** Its number on paper, which the server alone writes. */
  readonly frozen: string | null;
  readonly dir: Direction;
};

const readParagraph: TagParseRule = {
  tag: "[data-paragraph]",
  getAttrs: (element) => ({
    id: element.getAttribute("data-paragraph"),
    role: isRole(element.getAttribute("data-role")) ? element.getAttribute("data-role") : "plain",
    level: Number(element.getAttribute("data-level") ?? 0) || 0,
  }),
};

export const textSchema = new Schema({
  nodes: {
    doc: { content: "paragraph*" },
    paragraph: {
      content: "inline*",
      attrs: {
        id: { default: null },
        role: { default: "plain" },
        level: { default: 0 },
        relation: { default: null },
        frozen: { default: null },
        dir: { default: "auto" },
      },
      parseDOM: [readParagraph, { tag: "p" }],
      toDOM: (node) => [
        "p",
        {
          "data-paragraph": String(node.attrs["id"] ?? ""),
          "data-role": String(node.attrs["role"]),
          "data-level": String(node.attrs["level"]),
          dir: String(node.attrs["dir"]),
        },
        0,
      ],
    },
    bracket: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { bracket: {}, side: {} },
      // A key behind a sign that was selected by an arrow would take the bracket away.
      selectable: false,
      leafText: (node) => (node.attrs["side"] === "open" ? "[" : "]"),
      parseDOM: [
        {
          tag: "span[data-bracket]",
          getAttrs: (element) => ({
            bracket: element.getAttribute("data-bracket"),
            side: element.getAttribute("data-side") === "open" ? "open" : "close",
          }),
        },
      ],
      toDOM: (node) => [
        "span",
        { "data-bracket": String(node.attrs["bracket"]), "data-side": String(node.attrs["side"]) },
        node.attrs["side"] === "open" ? "[" : "]",
      ],
    },
    footnote: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { note: {} },
      parseDOM: [
        {
          tag: "[data-note]",
          getAttrs: (element) => ({ note: element.getAttribute("data-note") }),
        },
      ],
      toDOM: (node) => ["sup", { "data-note": String(node.attrs["note"]) }],
    },
    /** Says what the paragraph is called now; see `references.ts`. */
    reference: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { to: {} },
      parseDOM: [
        {
          tag: "[data-reference]",
          getAttrs: (element) => ({ to: element.getAttribute("data-reference") }),
        },
      ],
      toDOM: (node) => ["span", { "data-reference": String(node.attrs["to"]) }],
    },
    /** An embed that this version does not know: kept in its place, shown as an object. */
    unknown: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { value: {} },
      toDOM: () => ["span", { "data-unknown": "" }, "\uFFFC"],
    },
    text: { group: "inline" },
  },
  marks: {
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  },
});

/** The attributes of a paragraph node, typed. */
export function attrsOf(node: ProseNode): ParagraphAttrs {
  return node.attrs as ParagraphAttrs;
}

/** The id of a paragraph of the editor's document; "" while it has none. */
export function idOf(node: ProseNode): string {
  return attrsOf(node).id ?? "";
}

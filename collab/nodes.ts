/** Y.Doc → nodes of the editor's document. */
import { Fragment } from "prosemirror-model";
import type { Mark, Node as ProseNode } from "prosemirror-model";
import type * as Y from "yjs";
import { paragraphsOf, wordsOf } from "./model.ts";
import type { ParagraphMap } from "./model.ts";
import { factsOf, liveIds } from "./projection.ts";
import { textSchema } from "./schema.ts";
import type { ParagraphAttrs } from "./schema.ts";
import { isBracketEmbed, isFootnoteEmbed, isReferenceEmbed, runsOf } from "./runs.ts";
import type { Formats } from "./runs.ts";

const em = textSchema.mark("em");
const strong = textSchema.mark("strong");

/** Marks in the one order that both sides use, so that equal texts are equal nodes. */
function marksOf(formats: Formats): Mark[] {
  return [...(formats.em ? [em] : []), ...(formats.strong ? [strong] : [])];
}

/** The inline node of an embed. */
function embedNode(embed: Readonly<Record<string, unknown>>, formats: Formats): ProseNode {
  const marks = marksOf(formats);
  if (isFootnoteEmbed(embed)) return textSchema.node("footnote", { note: embed.footnote }, undefined, marks);
  if (isReferenceEmbed(embed)) return textSchema.node("reference", { to: embed.paragraph }, undefined, marks);
  if (isBracketEmbed(embed))
    return textSchema.node("bracket", { bracket: embed.bracket, side: embed.side }, undefined, marks);
  return textSchema.node("unknown", { value: embed }, undefined, marks);
}

/** A string or embed as an inline node. */
export function inlineNode(content: string | Readonly<Record<string, unknown>>, formats: Formats): ProseNode {
  return typeof content === "string"
    ? textSchema.text(content, marksOf(formats))
    : embedNode(content, formats);
}

/** The words of a paragraph as inline nodes. */
export function fragmentOf(text: Y.Text): Fragment {
  return Fragment.fromArray(runsOf(text).map((run) => inlineNode(run.content, run)));
}

/** The attributes of a paragraph's node. */
export function attrsFor(map: ParagraphMap, id: string): ParagraphAttrs {
  const { role, level, relation, frozen, dir } = factsOf(map);
  return { id, role, level, relation, frozen, dir };
}

/** A paragraph as a node; null while its words are not there yet. */
export function paragraphNode(map: ParagraphMap, id: string): ProseNode | null {
  const text = wordsOf(map);
  return text === null ? null : textSchema.node("paragraph", attrsFor(map, id), fragmentOf(text));
}

/** The whole text as the editor's document. */
export function documentNode(doc: Y.Doc): ProseNode {
  const paragraphs = paragraphsOf(doc);
  const nodes: ProseNode[] = [];
  for (const id of liveIds(doc)) {
    const map = paragraphs.get(id);
    const node = map === undefined ? null : paragraphNode(map, id);
    if (node !== null) nodes.push(node);
  }
  return textSchema.node("doc", null, nodes);
}

/** HTML files on the server: parse5's tree seen as the few parts of a DOM that `read-html.ts` needs. */
import { parse } from "parse5";
import type { DefaultTreeAdapterTypes } from "parse5";
import type { TextKind } from "./document.ts";
import type { HtmlNode } from "./html-node.ts";
import { readHtml } from "./read-html.ts";
import type { Imported } from "./read-words.ts";

function seen(node: DefaultTreeAdapterTypes.Node): HtmlNode {
  const nodeName = node.nodeName;
  if (nodeName === "#text" && "value" in node)
    return { nodeType: 3, nodeName, nodeValue: node.value, childNodes: [] };
  // Made when first asked for and kept: a page is gone over twice.
  let children: readonly HtmlNode[] | null = null;
  const childNodes = {
    [Symbol.iterator](): Iterator<HtmlNode> {
      children ??= "childNodes" in node ? node.childNodes.map(seen) : [];
      return children[Symbol.iterator]();
    },
  };
  if ("attrs" in node) {
    const getAttribute = (name: string): string | null =>
      node.attrs.find((one) => one.name === name)?.value ?? null;
    return { nodeType: 1, nodeName, nodeValue: null, childNodes, getAttribute };
  }
  if (nodeName === "#document" || nodeName === "#document-fragment") {
    return { nodeType: 9, nodeName, nodeValue: null, childNodes };
  }
  return { nodeType: 8, nodeName, nodeValue: null, childNodes: [] };
}

/** Reads an HTML file into paragraphs; see `readHtml`. */
export function readHtmlFile(html: string, kind: TextKind): Imported {
  return readHtml(seen(parse(html)), kind);
}

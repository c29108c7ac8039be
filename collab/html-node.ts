/** A page of HTML as it is read: any tree that looks like a DOM. */

/** The part of a DOM node that reading needs. */
export type HtmlNode = {
  /** 1 element, 3 words; everything else is left out. */
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: Iterable<HtmlNode>;
  readonly getAttribute?: (name: string) => string | null;
};

/** Elements that hold no words of the page. */
export const SKIPPED = new Set(
  "script,style,head,title,template,noscript,svg,math,object,embed,iframe,canvas,audio,video,map,datalist,select,textarea,input,progress,meter,link,meta,base,frameset,o:p".split(
    ",",
  ),
);

/** All nodes in reading order, without what no reader sees. */
export function* everyNode(root: HtmlNode): Generator<HtmlNode> {
  const nodes = [root];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    yield node;
    if (!SKIPPED.has(node.nodeName.toLowerCase())) nodes.push(...[...node.childNodes].reverse());
  }
}

export function textOf(root: HtmlNode): string {
  let text = "";
  for (const node of everyNode(root)) if (node.nodeType === 3) text += node.nodeValue ?? "";
  return text;
}

export function attribute(node: HtmlNode, name: string): string {
  return node.getAttribute?.(name) ?? "";
}

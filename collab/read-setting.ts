/** What an element of a page says about the words inside it: italics, bold, direction, heading, list, role. */
import type { Direction } from "./model.ts";
import { attribute, SKIPPED } from "./html-node.ts";
import type { HtmlNode } from "./html-node.ts";
import type { Block } from "./read-roles.ts";

/** What holds inside an element: handed down, never back up. */
export type Setting = {
  readonly em: boolean;
  readonly strong: boolean;
  readonly dir: Direction;
  readonly heading: number | null;
  readonly list: Block["list"];
  readonly stated: Block["stated"];
  readonly preformatted: boolean;
  readonly inTable: boolean;
};

export const START: Setting = {
  em: false,
  strong: false,
  dir: "auto",
  heading: null,
  list: null,
  stated: null,
  preformatted: false,
  inTable: false,
};

function styleValue(style: string, property: string): string {
  if (!style.toLowerCase().includes(property)) return "";
  const match = new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i").exec(style);
  return match?.[1]?.trim().toLowerCase() ?? "";
}

function directionOf(node: HtmlNode, before: Direction): Direction {
  const dir = attribute(node, "dir").toLowerCase();
  return dir === "rtl" || dir === "ltr" || dir === "auto" ? dir : before;
}

/** The level at which a list begins: "1." 0, "(a)" and bullets 1, "(i)" 2. */
function listBase(node: HtmlNode, name: string): number {
  if (name === "ul") return 1;
  const type = attribute(node, "type");
  const style = styleValue(attribute(node, "style"), "list-style-type");
  if (type === "a" || style === "lower-alpha" || style === "lower-latin") return 1;
  if (type === "i" || style === "lower-roman") return 2;
  return 0;
}

const STRUCK = new Set(["s", "strike", "del"]);

export function isStruck(node: HtmlNode, name: string): boolean {
  return STRUCK.has(name) || /line-through/i.test(attribute(node, "style"));
}

/** The number or bullet that Word draws before an item of a list. */
export function isDrawnMarker(node: HtmlNode): boolean {
  return /mso-list\s*:\s*ignore/i.test(attribute(node, "style"));
}

/** What a reader of the page does not see, and on our own pages what is not the paragraph's words. */
export function isLeftOut(node: HtmlNode, name: string, outer: Setting): boolean {
  if (SKIPPED.has(name) || (node.getAttribute?.("hidden") ?? null) !== null) return true;
  const style = attribute(node, "style");
  if (style === "" && outer.stated === null) return attribute(node, "role") === "doc-backlink";
  if (styleValue(style, "display") === "none" || styleValue(style, "visibility") === "hidden") return true;
  if (/mso-hide\s*:\s*all/i.test(style) || attribute(node, "role") === "doc-backlink") return true;
  return outer.stated !== null && /(?:^|\s)(?:gut|mar|notes)(?:\s|$)/.test(attribute(node, "class"));
}

export function settingInside(node: HtmlNode, name: string, outer: Setting): Setting {
  const style = attribute(node, "style");
  const weight = styleValue(style, "font-weight");
  const slant = styleValue(style, "font-style");
  const opening = attribute(node, "class") === "opening";
  let em = outer.em || ((name === "em" || name === "i" || name === "cite" || name === "dfn") && !opening);
  let strong = outer.strong || name === "strong" || name === "b";
  if (slant !== "") em = /italic|oblique/.test(slant);
  if (weight !== "") strong = /bold/.test(weight) || Number(weight) >= 600;
  const heading = /^h[1-6]$/.test(name) ? Number(name[1]) : outer.heading;
  let { list, stated } = outer;
  if (name === "ol" || name === "ul") {
    list =
      list === null ? { depth: 0, base: listBase(node, name) } : { depth: list.depth + 1, base: list.base };
  }
  const msoLevel = /mso-list\s*:\s*l\d+\s+level(\d)/i.exec(style);
  if (msoLevel) list = { depth: Number(msoLevel[1]) - 1, base: 0 };
  const statedRole = attribute(node, "data-role");
  if (statedRole !== "") stated = { role: statedRole, level: Number(attribute(node, "data-level")) || 0 };
  const heads = name === "p" && /^MsoHeading(\d)|^MsoTitle/i.exec(attribute(node, "class"));
  return {
    // Headings and note marks are bold or raised by themselves: that says nothing about their words.
    em,
    strong: strong && heading === null,
    dir: directionOf(node, outer.dir),
    heading: heads ? Number(heads[1] ?? 1) : heading,
    list,
    stated,
    preformatted: outer.preformatted || name === "pre" || name === "xmp" || name === "listing",
    inTable: outer.inTable || name === "table",
  };
}

/**
 * The agenda by subject as an outline: items by number ("5", "5 (c)"), each with a title and its topics. One item is one
 * field of reference data ("5 (c)": "How international law applies | sovereignty, due-diligence"), one line of the form.
 */
import type { Fields, Value } from "./reference.ts";

export type OutlineItem = {
  /** In full: "5 (c)". */
  readonly number: string;
  readonly title: string;
  /** Ids of topics, and subjects in words that are no topics here. */
  readonly topics: readonly string[];
};

export type OutlineBranch = OutlineItem & {
  /** Below its parent's: "(c)". */
  readonly shortNumber: string;
  readonly items: readonly OutlineBranch[];
};

const LINE = /^(\d{1,3}(?: \([a-z]{1,4}\)){0,2})[.\s]\s*(.+)$/;
const inOrder = new Intl.Collator("en", { numeric: true });

/** "" for an item at the top. */
function parentOf(number: string): string {
  return number.slice(0, Math.max(0, number.lastIndexOf(" ")));
}

export function fieldOf({ title, topics }: OutlineItem): string {
  return topics.length === 0 ? title : `${title} | ${topics.join(", ")}`;
}

function itemOf(number: string, field: string): OutlineItem {
  const [title = "", topics = ""] = field.split("|").map((part) => part.trim());
  return { number, title, topics: topics.split(/,\s+/).filter(Boolean) };
}

/** The lines of the form, in order; an item with nothing in its field has been taken out. */
export function outlineLines(fields: Fields): string[] {
  return Object.keys(fields)
    .toSorted(inOrder.compare)
    .flatMap((number) => (typeof fields[number] === "string" ? [`${number} ${fields[number]}`] : []));
}

/** The outline as a tree. An item whose parent was taken out stands at the top. */
export function outlineTree(fields: Fields): OutlineBranch[] {
  const items = Object.keys(fields)
    .toSorted(inOrder.compare)
    .flatMap((number) => {
      const field: Value | undefined = fields[number];
      return typeof field === "string" ? [itemOf(number, field)] : [];
    });
  const known = new Set(items.map(({ number }) => number));
  const under = (parent: string): OutlineBranch[] =>
    items
      .filter(({ number }) => (known.has(parentOf(number)) ? parentOf(number) : "") === parent)
      .map((item) => ({
        ...item,
        shortNumber: parent === "" ? item.number : item.number.slice(parent.length + 1),
        items: under(item.number),
      }));
  return under("");
}

/**
 * What was typed, one item in a line, as fields; or a message code for what is wrong. A line begins with its number,
 * each number stands once, and an item below another needs that one.
 */
export function parseOutline(typed: string): { readonly fields: Fields } | { readonly wrong: string } {
  const fields: Record<string, string> = {};
  for (const line of typed.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const [, number = "", words = ""] = LINE.exec(line) ?? [];
    const item = itemOf(number, words);
    if (number === "" || item.title === "") return { wrong: "outline-line" };
    if (number in fields) return { wrong: "outline-twice" };
    fields[number] = fieldOf(item);
  }
  const orphans = Object.keys(fields).some(
    (number) => parentOf(number) !== "" && !(parentOf(number) in fields),
  );
  return orphans ? { wrong: "outline-parent" } : { fields };
}

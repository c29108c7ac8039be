/** The positions of a paragraph one by one (UTF-16 units and atoms), to compare the two models with. */
import type { Fragment, Mark, Node as ProseNode } from "prosemirror-model";

export type Unit =
  | { readonly letter: string; readonly marks: readonly Mark[] }
  | { readonly atom: ProseNode; readonly marks: readonly Mark[] };

export function unitsOf(content: Fragment): Unit[] {
  const units: Unit[] = [];
  content.forEach((node) => {
    if (node.text === undefined) units.push({ atom: node, marks: node.marks });
    else
      for (let i = 0; i < node.text.length; i++)
        units.push({ letter: node.text[i] ?? "", marks: node.marks });
  });
  return units;
}

/** Whether two units are the same character or the same atom, formatting aside. */
export function isSameUnit(a: Unit | undefined, b: Unit | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if ("letter" in a) return "letter" in b && a.letter === b.letter;
  return (
    "atom" in b &&
    a.atom.type === b.atom.type &&
    JSON.stringify(a.atom.attrs) === JSON.stringify(b.atom.attrs)
  );
}

/** Formatting as a value that can be compared; the order of marks does not matter. */
export function formatSignature(marks: readonly Mark[] | undefined): string {
  return (marks ?? [])
    .map((mark) => mark.type.name)
    .toSorted()
    .join(" ");
}

export function isHigh(code: number): boolean {
  return (code & 0xfc00) === 0xd800;
}

export function isLow(code: number): boolean {
  return (code & 0xfc00) === 0xdc00;
}

function codeOf(unit: Unit | undefined): number {
  return unit !== undefined && "letter" in unit ? unit.letter.charCodeAt(0) : 0;
}

/** Lengths of the common start and end of two paragraphs; never inside a surrogate pair. */
export function commonEnds(a: readonly Unit[], b: readonly Unit[]): [start: number, end: number] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && isSameUnit(a[start], b[start])) start++;
  if (start > 0 && isHigh(codeOf(a[start - 1]))) start--;
  let end = 0;
  while (end < shorter - start && isSameUnit(a[a.length - 1 - end], b[b.length - 1 - end])) end++;
  if (end > 0 && isLow(codeOf(a[a.length - end]))) end--;
  return [start, end];
}

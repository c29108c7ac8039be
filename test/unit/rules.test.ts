/** The rules of the room are written down, and every one of them is tried by a test that cites it. */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const rules = [
  ...readFileSync(resolve(root, "docs/rules.md"), "utf8").matchAll(/^- \*\*([A-Z]{2}\d+)\*\* (.+)$/gm),
];
/** The rules that titles cite: what `describe`, `it` or `test` is called with, after a table of cases too. */
function citedIn(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, "");
  const titles = code.matchAll(
    /(?:\b(?:describe|it|test)(?:\.\w+)*|\))\(\s*(["'`])((?:(?!\1)[^\\]|\\.)*)\1/g,
  );
  return [...titles].flatMap(([, , title = ""]) =>
    [...title.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, rule = ""]) => rule),
  );
}

const cited = new Set(
  globSync("test/**/*.test.{ts,tsx}", { cwd: root }).flatMap((file) =>
    citedIn(readFileSync(resolve(root, file), "utf8")),
  ),
);

describe("docs/rules.md", () => {
  it("numbers every rule once and ends it with a full stop", () => {
    const numbers = rules.map((rule) => rule[1]);
    expect(numbers.length).toBeGreaterThan(20);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const rule of rules) expect(rule[2], `${rule[1]}`).toMatch(/\.$/);
  });

  it("has no rule without a test that cites it", () => {
    expect(rules.map(([, number = ""]) => number).filter((number) => !cited.has(number))).toEqual([]);
  });

  it("knows every rule that a test cites", () => {
    const known = new Set(rules.map((rule) => rule[1]));
    expect([...cited].filter((number) => !known.has(number))).toEqual([]);
  });

  it("counts a citation in a title alone", () => {
    // These are no citations of this file.
    const planted = `
/** <AA1> in a heading */
// it("<AA2> that is not run", () => {});
 * test("<AA3> in the middle of a comment", () => {});
describe("<BB1> a part of the room", () => {
  it("<BB2> <BB3> keeps \\"this\\"", () => say("<AA4>"));
  it.each([["<AA5>", 1]])("<BB4> for %s", () => {});
  test.each([
    [2, "<AA6>"],
  ])(
    \`<BB5> over \${several} lines\`,
    () => {},
  );
  const sentence = "<AA7>"; // test <AA8>
});`.replaceAll(/<(\w+)>/g, "[$1]");
    expect(citedIn(planted)).toEqual(["BB1", "BB2", "BB3", "BB4", "BB5"]);
  });
});

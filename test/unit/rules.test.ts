/** The rules of the room are written down, and every one of them is tried by a test that cites it. */
import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const rules = [
  ...readFileSync(resolve(root, "docs/rules.md"), "utf8").matchAll(/^- \*\*([A-Z]{2}\d+)\*\* (.+)$/gm),
];
const titles = globSync("test/**/*.test.{ts,tsx}", { cwd: root }).map((file) =>
  readFileSync(resolve(root, file), "utf8"),
);
const cited = new Set(
  titles.flatMap((source) => [...source.matchAll(/\[([A-Z]{2}\d+)\]/g)].map((hit) => hit[1])),
);

describe("docs/rules.md", () => {
  it("numbers every rule once and ends it with a full stop", () => {
    const numbers = rules.map((rule) => rule[1]);
    expect(numbers.length).toBeGreaterThan(20);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const rule of rules) expect(rule[2], `${rule[1]}`).toMatch(/\.$/);
  });

  it("has no rule without a test that cites it", () => {
    expect(rules.map((rule) => rule[1]).filter((number) => !cited.has(number))).toEqual([]);
  });

  it("knows every rule that a test cites", () => {
    const known = new Set(rules.map((rule) => rule[1]));
    expect([...cited].filter((number) => !known.has(number))).toEqual([]);
  });
});

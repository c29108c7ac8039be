/** Which files import which, types included. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");
const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g;

/** Pairs of files that import each other, by their words. */
function pairsIn(files: ReadonlyMap<string, string>): string[] {
  const imported = new Map(
    [...files].map(([file, words]) => {
      const named = [...words.matchAll(IMPORTED)].map(([, name = ""]) =>
        name.startsWith("#") ? name.slice(1) : join(dirname(file), name),
      );
      return [file, new Set(named)];
    }),
  );
  return [...imported].flatMap(([file, named]) =>
    [...named]
      .filter((other) => file < other && imported.get(other)?.has(file) === true)
      .map((other) => `${file} and ${other}`),
  );
}

it("[MP3] no two files import each other", () => {
  const names = globSync("{app,db,collab}/**/*.{ts,tsx}", { cwd: root });
  expect(names.length).toBeGreaterThan(400);
  expect(pairsIn(new Map(names.map((name) => [name, readFileSync(join(root, name), "utf8")])))).toEqual([]);
});

it("[MP3] two files that do are found, by whatever name they call each other", () => {
  const files = new Map([
    ["app/rules/one.ts", 'import type { Two } from "./two.ts";'],
    ["app/rules/two.ts", 'import {\n  one,\n} from "#app/rules/one.ts";'],
    ["app/rules/three.ts", 'import { one } from "./one.ts";'],
  ]);
  expect(pairsIn(files)).toEqual(["app/rules/one.ts and app/rules/two.ts"]);
});

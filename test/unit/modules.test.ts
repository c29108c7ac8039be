/** What holds of every module: which it imports, types included, and what it may not hold. */
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

/** Files of the project with their words. */
function everyFile(): ReadonlyMap<string, string> {
  const names = globSync("{app,db,collab}/**/*.{ts,tsx}", { cwd: root });
  expect(names.length).toBeGreaterThan(400);
  return new Map(names.map((name) => [name, readFileSync(join(root, name), "utf8")]));
}

/** Variables of modules: on the server all requests would share them. */
function variablesIn(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, words]) =>
    [...words.matchAll(/^(?:export )?(?:let|var) .*/gm)].map(([line]) => `${file}: ${line}`),
  );
}

it("[MP3] no two files import each other", () => {
  expect(pairsIn(everyFile())).toEqual([]);
});

it("[MP3] two files that do are found, by whatever name they call each other", () => {
  const files = new Map([
    ["app/rules/one.ts", 'import type { Two } from "./two.ts";'],
    ["app/rules/two.ts", 'import {\n  one,\n} from "#app/rules/one.ts";'],
    ["app/rules/three.ts", 'import { one } from "./one.ts";'],
  ]);
  expect(pairsIn(files)).toEqual(["app/rules/one.ts and app/rules/two.ts"]);
});

it("[MP4] no module has a variable", () => {
  expect(variablesIn(everyFile())).toEqual([]);
});

it("[MP4] one that has is found, and a variable of a function is none", () => {
  const words =
    "export let kept: string | null = null;\nfunction one() {\n  let two = 2;\n  return two;\n}\n";
  expect(variablesIn(new Map([["app/rules/one.ts", words]]))).toEqual([
    "app/rules/one.ts: export let kept: string | null = null;",
  ]);
});

/** The documents lead somewhere: every relative link and picture of README and docs is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const documents = [
  "README.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Where links and pictures of a document lead, but for those to other sites. */
function targetsIn(document: string): string[] {
  const words = readFileSync(path.join(root, document), "utf8").replace(/^```.*?^```/gms, "");
  return [...words.matchAll(/\]\(([^)\s]+)[^)]*\)|<img[^>]*\bsrc="([^"]+)"/g)]
    .map(([, link, picture]) => link ?? picture ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Headings as addresses, the way that hosts of Git repositories make them. */
function anchorsIn(file: string): Set<string> {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, words = ""]) =>
      words
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe.each(documents)("%s", (document) => {
  it("[MP2] links only to what is there", () => {
    const broken = targetsIn(document).filter((target) => {
      const [to = "", anchor] = target.split("#", 2);
      const file = to === "" ? path.join(root, document) : path.join(root, path.dirname(document), to);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsIn(file).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe("the documents", () => {
  it("[MP2] have links and pictures at all", () => {
    expect(documents.flatMap(targetsIn).length).toBeGreaterThan(8);
    expect(documents.flatMap(targetsIn).some((target) => /\.(png|svg|webp)$/.test(target))).toBe(true);
  });
});

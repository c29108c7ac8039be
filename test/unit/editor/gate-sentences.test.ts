/** What a person is told when the room refuses: the protocol's list, the room's own codes and the sentences agree. */
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { editor } from "#app/i18n/en/editor.ts";

const root = resolve(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(resolve(root, path), "utf8");

/** These say nothing about the words: the page comes back by itself and nobody is asked to do anything. */
const BY_THEMSELVES = ["pending", "storage-full", "storage-trouble"];

const [, table = ""] = read("docs/protocol.md").split("## Refusals");
const listed = [...(table.split("\n## ")[0] ?? "").matchAll(/^\| `([a-z-]+)` \|/gm)].flatMap(
  ([, code]) => code ?? [],
);

/** Codes that the room's source refuses edits with. */
function codesOfRoom(): Set<string> {
  const codes = new Set<string>();
  for (const name of readdirSync(resolve(root, "collab/server"))) {
    if (!/^(gate.*|edits)\.ts$/.test(name)) continue;
    const source = read(`collab/server/${name}`);
    const patterns = [/\b(?:refusal|refuse)\("([a-z-]+)"/g, /\bcode: "([a-z-]+)"/g];
    if (name === "gate-content.ts") patterns.push(/(?:return|\?|:) "([a-z-]+)"/g);
    if (name === "edits.ts") patterns.push(/[?:] "(storage-[a-z]+)"/g);
    for (const pattern of patterns)
      for (const [, code] of source.matchAll(pattern)) if (code !== undefined) codes.add(code);
  }
  return codes;
}

describe("sentences for what the room refuses", () => {
  it("[SS25] the protocol lists the codes that the room has", () => {
    expect(listed.length).toBeGreaterThan(20);
    expect([...codesOfRoom()].toSorted()).toEqual(listed.toSorted());
  });

  it("[SS25] each code has its sentence, and each sentence its code", () => {
    const told = [...listed.filter((code) => !BY_THEMSELVES.includes(code)), "gone"];
    expect(Object.keys(editor.gate).toSorted()).toEqual(told.toSorted());
  });

  it.each(Object.entries(editor.gate))("[SS25] %s says why, then what to do", (_, sentence) => {
    expect(sentence).toMatch(/^[^.]+\. [A-Z][^.]+\.$/);
  });
});

/** Whatever is refused is said in a sentence of its own, and page titles come from the catalogue. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { editor } from "#app/i18n/en/editor.ts";
import { errors } from "#app/i18n/en/errors.ts";
import { titleOf } from "#app/i18n/title.ts";

/** The page asks for what is missing, and nobody has to do anything. */
const mended = new Set(["pending"]);
const root = path.resolve(import.meta.dirname, "..", "..");

function sourcesIn(...folders: readonly string[]): readonly (readonly [string, string])[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => [`${folder}/${name}`, readFileSync(path.join(root, folder, name), "utf8")] as const),
  );
}

const CODE = String.raw`"([a-z]+(?:-[a-z]+)*)"`;

/** Codes of whole refusals, and those that stand at a field, with the file that has them. */
function codesIn(sources: ReturnType<typeof sourcesIn>) {
  const refusals = new Map<string, string>();
  const fields = new Map<string, string>();
  for (const [file, source] of sources) {
    const note = (codes: Map<string, string>, pattern: string) => {
      for (const [, code = ""] of source.matchAll(new RegExp(pattern, "g"))) codes.set(code, file);
    };
    note(refusals, String.raw`\brefuse\(\s*"[a-z-]+",\s*${CODE}`);
    // What a form's checks give: `problems["x"] = "code"`, `faults[field] = "code"`, `fields["x"] = "code"`.
    note(fields, String.raw`\b(?:problems|faults|fields)\[[^\]]+\] = ${CODE}`);
    note(fields, String.raw`\bwrong\([^,()]+,\s*${CODE}`);
    note(fields, String.raw`\berror: ${CODE}`);
    note(fields, String.raw`\.(?:max|min|length|regex)\([^()"]*,\s*${CODE}`);
    for (const [, inside = ""] of source.matchAll(/\bfields: \{([^{}]*)\}/g)) {
      for (const [, code = ""] of inside.matchAll(new RegExp(String.raw`: ${CODE}`, "g"))) {
        fields.set(code, file);
      }
    }
  }
  return { refusals, fields };
}

const { refusals, fields } = codesIn(sourcesIn("app", "collab/server"));

describe("a refusal", () => {
  it("[PE9] has a sentence of its own, whatever the code", () => {
    // What counts something has a sentence for each number.
    const said = new Set(Object.keys(errors.refusal).map((code) => code.replace(/_(one|other)$/, "")));
    const silent = [...refusals].filter(([code]) => !said.has(code));
    expect(silent).toEqual([]);
    // Enough were found for the pattern to be right.
    expect(refusals.size).toBeGreaterThan(25);
  });

  it("[PE9] at a field has a sentence too", () => {
    const said = new Set([...Object.keys(errors.field), ...Object.keys(errors.refusal)]);
    const silent = [...fields].filter(([code]) => !said.has(code));
    expect(silent).toEqual([]);
    expect(fields.size).toBeGreaterThan(25);
  });

  it("[GT5] of the gate is told to the writer in words, but for those that the page mends by itself", () => {
    const codes = new Map<string, string>();
    for (const [file, source] of sourcesIn("collab/server")) {
      if (!path.basename(file).startsWith("gate")) continue;
      const found = source.matchAll(
        new RegExp(
          String.raw`(?:\brefuse\(|\brefusal\(|\breturn |\? |(?<!\bkind): )${CODE}(?=[,;) ]|$)`,
          "gm",
        ),
      );
      for (const [, code = ""] of found) codes.set(code, file);
    }
    const silent = [...codes].filter(([code]) => !(code in editor.gate) && !mended.has(code));
    expect(silent).toEqual([]);
    expect(codes.size).toBeGreaterThan(12);
  });

  it("[PE9] says more than what is wrong: what to do comes in words of its own", () => {
    const sentences = Object.entries({ ...errors.refusal, ...errors.field });
    const short = sentences.filter(([, words]) => words.split(/\s+/).length < 3);
    expect(short).toEqual([]);
    for (const [code, words] of sentences)
      expect(words, code).toMatch(/[.…]$|\$t\(errors:refusal\.\{\{- why\}\}\)$/);
  });
});

/** A page whose frame says that it is in English. */
const english = { matches: [{ id: "root", data: { language: "en" } }] };

describe("a page's title", () => {
  it("[PE9] comes from the catalogue in every route", () => {
    const routes = sourcesIn("app/routes").filter(([, source]) => source.includes("export const meta"));
    expect(routes.length).toBeGreaterThan(25);
    const asked = routes.flatMap(([file, source]) => {
      const meta = source.slice(source.indexOf("export const meta"));
      const keys = [...meta.matchAll(/"(chrome:titles\.\w+)"/g)].map(([, key = ""]) => key);
      return keys.length === 0 ? [`${file} has a title of its own`] : keys;
    });
    const unknown = asked.filter(
      (key) => titleOf(english, key)[0]?.title === `${key.split(":")[1]} · Chapeau`,
    );
    expect(unknown).toEqual([]);
    expect(asked.filter((key) => !key.startsWith("chrome:titles."))).toEqual([]);
  });

  it("[PE9] says what was typed as it was typed", () => {
    const name = "Item <b>&</b> {{name}} $t(chrome:product)";
    expect(titleOf(english, "chrome:titles.named", { name })).toEqual([{ title: `${name} · Chapeau` }]);
    expect(titleOf(english, null)).toEqual([{ title: "Chapeau" }]);
  });
});

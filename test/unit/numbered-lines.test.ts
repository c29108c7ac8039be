/** A version with numbered lines: no word is lost, no line is too long, and nothing that was typed becomes markup. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberedHtml } from "#app/components/text/numbered-lines.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";

type Stretch = { readonly text: string; readonly em?: true; readonly strong?: true };

const documentOf = (stretches: readonly Stretch[], level = 0): TextDocument => {
  const spans = stretches
    .filter(({ text }) => text !== "")
    .map((stretch) => ({ kind: "words" as const, ids: [], ...stretch }));
  const paragraph: Paragraph = {
    id: "a",
    order: "a",
    role: "plain",
    level,
    dir: "ltr",
    relation: null,
    spans,
  };
  return { kind: "report", paragraphs: [paragraph], hidden: [] };
};

/** The lines of each paragraph as they read. */
function linesOf(html: string): string[][] {
  return html
    .split("<section ")
    .slice(1)
    .map((section) =>
      [...section.matchAll(/<span class="ln">(.*?)<\/span>/gs)].map(([, inner = ""]) =>
        inner
          .replace(/<[^>]*>/g, "")
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&"),
      ),
    );
}

const words = fc
  .array(fc.stringMatching(/^[a-z<>&"'é]{1,90}$/), { maxLength: 60 })
  .map((all) => all.join(" "));

describe("numbered lines", () => {
  it("[CP8] give back every word, break at spaces alone, and are at most 76 characters long", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 4 }), (text, level) => {
        const [lines = []] = linesOf(numberedHtml(documentOf([{ text }], level), "en"));
        expect(lines.join("")).toBe(text);
        for (const line of lines) {
          const width = Math.max(40, 76 - level * 4);
          // A word longer than the line stands alone on one.
          if (line.trimEnd().includes(" ")) expect(line.trimEnd().length).toBeLessThanOrEqual(width);
        }
        for (const line of lines.slice(0, -1)) expect(line.endsWith(" ")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("[CP8] are the same on every screen: the lines do not depend on formatting", () => {
    const text = `${"Recalls the decision of the body and of its bureau ".repeat(5)}today.`;
    const bare = linesOf(numberedHtml(documentOf([{ text }]), "en"));
    const half = 117;
    const formatted = documentOf([
      { text: text.slice(0, 20), em: true },
      { text: text.slice(20, half), strong: true },
      { text: text.slice(half) },
    ]);
    expect(linesOf(numberedHtml(formatted, "en"))).toEqual(bare);
    expect(bare[0]?.length).toBe(4);
  });

  it("[CP9] carry markup of ours alone: what was typed stays words", () => {
    const html = numberedHtml(documentOf([{ text: '<img src=x onerror="alert(1)"> & </span>' }]), "en");
    expect(html).not.toContain("<img");
    expect(html.match(/<span /g)).toHaveLength(1);
    expect(linesOf(html)).toEqual([['<img src=x onerror="alert(1)"> & </span>']]);
  });

  it("[CP8] [LB9] keep an italic opening over a line's end closed in each line", () => {
    const text = `${"Recalling ".repeat(12)}that,`;
    const html = numberedHtml(documentOf([{ text, em: true }]), "en");
    for (const [, inner = ""] of html.matchAll(/<span class="ln">(.*?)<\/span>/gs)) {
      expect(inner.match(/<i>/g)?.length).toBe(inner.match(/<\/i>/g)?.length);
      expect(inner.startsWith("<i>")).toBe(true);
    }
  });
});

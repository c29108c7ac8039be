import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Paragraph, Span } from "#collab/document.ts";
import { createPaperCache, paperDelta, paperHtml, paperParagraphs } from "#collab/paper.ts";
import type { PaperDelta, PaperParagraph } from "#collab/paper.ts";
import { ANA, BEN, Draft } from "#test/support/draft.ts";

function htmlOf(draft: Draft, id: string, locks: readonly string[] = []): string {
  const paper = paperParagraphs(draft.document(), { locks: new Set(locks) });
  return paper.find((paragraph) => paragraph.id === id)?.html ?? "";
}

/** What a page does with a delta. */
function applied(previous: readonly PaperParagraph[], delta: PaperDelta): { id: string; html: string }[] {
  let page = previous.map(({ id, html }) => ({ id, html })).filter(({ id }) => !delta.removed.includes(id));
  for (const { id, html, after } of delta.set) {
    const at = page.findIndex((one) => one.id === id);
    if (at >= 0) page[at] = { id, html };
    else page.splice(after === null ? 0 : page.findIndex((one) => one.id === after) + 1, 0, { id, html });
  }
  const { order } = delta;
  if (order) page = [...page].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return page;
}

describe("paper", () => {
  it("[LB9] sets a paragraph as a section with gutter, words and margin", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides to meet [annually];");
    expect(htmlOf(draft, id)).toBe(
      '<section class="para" id="p-p1" data-role="op" data-level="0" aria-label="operative paragraph 1">' +
        '<div class="gut"><span class="lab"><bdi>OP1</bdi></span></div>' +
        '<p class="txt" dir="auto" lang="en"><i class="opening">Decides</i> to meet ' +
        '<span class="b">[</span>annually<span class="b z">]</span>;</p><div class="mar"></div></section>',
    );
  });

  it("[BR11] sets a glyph as its sign, with its number drawn at both ends and read aloud", () => {
    const paragraph = (id: string, spans: Paragraph["spans"]): Paragraph => {
      return { id, role: "plain", level: 0, relation: null, dir: "auto", order: id, spans };
    };
    const glyph = (bracket: string, side: "open" | "close"): Span => {
      return { kind: "bracket", bracket, side, ids: [[1, 0, 1]] };
    };
    const words: Span = { kind: "words", text: "x", ids: [[1, 0, 1]] };
    const open = paragraph("p1", [glyph("a", "open"), words, glyph("b", "open"), glyph("b", "close")]);
    const close = paragraph("p2", [glyph("a", "close"), glyph("<c", "open")]);
    const cache = createPaperCache();
    const html = (...paragraphs: Paragraph[]): string[] =>
      paperParagraphs({ kind: "statement", paragraphs, hidden: [] }, { cache }).map(
        (one) => /lang="en">(.*)<\/p>/.exec(one.html)?.[1] ?? "",
      );
    expect(html(open, close)).toEqual([
      '<span class="b" data-n="1" data-bracket="a" role="img" aria-label="bracket 1 opens">[</span>x' +
        '<span class="b" data-n="2" data-bracket="b" role="img" aria-label="bracket 2 opens">[</span>' +
        '<span class="b z" data-n="2" data-bracket="b" role="img" aria-label="bracket 2 closes">]</span>',
      '<span class="b z" data-n="1" data-bracket="a" role="img" aria-label="bracket 1 closes">]</span>' +
        '<span class="b lone" data-bracket="&lt;c" role="img" aria-label="bracket without its other end">[</span>',
    ]);
    // The paragraph's own value is the same, its number is not.
    expect(html(open)[0]).toContain('<span class="b" data-n="1" data-bracket="b"');
  });

  it("[LB9] says in words and with a mark that a paragraph is locked", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides;");
    const html = htmlOf(draft, id, [id]);
    expect(html).toContain('aria-label="operative paragraph 1, locked"');
    expect(html).toContain('<use href="#i-locked"/></svg> Locked</span>');
  });

  it("[LB9] sets headings as headings", () => {
    const draft = new Draft("report");
    const ids = [0, 1, 2, 3].map((level) => draft.add(ANA, "heading", `Level ${level}`, { level }));
    expect(ids.map((id) => /<h\d/.exec(htmlOf(draft, id))?.[0])).toEqual(["<h2", "<h3", "<h4", "<h4"]);
  });

  it("[LB9] links a reference to its note and the note back to the first reference", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides;");
    const again = draft.add(ANA, "op", "Requests;");
    const note = draft.add(ANA, "footnote", "See A/79/214.");
    draft.refer(ANA, id, 8, note);
    draft.refer(ANA, again, 8, note);
    expect(htmlOf(draft, id)).toContain(
      `<a id="r-${note}" href="#p-${note}" role="doc-noteref" aria-label="note 1">1</a>`,
    );
    expect(htmlOf(draft, again)).toContain(`<a href="#p-${note}"`);
    expect(htmlOf(draft, note)).toContain(`href="#r-${note}" role="doc-backlink"`);
    expect(htmlOf(draft, note)).toContain('<h2 class="notes">Notes</h2>');
  });

  it("[LB10] escapes every word and gives no identity of a character away", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff), { maxLength: 120 }).map((codes) => String.fromCharCode(...codes)),
        (words) => {
          const draft = new Draft();
          draft.add({ ...ANA, client: 987_654_321 }, "op", `<script>"'&${words}`);
          const html = paperHtml(draft.document());
          const kept = html.replaceAll(
            /<\/?(?:section|div|span|bdi|p|i|sup)(?: (?:[a-z-]+="[^"<>]*" ?)+)?>/g,
            "",
          );
          expect(kept).not.toMatch(/[<>"']/);
          expect(kept).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
          expect(html).not.toContain("987654321");
        },
      ),
    );
  });

  it("[LB11] tells the smallest change: one paragraph typed in, one section sent", () => {
    const draft = new Draft();
    for (const word of ["one", "two", "three"]) draft.add(ANA, "op", `Decides ${word};`);
    const before = paperParagraphs(draft.document());
    draft.type(BEN, "p2", 7, " on");
    const delta = paperDelta(before, paperParagraphs(draft.document()));
    expect([delta.set.map(({ id }) => id), delta.removed, delta.order]).toEqual([["p2"], [], undefined]);
  });

  it("[LB11] sends paragraphs again whose label changed", () => {
    const draft = new Draft();
    for (const word of ["one", "two", "three"]) draft.add(ANA, "op", `Decides ${word};`);
    const before = paperParagraphs(draft.document());
    draft.remove(BEN, "p1");
    const delta = paperDelta(before, paperParagraphs(draft.document()));
    expect([delta.set.map(({ id }) => id), delta.removed]).toEqual([["p2", "p3"], ["p1"]]);
  });

  const act = fc.record({
    kind: fc.constantFrom("add", "type", "move", "remove", "call", "split", "refer"),
    n: fc.nat(20),
    m: fc.nat(60),
  });

  it("[LB11] a page that takes the delta shows the new paper, with the cache as without", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.nat(25), (acts, cut) => {
        const draft = new Draft();
        draft.add(ANA, "op", "Decides to meet;");
        const note = draft.add(ANA, "footnote", "See A.");
        const cache = createPaperCache();
        let before = paperParagraphs(draft.document(), { cache });
        const locks = new Set<string>();
        for (const [at, { kind, n, m }] of acts.entries()) {
          const live = draft.live().filter((id) => id !== note);
          const id = live[n % Math.max(1, live.length)];
          if (id === undefined || kind === "add")
            draft.add(ANA, "op", "Requests help;", id === undefined ? {} : { after: id });
          else if (kind === "type") draft.type(ANA, id, m % (draft.words(id).length + 1), "now ");
          else if (kind === "move") draft.move(ANA, id, m % live.length);
          else if (kind === "remove") draft.remove(ANA, id);
          else if (kind === "call") draft.call(ANA, id, m % 2 ? "pp" : "op", m % 3);
          else if (kind === "split") draft.split(ANA, id, m % (draft.words(id).length + 1));
          else draft.refer(ANA, id, 0, note);
          if (m % 5 === 0 && id !== undefined) locks.add(id);
          if (at !== cut && at !== acts.length - 1) continue;
          const document = draft.document();
          const next = paperParagraphs(document, { cache, locks });
          expect(next).toEqual(paperParagraphs(document, { locks }));
          expect(applied(before, paperDelta(before, next))).toEqual(
            next.map(({ id, html }) => ({ id, html })),
          );
          before = next;
        }
      }),
    );
  });
});

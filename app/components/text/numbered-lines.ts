/**
 * A version with numbered lines. Lines are broken here, after so many characters, and not by the browser: line 14 is
 * line 14 on every screen and every printer, so that delegations can speak of it.
 */
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { plainWords } from "#collab/document.ts";
import { escapeHtml } from "#collab/escape.ts";
import { type Label, labelsOf } from "#collab/labels.ts";
import { type Reference, referencesIn } from "#collab/references.ts";
import { openingLength } from "#collab/openings.ts";

/** Characters in a line of a paragraph at the margin; each level takes some away. */
const LINE = 76;
const INDENT = 4;
const NARROWEST = 40;

/** A stretch of equal formatting. `html` is given for what is no word of the paragraph: a reference to a note. */
type Bit = { readonly text: string; readonly em: boolean; readonly strong: boolean; readonly html?: string };

function bitsOf(
  paragraph: Paragraph,
  labels: ReadonlyMap<string, Label>,
  references: ReadonlyMap<string, Reference>,
): Bit[] {
  const opening = openingLength(paragraph.role, plainWords(paragraph));
  const bits: Bit[] = [];
  let at = 0;
  for (const span of paragraph.spans) {
    if (span.kind === "note") {
      const number = labels.get(span.note)?.number ?? "–";
      const html = `<sup class="fn"><a href="#p-${escapeHtml(span.note)}" role="doc-noteref">${escapeHtml(number)}</a></sup>`;
      bits.push({ text: "", em: false, strong: false, html });
      continue;
    }
    if (span.kind === "reference") {
      const text = references.get(span.to)?.text ?? "";
      bits.push({ text, em: at < opening, strong: false });
      continue;
    }
    const text = span.kind === "words" ? span.text : span.side === "open" ? "[" : "]";
    const em = span.kind === "words" && span.em === true;
    const strong = span.kind === "words" && span.strong === true;
    const cut = Math.min(Math.max(opening - at, 0), text.length);
    if (cut > 0) bits.push({ text: text.slice(0, cut), em: true, strong });
    if (cut < text.length) bits.push({ text: text.slice(cut), em, strong });
    at += text.length;
  }
  return bits;
}

function bitHtml({ text, em, strong, html }: Bit): string {
  if (html !== undefined) return html;
  let words = escapeHtml(text);
  if (em) words = `<i>${words}</i>`;
  return strong ? `<strong>${words}</strong>` : words;
}

/** Breaks at spaces; a word longer than the line stands alone on one. Returns where each line ends. */
function lineEnds(words: string, width: number): number[] {
  const ends: number[] = [];
  let start = 0;
  while (words.length - start > width) {
    let end = words.lastIndexOf(" ", start + width);
    if (end <= start) end = words.indexOf(" ", start + width);
    if (end < 0) break;
    ends.push(end + 1);
    start = end + 1;
  }
  ends.push(words.length);
  return ends;
}

function linesOf(
  paragraph: Paragraph,
  labels: ReadonlyMap<string, Label>,
  references: ReadonlyMap<string, Reference>,
): string[] {
  const width = Math.max(NARROWEST, LINE - paragraph.level * INDENT);
  const bits = bitsOf(paragraph, labels, references);
  const words = bits.map(({ text }) => text).join("");
  const lines: string[] = [];
  let bit = 0;
  let used = 0;
  let at = 0;
  for (const end of lineEnds(words, width)) {
    let html = "";
    while (bit < bits.length) {
      const now = bits[bit];
      if (!now) break;
      if (now.html !== undefined) {
        html += now.html;
        bit += 1;
        continue;
      }
      const take = Math.min(now.text.length - used, end - at);
      if (take > 0) html += bitHtml({ ...now, text: now.text.slice(used, used + take) });
      used += take;
      at += take;
      if (used < now.text.length) break;
      bit += 1;
      used = 0;
    }
    lines.push(html);
  }
  return lines;
}

function tagOf({ role, level }: Paragraph): string {
  if (role === "annex") return "h2";
  return role === "heading" ? `h${Math.min(2 + level, 4)}` : "p";
}

/** The sections of the paper with each line as a block of its own; the style sheet counts them. */
export function numberedHtml(document: TextDocument, lang: string): string {
  const labels = labelsOf(document);
  const references = referencesIn(document, labels);
  return document.paragraphs
    .map((paragraph) => {
      const { id, role, level, dir } = paragraph;
      const tag = tagOf(paragraph);
      const lab = labels.get(id)?.within ?? "";
      const lines = linesOf(paragraph, labels, references).map((html) => `<span class="ln">${html}</span>`);
      return (
        `<section class="para" id="p-${escapeHtml(id)}" data-role="${role}" data-level="${level}">` +
        `<div class="gut">${lab === "" ? "" : `<span class="lab"><bdi>${escapeHtml(lab)}</bdi></span>`}</div>` +
        `<${tag} class="txt" dir="${dir}" lang="${escapeHtml(lang)}">${lines.join("")}</${tag}></section>`
      );
    })
    .join("\n");
}

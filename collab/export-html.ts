/**
 * A wording as a stand-alone HTML file in the layout of a United Nations document: masthead, labels, brackets,
 * footnotes, on request line numbers. No script, nothing fetched; ready to print.
 */
import type { TextDocument } from "./document.ts";
import { escapeHtml } from "./escape.ts";
import { paperHtml } from "./paper.ts";
import type { PaperWords } from "./paper.ts";

/** What stands above the text. Empty strings are left out. */
export type Masthead = {
  readonly body: string;
  readonly session: string;
  readonly agendaItem: string;
  /** "A/AC.300/2027/CRP.2" */
  readonly symbol: string;
  /** As it is to be read: "11 May 2027". */
  readonly date: string;
  readonly title: string;
  /** "Rev.1", "Zero draft", … */
  readonly version: string;
  /** Printed at the foot, so that the wording can be checked against the log; "" when not issued. */
  readonly chainHead: string;
};

export type ExportOptions = {
  readonly lang?: string;
  readonly lineNumbers?: boolean;
  readonly words?: PaperWords;
  readonly exportWords?: ExportWords;
};

/** Words that the file itself says, from the message catalogue. */
type ExportWords = { readonly chainHead: string };
const ENGLISH_EXPORT_WORDS: ExportWords = {
  chainHead: "Head of the record",
};

const RIGHT_TO_LEFT = /^(ar|he|fa|ur)\b/i;

/** Bidi isolates keep "A/AC.300/CRP.2" in one piece within Arabic. */
function isolated(code: string): string {
  return `<bdi dir="ltr">${escapeHtml(code)}</bdi>`;
}

/** More lines than any text fills; the column is cut off where the text ends. */
const LINE_NUMBERS = 4_800;

const STYLE = `
@page { size: A4; margin: 2.2cm 2cm 2.4cm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-inline-size: 46rem; color: #000; background: #fff; font: 400 11pt/1.5 "Source Serif 4", "Noto Naskh Arabic", "Times New Roman", Times, serif; }
.mast { border-block-end: 1.5pt solid #000; margin-block-end: 1.2em; }
.mast .top { display: flex; justify-content: space-between; gap: 1em; align-items: end; border-block-end: .5pt solid #000; padding-block-end: .3em; }
.mast .organ { font-size: 15pt; font-weight: 700; }
.mast .symbol { font-size: 13pt; font-weight: 700; white-space: nowrap; }
.mast .facts { display: flex; justify-content: space-between; gap: 1em; padding-block: .5em 1em; }
.mast p { margin: 0; }
h1 { font-size: 15pt; line-height: 1.25; margin: .2em 0 .8em; }
.para { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); column-gap: .8em; padding-block: .35em; break-inside: auto; }
.para[data-level="1"] .txt { margin-inline-start: 1.8em; }
.para[data-level="2"] .txt { margin-inline-start: 3.6em; }
.para[data-level="3"] .txt, .para[data-level="4"] .txt, .para[data-level="5"] .txt { margin-inline-start: 5.4em; }
.para > h2.notes { grid-column: 1 / -1; font-size: 11pt; border-block-start: .5pt solid #000; padding-block-start: .6em; margin: 1.2em 0 .4em; }
.gut { font-size: 9pt; font-weight: 600; padding-block-start: .15em; }
.gut .rel { display: block; font-weight: 400; }
.gut svg, .mar, .back { display: none; }
.txt { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; orphans: 2; widows: 2; }
h2.txt, h3.txt, h4.txt { font-size: 12pt; break-after: avoid; }
[data-role="footnote"] .txt { font-size: 9.5pt; }
.b { font-weight: 700; line-height: 1; }
sup { font-size: .7em; line-height: 0; }
a { color: inherit; text-decoration: none; }
:lang(ar) .opening { font-style: normal; font-weight: 700; }
.foot { margin-block-start: 2em; border-block-start: .5pt solid #000; padding-block-start: .4em; font-size: 8pt; overflow-wrap: anywhere; }
/* With line numbers every line sits on one grid, so that the figures stand beside their lines. */
.numbered .para { padding-block: 0; margin-block-end: 16.5pt; }
.numbered .para, .numbered .txt, .numbered .gut, .numbered .gut .rel, .numbered h2.notes { line-height: 16.5pt; padding-block: 0; margin-block-start: 0; }
.numbered .txt { orphans: 1; widows: 1; }
.numbered .para > h2.notes { border: 0; margin: 0; }
.numbered .para:last-child { margin-block-end: 0; }
.numbered { position: relative; padding-inline-start: 2.6em; }
.lines { position: absolute; inset-block: 0; inset-inline-start: 0; inline-size: 2em; margin: 0; overflow: hidden; text-align: end; color: #444; font-size: 8pt; line-height: 16.5pt; white-space: pre; user-select: none; }
@media print { body { padding: 0; max-inline-size: none; } }
`.trim();

function lineNumberColumn(): string {
  const lines = Array.from({ length: LINE_NUMBERS }, (_line, at) => ((at + 1) % 5 === 0 ? `${at + 1}` : ""));
  return `<pre class="lines" aria-hidden="true">${lines.join("\n")}</pre>`;
}

function line(tag: string, name: string, html: string): string {
  return html === "" ? "" : `<${tag} class="${name}">${html}</${tag}>`;
}

/** The whole file as a string. Everything that people typed is escaped; codes are isolated from right-to-left words. */
export function exportHtml(document: TextDocument, masthead: Masthead, options: ExportOptions = {}): string {
  const lang = options.lang ?? "en";
  const dir = RIGHT_TO_LEFT.test(lang) ? "rtl" : "ltr";
  const words = options.exportWords ?? ENGLISH_EXPORT_WORDS;
  const version = masthead.version === "" ? "" : isolated(masthead.version);
  const paper = paperHtml(document, { lang, ...(options.words ? { words: options.words } : {}) });
  const numbered = options.lineNumbers ? `<div class="numbered">${lineNumberColumn()}${paper}</div>` : paper;
  const head =
    masthead.chainHead === ""
      ? ""
      : `<footer class="foot">${escapeHtml(words.chainHead)}: ${isolated(masthead.chainHead)}</footer>`;
  return `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml([masthead.symbol, masthead.title, masthead.version].filter((part) => part !== "").join(" · "))}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="mast">
<div class="top">${line("p", "organ", escapeHtml(masthead.body))}${line("p", "symbol", masthead.symbol && isolated(masthead.symbol))}</div>
<div class="facts"><div>${line("p", "session", escapeHtml(masthead.session))}${line("p", "item", escapeHtml(masthead.agendaItem))}</div><div>${line("p", "date", escapeHtml(masthead.date))}${line("p", "version", version)}</div></div>
</header>
<main>
<h1>${escapeHtml(masthead.title)}</h1>
${numbered}
</main>
${head}
</body>
</html>
`;
}

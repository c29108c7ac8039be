/**
 * The text on paper: HTML for the first response, for readers' deltas and for print. Readers get words and labels,
 * never the identities of characters, from which others' work could be read.
 */
import { bracketsOf } from "./brackets.ts";
import type { BracketReading } from "./brackets.ts";
import { plainWords } from "./document.ts";
import type { Paragraph, Span, TextDocument } from "./document.ts";
import { escapeHtml } from "./escape.ts";
import { ENGLISH_LABEL_WORDS, labelsOf } from "./labels.ts";
import type { Label, LabelWords } from "./labels.ts";
import type { Direction, Role } from "./model.ts";
import { ENGLISH_REFERENCE_WORDS, referencesIn } from "./references.ts";
import type { Reference, ReferenceWords } from "./references.ts";
import { openingLength } from "./openings.ts";

/** One paragraph as readers get it. */
export type PaperParagraph = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
  readonly dir: Direction;
  readonly label: string;
  readonly number: string;
  readonly spoken: string;
  readonly locked: boolean;
  /** The whole section, gutter and margin included. */
  readonly html: string;
};

/** Words the paper itself says, from the message catalogue; English when none are given. */
export type PaperWords = {
  readonly labels: LabelWords;
  readonly locked: string;
  readonly notes: string;
  readonly backToText: string;
  readonly note: string;
  /** Read aloud for a glyph, with "{n}" for its number; and for one that has no partner. */
  readonly bracketOpens: string;
  readonly bracketCloses: string;
  readonly bracketAlone: string;
  readonly references: ReferenceWords;
};

const ENGLISH_PAPER_WORDS: PaperWords = {
  labels: ENGLISH_LABEL_WORDS,
  locked: "Locked",
  notes: "Notes",
  backToText: "Back to the text",
  note: "note",
  bracketOpens: "bracket {n} opens",
  bracketCloses: "bracket {n} closes",
  bracketAlone: "bracket without its other end",
  references: ENGLISH_REFERENCE_WORDS,
};

export type PaperOptions = {
  readonly locks?: ReadonlySet<string>;
  /** BCP 47 tag of the language the text is written in. */
  readonly lang?: string;
  readonly words?: PaperWords;
  /** Kept by the caller from one paper to the next of the same text; see `createPaperCache`. */
  readonly cache?: PaperCache;
};

/** Papers of paragraph values that have not changed, with what they were made under. */
export type PaperCache = WeakMap<Paragraph, { readonly setting: string; readonly paper: PaperParagraph }>;

/** A live text keeps one, so that only paragraphs whose value or label changed are written anew. One language each. */
export function createPaperCache(): PaperCache {
  return new WeakMap();
}

/** What a paragraph's HTML depends on besides the paragraph itself. */
type ParagraphSetting = {
  readonly label: Label;
  readonly labels: ReadonlyMap<string, Label>;
  readonly locked: boolean;
  readonly lang: string;
  readonly words: PaperWords;
  /** References that stand first and carry the place to which the note leads back. */
  readonly firstReferences: ReadonlyMap<string, string>;
  /** The brackets of the whole text. */
  readonly brackets: BracketReading;
  /** What references to paragraphs say. */
  readonly references: ReadonlyMap<string, Reference>;
  /** The first of the notes is headed. */
  readonly firstNote: boolean;
};

/** Where each note is referred to first: note id → paragraph id. */
function firstReferencesOf(document: TextDocument): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const paragraph of document.paragraphs) {
    if (paragraph.role === "footnote") continue;
    for (const span of paragraph.spans) {
      if (span.kind === "note" && !first.has(span.note)) first.set(span.note, paragraph.id);
    }
  }
  return first;
}

function bracketHtml(side: "open" | "close"): string {
  return side === "open" ? '<span class="b">[</span>' : '<span class="b z">]</span>';
}

/** A glyph with its number, which is drawn and read aloud and never part of the words. */
function glyphHtml(glyph: Extract<Span, { readonly kind: "bracket" }>, setting: ParagraphSetting): string {
  const { words, brackets } = setting;
  const isOpening = glyph.side === "open";
  const number = brackets.byId.get(glyph.bracket)?.number;
  const name =
    number === undefined
      ? words.bracketAlone
      : (isOpening ? words.bracketOpens : words.bracketCloses).replace("{n}", String(number));
  const classes = `b${isOpening ? "" : " z"}${number === undefined ? " lone" : ""}`;
  const drawn = number === undefined ? "" : ` data-n="${number}"`;
  const about = `data-bracket="${escapeHtml(glyph.bracket)}" role="img" aria-label="${escapeHtml(name)}"`;
  return `<span class="${classes}"${drawn} ${about}>${isOpening ? "[" : "]"}</span>`;
}

function wordsHtml(text: string): string {
  const html = escapeHtml(text);
  if (!html.includes("[") && !html.includes("]")) return html;
  return html.replace(/[[\]]/g, (glyph) => bracketHtml(glyph === "[" ? "open" : "close"));
}

function formatted(text: string, em: boolean, strong: boolean): string {
  let html = wordsHtml(text);
  if (em) html = `<em>${html}</em>`;
  if (strong) html = `<strong>${html}</strong>`;
  return html;
}

function referenceHtml(note: string, setting: ParagraphSetting, anchored: boolean): string {
  const number = setting.labels.get(note)?.number ?? "–";
  const id = anchored ? ` id="r-${escapeHtml(note)}"` : "";
  const name = escapeHtml(`${setting.words.note} ${number}`);
  return `<sup class="fn"><a${id} href="#p-${escapeHtml(note)}" role="doc-noteref" aria-label="${name}">${escapeHtml(number)}</a></sup>`;
}

/** A link to the paragraph that it names; of one that is deleted or unknown, words that say so. */
function paragraphLinkHtml(to: string, setting: ParagraphSetting): string {
  const reference = setting.references.get(to);
  if (!reference) return "";
  const text = `<bdi>${escapeHtml(reference.text)}</bdi>`;
  if (!reference.isLive) return `<span class="xref gone">${text}</span>`;
  return `<a class="xref" href="#p-${escapeHtml(to)}" aria-label="${escapeHtml(reference.spoken)}">${text}</a>`;
}

/** The words of a paragraph as HTML: opening words, formatting, brackets, footnote references. */
function wordsOfParagraphHtml(paragraph: Paragraph, setting: ParagraphSetting): string {
  const opening = openingLength(paragraph.role, plainWords(paragraph));
  const anchored = new Set<string>();
  let before = "";
  let after = "";
  let at = 0;
  for (const span of paragraph.spans) {
    if (span.kind === "note") {
      const first = setting.firstReferences.get(span.note) === paragraph.id && !anchored.has(span.note);
      anchored.add(span.note);
      const html = referenceHtml(span.note, setting, first);
      if (at < opening) before += html;
      else after += html;
      continue;
    }
    if (span.kind === "reference") {
      const html = paragraphLinkHtml(span.to, setting);
      if (at < opening) before += html;
      else after += html;
      continue;
    }
    if (span.kind === "bracket") {
      const html = glyphHtml(span, setting);
      if (at < opening) before += html;
      else after += html;
      at += 1;
      continue;
    }
    const { text } = span;
    const em = span.em === true;
    const strong = span.strong === true;
    const cut = Math.min(Math.max(opening - at, 0), text.length);
    // The opening is in italics as a whole; italics typed inside it would say the same twice.
    if (cut > 0) before += formatted(text.slice(0, cut), false, strong);
    if (cut < text.length) after += formatted(text.slice(cut), em, strong);
    at += text.length;
  }
  return before === "" ? after : `<i class="opening">${before}</i>${after}`;
}

function headingTag(paragraph: Paragraph): string {
  if (paragraph.role === "annex") return "h2";
  if (paragraph.role !== "heading") return "p";
  return `h${Math.min(2 + paragraph.level, 4)}`;
}

function gutterHtml(setting: ParagraphSetting): string {
  const { label, locked, words } = setting;
  const lab = label.within === "" ? "" : `<span class="lab"><bdi>${escapeHtml(label.within)}</bdi></span>`;
  const place = label.place === "" ? "" : `<span class="rel"><bdi>${escapeHtml(label.place)}</bdi></span>`;
  const told = label.told === "" ? "" : `<span class="rel">${escapeHtml(label.told)}</span>`;
  const mark = locked
    ? `<span class="st locked"><svg class="i" aria-hidden="true"><use href="#i-locked"/></svg> ${escapeHtml(words.locked)}</span>`
    : "";
  return `<div class="gut">${lab}${told}${place}${mark}</div>`;
}

/** One paragraph as a section with gutter, words and margin; everything that people typed is escaped. */
function sectionHtml(paragraph: Paragraph, setting: ParagraphSetting): string {
  const { label, locked, lang, words } = setting;
  const tag = headingTag(paragraph);
  const id = escapeHtml(paragraph.id);
  const name = [label.spoken, label.told, locked ? words.locked.toLowerCase() : ""]
    .filter((part) => part !== "")
    .join(", ");
  const named = name === "" || tag !== "p" ? "" : ` aria-label="${escapeHtml(name)}"`;
  const isNote = paragraph.role === "footnote";
  const head = isNote && setting.firstNote ? `<h2 class="notes">${escapeHtml(words.notes)}</h2>` : "";
  const back =
    isNote && setting.firstReferences.has(paragraph.id)
      ? ` <a class="back" href="#r-${id}" role="doc-backlink" aria-label="${escapeHtml(words.backToText)}">↩</a>`
      : "";
  const inner = wordsOfParagraphHtml(paragraph, setting);
  return (
    `<section class="para" id="p-${id}" data-role="${paragraph.role}" data-level="${paragraph.level}"${named}>${head}` +
    `${gutterHtml(setting)}<${tag} class="txt" dir="${paragraph.dir}" lang="${escapeHtml(lang)}">${inner}${back}</${tag}>` +
    `<div class="mar"></div></section>`
  );
}

const NO_LABEL: Label = { short: "", within: "", place: "", number: "", spoken: "", told: "" };

/** Everything outside the paragraph's own value that its HTML shows. */
function settingKey(paragraph: Paragraph, setting: ParagraphSetting): string {
  let key = `${setting.locked ? 1 : 0}${setting.firstNote ? 1 : 0} ${setting.lang} ${setting.label.short}`;
  if (paragraph.role === "footnote") key += setting.firstReferences.has(paragraph.id) ? " back" : "";
  for (const span of paragraph.spans) {
    if (span.kind === "bracket") key += ` [${setting.brackets.byId.get(span.bracket)?.number ?? ""}`;
    if (span.kind === "reference") key += ` @${setting.references.get(span.to)?.text ?? ""}`;
    if (span.kind !== "note") continue;
    const first = setting.firstReferences.get(span.note) === paragraph.id;
    key += ` ${setting.labels.get(span.note)?.number ?? ""}${first ? "!" : ""}`;
  }
  return key;
}

function paperOf(paragraph: Paragraph, setting: ParagraphSetting): PaperParagraph {
  const { id, role, level, dir } = paragraph;
  const { short, number, spoken } = setting.label;
  const html = sectionHtml(paragraph, setting);
  return { id, role, level, dir, label: short, number, spoken, locked: setting.locked, html };
}

/** The live paragraphs as readers get them, in reading order, footnotes last. */
export function paperParagraphs(document: TextDocument, options: PaperOptions = {}): PaperParagraph[] {
  const words = options.words ?? ENGLISH_PAPER_WORDS;
  const labels = labelsOf(document, words.labels);
  const firstReferences = firstReferencesOf(document);
  const brackets = bracketsOf(document);
  const references = referencesIn(document, labels, words);
  const firstNote = document.paragraphs.find((paragraph) => paragraph.role === "footnote");
  return document.paragraphs.map((paragraph) => {
    const setting: ParagraphSetting = {
      label: labels.get(paragraph.id) ?? NO_LABEL,
      labels,
      locked: options.locks?.has(paragraph.id) ?? false,
      lang: options.lang ?? "en",
      words,
      firstReferences,
      brackets,
      references,
      firstNote: paragraph === firstNote,
    };
    if (!options.cache) return paperOf(paragraph, setting);
    const key = settingKey(paragraph, setting);
    const cached = options.cache.get(paragraph);
    if (cached?.setting === key) return cached.paper;
    const paper = paperOf(paragraph, setting);
    options.cache.set(paragraph, { setting: key, paper });
    return paper;
  });
}

/** The whole text as HTML: the sections one after another, the notes last under their heading. */
export function paperHtml(document: TextDocument, options: PaperOptions = {}): string {
  return paperParagraphs(document, options)
    .map((paragraph) => paragraph.html)
    .join("\n");
}

/**
 * The smallest change from one paper to the next. A page first takes out `removed`, then for each of `set` replaces
 * the section of that id or puts it behind `after` (null: first), and last, when `order` is there, sorts by it.
 */
export type PaperDelta = {
  readonly set: readonly { readonly id: string; readonly html: string; readonly after: string | null }[];
  readonly removed: readonly string[];
  readonly order?: readonly string[];
};

export function paperDelta(previous: readonly PaperParagraph[], next: readonly PaperParagraph[]): PaperDelta {
  const before = new Map(previous.map((paragraph) => [paragraph.id, paragraph.html]));
  const kept = new Set(next.map((paragraph) => paragraph.id));
  const removed = previous.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const set: { id: string; html: string; after: string | null }[] = [];
  let after: string | null = null;
  for (const { id, html } of next) {
    if (before.get(id) !== html) set.push({ id, html, after });
    after = id;
  }
  const stayed = previous.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  const nowStayed = next.filter(({ id }) => before.has(id)).map(({ id }) => id);
  const inOrder = stayed.every((id, at) => id === nowStayed[at]);
  return inOrder ? { set, removed } : { set, removed, order: next.map(({ id }) => id) };
}

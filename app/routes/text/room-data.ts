/** What the text room needs beside the words themselves, as plain values. */
import type { AppLoadContext } from "#app/commands/context.ts";
import {
  countParagraphs,
  OUTLINE_START,
  outlineHtml,
  type OutlineRow,
} from "#app/components/text/outline.tsx";
import { type ChippedBracket, chippedHtml } from "#app/components/text/bracket-chips.ts";
import { markedHtml } from "#app/components/text/marked-html.ts";
import type { AboutText, DeletedParagraph } from "#app/components/text/panel.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import { actsOn } from "#collab/attribution.ts";
import { plainWords, type TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { paperHtml } from "#collab/paper.ts";
import { listDrafters } from "#db/stores/drafter.ts";
import { listDelegationsForAudience } from "#db/stores/text-audience.ts";
import { authorsOf } from "./authors.ts";
import type { NamedWording, OpenText } from "./open-text.ts";

/** The outline of a document: labels and the first words of each paragraph, never the whole. */
export function outlineOf(document: TextDocument, locks: ReadonlySet<string>): OutlineRow[] {
  const labels = labelsOf(document);
  return document.paragraphs.map((paragraph) => ({
    id: paragraph.id,
    label: labels.get(paragraph.id)?.within ?? "",
    role: paragraph.role,
    level: paragraph.level,
    start: plainWords(paragraph).slice(0, OUTLINE_START),
    locked: locks.has(paragraph.id),
  }));
}

/** Puts the live paper where the server's rendering finds it, and tells what stands on it. `mark`: what somebody looked for. */
export async function openLivePaper(
  context: AppLoadContext,
  textId: string,
  {
    mark = null,
    brackets = [],
  }: { readonly mark?: string | null; readonly brackets?: readonly ChippedBracket[] } = {},
): Promise<{ readonly seq: number; readonly count: number }> {
  const { seq, paragraphs } = await context.rooms.paper(textId);
  const html = paragraphs.map((paragraph) => paragraph.html).join("\n");
  context.paper.set(textId, markedHtml(chippedHtml(html, brackets), mark));
  const { document } = await context.rooms.wording(textId);
  const locks = new Set(paragraphs.filter((paragraph) => paragraph.locked).map((paragraph) => paragraph.id));
  return { seq, count: openOutline(context, textId, outlineOf(document, locks)) };
}

/** The same for a version, which never changes; returns how many paragraphs it has. */
export function openVersionPaper(
  context: AppLoadContext,
  wording: NamedWording,
  {
    lang,
    mark = null,
    brackets = [],
  }: {
    readonly lang: string;
    readonly mark?: string | null;
    readonly brackets?: readonly ChippedBracket[];
  },
): number {
  const html = chippedHtml(paperHtml(wording.document, { lang }), brackets);
  context.paper.set(wording.id, markedHtml(html, mark));
  return openOutline(context, wording.id, outlineOf(wording.document, new Set()));
}

/** Puts the outline beside the paper; returns how many paragraphs it counts. */
function openOutline(context: AppLoadContext, id: string, rows: readonly OutlineRow[]): number {
  context.paper.set(
    `outline:${id}`,
    outlineHtml(rows, { locked: createTranslator(context.language).t("text:room.locked") }),
  );
  return countParagraphs(rows);
}

/**
 * Deleted paragraphs that hold words: first those with words that nobody decided to delete, then the latest deletion
 * first. For the bureau.
 */
export async function deletedParagraphs(
  context: AppLoadContext,
  { text }: OpenText,
): Promise<DeletedParagraph[]> {
  const { document, attribution, lateWords } = await context.rooms.inside(text.id);
  const deletions = document.hidden.map((paragraph) => ({
    id: paragraph.id,
    words: plainWords(paragraph),
    stamp: actsOn(attribution, paragraph.id).findLast(({ act }) => act === "deleted")?.stamp ?? null,
    late: lateWords(paragraph),
  }));
  const authors = await authorsOf(
    context,
    text.sessionId,
    deletions.flatMap(({ stamp, late }) => [...(stamp ? [stamp] : []), ...late.map((run) => run.stamp)]),
  );
  return deletions
    .sort(
      (a, b) =>
        Number(b.late.length > 0) - Number(a.late.length > 0) || (b.stamp?.at ?? 0) - (a.stamp?.at ?? 0),
    )
    .map(({ id, words, stamp, late }) => ({
      id,
      words,
      by: stamp === null ? null : authors(stamp).name || null,
      at: stamp?.at ?? null,
      late: late.map((run) => ({ words: run.words, by: authors(run.stamp).name, at: run.stamp.at })),
    }));
}

/** Facts about the text; who drafts and who else reads is told to the bureau alone. */
export async function aboutText(
  context: AppLoadContext,
  { text, door, standing }: OpenText,
): Promise<AboutText> {
  const facts = {
    kind: text.kind,
    symbol: text.symbol,
    language: text.language,
    createdAt: text.createdAt,
  };
  if (standing.kind !== "bureau") return { ...facts, drafters: null, audience: null };
  const drafters = await listDrafters(context.db.read, text.id);
  const named = new Set(door.audience.delegationIds);
  const delegations =
    named.size === 0 ? [] : await listDelegationsForAudience(context.db.read, text.sessionId);
  return {
    ...facts,
    drafters: drafters.map((drafter) => drafter.name),
    audience: {
      audience: door.audience.audience,
      shows: door.audience.shows,
      delegations: delegations.filter(({ id }) => named.has(id)).map(({ code }) => code),
    },
  };
}

/** How often somebody changed the live text after a sequence number; one person's work of a minute counts once. */
export async function changesSince(context: AppLoadContext, textId: string, seq: number): Promise<number> {
  const { attribution, seq: now } = await context.rooms.inside(textId);
  const after = attribution.stamps.filter((stamp) => stamp.seq > seq).length;
  return now > seq ? Math.max(1, after) : 0;
}

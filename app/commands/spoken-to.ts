/** Paragraphs of texts that a statement speaks to, as far as somebody reads them. */
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import type { SpokenTo } from "#app/rules/statements.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import { plainWords, type TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import { findText } from "#db/stores/text.ts";
import type { CommandContext } from "./context.ts";
import { documentOf } from "./version-row.ts";

type Reader = Pick<CommandContext, "db" | "rooms" | "viewer">;

export type ReadableText = {
  readonly id: string;
  readonly sessionId: string;
  readonly title: string;
  readonly symbol: string;
  readonly language: string;
  /** In reading order, without the footnotes. */
  readonly paragraphs: readonly { readonly id: string; readonly label: string; readonly start: string }[];
};

const START = 90;

/** Texts of a session that the person reads, of those that are named; a delegation's own are not among them. */
export async function listReadableTexts(context: Reader, textIds: Iterable<string>): Promise<ReadableText[]> {
  const texts: ReadableText[] = [];
  for (const id of new Set(textIds)) {
    const door = await findTextDoor(context.db.read, id);
    if (!door || door.delegationId !== null) continue;
    if (may("readText", context.viewer, { kind: "text", door }) !== true) continue;
    const text = await findText(context.db.read, id);
    const document = await wordingFor(context, door);
    if (!text || !document) continue;
    const labels = labelsOf(document);
    const { sessionId, title, symbol, language } = text;
    const paragraphs = document.paragraphs
      .filter(({ role }) => role !== "footnote")
      .map((paragraph) => ({
        id: paragraph.id,
        label: labels.get(paragraph.id)?.short ?? "",
        start: plainWords(paragraph).slice(0, START),
      }));
    texts.push({ id, sessionId, title, symbol, language, paragraphs });
  }
  return texts;
}

/** What this person reads of the text now: its live wording, or the newest version that is theirs. */
async function wordingFor(context: Reader, door: TextDoor): Promise<TextDocument | null> {
  const { textId } = door;
  const standing = standingOf(context.viewer, door);
  if (seesLive(standing)) return (await context.rooms.wording(textId)).document;
  const seen = visibleVersions(standing, await listVersions(context.db.read, textId));
  const newest = seen.findLast(({ kind }) => kind === "issued");
  if (!newest) return null;
  const version = await findVersionDocument(context.db.read, { textId, versionId: newest.id });
  return version && documentOf(version);
}

/** A paragraph that is there for this person, and of which session. */
export type ReadableParagraph = SpokenTo & { readonly sessionId: string };

/** Whether somebody who reads these may have it spoken to. */
export function isAmong({ textId, paragraphId }: SpokenTo, readable: readonly SpokenTo[]): boolean {
  return readable.some((one) => one.textId === textId && one.paragraphId === paragraphId);
}

/** Those of the paragraphs that the person reads. */
export async function listReadable(
  context: Reader,
  paragraphs: readonly SpokenTo[],
): Promise<ReadableParagraph[]> {
  if (paragraphs.length === 0) return [];
  const texts = await listReadableTexts(
    context,
    paragraphs.map(({ textId }) => textId),
  );
  return texts.flatMap((text) =>
    text.paragraphs.map(({ id }) => ({ textId: text.id, paragraphId: id, sessionId: text.sessionId })),
  );
}

/** What restoring a version would do, as the text stands now. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { seesLive } from "#app/rules/versions.ts";
import { type OpenText, wordingAt } from "#app/routes/text/open-text.ts";
import { versionSummary } from "#app/routes/text/summaries.ts";
import { countWordChanges } from "#collab/compare.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { listLocks } from "#db/stores/paragraph-lock.ts";

/** Of the version that the address asks for; null when it asks for none, or for none that this viewer sees. */
export async function askedFor(context: AppLoadContext, open: OpenText, request: Request) {
  const id = new URL(request.url).searchParams.get("restore");
  if (id === null || id === "live" || !seesLive(open.standing)) return null;
  const wanted = await wordingAt(context, open, id);
  if (!wanted?.version) return null;
  const { document } = await context.rooms.wording(open.text.id);
  const locked = new Set(
    (await listLocks(context.db.read, open.text.id)).map(({ paragraphId }) => paragraphId),
  );
  const labels = labelsOf(document);
  const without = (of: TextDocument): TextDocument => ({
    ...of,
    paragraphs: of.paragraphs.filter((paragraph) => !locked.has(paragraph.id)),
  });
  return {
    version: versionSummary(wanted.version),
    ...countWordChanges(without(document), without(wanted.document)),
    /** Labels of locked paragraphs that would be others. */
    locked: document.paragraphs
      .filter((paragraph) => locked.has(paragraph.id) && !isSame(paragraph, wanted.document))
      .map(({ id: paragraphId }) => labels.get(paragraphId)?.short || paragraphId),
  };
}

export type Restoration = NonNullable<Awaited<ReturnType<typeof askedFor>>>;

function isSame({ id, role, level, spans }: Paragraph, { paragraphs }: TextDocument): boolean {
  const other = paragraphs.find((one) => one.id === id);
  if (!other || other.role !== role || other.level !== level) return false;
  return JSON.stringify(other.spans) === JSON.stringify(spans);
}

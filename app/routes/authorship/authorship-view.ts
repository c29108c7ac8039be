/** Runs of words with their authors, for the page. What was written before `from` is told without a name. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { AuthoredParagraph, AuthoredRun, LegendEntry } from "#app/components/text/authorship-room.tsx";
import { type Author, authorsOf } from "#app/routes/text/authors.ts";
import { cutByFormat, stretchesOf } from "#app/routes/text/formats.ts";
import type { Attribution } from "#collab/attribution.ts";
import { type AuthorRun, authorshipOf } from "#collab/authorship.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import type { Carry } from "#collab/model.ts";
import { type Reference, referencesIn } from "#collab/references.ts";

type Inside = {
  readonly document: TextDocument;
  readonly carries: readonly Carry[];
  readonly copies: readonly Carry[];
  readonly attribution: Attribution;
};

/** Keys of runs that have no name: from before the viewer's time, and those that the log does not name. */
const BEFORE = "before";
const UNKNOWN = "unknown";

function keyOf(run: AuthorRun, from: number, authors: (run: AuthorRun) => Author): string {
  if (run.seq === null) return UNKNOWN;
  return run.seq <= from && from > 0 ? BEFORE : authors(run).key;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function raised(number: string): string {
  return number.replace(/\d/g, (digit) => RAISED[Number(digit)] ?? digit);
}

/** The words of a paragraph with one character for each position; a reference to a note is its number, one to a
 *  paragraph what that is called. */
function positionsOf(
  paragraph: Paragraph,
  notes: ReadonlyMap<string, string>,
  references: ReadonlyMap<string, Reference>,
): string[] {
  const parts: string[] = [];
  for (const span of paragraph.spans) {
    if (span.kind === "words") parts.push(...span.text.split(""));
    else if (span.kind === "bracket") parts.push(span.side === "open" ? "[" : "]");
    else if (span.kind === "reference") parts.push(references.get(span.to)?.text ?? "");
    else parts.push(raised(notes.get(span.note) ?? "–"));
  }
  return parts;
}

export async function authorshipView(
  context: AppLoadContext,
  input: { readonly sessionId: string; readonly inside: Inside; readonly from: number },
) {
  const { document, carries, copies, attribution } = input.inside;
  const labels = labelsOf(document);
  const references = referencesIn(document, labels);
  const numbers = new Map([...labels].map(([id, label]) => [id, label.number]));
  const authorship = authorshipOf(document, [...carries, ...copies], attribution);
  const counts = new Map<string, number>();
  const seen = new Map<string, Author>();
  const authors = await authorsOf(context, input.sessionId, [...authorship.values()].flat());
  const paragraphs = document.paragraphs.map((paragraph): AuthoredParagraph => {
    const positions = positionsOf(paragraph, numbers, references);
    const stretches = stretchesOf(paragraph);
    const runs: AuthoredRun[] = [];
    for (const run of authorship.get(paragraph.id) ?? []) {
      const key = keyOf(run, input.from, authors);
      const isNamed = key !== BEFORE && key !== UNKNOWN;
      if (isNamed && !seen.has(key)) seen.set(key, authors(run));
      counts.set(key, (counts.get(key) ?? 0) + run.to - run.from);
      const at = isNamed ? run.at : null;
      const pieces = cutByFormat(stretches, run).map(({ from, to, em, strong }) => ({
        words: positions.slice(from, to).join(""),
        em,
        strong,
      }));
      const last = runs.at(-1);
      if (last && last.key === key && last.at === at) {
        runs[runs.length - 1] = { ...last, pieces: [...last.pieces, ...pieces] };
      } else runs.push({ key, pieces, at });
    }
    const { id, role, level, dir } = paragraph;
    return { id, role, level, dir, label: labels.get(id)?.within ?? "", runs };
  });
  const legend = [...counts].map(([key, characters]): LegendEntry => ({
    key,
    kind: key === BEFORE ? "before" : key === UNKNOWN ? "unknown" : "author",
    name: seen.get(key)?.name ?? "",
    siglum: seen.get(key)?.siglum ?? "",
    characters,
  }));
  return { paragraphs, legend: legend.sort((a, b) => b.characters - a.characters) };
}

/** Every wording of a paragraph that a viewer may see, with who and when, and what changed from one to the next. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { AskedWording } from "#app/components/text/confirm-wording.tsx";
import { type LifePiece, type Wording, originOf } from "#app/components/text/paragraph-life.tsx";
import { authorsOf } from "#app/routes/text/authors.ts";
import { cutByFormat, stretchesOf } from "#app/routes/text/formats.ts";
import type { OpenText } from "#app/routes/text/open-text.ts";
import { seenVersions, wordingAt } from "#app/routes/text/open-text.ts";
import { namesFrom, seesLive } from "#app/rules/versions.ts";
import type { ParagraphAct, Stamp } from "#collab/attribution.ts";
import { compareDocuments, countWordChanges } from "#collab/compare.ts";
import type { Paragraph, Span, TextDocument } from "#collab/document.ts";
import type { Role } from "#collab/model.ts";

/** A wording before it is compared with the one before it. */
type Entry = {
  readonly spans: readonly Span[];
  /** Null when the viewer is not told who and when. */
  readonly stamp: Stamp | null;
  readonly acts: readonly ParagraphAct[];
};

type VersionWording = { readonly id: string; readonly name: string; readonly paragraph: Paragraph | null };

/** Issued versions that the viewer sees, with the paragraph as it stands in each. */
async function inVersions(
  context: AppLoadContext,
  open: OpenText,
  paragraphId: string,
): Promise<VersionWording[]> {
  const found: VersionWording[] = [];
  for (const version of await seenVersions(context, open)) {
    if (version.kind !== "issued") continue;
    const wording = await wordingAt(context, open, version.id);
    const paragraph = wording?.document.paragraphs.find(({ id }) => id === paragraphId) ?? null;
    found.push({ id: version.id, name: version.label, paragraph });
  }
  return found;
}

/** What the viewer may see of a paragraph's life, oldest first. */
async function entriesOf(
  context: AppLoadContext,
  open: OpenText,
  paragraphId: string,
  versions: readonly VersionWording[],
): Promise<Entry[]> {
  if (!seesLive(open.standing)) {
    return versions.flatMap(({ paragraph }) =>
      paragraph ? [{ spans: paragraph.spans, stamp: null, acts: [] }] : [],
    );
  }
  const life = await context.rooms.lifeOf(open.text.id, paragraphId);
  const from = namesFrom(open.standing) ?? Number.POSITIVE_INFINITY;
  if (open.standing.kind === "bureau" && open.standing.mayWrite) return [...life];
  // Readers see a paragraph while it stands in the text: what was deleted before their time, or typed into it while
  // it was deleted, is not theirs. The wording at the opening is; who made it is not.
  let isThere = false;
  let opening: Entry | null = null;
  const seen: Entry[] = [];
  for (const entry of life) {
    const wasThere = isThere;
    for (const act of entry.acts) {
      if (act === "created" || act === "restored") isThere = true;
      if (act === "deleted") isThere = false;
    }
    if (entry.stamp.seq <= from) opening = isThere ? { spans: entry.spans, stamp: null, acts: [] } : null;
    else if (isThere || wasThere) seen.push(entry);
  }
  return opening ? [opening, ...seen] : seen;
}

function paragraphOf(role: Role, spans: readonly Span[]): Paragraph {
  return { id: "p", role, level: 0, relation: null, dir: "auto", order: "a", spans };
}

function alone(spans: readonly Span[]): TextDocument {
  return { kind: "statement", paragraphs: [paragraphOf("plain", spans)], hidden: [] };
}

/**
 * What changed from one wording to the next, in the format that the words have in the text. Earlier wordings have the
 * paragraph's present role: of them only the words are known.
 */
function piecesBetween(role: Role, before: readonly Span[] | null, now: readonly Span[]): LifePiece[] {
  const { rows } = compareDocuments({ a: alone(before ?? now), b: alone(now) });
  const formats = {
    a: stretchesOf(paragraphOf(role, before ?? now)),
    b: stretchesOf(paragraphOf(role, now)),
  };
  return rows.flatMap(({ segments }) =>
    segments.flatMap(({ kind, text, note, atA, atB }) => {
      if (note !== undefined) return [{ kind, text, em: false, strong: false }];
      const [at, stretches] = kind === "del" ? [atA, formats.a] : [atB, formats.b];
      return cutByFormat(stretches, { from: at, to: at + text.length }).map(({ from, to, em, strong }) => ({
        kind,
        text: text.slice(from - at, to - at),
        em,
        strong,
      }));
    }),
  );
}

/** The role that the paragraph has now, or had when it was last seen. */
async function roleOf(context: AppLoadContext, open: OpenText, which: Seen): Promise<Role> {
  const { paragraphId, versions } = which;
  if (seesLive(open.standing)) {
    const { document } = await context.rooms.wording(open.text.id);
    const found = [...document.paragraphs, ...document.hidden].find(({ id }) => id === paragraphId);
    if (found) return found.role;
  }
  return versions.findLast(({ paragraph }) => paragraph !== null)?.paragraph?.role ?? "plain";
}

type Seen = { readonly paragraphId: string; readonly versions: readonly VersionWording[] };

function wordsOf(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (span.kind === "words") return span.text;
      if (span.kind === "bracket") return span.side;
      return span.kind === "note" ? "\uFFFC" : `\uFFFC${span.to}`;
    })
    .join("");
}

/** Newest first; wordings that say the same as the one before are told once, with what was done to the paragraph. */
export async function paragraphLife(
  context: AppLoadContext,
  open: OpenText,
  paragraphId: string,
): Promise<Wording[]> {
  const versions = await inVersions(context, open, paragraphId);
  const role = await roleOf(context, open, { paragraphId, versions });
  const entries = await entriesOf(context, open, paragraphId, versions);
  const authors = await authorsOf(
    context,
    open.text.sessionId,
    entries.flatMap(({ stamp }) => stamp ?? []),
  );
  const wordings: Wording[] = [];
  let before: Entry | null = null;
  for (const entry of entries) {
    const words = wordsOf(entry.spans);
    const isSame = before !== null && wordsOf(before.spans) === words;
    const author = entry.stamp ? authors(entry.stamp) : null;
    if (!isSame || entry.acts.length > 0) {
      wordings.push({
        seq: entry.stamp?.seq ?? null,
        at: entry.stamp?.at ?? null,
        by: author ? { name: author.name, siglum: author.siglum } : null,
        acts: entry.acts,
        pieces: piecesBetween(role, before?.spans ?? null, entry.spans),
        versions: versions
          .filter(({ paragraph }) => paragraph !== null && wordsOf(paragraph.spans) === words)
          .map(({ id, name }) => ({ id, name })),
      });
    }
    before = entry;
  }
  return wordings.reverse();
}

/** What restoring the wording that the address asks for would do; null where it asks for none that the viewer sees. */
export function askedWording(
  wordings: readonly Wording[],
  { request, isThere }: { readonly request: Request; readonly isThere: boolean },
): AskedWording | null {
  const origin = new URL(request.url).searchParams.get("restore");
  const [newest, ...older] = wordings;
  const wanted = older.find((wording) => originOf(wording) === origin);
  if (origin === null || !newest || !wanted) return null;
  const said = ({ pieces }: Wording) =>
    alone(
      pieces.flatMap(({ kind, text }) => (kind === "del" ? [] : [{ kind: "words", text, ids: [] } as const])),
    );
  const now = isThere ? said(newest) : { ...said(newest), paragraphs: [] };
  return { origin, ...countWordChanges(now, said(wanted)) };
}

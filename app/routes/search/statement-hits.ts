/** Statements that were found, and the delegation's own drafts of some. */
import { bestParagraph, countFound, marked, snippetOf } from "#app/rules/search-marks.ts";
import type { SearchQuery } from "#app/rules/search-query.ts";
import { paragraphsOf } from "#app/rules/statements.ts";
import type { TextDocument } from "#collab/document.ts";
import {
  paragraphAnchor,
  plainBlocks,
  type StatementBlock,
  statementBlocks,
} from "#collab/statement-words.ts";
import { listFoundStatementDrafts } from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import { listStatementsNamed, type StatementInList } from "#db/stores/statement.ts";
import { listFileWords } from "#db/stores/upload.ts";
import { type Asking, type Hit, type HitMark, idsOf, inSession, keyOf, leading, plain } from "./hit.ts";

/** What a block says, its footnote numbers left out. */
function wordsOfBlock({ pieces }: StatementBlock): string {
  return pieces.map((piece) => ("words" in piece ? piece.words : "")).join("");
}

/** The paragraph of a statement that says most of it, and its place on the statement's page. */
function bestOf(blocks: readonly StatementBlock[], query: SearchQuery) {
  const words = blocks.map(wordsOfBlock);
  const at = bestParagraph(words, query);
  const block = blocks[at];
  if (!block || countFound(words[at] ?? "", query) === 0) return { words: words[0] ?? "", anchor: "" };
  return {
    words: words[at] ?? "",
    anchor: block.role === "note" ? `note-${block.number}` : paragraphAnchor(at),
  };
}

/** The words of the files of these statements, by the ids of the files. The statements are the viewer's to read. */
async function wordsOfFiles({ context }: Asking, rows: readonly { readonly uploadId: string | null }[]) {
  const ids = rows.flatMap(({ uploadId }) => uploadId ?? []);
  return listFileWords(context.db.read, ids);
}

/** What a statement says of what was asked for: its own words, else those of its file. */
function saidOrFiled(
  said: { readonly words: string },
  file: string | undefined,
  query: SearchQuery,
): { readonly words: string } {
  if (file === undefined || countFound(said.words, query) > 0) return said;
  const pieces = piecesOf(file.replace(/\s+/g, " "));
  const filed = pieces[bestParagraph(pieces, query)] ?? "";
  return said.words === "" || countFound(filed, query) > 0 ? { words: filed } : said;
}

/** A file has no paragraphs: pieces that overlap, so that what was asked for stands whole in one of them. */
const PIECE = { length: 2_000, step: 1_500 };

function piecesOf(words: string): string[] {
  const count = Math.ceil(Math.max(1, words.length - PIECE.length) / PIECE.step) + 1;
  return Array.from({ length: count }, (_, at) =>
    words.slice(at * PIECE.step, at * PIECE.step + PIECE.length),
  ).filter((piece) => piece !== "");
}

const nobody = { name: "", code: "", group: null };

export async function statementHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query, scope } = asking;
  const rows = await listStatementsNamed(context.db.read, {
    reader: scope.statements,
    ids: idsOf(things),
    language: context.language,
  });
  const files = await wordsOfFiles(asking, rows);
  return rows.map((row) => {
    const document = row.document === null ? null : (JSON.parse(row.document) as TextDocument);
    const blocks = document ? statementBlocks(document) : plainBlocks(paragraphsOf(row.body));
    const best = bestOf(blocks, query);
    const { words } = saidOrFiled(best, files.get(row.uploadId ?? ""), query);
    const anchor = words === best.words ? best.anchor : "file";
    return {
      ...plain,
      ...inSession(asking, row.sessionId),
      key: `statement ${row.id}`,
      to: leading(asking, `/sessions/${row.sessionId}/statements/${row.id}`, anchor),
      title: marked(row.title, query),
      titleLanguage: row.language,
      who: { ...nobody, name: row.entityName, code: row.entityCode, group: row.groupCode },
      at: row.delivery?.deliveredAt ?? row.releasedAt,
      snippet: words === "" ? null : snippetOf(words, query),
      language: row.language,
      marks: statementMarks(row),
    };
  });
}

function statementMarks({ embargo, delivery, correctedBy, supersedes }: StatementInList): HitMark[] {
  const marks: HitMark[] = [];
  if (embargo === "delivery" && delivery === null) marks.push("embargoed");
  if (correctedBy !== null) marks.push("corrected");
  if (supersedes !== null) marks.push("correction");
  return marks;
}

export async function draftHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query, scope } = asking;
  const { delegationIds } = scope;
  const db = context.db.read;
  const ids = idsOf(things.filter(({ kind }) => kind === "statement-draft"));
  const textIds = things.flatMap(({ kind, textId }) => (kind === "draft-passage" ? (textId ?? []) : []));
  const named = await listFoundStatementDrafts(db, { delegationIds, ids });
  const written = await listFoundStatementDrafts(db, { delegationIds, textIds });
  const files = await wordsOfFiles(asking, named);
  return things.flatMap((thing): Hit[] => {
    const isPassage = thing.kind === "draft-passage";
    const draft = isPassage
      ? written.find(({ textId }) => textId === thing.textId)
      : named.find(({ id }) => id === thing.thingId);
    if (!draft) return [];
    const paragraphs = paragraphsOf(draft.body);
    const said = { words: paragraphs[bestParagraph(paragraphs, query)] ?? "" };
    const { words } = isPassage
      ? { words: thing.words ?? "" }
      : saidOrFiled(said, files.get(draft.uploadId ?? ""), query);
    return [
      {
        ...plain,
        ...inSession(asking, thing.sessionId),
        key: keyOf(thing),
        to: leading(
          asking,
          `/sessions/${thing.sessionId}/drafts/statements/${draft.id}`,
          isPassage ? `p-${thing.paragraphId}` : "",
        ),
        title: marked(draft.title, query),
        titleLanguage: draft.language,
        at: draft.editedAt,
        snippet: words === "" ? null : snippetOf(words, query),
        language: draft.language,
        marks: ["draft"],
      },
    ];
  });
}

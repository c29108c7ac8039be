/** What a page says of each thing that was found, and where it leads. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { ReadIn } from "#app/components/record/source.tsx";
import { fullNumber } from "#app/rules/agenda.ts";
import { nameIn } from "#app/rules/language.ts";
import {
  bestParagraph,
  countFound,
  marked,
  type Piece,
  type Snippet,
  snippetOf,
} from "#app/rules/search-marks.ts";
import type { SearchQuery } from "#app/rules/search-query.ts";
import type { SearchScope } from "#app/rules/search-scope.ts";
import { paragraphsOf } from "#app/rules/statements.ts";
import { readInOf } from "#app/routes/positions/read-in.ts";
import type { TextDocument } from "#collab/document.ts";
import {
  paragraphAnchor,
  plainBlocks,
  type StatementBlock,
  statementBlocks,
} from "#collab/statement-words.ts";
import { listEntities } from "#db/stores/entity.ts";
import { type PositionInList, listPositionsNamed } from "#db/stores/position.ts";
import {
  listFoundDocuments,
  listFoundGroups,
  listFoundItems,
  listFoundPositionDrafts,
  listFoundStatementDrafts,
  listFoundTexts,
  listFoundVersions,
} from "#db/stores/search-found.ts";
import type { FoundThing } from "#db/stores/search.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { listStatementsNamed, type StatementInList } from "#db/stores/statement.ts";
import { listTopics } from "#db/stores/topic.ts";

/** What must be known of a hit before it is opened. */
export type HitMark =
  | "draft"
  | "embargoed"
  | "corrected"
  | "correction"
  | "superseded"
  | "withdrawn"
  | "withdrawal"
  | "reading"
  | "kept";

export type Hit = {
  readonly key: string;
  readonly to: string;
  readonly title: readonly Piece[];
  /** Of the title, where it is not the interface's. */
  readonly titleLanguage: string | null;
  /** Whose it is. */
  readonly who: { readonly name: string; readonly code: string; readonly group: string | null } | null;
  /** "OP3 (a)", the number of an item, the code of an entity. */
  readonly label: string;
  /** The version in which it stands; null for what stands now. */
  readonly version: string | null;
  /** Milliseconds, or a day. */
  readonly at: number | null;
  readonly day: string | null;
  readonly zone: string;
  readonly session: string | null;
  readonly snippet: Snippet | null;
  /** Of the snippet. */
  readonly language: string | null;
  readonly marks: readonly HitMark[];
  /** Of an editors' reading: what its label says, without which it is not shown. */
  readonly reading: { readonly confidence: string | null; readonly via: ReadIn | null } | null;
};

export type Asking = {
  readonly context: AppLoadContext;
  readonly query: SearchQuery;
  /** As it was typed: the page that a hit leads to marks it. */
  readonly typed: string;
  readonly scope: SearchScope;
  readonly sessions: readonly SessionRow[];
};

const plain = {
  titleLanguage: null,
  who: null,
  label: "",
  version: null,
  at: null,
  day: null,
  zone: "UTC",
  session: null,
  snippet: null,
  language: null,
  marks: [],
  reading: null,
} as const;

type Made = ReadonlyMap<string, Hit>;

/** In the order of `things`; what went away meanwhile is left out. */
export async function hitsOf(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const of = (...kinds: readonly FoundThing["kind"][]) => things.filter(({ kind }) => kinds.includes(kind));
  const made: Made = new Map(
    (
      await Promise.all([
        entityHits(asking, of("entity")),
        groupHits(asking, of("group")),
        topicHits(asking, of("topic")),
        itemHits(asking, of("item", "document")),
        textHits(asking, of("text", "passage")),
        statementHits(asking, of("statement")),
        draftHits(asking, of("statement-draft", "draft-passage")),
        positionHits(asking, of("position")),
        positionDraftHits(asking, of("position-draft")),
      ])
    )
      .flat()
      .map((hit) => [hit.key, hit]),
  );
  return things.flatMap((thing) => made.get(keyOf(thing)) ?? []);
}

function keyOf({ kind, thingId }: FoundThing): string {
  return `${kind} ${thingId}`;
}

const idsOf = (things: readonly FoundThing[]): string[] => things.map(({ thingId }) => thingId);

/** The address with what is to be marked there. */
function leading({ typed }: Asking, path: string, anchor = ""): string {
  return `${path}?${new URLSearchParams({ mark: typed }).toString()}${anchor === "" ? "" : `#${anchor}`}`;
}

function inSession({ sessions }: Asking, sessionId: string | null) {
  const session = sessions.find(({ id }) => id === sessionId);
  // Where there is one session it says nothing.
  const named = sessions.length > 1 ? (session?.title ?? null) : null;
  return { session: named, zone: session?.timeZone ?? "UTC" };
}

async function entityHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query } = asking;
  const rows = await listEntities(context.db.read, { ids: idsOf(things) });
  return rows.map(({ id, code, names }) => ({
    ...plain,
    key: `entity ${id}`,
    to: `/entities/${id}`,
    ...named(names, code, asking),
    label: code,
    snippet: otherName({ names, language: context.language }, query),
  }));
}

async function groupHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const rows = await listFoundGroups(context.db.read, idsOf(things));
  return rows.map(({ id, code, names }) => ({
    ...plain,
    key: `group ${id}`,
    to: `/groups/${id}`,
    ...named(names, code, asking),
    label: code,
    snippet: otherName({ names, language: context.language }, query),
  }));
}

type Named = Parameters<typeof nameIn>[0];

function named(names: Named, code: string, { context, query }: Asking) {
  return { title: marked(nameIn(names, context.language), query), label: code };
}

/** The name in another language by which it was found, when it was not by the one that is shown. */
function otherName(
  { names, language }: { readonly names: Named; readonly language: AppLoadContext["language"] },
  query: SearchQuery,
): Snippet | null {
  const shown = nameIn(names, language);
  const best = Object.values(names)
    .filter((name) => name !== undefined && name !== shown)
    .toSorted((a, b) => countFound(b ?? "", query) - countFound(a ?? "", query))[0];
  if (best === undefined || countFound(best, query) <= countFound(shown, query)) return null;
  return snippetOf(best, query);
}

async function topicHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query } = asking;
  const wanted = new Set(idsOf(things));
  return (await listTopics(context.db.read))
    .filter(({ id }) => wanted.has(id))
    .map(({ id, title, question }) => ({
      ...plain,
      key: `topic ${id}`,
      to: `/topics/${id}`,
      title: marked(title, query),
      snippet: snippetOf(question, query),
    }));
}

async function itemHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const db = context.db.read;
  const items = await listFoundItems(db, [...new Set(things.flatMap(({ sessionId }) => sessionId ?? []))]);
  const byId = new Map(items.map((item) => [item.id, item]));
  const documents = await listFoundDocuments(db, idsOf(things.filter(({ kind }) => kind === "document")));
  const ofItem = (id: string) => {
    const item = byId.get(id);
    const agenda = items.filter(({ sessionId }) => sessionId === item?.sessionId);
    return item && { item, label: fullNumber(agenda, id), path: `/sessions/${item.sessionId}/agenda/${id}` };
  };
  return things.flatMap((thing): Hit[] => {
    if (thing.kind === "item") {
      const known = ofItem(thing.thingId);
      if (!known) return [];
      const { item, label, path } = known;
      const snippet = item.note === "" ? null : snippetOf(item.note, query);
      const title = marked(item.title, query);
      const to = leading(asking, path);
      return [
        { ...plain, ...inSession(asking, item.sessionId), key: keyOf(thing), to, title, label, snippet },
      ];
    }
    const document = documents.find(({ id }) => id === thing.thingId);
    const known = document && ofItem(document.itemId);
    if (!known) return [];
    const { item, label, path } = known;
    return [
      {
        ...plain,
        ...inSession(asking, item.sessionId),
        key: keyOf(thing),
        to: leading(asking, path, "documents"),
        title: marked([document.symbol, document.title].filter((part) => part !== "").join(" · "), query),
        label,
        at: document.at,
        snippet: snippetOf(item.title, query),
      },
    ];
  });
}

async function textHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query } = asking;
  const db = context.db.read;
  const textIds = things.map(({ textId, thingId }) => textId ?? thingId);
  const texts = new Map((await listFoundTexts(db, [...new Set(textIds)])).map((text) => [text.id, text]));
  const versionIds = things.flatMap(({ wording }) => (wording === null || wording === "live" ? [] : wording));
  const versions = new Map(
    (await listFoundVersions(db, [...new Set(versionIds)])).map((version) => [version.id, version]),
  );
  return things.flatMap((thing): Hit[] => {
    const text = texts.get(thing.textId ?? thing.thingId);
    if (!text) return [];
    const path = `/sessions/${thing.sessionId}/texts/${text.id}`;
    const base = {
      ...plain,
      ...inSession(asking, thing.sessionId),
      key: keyOf(thing),
      title: marked(text.title, query),
      titleLanguage: text.language,
      label: text.symbol,
    };
    if (thing.kind === "text") {
      return [
        {
          ...base,
          to: leading(asking, path),
          snippet: text.note === "" ? null : snippetOf(text.note, query),
        },
      ];
    }
    // Nothing that the viewer reads says it any more.
    if (thing.wording === null || thing.words === null) return [];
    const version = versions.get(thing.wording);
    const isKept = version?.kind === "automatic";
    return [
      {
        ...base,
        to: leading(asking, version ? `${path}/versions/${version.id}` : path, `p-${thing.paragraphId}`),
        label: thing.label ?? "",
        version: version && !isKept ? version.label : null,
        at: version?.issuedAt ?? null,
        snippet: snippetOf(thing.words, query),
        language: text.language,
        marks: isKept ? ["kept"] : [],
      },
    ];
  });
}

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

const nobody = { name: "", code: "", group: null };

async function statementHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query, scope } = asking;
  const rows = await listStatementsNamed(context.db.read, {
    reader: scope.statements,
    ids: idsOf(things),
    language: context.language,
  });
  return rows.map((row) => {
    const document = row.document === null ? null : (JSON.parse(row.document) as TextDocument);
    const blocks = document ? statementBlocks(document) : plainBlocks(paragraphsOf(row.body));
    const { words, anchor } = bestOf(blocks, query);
    return {
      ...plain,
      ...inSession(asking, row.sessionId),
      key: `statement ${row.id}`,
      to: leading(asking, `/sessions/${row.sessionId}/statements/${row.id}`, anchor),
      title: marked(row.title, query),
      titleLanguage: row.language,
      who: { ...nobody, name: row.entityName, code: row.entityCode, group: row.groupCode },
      at: row.delivery?.deliveredAt ?? row.releasedAt,
      snippet: snippetOf(words, query),
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

async function draftHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query, scope } = asking;
  const { delegationIds } = scope;
  const db = context.db.read;
  const ids = idsOf(things.filter(({ kind }) => kind === "statement-draft"));
  const textIds = things.flatMap(({ kind, textId }) => (kind === "draft-passage" ? (textId ?? []) : []));
  const named = await listFoundStatementDrafts(db, { delegationIds, ids });
  const written = await listFoundStatementDrafts(db, { delegationIds, textIds });
  return things.flatMap((thing): Hit[] => {
    const isPassage = thing.kind === "draft-passage";
    const draft = isPassage
      ? written.find(({ textId }) => textId === thing.textId)
      : named.find(({ id }) => id === thing.thingId);
    if (!draft) return [];
    const paragraphs = paragraphsOf(draft.body);
    const words = isPassage ? (thing.words ?? "") : (paragraphs[bestParagraph(paragraphs, query)] ?? "");
    return [
      {
        ...plain,
        ...inSession(asking, thing.sessionId),
        key: keyOf(thing),
        to: leading(asking, `/sessions/${thing.sessionId}/drafts/statements/${draft.id}`),
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

type Said = Pick<PositionInList, "summary" | "excerpt" | "sourceTitle" | "sourceSymbol"> &
  Partial<Pick<PositionInList, "standing">>;

/** What of a position says most of what was asked for, and its place on the position's page. */
function bestSaid({ summary, excerpt, sourceTitle, sourceSymbol, standing }: Said, query: SearchQuery) {
  const parts = [
    // Editors quote nothing as the own words of a State.
    { words: standing === "editors" ? "" : excerpt, anchor: "excerpt" },
    { words: summary, anchor: "summary" },
    { words: [sourceTitle, sourceSymbol].filter((part) => part !== "").join(", "), anchor: "source" },
  ].filter(({ words }) => words !== "");
  const words = parts.map((part) => part.words);
  const best = parts[bestParagraph(words, query)];
  const found =
    best && countFound(best.words, query) > 0 ? best : parts.find(({ anchor }) => anchor === "summary");
  return found ?? { words: summary, anchor: "summary" };
}

async function positionHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  if (things.length === 0) return [];
  const { context, query, sessions } = asking;
  const rows = await listPositionsNamed(context.db.read, { ids: idsOf(things), language: context.language });
  return rows.map((row) => {
    const { words, anchor } = bestSaid(row, query);
    // A position is read within a session: its own, or any of its kind for what was published before.
    const isInvented = asking.scope.onlyInvented;
    const here = row.sessionId ?? sessions.find(({ exercise }) => exercise === isInvented)?.id ?? null;
    return {
      ...plain,
      ...inSession(asking, row.sessionId),
      key: `position ${row.id}`,
      to:
        here === null
          ? `/entities/${row.entityId}`
          : leading(asking, `/sessions/${here}/positions/${row.id}`, anchor),
      title: marked(row.topicTitle, query),
      who: { name: row.entityName, code: row.entityCode, group: row.groupCode },
      label: row.stanceLabel,
      day: row.sourceDate,
      snippet: snippetOf(words, query),
      language: anchor === "source" ? null : row.language,
      marks: positionMarks(row),
      reading: row.standing === "editors" ? { confidence: row.confidence, via: readInOf(row.via) } : null,
    };
  });
}

function positionMarks(
  row: PositionInList & { readonly isSuperseded: boolean; readonly isWithdrawn: boolean },
): HitMark[] {
  const marks: HitMark[] = [];
  if (row.standing === "editors") marks.push("reading");
  if (row.withdraws === true) marks.push("withdrawal");
  if (row.isWithdrawn) marks.push("withdrawn");
  if (row.isSuperseded) marks.push("superseded");
  return marks;
}

async function positionDraftHits(asking: Asking, things: readonly FoundThing[]): Promise<Hit[]> {
  const { context, query, scope } = asking;
  const { delegationIds } = scope;
  const rows = await listFoundPositionDrafts(context.db.read, { delegationIds, ids: idsOf(things) });
  return rows.map((row) => ({
    ...plain,
    ...inSession(asking, row.sessionId),
    key: `position-draft ${row.id}`,
    to: leading(asking, `/sessions/${row.sessionId}/drafts/positions/${row.id}`),
    title: marked(row.topicTitle, query),
    at: row.editedAt,
    snippet: snippetOf(bestSaid(row, query).words, query),
    language: row.language,
    marks: ["draft"],
  }));
}

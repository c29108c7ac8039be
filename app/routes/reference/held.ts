/** What corrections of editors' readings keep from standing of what the files say, as the secretariat's list shows it. */
import type { AppLoadContext } from "#app/commands/context.ts";
import type { CorrectionLine } from "#app/components/reference/correction-list.tsx";
import { may } from "#app/rules/permissions.ts";
import { type ReadingFacts, factsOfReading } from "#app/rules/readings.ts";
import { changesBetween } from "#app/rules/reference.ts";
import { type HeldBack, listHeldBack } from "#db/reference/held-back.ts";
import { listPositionsNamed } from "#db/stores/position.ts";
import { listSessions } from "#db/stores/session.ts";
import { correctionLines, inWordsOf } from "./lines.ts";

/** What is read, in short. */
export type Read = {
  readonly stance: string;
  readonly summary: string;
  readonly source: string;
  readonly date: string;
};

export type HeldLine = Pick<HeldBack, "what" | "seen"> & {
  readonly entityId: string;
  readonly topicId: string;
  readonly entity: string;
  readonly topic: string;
  /** Null: nothing stands. */
  readonly stands: Read | null;
  /** Null: the files do not have it any more. */
  readonly file: Read | null;
  /** What else differs, from what was read last to what the files say. */
  readonly others: CorrectionLine["changes"];
  readonly correction: CorrectionLine | null;
  /** Its page, where it is corrected, taken down or put back; null as long as there is no session to open it in. */
  readonly page: string | null;
};

/** Null for whoever does not correct readings, and in an exercise, which shows none of real entities. */
export async function heldLines(context: AppLoadContext): Promise<HeldLine[] | null> {
  if (context.mode === "exercise") return null;
  if (may("correctReference", context.viewer, { kind: "installation" }) !== true) return null;
  const db = context.db.read;
  const held = await listHeldBack(db, context.readingsInFiles());
  if (held.length === 0) return [];
  const ids = held.map(({ newest }) => newest.id);
  const rows = await listPositionsNamed(db, { ids, language: context.language });
  const named = new Map(rows.map((row) => [row.id, row]));
  const session = (await listSessions(db)).find(({ exercise }) => !exercise);
  const isHolding = new Set(held.map(({ correction }) => correction.id));
  const lines = await correctionLines(
    context,
    { thing: "reading", limit: Number.MAX_SAFE_INTEGER },
    { isAbout: ({ id }) => isHolding.has(id), named: false },
  );
  const corrections = new Map(lines.map((line) => [line.id, line]));
  const inWords = await inWordsOf(context);
  const read = (id: string, facts: ReadingFacts): Read => ({
    stance: String(inWords(id, "stance", facts.stance)),
    summary: facts.summary,
    source: [facts.sourceTitle, facts.sourceSymbol].filter((part) => part !== "").join(", "),
    date: facts.sourceDate,
  });
  return held.map(({ id, newest, last, file, what, seen, correction }) => ({
    what,
    seen,
    entityId: newest.entityId,
    topicId: newest.topicId,
    entity: named.get(newest.id)?.entityName ?? newest.entityId,
    topic: named.get(newest.id)?.topicTitle ?? newest.topicId,
    stands: newest === last ? read(id, last) : null,
    file: file && read(id, file),
    others: othersBetween(last, file).map((change) => ({
      ...change,
      before: inWords(id, change.field, change.before),
      after: inWords(id, change.field, change.after),
    })),
    correction: corrections.get(correction.id) ?? null,
    page: session === undefined ? null : `/sessions/${session.id}/positions/${newest.id}`,
  }));
}

const SHOWN = new Set(["stance", "summary", "sourceTitle", "sourceSymbol", "sourceDate"]);

function othersBetween(last: ReadingFacts, file: ReadingFacts | null): CorrectionLine["changes"] {
  if (file === null) return [];
  const changes = changesBetween({ ...factsOfReading(last) }, { ...factsOfReading(file) });
  return Object.entries(changes)
    .filter(([field]) => !SHOWN.has(field))
    .map(([field, { before, after }]) => ({ field, before, after }));
}

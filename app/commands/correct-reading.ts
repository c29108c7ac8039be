/**
 * The secretariat corrects what editors read in a published document, takes it down, puts it back on record, or takes what
 * the files say instead.
 */
import { dayAt } from "#app/rules/positions.ts";
import {
  type ReadingFacts,
  type ReadingTyped,
  cleanReading,
  factsOfReading,
  followingFiles,
  readingId,
  readingProblems,
} from "#app/rules/readings.ts";
import {
  type Changes,
  changesBetween,
  cleanReason,
  reasonProblems,
  recordedAs,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { WriteTx } from "#db/database.ts";
import { listHeldBack } from "#db/reference/held-back.ts";
import { listPublications } from "#db/reference/publications.ts";
import { listPositionHistory } from "#db/stores/position-history.ts";
import type { PositionRow } from "#db/stores/position-row.ts";
import { findPosition, insertPosition } from "#db/stores/position.ts";
import { findSession } from "#db/stores/session.ts";
import { findTopic } from "#db/stores/topic.ts";
import type { AppLoadContext, CommandContext } from "./context.ts";
import { type Acting, actOnReference, recordCorrection } from "./reference-act.ts";
import type { Done } from "./session-act.ts";

/**
 * A newer row with these facts supersedes the reading (rule RF13). Refused to all but the secretariat, for facts that say
 * nothing, when nothing differs, and as "conflict" when it is not the newest any more or its State has answered it.
 */
export async function correctReading(
  context: CommandContext,
  input: ReadingTyped & {
    readonly positionId: string;
    /** In whose pages it is corrected: its venue says which day it is. */
    readonly sessionId: string;
  },
): Promise<Refusal | { readonly positionId: string }> {
  const { positionId, sessionId, ...typed } = input;
  const { facts, reason } = cleanReading(typed);
  return onReading(context, "correctReading", async (tx, acting) => {
    const reading = await findNewest(tx, positionId);
    if (isRefusal(reading)) return reading;
    if (reading.withdraws === true) return refuse("conflict", "position-superseded");
    const session = await findSession(tx, sessionId);
    if (!session) return refuse("not-found", "not-there");
    const topic = await findTopic(tx, reading.topicId);
    const fields = readingProblems(
      { facts, reason },
      {
        stances: topic?.scale.map(({ id }) => id) ?? [],
        // What it names already may be in no list any more.
        publications: [...listPublications().map(({ id }) => id), ...(reading.via ? [reading.via] : [])],
        today: dayAt(acting.at, session.timeZone),
      },
    );
    if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
    const changes = changesBetween({ ...factsOfReading(reading) }, { ...facts });
    const kept = await recordReading(tx, context, { reading, changes, reason, acting });
    if (isRefusal(kept)) return kept;
    return writeRows(tx, context, { reading, rows: rowsAfter(reading, facts), acting, kept });
  });
}

/** Nothing is read any more; the reading stays in the history. Refused as a correction is. */
export async function takeDownReading(
  context: CommandContext,
  input: { readonly positionId: string; readonly reason: string },
): Promise<Refusal | { readonly positionId: string }> {
  const { positionId, reason } = cleanReason(input);
  return onReading(context, "takeDownReading", async (tx, acting) => {
    const reading = await findNewest(tx, positionId);
    if (isRefusal(reading)) return reading;
    if (reading.withdraws === true) return refuse("conflict", "position-superseded");
    const fields = reasonProblems(reason);
    if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
    const kept = await recordReading(tx, context, { reading, changes: recordedAs(false), reason, acting });
    if (isRefusal(kept)) return kept;
    return writeRows(tx, context, { reading, rows: rowsAfter(reading, null), acting, kept });
  });
}

/** What was taken down, by whomever, is read again as it was, and the files do not take it down. Refused as a correction is. */
export async function putBackReading(
  context: CommandContext,
  input: { readonly positionId: string; readonly reason: string },
): Promise<Refusal | { readonly positionId: string }> {
  const { positionId, reason } = cleanReason(input);
  return onReading(context, "putBackReading", async (tx, acting) => {
    const down = await findNewest(tx, positionId);
    if (isRefusal(down)) return down;
    const last = down.withdraws === true ? await findPosition(tx, down.supersedes ?? "") : null;
    if (!last) return refuse("conflict", "position-superseded");
    const fields = reasonProblems(reason);
    if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
    const kept = await recordReading(tx, context, {
      reading: down,
      changes: recordedAs(true),
      reason,
      acting,
    });
    if (isRefusal(kept)) return kept;
    return writeRows(tx, context, { reading: down, rows: [factsOfReading(last)], acting, kept });
  });
}

/**
 * What the files say is read in place of what corrections hold back, and the files are followed again (rule RF18).
 * Refused as a correction is, and as "conflict" when what stands or what the files say is not what the form was made of.
 */
export async function takeFilesReading(
  context: CommandContext & Pick<AppLoadContext, "readingsInFiles">,
  input: {
    readonly entityId: string;
    readonly topicId: string;
    /** As the list gives it, from which it is taken. */
    readonly seen: string;
    readonly reason: string;
  },
): Promise<Refusal | { readonly positionId: string }> {
  const { entityId, topicId, seen, reason } = cleanReason(input);
  // The files are read before the database is held for writing.
  const inFiles = context.readingsInFiles();
  return onReading(context, "takeFilesReading", async (tx, acting) => {
    const [held] = await listHeldBack(tx, inFiles, { entityId, topicId });
    if (held?.seen !== seen) return refuse("conflict", "held-back-otherwise");
    const fields = reasonProblems(reason);
    if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
    const { newest, last, file } = held;
    const stands = newest === last;
    const before = factsOfReading(last);
    const facts = file && factsOfReading(file);
    const recorded = stands === (file !== null) ? {} : recordedAs(!stands);
    const changes = { ...changesBetween({ ...before }, { ...facts }), ...recorded, ...followingFiles };
    const kept = await recordReading(tx, context, { reading: newest, changes, reason, acting });
    if (isRefusal(kept)) return kept;
    return writeRows(tx, context, { reading: newest, rows: rowsAfter(newest, facts), acting, kept });
  });
}

/** Tells open pages of positions too: those of reference data hear of it as of every correction. */
async function onReading<T>(
  context: CommandContext,
  name: string,
  work: (tx: WriteTx, acting: Acting) => Promise<Refusal | Done<T>>,
): Promise<Refusal | T> {
  const done = await actOnReference(context, {
    permission: "correctReference",
    name,
    topic: "reference",
    work,
  });
  if (!isRefusal(done)) context.notices.tell({ kind: "everybody" }, "positions");
  return done;
}

/** The reading, or that it was taken down, when nothing newer is read and its State has not answered it. */
async function findNewest(tx: WriteTx, positionId: string): Promise<Refusal | PositionRow> {
  const reading = await findPosition(tx, positionId);
  if (reading?.standing !== "editors") return refuse("not-found", "not-there");
  const { entityId, topicId } = reading;
  const said = await listPositionHistory(tx, { entityId, topicId, groupId: null });
  if (said.some(({ supersedes }) => supersedes === reading.id)) {
    return refuse("conflict", "position-superseded");
  }
  if (said.some(({ answers }) => answers === reading.id)) return refuse("conflict", "reading-of-a-state");
  return reading;
}

/** The row says on the reading's own day that nothing is read: so it stands on none. */
function takenDown(reading: PositionRow): ReadingFacts & { readonly withdraws: true } {
  return { ...factsOfReading(reading), summary: "", withdraws: true };
}

/** What is written when this is read after it, or, null, nothing. Said to be of a later day, it stands on none of the days between either. */
function rowsAfter(
  reading: PositionRow,
  facts: ReadingFacts | null,
): readonly (ReadingFacts & { readonly withdraws?: true })[] {
  if (facts === null) return [takenDown(reading)];
  const isLater = reading.withdraws !== true && facts.sourceDate > reading.sourceDate;
  return isLater ? [takenDown(reading), facts] : [facts];
}

function recordReading(
  tx: WriteTx,
  context: CommandContext,
  of: {
    readonly reading: PositionRow;
    readonly changes: Changes;
    readonly reason: string;
    readonly acting: Acting;
  },
) {
  const { reading, ...correction } = of;
  return recordCorrection(tx, context, { thing: "reading", thingId: readingId(reading), ...correction });
}

/** Rows that each supersede the one before, the first of them the reading. */
async function writeRows(
  tx: WriteTx,
  context: CommandContext,
  {
    reading,
    rows,
    acting: { by, at },
    kept,
  }: {
    readonly reading: PositionRow;
    readonly rows: readonly (ReadingFacts & { readonly withdraws?: true })[];
    readonly acting: Acting;
    readonly kept: { readonly sha256: string };
  },
) {
  const { entityId, topicId, excerpt, language } = reading;
  const sha256 = [kept.sha256];
  let supersedes = reading.id;
  for (const [later, facts] of rows.entries()) {
    const id = context.newId();
    const of = { id, entityId, topicId, excerpt, language, standing: "editors" } as const;
    // One after the other, also by the clock.
    const made = { supersedes, releasedBy: by.personId, releasedAt: at + later };
    sha256.push((await insertPosition(tx, { ...of, ...facts, ...made })).sha256);
    supersedes = id;
  }
  const detail = { topicId, entityId, sha256 };
  return { result: { positionId: supersedes }, thing: "position", thingId: supersedes, detail };
}

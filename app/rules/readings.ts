/** Editors' readings of published documents, as the files bring them and as the secretariat corrects them. */
import { type Faults, cleanFields, faultsOfLength } from "./fields.ts";
import { type Said, firstDay } from "./placing.ts";
import { isDay, isWebAddress } from "./positions.ts";
import { type Changes, type Fields, type Value, fieldsAfter, withFields } from "./reference.ts";

/** What of a reading can be corrected: by these names a correction keeps what stood before and what stands since. */
export type ReadingFacts = {
  readonly stance: string;
  /** In the editors' own words. */
  readonly summary: string;
  readonly sourceTitle: string;
  /** As exact as known: a year, a month or a day. */
  readonly sourceDate: string;
  readonly sourceSymbol: string;
  readonly sourceUrl: string;
  readonly sourceForum: string | null;
  readonly explicit: boolean;
  readonly confidence: string | null;
  /** What was read, if not the document itself. */
  readonly via: string | null;
};

/** As a form sends them. */
export type ReadingTyped = Omit<ReadingFacts, "sourceForum" | "confidence" | "via"> & {
  readonly sourceForum: string;
  readonly confidence: string;
  readonly via: string;
  readonly reason: string;
};

/** A text stating it was read, or it is general knowledge of the document. */
export const CONFIDENCES = ["seen", "known"] as const;

/** How corrections name what the editors read of an entity on a topic. */
export function readingId(of: { readonly entityId: string; readonly topicId: string }): string {
  return `${of.entityId} ${of.topicId}`;
}

type InHistory = Pick<Said, "id" | "standing" | "sourceDate" | "supersedes"> & {
  readonly withdraws: boolean | null;
  readonly releasedBy: string | null;
};

/**
 * Rule RF13. Corrections of readings to a later day, each by the row that ends the reading on its own day: that and what
 * is read since are one act. A reading that was put back is of the day on which it was taken down.
 */
export function correctedToLater<T extends InHistory>(rows: readonly T[]): ReadonlyMap<string, T> {
  const ends = new Map(
    rows.filter((row) => row.standing === "editors" && row.withdraws === true).map((row) => [row.id, row]),
  );
  return new Map(
    rows.flatMap((row) => {
      const end = ends.get(row.supersedes ?? "");
      const isOne = end && end.releasedBy !== null && row.sourceDate > end.sourceDate;
      return isOne ? [[end.id, row] as const] : [];
    }),
  );
}

/** The facts alone of whatever carries them. */
export function factsOfReading(of: ReadingFacts): ReadingFacts {
  const { stance, summary, sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum } = of;
  const { explicit, confidence, via } = of;
  const source = { sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum: sourceForum || null };
  return { stance, summary, ...source, explicit, confidence: confidence || null, via: via || null };
}

/** What was typed as it is kept. */
export function cleanReading(typed: ReadingTyped): { readonly facts: ReadingFacts; readonly reason: string } {
  const kept = cleanFields("reading", typed);
  return { facts: factsOfReading(kept), reason: kept.reason };
}

/**
 * Rule RF13. What is wrong with a reading's words, as message codes by field. `stances` and `publications` are the ids that
 * can be chosen; `today` is a day at the venue, as
 * for what States say themselves (rule PS3).
 */
export function readingProblems(
  { facts, reason }: ReturnType<typeof cleanReading>,
  ground: {
    readonly stances: readonly string[];
    readonly publications: readonly string[];
    readonly today: string;
  },
): Faults {
  const { summary, sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum, confidence, via } = facts;
  const typed = { summary, sourceTitle, sourceSymbol, sourceUrl, sourceForum: sourceForum ?? "", reason };
  const problems = faultsOfLength("reading", typed);
  const day = firstDay(sourceDate);
  if (!ground.stances.includes(facts.stance)) problems["stance"] = "stance-unknown";
  if (summary === "") problems["summary"] = "reading-summary-missing";
  if (sourceTitle === "") problems["sourceTitle"] = "source-missing";
  if (!isDay(day)) problems["sourceDate"] = "date-vague";
  else if (day > ground.today) problems["sourceDate"] = "date-future";
  if (sourceUrl !== "" && !isWebAddress(sourceUrl)) problems["sourceUrl"] = "url-wrong";
  if (!CONFIDENCES.some((one) => one === confidence)) problems["confidence"] = "confidence-unknown";
  if (via !== null && !ground.publications.includes(via)) problems["via"] = "publication-unknown";
  if (reason === "") problems["reason"] = "reason-missing";
  return problems;
}

/** A reading as rows have it: what was read last, and whether it stands or was taken down. */
export type ReadBefore<T> = { readonly last: T | null; readonly stands: boolean };

/** Of the fields that corrections touched: where these have left them, and everything that stood there before and since. */
export type Held = {
  readonly fields: Fields;
  readonly known: Readonly<Record<string, readonly Value[]>>;
};

/** In a correction that takes what the files say: those before it hold nothing any more (rule RF18). */
const AS_IN_FILES = "asInFiles";

/** What a correction says that takes what the files say. */
export const followingFiles: Changes = { [AS_IN_FILES]: { before: false, after: true } };

/** Of the corrections of one reading, oldest first, those since the files were last taken. */
export function sinceFilesTaken<T extends { readonly value: Changes }>(
  corrections: readonly T[],
): readonly T[] {
  return corrections.slice(corrections.findLastIndex(({ value }) => AS_IN_FILES in value) + 1);
}

type InLine = ReadingFacts & {
  readonly withdraws: boolean | null;
  /** Null for the files. */
  readonly releasedBy: string | null;
  readonly releasedAt: number;
};

/**
 * Rule RF14. Of the corrections of one reading, oldest first, those of the document that is read now: where the files took
 * it down and then brought another one, what was corrected before is of what is not read any more. `line`: everything
 * that was read, oldest first.
 */
export function ofThisDocument<T extends { readonly value: Changes; readonly at: number }>(
  corrections: readonly T[],
  line: readonly InLine[],
): readonly T[] {
  const isBack = (row: InLine, before: InLine | undefined): before is InLine =>
    before?.withdraws === true &&
    row.withdraws !== true &&
    [row, before].every((one) => one.releasedBy === null);
  let holding = corrections;
  for (const [place, row] of line.entries()) {
    const before = line[place - 1];
    if (!isBack(row, before)) continue;
    const earlier = holding.filter(({ at }) => at < row.releasedAt);
    if (earlier.length === 0 || isSameDocument(row, before, heldBy(earlier))) continue;
    holding = holding.slice(earlier.length);
  }
  return holding;
}

/** `corrections`: those that hold, oldest first. */
export function heldBy(corrections: readonly { readonly value: Changes }[]): Held {
  const known: Record<string, Value[]> = {};
  for (const { value } of corrections) {
    for (const [field, { before, after }] of Object.entries(value)) (known[field] ??= []).push(before, after);
  }
  return { fields: fieldsAfter(corrections), known };
}

/**
 * A reading as it is to stand when the files say `file` (null: they do not have it); null when none is to. Of what
 * corrections hold, `recorded` is false for a reading that was taken down and true for one that was put back. What was
 * corrected in the reading of one document says nothing of another: when the files read another one, what stands stays
 * whole, and where they had taken it down themselves, the other one is read as they have it (rules RF1, RF14 and RF15).
 */
export function readingAsLoaded<T extends ReadingFacts>(
  file: T | null,
  { last, stands }: ReadBefore<T>,
  held: Held,
): T | null {
  const { recorded = null, ...facts } = held.fields;
  const standing = stands ? last : null;
  if (recorded === false) return null;
  if (file === null) return recorded === true ? standing : null;
  const isCorrected = Object.keys(held.fields).length > 0;
  if (isCorrected && last !== null && !isSameDocument(file, last, held)) return standing ?? file;
  return withFields(file, facts);
}

/** Rule RF17. What the files say and corrections keep from standing; null when they keep nothing back. */
export function heldBack<T extends ReadingFacts>(
  file: T | null,
  { last, stands }: ReadBefore<T>,
  held: Held,
): "document" | "fields" | "dropped" | "down" | null {
  if (last === null || Object.keys(held.fields).length === 0) return null;
  if (file === null) return stands && held.fields["recorded"] === true ? "dropped" : null;
  const said = Object.keys(factsOfReading(file)) as (keyof ReadingFacts)[];
  if (said.every((field) => isKnown(field, { file, last, held }))) return null;
  if (!stands) return "down";
  return isSameDocument(file, last, held) ? "fields" : "document";
}

/** Whether it is told apart by nothing but what was corrected: as it stood before any of the corrections, or since. */
function isSameDocument(file: ReadingFacts, last: ReadingFacts, held: Held): boolean {
  const telling = ["sourceTitle", "sourceSymbol", "sourceDate"] as const;
  return telling.every((field) => isKnown(field, { file, last, held }));
}

/** Whether the files say nothing new in a field: what was read last, or what stood there when it was corrected. */
function isKnown(
  field: keyof ReadingFacts,
  { file, last, held }: { readonly file: ReadingFacts; readonly last: ReadingFacts; readonly held: Held },
): boolean {
  return file[field] === last[field] || (held.known[field]?.includes(file[field]) ?? false);
}

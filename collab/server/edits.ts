/**
 * The edits that have arrived together: each is checked by itself, all that were accepted are committed at once, and
 * then every page hears what became of its own. Nothing is called saved before the commit.
 */
import type { EditRefusal } from "#collab/frames.ts";
import { isStorageFull } from "#db/database.ts";
import { BehindLog, commitRows } from "./commit.ts";
import type { AcceptedRow, Committed } from "./commit.ts";
import { SERVER_AUTHOR } from "./desk.ts";
import type { Desk } from "./desk.ts";
import type { Effect } from "./effect.ts";
import {
  carriesIn,
  REPAIR_ACT,
  REPAIR_BRACKETS_ACT,
  repairBrackets,
  repairCopies,
  shownBy,
} from "./repair.ts";
import type { Author } from "./room.ts";

export type ArrivedEdit = {
  readonly no: number;
  readonly first: boolean;
  readonly update: Uint8Array;
  readonly author: Author & { readonly personId: string };
  /** The page that it came from. After a refusal nothing more of it is taken until it says hello anew. */
  readonly page: { readonly wasRefused: boolean };
};

export type EditOutcome = { readonly saved: true } | { readonly saved: false; readonly refusal: EditRefusal };

/** Removes what an accepted change made live twice; null most of the time. */
function copiesAfter(desk: Desk, accepted: readonly AcceptedRow[], row: AcceptedRow): Effect | null {
  const { gate, live, locks } = desk;
  const own = carriesIn(gate.copy(), row.effect);
  if (own.length === 0 && shownBy(gate.copy(), row.effect).length === 0) return null;
  const before = accepted.flatMap(({ effect }) => carriesIn(gate.copy(), effect));
  const isCommand = row.kind === "command";
  return repairCopies(gate, { effect: row.effect, live, before, own, locks, isCommand });
}

/** Rows that repair what an accepted change made; none most of the time. */
export function repairsAfter(desk: Desk, accepted: readonly AcceptedRow[], row: AcceptedRow): AcceptedRow[] {
  const { gate, locks } = desk;
  const rowOf = (act: string, effect: Effect): AcceptedRow => {
    return { kind: "repair", act, by: SERVER_AUTHOR, at: row.at, effect, claims: desk.serverClaims(effect) };
  };
  const copies = copiesAfter(desk, accepted, row);
  const brackets = repairBrackets(gate, copies ? [row.effect, copies] : [row.effect], locks);
  return [
    ...(copies ? [rowOf(REPAIR_ACT, copies)] : []),
    ...(brackets ? [rowOf(REPAIR_BRACKETS_ACT, brackets)] : []),
  ];
}

/** The row that puts brackets of a paragraph in order whose lock has gone; null most of the time. */
export function repairUnlocked(desk: Desk, paragraphId: string): AcceptedRow | null {
  const effect = repairBrackets(desk.gate, [], desk.locks, new Set([paragraphId]));
  return (
    effect && {
      kind: "repair",
      act: REPAIR_BRACKETS_ACT,
      by: SERVER_AUTHOR,
      at: desk.now(),
      effect,
      claims: desk.serverClaims(effect),
    }
  );
}

/** Puts one edit through the gate; what is to be logged is added to `rows`, all of it or nothing. */
function takeEdit(
  desk: Desk,
  { update, first, author }: ArrivedEdit,
  { rows, follows }: { readonly rows: AcceptedRow[]; readonly follows: boolean },
): EditOutcome {
  const verdict = desk.gate.check({ update, first, personId: author.personId, follows });
  if (verdict.kind === "refused") return { saved: false, refusal: verdict.refusal };
  if (verdict.kind === "nothing") return { saved: true };
  const { effect, claims } = verdict;
  const row: AcceptedRow = {
    kind: "edit",
    act: "",
    by: author,
    at: desk.now(),
    effect,
    claims: claims.map((client) => ({ client, by: author })),
  };
  const repairs = repairsAfter(desk, rows, row);
  rows.push(row, ...repairs);
  return { saved: true };
}

/**
 * What became of each edit, in order; `rows` went into the log. `committed` is null when there are none: its `apply` is
 * called when everybody has been told, whose words are waited for.
 */
export async function takeEdits(
  desk: Desk,
  edits: readonly ArrivedEdit[],
): Promise<{
  readonly outcomes: readonly EditOutcome[];
  readonly rows: readonly AcceptedRow[];
  readonly committed: Committed | null;
}> {
  const { gate } = desk;
  const rows: AcceptedRow[] = [];
  const outcomes: EditOutcome[] = [];
  const refused = new Set(edits.map(({ page }) => page).filter(({ wasRefused }) => wasRefused));
  for (const edit of edits) {
    const mark = gate.mark();
    try {
      outcomes.push(takeEdit(desk, edit, { rows, follows: refused.has(edit.page) }));
    } catch (error) {
      // A fault of ours over one edit must not stop the others: it leaves nothing behind, and its page is told.
      gate.backTo(mark);
      desk.onFault(error);
      outcomes.push({ saved: false, refusal: { code: "malformed", paragraphId: null } });
    }
    if (outcomes.at(-1)?.saved === false) refused.add(edit.page);
  }
  if (rows.length === 0) return { outcomes, rows, committed: null };
  try {
    const committed = await commitRows(desk, rows);
    gate.keep();
    return { outcomes, rows, committed };
  } catch (error) {
    if (error instanceof BehindLog) throw error;
    gate.drop();
    desk.onStorageTrouble(error);
    const code = isStorageFull(error) ? "storage-full" : "storage-trouble";
    // What was there already may have been so only because of an edit of this turn: nothing counts as saved.
    return {
      outcomes: outcomes.map((outcome) =>
        outcome.saved ? { saved: false, refusal: { code, paragraphId: null } } : outcome,
      ),
      rows: [],
      committed: null,
    };
  }
}

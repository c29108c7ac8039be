/** What a command sees and does while it holds the queue of a text. */
import * as Y from "yjs";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Refusal } from "#app/rules/refusal.ts";
import type { Paragraph, TextDocument } from "#collab/document.ts";
import { projectDocument } from "#collab/projection.ts";
import { isStorageFull } from "#db/database.ts";
import { commitRows } from "./commit.ts";
import type { AcceptedRow } from "./commit.ts";
import type { Desk } from "./desk.ts";
import { repairsAfter, repairUnlocked } from "./edits.ts";
import { importInto } from "./import.ts";
import { freezeNumbers } from "./numbering.ts";
import { restoreInto } from "./restore.ts";
import type { Restored } from "./restore.ts";
import type { Changed, ServerAct, Turn } from "./room.ts";
import { giveWay } from "./slices.ts";

type TurnOptions = {
  readonly desk: Desk;
  /** Rows went into the log: everybody is told. */
  readonly onRows: (rows: readonly AcceptedRow[]) => void;
  readonly onLocks: () => void;
};

function refuseDamaged(damagedAt: number): Refusal {
  return refuse("unavailable", "damaged", { values: { row: damagedAt } });
}

async function change(
  options: TurnOptions,
  act: ServerAct,
): Promise<Refusal | { readonly seq: number; readonly head: string }> {
  const { desk } = options;
  const { gate, live } = desk;
  if (desk.damagedAt !== null) return refuseDamaged(desk.damagedAt);
  const verdict = gate.run(act.change, { respectLocks: act.overLocks !== true });
  if (verdict.kind === "refused") {
    const { code, paragraphId } = verdict.refusal;
    return refuse(
      "rule",
      code === "locked" ? "paragraph-locked" : code,
      paragraphId === null ? {} : { values: { paragraph: paragraphId } },
    );
  }
  const rows: AcceptedRow[] = [];
  const refused = await commit(options, { rows, prepare: act.prepare, also: act.also }, () => {
    if (verdict.kind !== "taken") return;
    const { effect } = verdict;
    const row: AcceptedRow = {
      kind: "command",
      act: act.act,
      by: act.by,
      at: desk.now(),
      effect,
      claims: desk.serverClaims(effect),
    };
    rows.push(row, ...repairsAfter(desk, [], row));
  });
  return refused ?? { seq: live.seq(), head: live.head() };
}

/** Puts rows into the log and into the live text; null, or why they could not be written. */
async function commit(
  { desk, onRows }: TurnOptions,
  { rows, prepare, also }: { readonly rows: readonly AcceptedRow[] } & Pick<ServerAct, "prepare" | "also">,
  make: () => void,
): Promise<Refusal | null> {
  const { gate } = desk;
  try {
    make();
    const write = await prepare?.(changedIn(desk));
    const { apply } = await commitRows(desk, rows, async (tx, head) => {
      await also?.(tx, head.seq);
      await write?.(tx, head);
    });
    apply();
    gate.keep();
  } catch (error) {
    gate.drop();
    if (!isStorageFull(error)) throw error;
    desk.onStorageTrouble(error);
    return refuse("unavailable", "storage-full");
  }
  if (rows.length > 0) onRows(rows);
  // A command may be a long row of changes: others' work goes on in between, though not in this text.
  await giveWay();
  return null;
}

/** The gate's copy has what was taken and is not committed yet. */
function changedIn({ gate, live }: Desk): Changed {
  return {
    document: () => projectDocument(gate.copy(), live.kind, live.document().convention),
    state: () => Y.encodeStateAsUpdate(gate.copy()),
    giveWay,
  };
}

/** Rule LF5. Paragraphs with a glyph of a held bracket that they would not have in the wanted wording. */
function losingHeld({ live, held }: Desk, wanted: TextDocument): Set<string> {
  if (held.size === 0) return new Set();
  const signs = ({ spans }: Paragraph): string[] =>
    spans.flatMap((span) =>
      span.kind === "bracket" && held.has(span.bracket) ? [`${span.side} ${span.bracket}`] : [],
    );
  const then = new Map(wanted.paragraphs.map((paragraph) => [paragraph.id, new Set(signs(paragraph))]));
  const losing = live
    .document()
    .paragraphs.filter((paragraph) => signs(paragraph).some((sign) => !then.get(paragraph.id)?.has(sign)));
  return new Set(losing.map(({ id }) => id));
}

/** Good until the command that holds it has ended: later use throws. */
function createTurn(options: TurnOptions): { readonly turn: Turn; readonly end: () => void } {
  const { desk, onLocks } = options;
  const { live } = desk;
  let isOver = false;
  function check(): void {
    if (isOver) throw new Error("A turn was used after its command had ended.");
  }
  const turn: Turn = {
    get seq() {
      return live.seq();
    },
    get head() {
      return live.head();
    },
    document: () => live.document(),
    state: () => live.state(),
    carries: () => live.carries,
    attribution: () => live.attribution,
    lockedParagraphs: () => desk.locks,
    giveWay,
    change(act) {
      check();
      return change(options, act);
    },
    async restore(wanted, { by, only, newId, also }) {
      check();
      let restored: Restored = { changed: [], skipped: [] };
      const result = await change(options, {
        act: "restore",
        by,
        change: (doc) => {
          restored = restoreInto(doc, live.document(), wanted, {
            locked: new Set([...desk.locks, ...losingHeld(desk, wanted)]),
            roots: live.roots(),
            newId,
            ...(only === null ? {} : { only }),
          });
        },
        also: (tx, seq) => also?.(tx, seq, restored) ?? Promise.resolve(),
      });
      return isRefusal(result) ? result : restored;
    },
    number({ by, anew, ...more }) {
      check();
      const freeze = (doc: Y.Doc): void => freezeNumbers(doc, live.document(), { anew });
      const act = anew ? "renumber" : "number";
      return change(options, { act, by, overLocks: true, change: freeze, ...more });
    },
    insert({ by, ...imported }) {
      check();
      return importInto(turn, { act: "import", by }, imported);
    },
    async write(work) {
      check();
      if (desk.damagedAt !== null) return refuseDamaged(desk.damagedAt);
      try {
        return await desk.db.write(work);
      } catch (error) {
        if (!isStorageFull(error)) throw error;
        desk.onStorageTrouble(error);
        return refuse("unavailable", "storage-full");
      }
    },
    setLocked(paragraphId, locked) {
      check();
      if (desk.damagedAt !== null) throw new Error("A lock was set on a text whose log is damaged.");
      if (locked) desk.locks.add(paragraphId);
      else desk.locks.delete(paragraphId);
      onLocks();
    },
    heldBrackets: () => desk.held,
    setHeld(bracketId, isHeld) {
      check();
      if (isHeld) desk.held.add(bracketId);
      else desk.held.delete(bracketId);
    },
    async repair(paragraphId) {
      check();
      if (desk.damagedAt !== null) return refuseDamaged(desk.damagedAt);
      const rows: AcceptedRow[] = [];
      return commit(options, { rows }, () => {
        const row = repairUnlocked(desk, paragraphId);
        if (row) rows.push(row);
      });
    },
  };
  return {
    turn,
    end: () => {
      isOver = true;
    },
  };
}

/** Runs a command with the queue held. Who gave it hears of it when everybody else has: `tell` comes first. */
export async function runHeld<T>(
  options: TurnOptions & { readonly tell: () => void },
  work: (turn: Turn) => Promise<T>,
): Promise<T> {
  const { turn, end } = createTurn(options);
  try {
    return await work(turn);
  } finally {
    // A command that fails has changed nothing; the room goes on.
    end();
    options.tell();
  }
}

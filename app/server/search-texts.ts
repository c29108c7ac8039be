/**
 * Wordings of texts come into the index of search a little after they are written: whoever types waits for nothing, and
 * a text in which nobody has typed for some seconds is found as it stands. Rule SE10.
 */
import { documentOf } from "#app/commands/version-row.ts";
import type { TextDocument } from "#collab/document.ts";
import { passagesOf } from "#collab/passages.ts";
import type { Rooms } from "#collab/server/room.ts";
import type { Timers } from "#collab/server/timers.ts";
import type { Database } from "#db/database.ts";
import {
  findWordingDifference,
  forgetPassages,
  listWaitingWordings,
  markTakenOver,
  passOver,
  putPassages,
  type WaitingWording,
} from "#db/stores/search-text.ts";
import { findVersionDocument } from "#db/stores/text-version.ts";
import { findText } from "#db/stores/text.ts";

export type SearchTexts = {
  /** Something was written, or a version issued: it is taken over soon. */
  written(): void;
  /** Resolves when every wording that is committed has been taken over. */
  settled(onProgress?: (done: number, all: number) => void): Promise<void>;
  /** Resolves when nothing is being taken over. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

type Parts = { readonly db: Database; readonly rooms: Pick<Rooms, "wording"> };

/** Passages of one write: some milliseconds of work. */
const PIECE = 20;
/** After the last keystroke; and the longest that a passage waits while people go on. */
const QUIET_MS = 2_000;
const LONGEST_MS = 10_000;

export function createSearchTexts(
  parts: Parts,
  options: { readonly timers: Timers; readonly onError: (error: unknown) => void },
): SearchTexts {
  const { timers, onError } = options;
  let callOff: (() => void) | null = null;
  let firstAt = 0;
  let running: Promise<void> = Promise.resolve();
  let isClosing = false;

  function run(onProgress?: (done: number, all: number) => void): Promise<void> {
    const next = running.then(() => takeOverAll(parts, { onError, onProgress, isClosing: () => isClosing }));
    running = next.catch(() => {});
    return next;
  }

  return {
    written() {
      if (isClosing) return;
      const now = timers.now();
      if (callOff === null) firstAt = now;
      callOff?.();
      const wait = Math.max(0, Math.min(QUIET_MS, firstAt + LONGEST_MS - now));
      callOff = timers.after(wait, () => {
        callOff = null;
        run().catch(onError);
      });
    },
    settled: run,
    idle: () => running,
    async close() {
      isClosing = true;
      callOff?.();
      await running;
    },
  };
}

async function takeOverAll(
  parts: Parts,
  options: {
    readonly onError: (error: unknown) => void;
    readonly onProgress?: ((done: number, all: number) => void) | undefined;
    readonly isClosing: () => boolean;
  },
): Promise<void> {
  const waiting = await listWaitingWordings(parts.db.read);
  for (const [done, wording] of waiting.entries()) {
    if (options.isClosing()) return;
    options.onProgress?.(done, waiting.length);
    try {
      await takeOver(parts, wording);
    } catch (error) {
      // It waits for the next time; the others do not wait for it.
      options.onError(error);
    }
  }
}

async function takeOver({ db, rooms }: Parts, wording: WaitingWording): Promise<void> {
  const { textId, version } = wording;
  const text = await findText(db.read, textId);
  // Of what a delegation writes for itself only what stands there now is found.
  const isFound = text !== null && (text.delegationId === null || version === null);
  const kept = isFound ? await readWording({ db, rooms }, wording) : null;
  if (text === null || kept === null) return db.write((tx) => passOver(tx, wording));
  const { document, seq } = kept;
  const difference = await findWordingDifference(db.read, {
    textId,
    versionId: version?.id ?? null,
    passages: passagesOf(document),
  });
  // What does not stand there any more goes first.
  if (version === null) {
    for (const gone of pieces(difference.gone)) await db.write((tx) => forgetPassages(tx, gone));
  }
  for (const set of pieces(difference.set)) {
    await db.write((tx) => putPassages(tx, text, { version, set }));
  }
  await db.write((tx) => markTakenOver(tx, wording, seq));
}

async function readWording(
  { db, rooms }: Parts,
  { textId, version }: WaitingWording,
): Promise<{ readonly document: TextDocument; readonly seq: number } | null> {
  if (version === null) return rooms.wording(textId);
  const found = await findVersionDocument(db.read, { textId, versionId: version.id });
  return found && { document: documentOf(found), seq: found.seq };
}

function pieces<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / PIECE);
  return Array.from({ length: count }, (_, at) => all.slice(at * PIECE, (at + 1) * PIECE));
}

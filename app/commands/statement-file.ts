/** The file of a draft statement: looked into before the transaction that keeps it, since that takes its time. */
import { MOST_KEPT_BYTES, noRoomFor, placeOf } from "#app/rules/files.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { findPlaceTaken, insertUpload } from "#db/stores/upload.ts";
import type { CommandContext, FileToTake, TakenFile } from "./context.ts";
import { admitToDelegation } from "./draft-door.ts";
import type { ReadableParagraph } from "./spoken-to.ts";
import { checkStatement } from "./statement-ground.ts";

/**
 * Keeps the bytes of a file for a delegation that may draft and has room for it, once the words beside it could stand;
 * null where there is no file. Nobody can ask for the bytes until `keepStatementFile` has written its row.
 */
export async function takeStatementFile(
  context: CommandContext,
  what: {
    readonly file: FileToTake | null;
    readonly delegationId: string;
    readonly words: StatementWords;
    readonly readable: readonly ReadableParagraph[];
  },
): Promise<Refusal | TakenFile | null> {
  const { file, delegationId, words, readable } = what;
  if (file === null) return null;
  const door = await admitToDelegation(context, "draft", delegationId);
  if (isRefusal(door)) return door;
  const checked = await checkStatement(context.db.read, words, { ...door, at: context.now(), readable });
  if (isRefusal(checked)) return checked;
  const whose = { sessionId: door.session.id, delegationId };
  return context.uploads.take(file, { ...whose, room: await roomOf(context.db.read, whose) });
}

/**
 * Writes the row of a file that was taken; the caller anchors it by the hash. Null where there is no file. Refused where
 * another of the delegation's files has taken the room meanwhile.
 */
export async function keepStatementFile(
  tx: WriteTx,
  taken: TakenFile | null,
  row: {
    readonly newId: () => string;
    readonly sessionId: string;
    readonly by: { readonly personId: string; readonly delegationId: string };
    readonly at: number;
  },
): Promise<Refusal | { readonly uploadId: string; readonly sha256: string } | null> {
  if (taken === null) return null;
  const { newId, sessionId, by, at } = row;
  const { delegationId, personId } = by;
  const room = await roomOf(tx, { sessionId, delegationId });
  if (placeOf(taken) > room) return noRoomFor(room);
  const id = newId();
  const sha256 = await insertUpload(tx, { ...taken, id, sessionId, delegationId, by: personId, at });
  return { uploadId: id, sha256 };
}

/** Bytes that are left for files of a delegation in a session. */
async function roomOf(
  db: Reading,
  whose: { readonly sessionId: string; readonly delegationId: string },
): Promise<number> {
  return MOST_KEPT_BYTES - (await findPlaceTaken(db, whose));
}

/** An act with a file whose bytes are kept already: where it is refused, they go again. */
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { isFileOnRecord } from "#db/stores/upload.ts";
import type { CommandContext, TakenFile } from "./context.ts";

/** Does the act with the file, or with none, unless there is a refusal to answer with. */
export async function withFile<R>(
  context: CommandContext,
  taken: Refusal | TakenFile | null,
  act: (taken: TakenFile | null) => Promise<R>,
): Promise<Refusal | R> {
  if (taken === null) return act(null);
  if (isRefusal(taken)) return taken;
  try {
    return await act(taken);
  } finally {
    await context.uploads.letGo(taken.sha256, () => isFileOnRecord(context.db.read, taken.sha256));
  }
}

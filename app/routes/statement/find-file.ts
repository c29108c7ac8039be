/** What a page says of the file of a statement, or of a draft of one. */
import type { FileFacts } from "#app/components/record/statement-file.tsx";
import { MOST_SPOKEN, speakingSecondsOfFile } from "#app/rules/statements.ts";
import type { Reading } from "#db/database.ts";
import { findFileWords, findUpload } from "#db/stores/upload.ts";

/** With how long its words take to say. The caller has seen to it that the statement may be read. */
export async function findFileOf(
  db: Reading,
  { uploadId, language }: { readonly uploadId: string | null; readonly language: string },
): Promise<(FileFacts & { readonly seconds: number }) | null> {
  const upload = uploadId === null ? null : await findUpload(db, uploadId);
  if (upload === null) return null;
  const { id, name, type, size } = upload;
  const words = await findFileWords(db, { id, most: MOST_SPOKEN });
  return { name, type, size, seconds: speakingSecondsOfFile(words, language) };
}

/** A file that somebody put in, as a download: it runs, loads and shows nothing here. Rule UP6. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { notThere } from "#app/routes/answers.ts";
import { fileHeaders } from "#app/routes/file-headers.ts";
import { findUpload } from "#db/stores/upload.ts";

/** Whoever calls has asked who may have it. Throws "not there" where there is none, or its bytes are gone. */
export async function giveFile(context: AppLoadContext, uploadId: string | null): Promise<Response> {
  const file = uploadId === null ? null : await findUpload(context.db.read, uploadId);
  const bytes = file === null ? null : await context.uploads.open(file.sha256);
  if (file === null || bytes === null) throw notThere();
  return new Response(bytes, { headers: fileHeaders(file) });
}

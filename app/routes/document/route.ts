/** The file of a document, as a download: it runs, loads and shows nothing here. Rule UP6. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { may } from "#app/rules/permissions.ts";
import { notThere, refusalResponse } from "#app/routes/answers.ts";
import { fileHeaders } from "#app/routes/file-headers.ts";
import { findDocument } from "#db/stores/document.ts";
import { findUpload } from "#db/stores/upload.ts";

export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const { session: sessionId = "", document: documentId = "" } = params;
  const allowed = may("readReleased", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const document = await findDocument(context.db.read, { sessionId, documentId });
  const file = document?.uploadId ? await findUpload(context.db.read, document.uploadId) : null;
  const bytes = file === null ? null : await context.uploads.open(file.sha256);
  if (file === null || bytes === null) throw notThere();
  return new Response(bytes, { headers: fileHeaders(file) });
}

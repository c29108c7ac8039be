/** The file of a document, as a download. Rule UP6. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { may } from "#app/rules/permissions.ts";
import { refusalResponse } from "#app/routes/answers.ts";
import { giveFile } from "#app/routes/give-file.ts";
import { findDocument } from "#db/stores/document.ts";

export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const { session: sessionId = "", document: documentId = "" } = params;
  const allowed = may("readReleased", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const document = await findDocument(context.db.read, { sessionId, documentId });
  return giveFile(context, document?.uploadId ?? null);
}

/** The file of a draft statement, as a download, for its delegation alone. Rules UP6 and UP8. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { openDrafts } from "#app/routes/drafts/seats.ts";
import { giveFile } from "#app/routes/give-file.ts";
import { findStatementDraft } from "#db/stores/statement-draft.ts";

export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const { seats } = await openDrafts(context, params);
  const draft = await findStatementDraft(context.db.read, {
    id: params["draft"] ?? "",
    delegationIds: seats.map(({ delegationId }) => delegationId),
  });
  return giveFile(context, draft?.uploadId ?? null);
}

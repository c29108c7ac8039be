/** The file of a released statement, as a download, for whoever reads the statement. Rules UP6 and UP8. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { giveFile } from "#app/routes/give-file.ts";
import { openStatement } from "#app/routes/statement/load.ts";

export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const { found } = await openStatement(context, params);
  return giveFile(context, found.uploadId);
}

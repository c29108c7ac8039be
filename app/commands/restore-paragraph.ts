/** One paragraph says again what it said in a version, with the footnotes that it refers to. */
import type { Refusal } from "#app/rules/refusal.ts";
import type { CommandContext } from "./context.ts";
import { type RestoreResult, restoreVersion } from "./restore-version.ts";

export function restoreParagraph(
  context: CommandContext,
  input: { readonly textId: string; readonly versionId: string; readonly paragraphId: string },
): Promise<Refusal | RestoreResult> {
  return restoreVersion(context, input);
}

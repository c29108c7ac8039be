/** A version is issued: the wording at this moment, under a label, with the head of the text's log. It never changes. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { isLabelTaken } from "#app/rules/versions.ts";
import { findNewestVersion, listVersions } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";
import { insertVersionOnRecord, versionRow } from "./version-row.ts";

export type NewVersion = {
  readonly textId: string;
  /** "Zero draft", "Rev.1", or whatever the chair calls it. */
  readonly label: string;
  readonly symbol: string;
  readonly note: string;
  /** Paragraphs are numbered anew: what was PP6 bis may be PP7. */
  readonly renumber?: boolean;
};

/** Refused without a label, with a field that is too long (rule FL2), with one that an issued version has, and when the text has no words yet. */
export async function issueVersion(
  context: CommandContext,
  input: NewVersion,
): Promise<Refusal | { readonly versionId: string }> {
  const admitted = await admit(context, "issueVersion", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId } = input;
  const { sessionId } = admitted.door;
  const { label, symbol, note } = cleanFields("version", input);
  const fields = faultsOfLength("version", { label, symbol, note });
  if (label === "" || "label" in fields) fields["label"] = "version-label";
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });

  const result = await holdAdmitted(context, "issueVersion", textId, async (turn, { by }) => {
    if (turn.document().paragraphs.length === 0) return refuse("rule", "version-empty");
    const versions = await listVersions(context.db.read, textId);
    const labels = versions.filter(({ kind }) => kind === "issued").map((version) => version.label);
    if (isLabelTaken(labels, label)) {
      return refuse("conflict", "version-label-taken", {
        values: { label },
        fields: { label: "version-label-taken" },
      });
    }
    // Nobody else issues a version while this turn lasts.
    const numbered = await turn.number({ by, anew: input.renumber === true });
    if (isRefusal(numbered)) return numbered;
    const previous = await findNewestVersion(context.db.read, textId);
    const lastIssued = await findNewestVersion(context.db.read, textId, { kind: "issued" });
    const given = {
      id: context.newId(),
      textId,
      kind: "issued",
      reason: "",
      label,
      symbol,
      note,
      issuedBy: by.personId,
      issuedAt: context.now(),
    } as const;
    const row = await versionRow(turn, previous, given, lastIssued);
    return turn.write(async (tx) => {
      await insertVersionOnRecord(tx, row, { act: "issueVersion", by, sessionId });
      return { versionId: row.id };
    });
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `versions:${textId}`);
  return result;
}

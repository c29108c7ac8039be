/** A version is issued: the wording at this moment, under a label, with the head of the text's log. It never changes. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { isLabelTaken } from "#app/rules/versions.ts";
import type { TextDocument } from "#collab/document.ts";
import { renamedIn } from "#collab/numbering.ts";
import {
  findNewestVersion,
  findVersionDocument,
  listVersions,
  type VersionInList,
} from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";
import { documentOf, insertVersionOnRecord, versionOf } from "./version-row.ts";

export type NewVersion = {
  readonly textId: string;
  /** "Zero draft", "Rev.1", or whatever the chair calls it. */
  readonly label: string;
  readonly symbol: string;
  readonly note: string;
  /** Paragraphs are numbered anew: what was PP6 bis may be PP7. */
  readonly renumber?: boolean;
  /** The newest issued version that the form showed, null for none; left out: whichever it is. */
  readonly after?: string | null;
};

/**
 * Refused without a label, with a field that is too long (rule FL2), with one that an issued version has, when the text
 * has no words yet, and as "conflict" when another version has been issued since the form was made (rule VR13).
 */
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
    const issued = (await listVersions(context.db.read, textId)).filter(({ kind }) => kind === "issued");
    const newest = issued.at(-1);
    if (newest && input.after !== undefined && input.after !== newest.id)
      return issuedMeanwhile(context, { textId, seen: input.after, newest });
    if (
      isLabelTaken(
        issued.map((version) => version.label),
        label,
      )
    ) {
      return refuse("conflict", "version-label-taken", {
        values: { label },
        fields: { label: "version-label-taken" },
      });
    }
    // Nobody else issues a version while this turn lasts.
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
    const numbered = await turn.number({
      by,
      anew: input.renumber === true,
      async prepare(text) {
        const version = await versionOf(text, previous, given, lastIssued);
        return (tx, { seq, hash }) =>
          insertVersionOnRecord(
            tx,
            { ...version, seq, chainHead: hash },
            { act: "issueVersion", by, sessionId },
          );
      },
    });
    return isRefusal(numbered) ? numbered : { versionId: given.id };
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, `versions:${textId}`);
  return result;
}

/** Says who issued what, and whether the paragraphs are called otherwise since. */
async function issuedMeanwhile(
  { db }: Pick<CommandContext, "db">,
  {
    textId,
    seen,
    newest,
  }: { readonly textId: string; readonly seen: string | null; readonly newest: VersionInList },
): Promise<Refusal> {
  const find = async (versionId: string): Promise<TextDocument | null> => {
    const version = await findVersionDocument(db.read, { textId, versionId });
    return version && documentOf(version);
  };
  const [before, after] = [seen === null ? null : await find(seen), await find(newest.id)];
  const [renamed] = before && after ? renamedIn(before, after) : [];
  const values = { label: newest.label, by: newest.issuedByName ?? "", after: newest.id };
  if (!renamed) return refuse("conflict", "version-issued-meanwhile", { values });
  const { from, to } = renamed;
  return refuse("conflict", "version-renumbered-meanwhile", { values: { ...values, from, to } });
}

/** The form of a draft proposal: its fields to words, and words to fields. */
import { z } from "zod";
import { PROPOSAL_KINDS, type ProposalWords } from "#app/rules/proposals.ts";

/** Far above what the rules allow: they say which field is too long, this keeps nonsense out. */
const words = z.string().max(200_000, "too-long").default("");
const several = z.array(z.string().max(200)).max(1_000);

export const proposalForm = z
  .object({
    text: words,
    kind: z.enum(PROPOSAL_KINDS, { error: "required" }),
    paragraph: words,
    after: words,
    wording: words,
    reason: words,
    version: words,
    group: words,
    exceptions: several,
    sponsors: several,
    bridges: several,
    edition: z.coerce.number().int().catch(0),
    supersedes: words,
  })
  .transform(({ text, paragraph, after, version, group, sponsors, edition, supersedes, ...rest }) => ({
    edition,
    supersedes: supersedes === "" ? null : supersedes,
    words: {
      ...rest,
      textId: text,
      paragraphId: orNull(paragraph),
      afterId: orNull(after),
      versionId: orNull(version),
      groupId: orNull(group),
      sponsorIds: sponsors,
    } satisfies ProposalWords,
  }));

function orNull(value: string): string | null {
  return value === "" ? null : value;
}

export function fieldsOf(form: FormData): Record<string, unknown> {
  const all = (name: string) => form.getAll(name).map(String);
  const ticked = { exceptions: all("exceptions"), sponsors: all("sponsors"), bridges: all("bridges") };
  return { ...Object.fromEntries(form), ...ticked };
}

export type ProposalValues = Readonly<
  Record<"kind" | "paragraph" | "after" | "wording" | "reason" | "version" | "group", string>
> &
  Readonly<Record<"exceptions" | "sponsors" | "bridges", readonly string[]>>;

/** What the fields show of a draft, or of a proposal that is gone on from. */
export function proposalValues(
  said: Omit<ProposalWords, "textId" | "sponsorIds"> & { readonly sponsorIds: readonly string[] },
): ProposalValues {
  return {
    kind: said.kind,
    paragraph: said.paragraphId ?? "",
    after: said.afterId ?? "",
    wording: said.wording,
    reason: said.reason,
    version: said.versionId ?? "",
    group: said.groupId ?? "",
    exceptions: said.exceptions,
    sponsors: said.sponsorIds,
    bridges: said.bridges,
  };
}

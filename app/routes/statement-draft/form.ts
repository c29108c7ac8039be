/** The form of a draft statement: its fields to words, and words to fields. */
import { data } from "@remix-run/node";
import { z } from "zod";
import type { Refusal } from "#app/rules/refusal.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { formAnswer } from "#app/routes/answers.ts";

/** Far above what the rules allow: they say which field is too long, this keeps nonsense out. */
const words = z.string().max(400_000, "too-long").default("");

export const statementForm = z
  .object({
    item: words,
    meeting: words,
    title: words,
    language: words,
    body: words,
    group: words,
    exceptions: z.array(z.string().max(100)).max(1_000),
    edition: z.coerce.number().int().catch(0),
  })
  .transform(({ item, meeting, group, edition, ...rest }) => ({
    edition,
    words: {
      ...rest,
      itemId: item,
      meetingId: meeting === "" ? null : meeting,
      groupId: group === "" ? null : group,
    } satisfies StatementWords,
  }));

/** The fields of a form; `exceptions` may stand in it several times. */
export function fieldsOf(form: FormData): Record<string, unknown> {
  return { ...Object.fromEntries(form), exceptions: form.getAll("exceptions").map(String) };
}

/** As `formAnswer`, with every exception that was ticked. */
export function statementAnswer(refusal: Refusal, form: FormData) {
  const { data: answer, init } = formAnswer(refusal, form);
  return data({ ...answer, exceptions: form.getAll("exceptions").map(String) }, init ?? undefined);
}

export type StatementValues = {
  readonly item: string;
  readonly meeting: string;
  readonly title: string;
  readonly language: string;
  readonly body: string;
  readonly group: string;
};

/** What the fields show before anything is typed. */
export function statementValues(draft: StatementWords | null, itemId: string | null): StatementValues {
  return {
    item: draft?.itemId ?? itemId ?? "",
    meeting: draft?.meetingId ?? "",
    title: draft?.title ?? "",
    language: draft?.language ?? "en",
    body: draft?.body ?? "",
    group: draft?.groupId ?? "",
  };
}

/** The form of a draft statement: its fields to words, and words to fields. */
import { data } from "@remix-run/node";
import { z } from "zod";
import type { Answer } from "#app/components/form.tsx";
import type { Refusal } from "#app/rules/refusal.ts";
import { EMBARGOES, type SpokenTo, type StatementWords } from "#app/rules/statements.ts";
import { formAnswer } from "#app/routes/answers.ts";

/** Far above what the rules allow: they say which field is too long, this keeps nonsense out. */
const words = z.string().max(400_000, "too-long").default("");

const several = z.array(z.string().max(200)).max(1_000);

export const statementForm = z
  .object({
    item: words,
    meeting: words,
    title: words,
    language: words,
    body: words,
    group: words,
    exceptions: several,
    topics: several,
    paragraphs: several,
    embargo: z.enum(EMBARGOES).catch("none"),
    edition: z.coerce.number().int().catch(0),
  })
  .transform(({ item, meeting, group, edition, topics, paragraphs, ...rest }) => ({
    edition,
    words: {
      ...rest,
      topicIds: topics,
      paragraphs: paragraphs.map(paragraphOf),
      itemId: item,
      meetingId: meeting === "" ? null : meeting,
      groupId: group === "" ? null : group,
    } satisfies StatementWords,
  }));

/** A paragraph as a form names it, and back. */
export function nameOf({ textId, paragraphId }: SpokenTo): string {
  return `${textId}/${paragraphId}`;
}

export function paragraphOf(name: string): SpokenTo {
  const [textId = "", paragraphId = ""] = name.split("/");
  return { textId, paragraphId };
}

export function fieldsOf(form: FormData): Record<string, unknown> {
  return { ...Object.fromEntries(form), ...tickedIn(form) };
}

/** What may stand in a form several times. */
export type Ticked = Readonly<Record<"exceptions" | "topics" | "paragraphs", readonly string[]>>;

/** With what was ticked, which stands several times in a form. */
export type StatementAnswer = (NonNullable<Answer> & Ticked & { readonly hadFile: boolean }) | undefined;

function tickedIn(form: FormData): Ticked {
  const all = (name: string) => form.getAll(name).map(String);
  return { exceptions: all("exceptions"), topics: all("topics"), paragraphs: all("paragraphs") };
}

/** As `formAnswer`, with everything that was ticked, and whether there was a file: it does not come back. */
export function statementAnswer(refusal: Refusal, form: FormData) {
  const { data: answer, init } = formAnswer(refusal, form, ["title", "body", "correction"]);
  return data({ ...answer, ...tickedIn(form), hadFile: fileIn(form) !== null }, init ?? undefined);
}

/** The file that was chosen: browsers send an empty one where none was. */
export function fileIn(form: FormData): File | null {
  const sent = form.get("file");
  return sent instanceof File && sent.size > 0 ? sent : null;
}

/** What is ticked before anybody ticks. */
export function tickedOf(draft: StatementWords): Ticked {
  return { exceptions: draft.exceptions, topics: draft.topicIds, paragraphs: draft.paragraphs.map(nameOf) };
}

export type StatementValues = {
  readonly item: string;
  readonly meeting: string;
  readonly title: string;
  readonly language: string;
  readonly body: string;
  readonly group: string;
  readonly embargo: string;
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
    embargo: draft?.embargo ?? "none",
  };
}

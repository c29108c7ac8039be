/** The form of a draft position: its fields to words, and words to fields. */
import { z } from "zod";
import { type PositionWords } from "#app/rules/positions.ts";

/** Far above what the rules allow: they say which field is too long, this keeps nonsense out. */
const words = z.string().max(200_000, "too-long").default("");

export const positionForm = z
  .object({
    topic: words,
    stance: words,
    summary: words,
    excerpt: words,
    language: words,
    sourceTitle: words,
    sourceDate: words,
    sourceSymbol: words,
    sourceUrl: words,
    sourceForum: words,
    meeting: words,
    group: words,
    exceptions: z.array(z.string().max(100)).max(1_000),
    explicit: z.enum(["yes", "no"], { error: "required" }),
    item: words,
    edition: z.coerce.number().int().catch(0),
  })
  .transform(({ topic, item, meeting, group, explicit, edition, ...rest }) => ({
    topicId: topic,
    edition,
    words: {
      ...rest,
      itemId: item === "" ? null : item,
      meetingId: meeting === "" ? null : meeting,
      groupId: group === "" ? null : group,
      explicit: explicit === "yes",
    } satisfies PositionWords,
  }));

/** Fields in which somebody writes, as against those in which they choose. */
export const WORDS = [
  "summary",
  "excerpt",
  "sourceTitle",
  "sourceSymbol",
  "sourceUrl",
  "sourceForum",
] as const;

/** The fields of a form; `exceptions` may stand in it several times. */
export function fieldsOf(form: FormData): Record<string, unknown> {
  return { ...Object.fromEntries(form), exceptions: form.getAll("exceptions").map(String) };
}

export type PositionValues = Readonly<Record<keyof typeof empty, string>>;

const empty = {
  stance: "",
  summary: "",
  excerpt: "",
  language: "en",
  sourceTitle: "",
  sourceDate: "",
  sourceSymbol: "",
  sourceUrl: "",
  sourceForum: "",
  meeting: "",
  group: "",
  explicit: "yes",
  item: "",
};

/** Words that a form is filled with: a draft's, or those of a position that it goes on from. */
export type KeptWords = Omit<PositionWords, "sourceForum" | "exceptions"> & {
  readonly sourceForum: string | null;
};

/** What the fields show before anything is typed. */
export function positionValues(words: KeptWords | null, itemId: string | null): PositionValues {
  if (words === null) return { ...empty, item: itemId ?? "" };
  const { stance, summary, excerpt, language, sourceTitle, sourceDate, sourceSymbol, sourceUrl } = words;
  const said = { stance, summary, excerpt, language, explicit: words.explicit ? "yes" : "no" };
  const source = { sourceTitle, sourceDate, sourceSymbol, sourceUrl, sourceForum: words.sourceForum ?? "" };
  return {
    ...said,
    ...source,
    meeting: words.meetingId ?? "",
    group: words.groupId ?? "",
    item: words.itemId ?? itemId ?? "",
  };
}

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
    explicit: z.enum(["yes", "no"], { error: "required" }),
    item: words,
    edition: z.coerce.number().int().catch(0),
  })
  .transform(({ topic, item, explicit, edition, ...rest }) => ({
    topicId: topic,
    edition,
    words: {
      ...rest,
      itemId: item === "" ? null : item,
      explicit: explicit === "yes",
    } satisfies PositionWords,
  }));

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
  explicit: "yes",
  item: "",
};

/** What the fields show before anything is typed. */
export function positionValues(words: PositionWords | null, itemId: string | null): PositionValues {
  if (words === null) return { ...empty, item: itemId ?? "" };
  const { stance, summary, excerpt, language, sourceTitle, sourceDate, sourceSymbol, sourceUrl } = words;
  return {
    stance,
    summary,
    excerpt,
    language,
    sourceTitle,
    sourceDate,
    sourceSymbol,
    sourceUrl,
    explicit: words.explicit ? "yes" : "no",
    item: words.itemId ?? "",
  };
}

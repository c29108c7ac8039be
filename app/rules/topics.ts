/** Topics and their scales: a scale changes only by a new stance or a new name of one (rule RF7). */
import { type Faults, faultsOfLength } from "./fields.ts";

export type Stance = {
  readonly id: string;
  readonly label: string;
  /** What it was called before, oldest first. */
  readonly formerly?: readonly string[];
};

/** A page shows so many and stays readable. */
const MOST_STANCES = 12;

/** Message codes by field for the words of a topic. */
export function topicProblems(words: { readonly title: string; readonly question: string }): Faults {
  const problems = faultsOfLength("topic", words);
  if (words.title === "") problems["title"] = "required";
  if (words.question === "") problems["question"] = "required";
  return problems;
}

/**
 * Message codes by field, for a stance that is to be called `label` among `others`: each has a name of its own, and no
 * name that another one had before.
 */
export function stanceProblems(label: string, others: readonly Stance[]): Faults {
  const problems = faultsOfLength("stance", { label });
  if (label === "") problems["label"] = "required";
  const isTaken = others.some((one) =>
    [one.label, ...(one.formerly ?? [])].some((name) => same(name, label)),
  );
  if (isTaken) problems["label"] = "stance-taken";
  if (others.length >= MOST_STANCES) problems["label"] = "scale-full";
  return problems;
}

/** Message codes for the labels of a new scale, all at the field "scale". */
export function scaleProblems(labels: readonly string[]): Faults {
  const problems: Record<string, string> = {};
  if (labels.some((label) => "label" in faultsOfLength("stance", { label }))) problems["scale"] = "too-long";
  const names = new Set(labels.map((label) => label.toLowerCase()));
  if (names.size < labels.length) problems["scale"] = "stance-taken";
  if (labels.length < 2) problems["scale"] = "scale-short";
  if (labels.length > MOST_STANCES) problems["scale"] = "scale-full";
  return problems;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The scale with one stance called otherwise; its old name stays with it. */
export function renamed(scale: readonly Stance[], stanceId: string, label: string): Stance[] {
  return scale.map((stance) =>
    stance.id === stanceId
      ? { ...stance, label, formerly: [...(stance.formerly ?? []), stance.label] }
      : stance,
  );
}

/** The topics that a form offers: those that are not closed, and those that its thing has already (rule RF8). */
export function topicsToOffer<T extends { readonly id: string; readonly closedAt: number | null }>(
  topics: readonly T[],
  had: readonly string[],
): T[] {
  return topics.filter(({ id, closedAt }) => closedAt === null || had.includes(id));
}

export type TopicFacts = {
  readonly title: string;
  readonly question: string;
  readonly scale: readonly Stance[];
};

/** What the secretariat has changed in a topic since it was first loaded. */
export type TopicChanged = { readonly what: string; readonly after: string };

/**
 * A topic as it is to stand when the files say `file`: what the secretariat named is kept, the rest follows the file.
 * A stance never goes away, and one that the file calls otherwise keeps its old name too (rules RF7 and RF9).
 */
export function topicAsLoaded(
  file: TopicFacts,
  standing: TopicFacts | null,
  changed: readonly TopicChanged[],
): TopicFacts {
  if (standing === null) return file;
  const isChanged = (what: string) => changed.some((one) => one.what === what);
  const isNamedHere = ({ label }: Stance) =>
    changed.some(({ what, after }) => what === "stance-renamed" && after === label);
  const inFile = new Map(file.scale.map((stance) => [stance.id, stance]));
  const known = standing.scale.map((stance) => {
    const said = inFile.get(stance.id);
    if (!said || said.label === stance.label || isNamedHere(stance)) return stance;
    return renamed([stance], stance.id, said.label)[0] ?? stance;
  });
  const byId = new Map(known.map((stance) => [stance.id, stance]));
  const isAllInFile = known.every(({ id }) => inFile.has(id));
  return {
    title: isChanged("renamed") ? standing.title : file.title,
    question: isChanged("question") ? standing.question : file.question,
    scale: isAllInFile
      ? file.scale.map((stance) => byId.get(stance.id) ?? stance)
      : [...known, ...file.scale.filter(({ id }) => !byId.has(id))],
  };
}

/** A topic gets another name, another question, is closed or opened again; what was said on it stays as it is. */
import { cleanFields } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { topicProblems } from "#app/rules/topics.ts";
import type { CommandContext } from "./context.ts";
import { actOnTopic } from "./topic-act.ts";

/** Refused for an empty name, and when nothing differs. */
export async function renameTopic(
  context: CommandContext,
  input: { readonly topicId: string; readonly title: string; readonly seen?: string },
): Promise<Refusal | null> {
  return actOnTopic(context, {
    topicId: input.topicId,
    name: "renameTopic",
    seen: input.seen,
    work: (topic) => {
      const { title } = cleanFields("topic", { title: input.title, question: topic.question });
      const fields = topicProblems({ title, question: topic.question });
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      if (title === topic.title) return refuse("invalid", "nothing-changed");
      return { what: "renamed", before: topic.title, after: title, change: { title } };
    },
  });
}

/** Refused for an empty question, and when nothing differs. */
export async function askAnew(
  context: CommandContext,
  input: { readonly topicId: string; readonly question: string; readonly seen?: string },
): Promise<Refusal | null> {
  return actOnTopic(context, {
    topicId: input.topicId,
    name: "changeQuestion",
    seen: input.seen,
    work: (topic) => {
      const { question } = cleanFields("topic", { title: topic.title, question: input.question });
      const fields = topicProblems({ title: topic.title, question });
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      if (question === topic.question) return refuse("invalid", "nothing-changed");
      return { what: "question", before: topic.question, after: question, change: { question } };
    },
  });
}

/** A closed topic is not offered any more (rule RF8). Refused when it is so already. */
export async function closeTopic(
  context: CommandContext,
  input: { readonly topicId: string; readonly closed: boolean; readonly seen?: string },
): Promise<Refusal | null> {
  const { topicId, closed, seen } = input;
  return actOnTopic(context, {
    topicId,
    name: closed ? "closeTopic" : "reopenTopic",
    seen,
    work: ({ closedAt }, at) => {
      if ((closedAt !== null) === closed) return refuse("conflict", closed ? "topic-closed" : "topic-open");
      const what = closed ? "closed" : "reopened";
      return { what, before: "", after: "", change: { closedAt: closed ? at : null } };
    },
  });
}

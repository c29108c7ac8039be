/** A form that shares its page with others, and is emptied by its own sending alone. */
import { useState } from "react";
import type { Answer } from "./form.tsx";
import { useOpened } from "./use-opened.ts";

/**
 * In: what this form was answered, undefined when the page's last answer was another form's; and how what it changes
 * stands now, null for a form that only adds. Out:
 * - `answer`: the same, kept until this form is sent again: what was refused stays in it when another form is sent
 * - `seen`: what it was made from, which follows what stands now until somebody types (see `useOpened`)
 * - `key`: of the form, `sent`: of what it is folded into; they make them anew after its own sending, with what was typed
 *   when that was refused
 * - `form`: what tells of typing and sending
 */
export function useOwnForm<T extends string | number | null>(answer: Answer, now: T) {
  const { opened, sent, taken, onInput, onSubmit } = useOpened(now, { isRefused: answer !== undefined });
  const [kept, keep] = useState({ answer, taken });
  const isNew = kept.taken !== taken || (answer !== undefined && answer !== kept.answer);
  if (isNew) keep({ answer, taken });
  return {
    answer: isNew ? answer : kept.answer,
    seen: opened,
    sent,
    key: `${sent} ${opened ?? ""}`,
    form: { onInput, onSubmit },
  };
}

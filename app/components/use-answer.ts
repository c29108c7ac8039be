/** What a page's last form was answered with. */
import { useActionData, useLocation } from "@remix-run/react";
import { useState } from "react";

/**
 * Like `useActionData`, but kept until the next form or page. News from the stream makes a page ask for its data again,
 * and the router drops the answer then: a link that is shown once would be gone in front of its reader.
 */
export function useAnswer<T>(): ReturnType<typeof useActionData<T>> {
  const answer = useActionData<T>();
  const { key } = useLocation();
  const [kept, keep] = useState({ key, answer });
  // The router gives the answer first and the form's new place a moment later: the same answer then belongs to that
  // place, or the next news there would count as another page and take it away.
  const isNew = kept.key !== key || (answer !== undefined && answer !== kept.answer);
  if (isNew) keep({ key, answer });
  return isNew ? answer : kept.answer;
}

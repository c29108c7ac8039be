/** Words in the format that they have in the text; opening words are in italics as well. */
import type { ReactNode } from "react";

export function Formatted({
  em,
  strong,
  children,
}: {
  readonly em: boolean;
  readonly strong: boolean;
  readonly children: ReactNode;
}) {
  const words = strong ? <strong>{children}</strong> : children;
  return em ? <i>{words}</i> : words;
}

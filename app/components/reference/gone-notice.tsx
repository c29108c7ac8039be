/** Said in a form whose thing somebody else has taken away: what was typed stays, to be copied. */
import type { ReactNode } from "react";
import { Icon } from "#app/components/icons.tsx";

export function GoneNotice({ children }: { readonly children: ReactNode }) {
  return (
    <p className="done" role="status">
      <Icon name="alert" /> {children}
    </p>
  );
}

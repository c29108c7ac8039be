/** A part of the page under its own heading. */
import type { ReactNode } from "react";

export function Part({
  id,
  title,
  act,
  children,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly act?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="part" aria-labelledby={id}>
      <div className="part-head">
        <h2 id={id}>{title}</h2>
        {act}
      </div>
      {children}
    </section>
  );
}

/** The heading of a part of the home, with the way to more of it. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

export function Title({
  id,
  children,
  more,
}: {
  readonly id: string;
  readonly children: ReactNode;
  readonly more?: { readonly to: string; readonly label: string };
}) {
  return (
    <div className="row-b title">
      <h2 className="h2" id={id}>
        {children}
      </h2>
      <span className="grow" />
      {more ? (
        <Link className="link" to={more.to}>
          {more.label}
        </Link>
      ) : null}
    </div>
  );
}

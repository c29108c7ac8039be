/** Parts of a page that every page has in the same form. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

export function PageHead({
  title,
  under,
  children,
}: {
  readonly title: ReactNode;
  readonly under?: ReactNode;
  /** Acts, at the end of the line. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {under ? <p className="cap">{under}</p> : null}
      </div>
      <span className="grow" />
      {children}
    </header>
  );
}

/** One sentence of fact, one act. */
export function Empty({
  children,
  act,
}: {
  readonly children: ReactNode;
  readonly act?: { readonly to: string; readonly label: string };
}) {
  return (
    <div className="empty">
      <p>{children}</p>
      {act ? (
        <Link className="btn" to={act.to}>
          {act.label}
        </Link>
      ) : null}
    </div>
  );
}

/** A code of a delegation or group: never reordered by the direction of the words around it. */
export function Code({ children, group }: { readonly children: string; readonly group?: boolean }) {
  return <bdi className={group ? "code grp" : "code"}>{children}</bdi>;
}

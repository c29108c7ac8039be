/** Parts of a page that every page has in the same form. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

export function PageHead({
  title,
  under,
  isPart = false,
  children,
}: {
  readonly title: ReactNode;
  readonly under?: ReactNode;
  /** Of a page that is part of something whose name heads it. */
  readonly isPart?: boolean;
  /** Acts, at the end of the line. */
  readonly children?: ReactNode;
}) {
  const Heading = isPart ? "h2" : "h1";
  return (
    <header className="page-head">
      <div>
        <Heading>{title}</Heading>
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

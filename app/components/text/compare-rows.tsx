/** The rows of a comparison, side by side or inline. A number stands behind each change. */
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeKind } from "#collab/compare.ts";
import type { Direction } from "#collab/model.ts";
import { Formatted } from "./formatted.tsx";

export type Piece = {
  readonly kind: "equal" | "ins" | "del";
  readonly text: string;
  readonly em: boolean;
  readonly strong: boolean;
  readonly no: number | null;
};

export type SideView = {
  readonly id: string;
  readonly label: string;
  readonly level: number;
  readonly dir: Direction;
  readonly part: boolean;
};

export type RowView = {
  readonly a: SideView | null;
  readonly b: SideView | null;
  readonly pieces: readonly Piece[];
  readonly changes: readonly number[];
};

export type MakerView = {
  readonly key: string;
  readonly name: string;
  readonly siglum: string;
  readonly at: number;
};

export type ChangeView = {
  readonly no: number;
  readonly kind: ChangeKind;
  readonly paragraphId: string;
  readonly labelA: string | null;
  readonly labelB: string | null;
  readonly removed: string;
  readonly inserted: string;
  readonly makers: readonly MakerView[];
};

type RowsProps = {
  readonly rows: readonly RowView[];
  readonly changes: ReadonlyMap<number, ChangeView>;
  readonly names: { readonly a: string; readonly b: string };
  readonly layout: "sides" | "inline";
  readonly current: number | null;
  readonly lang: string;
  readonly onPick: (no: number) => void;
};

export function CompareRows(props: RowsProps) {
  return (
    <>
      {props.rows.map((row) => (
        <CompareRow key={`${row.a?.id ?? ""}:${row.b?.id ?? ""}`} {...props} row={row} />
      ))}
    </>
  );
}

function CompareRow({ row, ...props }: RowsProps & { readonly row: RowView }) {
  const { t } = useTranslation("text");
  const { layout, names } = props;
  const told = useTold(row, props.changes);
  const label = row.b?.label ?? row.a?.label ?? "";
  return (
    <>
      <div className="gutter">
        <b>
          <bdi>{label}</bdi>
        </b>
        <div className="cap">{told.gutter}</div>
      </div>
      {layout === "sides" ? (
        <>
          <Cell {...props} row={row} side="a" name={names.a}>
            {row.a ? null : t("compare.noneInA", { label: names.a })}
          </Cell>
          <Cell {...props} row={row} side="b" name={names.b} told={told.after}>
            {row.b ? null : t("compare.noneInB", { label: names.b })}
          </Cell>
        </>
      ) : (
        <Cell {...props} row={row} side="both" name="" told={told.after} />
      )}
      <div className="line" />
    </>
  );
}

/** What is said of the paragraph itself: where it was, and that it was moved, split or merged. */
function useTold(row: RowView, changes: ReadonlyMap<number, ChangeView>): { gutter: string; after: string } {
  const { t } = useTranslation("text");
  const kinds = row.changes.map((no) => changes.get(no)?.kind);
  let gutter = "";
  if (!row.a) gutter = t("compare.onlyIn", { side: "B" });
  else if (!row.b) gutter = t("compare.onlyIn", { side: "A" });
  else if (row.a.label !== row.b.label && row.a.label !== "") {
    gutter = t("compare.wasIn", { label: row.a.label });
  }
  const same = row.pieces.every((piece) => piece.kind === "equal");
  let after = "";
  if (kinds.includes("split")) after = t("compare.split");
  else if (kinds.includes("merged")) after = t("compare.merged");
  else if (kinds.includes("moved")) after = t(same ? "compare.movedSame" : "compare.moved");
  return { gutter, after };
}

type CellProps = Omit<RowsProps, "rows" | "layout" | "names"> & {
  readonly row: RowView;
  readonly side: "a" | "b" | "both";
  readonly name: string;
  readonly told?: string;
  readonly children?: ReactNode;
};

function Cell({ row, side, name, told = "", children, ...props }: CellProps) {
  const own = side === "a" ? row.a : (row.b ?? row.a);
  if (children) return <div className="cell none">{children}</div>;
  const marks = side === "a" && row.b !== null ? new Map<number, number[]>() : marksBehind(row);
  const moved = row.changes.some((no) => props.changes.get(no)?.kind === "moved");
  const loose = row.changes.filter((no) => ![...marks.values()].some((numbers) => numbers.includes(no)));
  const isLast = side !== "a" || row.b === null;
  return (
    <div
      className="cell"
      dir={own?.dir ?? "auto"}
      lang={props.lang}
      data-side={name === "" ? undefined : name}
      style={own && own.level > 0 ? { paddingInlineStart: `${own.level * 1.25}rem` } : undefined}
    >
      <span className={moved ? "mv" : undefined}>
        {row.pieces.map((piece, at) => (
          <Fragment key={at}>
            {isShown(piece, side) ? <Words piece={piece} {...props} /> : null}
            {(marks.get(at) ?? []).map((no) => (
              <Mark key={no} no={no} behindSpace={/\s$/.test(piece.text)} {...props} />
            ))}
          </Fragment>
        ))}
      </span>
      {isLast ? loose.map((no) => <Mark key={no} no={no} {...props} />) : null}
      {told === "" ? null : <span className="told"> {told}</span>}
    </div>
  );
}

function isShown(piece: Piece, side: "a" | "b" | "both"): boolean {
  if (side === "both" || piece.kind === "equal") return true;
  return piece.kind === (side === "a" ? "del" : "ins");
}

/** Behind which piece each change of the row has its number: behind the last that belongs to it. */
function marksBehind(row: RowView): Map<number, number[]> {
  const last = new Map<number, number>();
  for (const [at, piece] of row.pieces.entries()) {
    if (piece.no !== null && row.changes.includes(piece.no)) last.set(piece.no, at);
  }
  const behind = new Map<number, number[]>();
  for (const [no, at] of last) behind.set(at, [...(behind.get(at) ?? []), no]);
  return behind;
}

function Words({
  piece,
  current,
  changes,
}: Pick<RowsProps, "current" | "changes"> & { readonly piece: Piece }) {
  const words = (
    <Formatted em={piece.em} strong={piece.strong}>
      {piece.text}
    </Formatted>
  );
  if (piece.kind === "equal") return words;
  const isCurrent = piece.no !== null && piece.no === current && changes.has(piece.no);
  const className = `${piece.kind}${isCurrent ? " cur" : ""}`;
  return piece.kind === "ins" ? (
    <ins className={className}>{words}</ins>
  ) : (
    <del className={className}>{words}</del>
  );
}

type MarkProps = Pick<RowsProps, "current" | "onPick"> & {
  readonly no: number;
  /** The words before it end with their own space: the number keeps its distance from the next word instead. */
  readonly behindSpace?: boolean;
};

function Mark({ no, current, onPick, behindSpace = false }: MarkProps) {
  const { t } = useTranslation("text");
  return (
    <>
      {behindSpace ? null : " "}
      <a
        id={`c-${no}`}
        href={`#l-${no}`}
        className={no === current ? "nref cur" : "nref"}
        aria-label={t("compare.detail", { no })}
        onClick={(event) => {
          event.preventDefault();
          onPick(no);
        }}
      >
        {no}
      </a>
      {behindSpace ? " " : null}
    </>
  );
}

/** Entities in English order, a column for each topic; every cell says stance and source, or "not recorded". */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Code } from "#app/components/page.tsx";
import { Source, type SourceOf } from "#app/components/record/source.tsx";
import { ScaleMarks, type Scale, type Standing } from "#app/components/record/stance.tsx";

type Cell = SourceOf & {
  readonly id: string;
  readonly stance: string;
  readonly stanceLabel: string;
  readonly standing: Standing;
};

export type Column = {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly scale: Scale;
  /** One for each row; null where nothing is recorded. */
  readonly cells: readonly (Cell | null)[];
};

type TableProps = {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly id: string; readonly code: string; readonly name: string }[];
  readonly shownId: string | null;
  readonly addressOf: (positionId: string) => string;
};

export function PositionTable({ columns, rows, shownId, addressOf }: TableProps) {
  const { t } = useTranslation("record");
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="mx-wrap" tabIndex={0} role="region" aria-label={t("positions.title")}>
      <table className="mx">
        <thead>
          <tr>
            <th scope="col">
              <span className="cap">
                {t("positions.order", { count: rows.length })}
                <br />
                {t("positions.english")}
              </span>
            </th>
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.id}>
              <th scope="row">
                <Link className="entity-name" to={`/entities/${row.id}`} discover="none">
                  {row.name}
                </Link>{" "}
                <Code>{row.code}</Code>
              </th>
              {columns.map((column) => {
                const cell = column.cells[at] ?? null;
                return (
                  <td key={column.id} className={cell && cell.id === shownId ? "sel" : undefined}>
                    {cell === null ? (
                      <span className="no">{t("notRecorded")}</span>
                    ) : (
                      <>
                        <Link className="cell" to={addressOf(cell.id)} preventScrollReset discover="none">
                          <ScaleMarks scale={column.scale} stance={cell.stance} standing={cell.standing} />
                          <span className="w">{cell.stanceLabel}</span>
                        </Link>
                        {cell.standing === "editors" ? <span className="cap">{t("reading")}. </span> : null}
                        <Source of={cell} short />
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The topic's scale with how many stand where: own words, and editors' readings apart. */
function ColumnHead({ column }: { readonly column: Column }) {
  const { t } = useTranslation("record");
  const count = (stance: string, standing: Standing) =>
    column.cells.filter((cell) => cell?.stance === stance && cell.standing === standing).length;
  const hasReadings = column.cells.some((cell) => cell?.standing === "editors");
  return (
    <th scope="col">
      <Link className="q" to={`/topics/${column.id}`} title={column.question}>
        {column.title}
      </Link>
      <ol>
        {column.scale.map(({ id, label }, at) => {
          const own = count(id, "own");
          const read = count(id, "editors");
          return (
            <li key={id}>
              <span>
                {at + 1} {label}
              </span>
              <span>{hasReadings ? t("positions.counts", { own, read }) : own}</span>
            </li>
          );
        })}
        <li>
          <span>{t("notRecorded")}</span>
          <span>{column.cells.filter((cell) => cell === null).length}</span>
        </li>
      </ol>
    </th>
  );
}

/**
 * Keys in a table that is one stop on the way of the Tab key: arrows go from cell to cell, Home and End along the row,
 * with Ctrl to the first and last, Page Up and Page Down ten rows at a time.
 */

const PAGE_ROWS = 10;

/** What of a cell takes the focus: what can be pressed in it, else the cell. */
function stopIn(cell: HTMLTableCellElement): HTMLElement {
  const within = cell.querySelector<HTMLElement>("a, button, summary");
  return within?.checkVisibility() ? within : cell;
}

function stopsIn(table: HTMLTableElement): HTMLElement[] {
  return [...table.querySelectorAll<HTMLElement>("td, th, a, button, summary")];
}

/**
 * Makes the table a grid. To be called again when its rows are others. `at` is where the focus was, by `placeOf`: it is
 * put back there when it has been lost.
 */
export function makeGrid(table: HTMLTableElement, at: Place | null = null): void {
  table.setAttribute("role", "grid");
  for (const one of stopsIn(table)) one.tabIndex = -1;
  const cell = at && cellAt(table, at);
  const stop = cell ? stopIn(cell) : firstStop(table);
  if (!stop) return;
  stop.tabIndex = 0;
  if (cell) stop.focus({ preventScroll: true });
}

function firstStop(table: HTMLTableElement): HTMLElement | null {
  const chosen = table.querySelector<HTMLElement>("button[aria-current], tbody button");
  const corner = table.rows[0]?.cells[0];
  return chosen ?? (corner ? stopIn(corner) : null);
}

/** A cell by its row and column. */
export type Place = { readonly row: number; readonly column: number };

/** Where the focus is in the table; null when it is elsewhere. */
export function placeOf(table: HTMLTableElement): Place | null {
  const cell = document.activeElement?.closest<HTMLTableCellElement>("td, th");
  if (!cell || !table.contains(cell)) return null;
  const row = cell.closest("tr");
  return row ? { row: row.rowIndex, column: cell.cellIndex } : null;
}

function cellAt(table: HTMLTableElement, { row, column }: Place): HTMLTableCellElement | null {
  const cells = table.rows[row]?.cells;
  return cells?.[Math.min(column, cells.length - 1)] ?? null;
}

/** Where a key leads from a place; null for a key that means nothing here. */
function placeAfter(event: KeyboardEvent, table: HTMLTableElement, { row, column }: Place): Place | null {
  const along = getComputedStyle(table).direction === "rtl" ? -1 : 1;
  const last = table.rows.length - 1;
  const lastColumn = (table.rows[0]?.cells.length ?? 1) - 1;
  const within = (to: Place): Place => ({
    row: Math.max(0, Math.min(last, to.row)),
    column: Math.max(0, Math.min(lastColumn, to.column)),
  });
  switch (event.key) {
    case "ArrowDown":
      return within({ row: row + 1, column });
    case "ArrowUp":
      return within({ row: row - 1, column });
    case "ArrowRight":
      return within({ row, column: column + along });
    case "ArrowLeft":
      return within({ row, column: column - along });
    case "PageDown":
      return within({ row: row + PAGE_ROWS, column });
    case "PageUp":
      return within({ row: row - PAGE_ROWS, column });
    case "Home":
      return event.ctrlKey ? { row: 0, column: 0 } : { row, column: 0 };
    case "End":
      return event.ctrlKey ? { row: last, column: lastColumn } : { row, column: lastColumn };
    default:
      return null;
  }
}

/**
 * Moves the focus when the key is one of the grid's. `column` is the one to stay in while rows are shorter; what comes
 * out is the one to stay in next.
 */
export function followKey(event: KeyboardEvent, table: HTMLTableElement, column: number): number {
  if (event.altKey || event.metaKey || event.defaultPrevented) return column;
  const here = placeOf(table);
  if (!here) return column;
  const upDown = event.key === "ArrowUp" || event.key === "ArrowDown" || event.key.startsWith("Page");
  const from = upDown ? { ...here, column } : here;
  const to = placeAfter(event, table, from);
  const cell = to && cellAt(table, to);
  if (!cell) return column;
  const next = stopIn(cell);
  event.preventDefault();
  for (const one of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) one.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  return upDown ? column : (placeOf(table)?.column ?? column);
}

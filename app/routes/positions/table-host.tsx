/** Where the table's HTML stands: in the first response as the server wrote it, and got anew when it is another. */
import { memo, useContext, useEffect, useRef } from "react";
import { PaperContext } from "#app/components/text/paper.tsx";
import { type Place, followKey, makeGrid, placeOf } from "./grid-keys.ts";

/** Key of the HTML in `PaperContext`. */
export const TABLE_PAPER = "positions";

type HostProps = {
  /** Where to get the HTML of this very view and content. */
  readonly source: string;
  readonly label: string;
  /** The position that is shown beside the table. */
  readonly shownId: string | null;
};

/** React writes the table once and never looks at it again. */
export const TableHost = memo(function TableHost({ source, label, shownId }: HostProps) {
  const html = useContext(PaperContext).get(TABLE_PAPER) ?? "";
  const host = useRef<HTMLDivElement>(null);
  /** The address whose table is on the page. */
  const held = useRef<string | null>(null);
  const column = useRef(1);

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const leaving = new AbortController();
    if (held.current === null && box.childElementCount > 0) {
      held.current = source;
      settle(box, null);
    }
    if (held.current !== source) {
      box.setAttribute("aria-busy", "true");
      fetch(source, { signal: leaving.signal })
        .then(async (response) => {
          if (!response.ok) throw new Error(`the table was answered with ${response.status}`);
          const written = await response.text();
          const table = tableIn(box);
          const at = table && placeOf(table);
          box.innerHTML = written;
          held.current = source;
          box.removeAttribute("aria-busy");
          settle(box, at);
        })
        .catch(() => {
          if (!leaving.signal.aborted) location.reload();
        });
    }
    return () => leaving.abort();
  }, [source]);

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    mark(box, shownId);
    // A table that comes later is marked when it is there.
    const watch = new MutationObserver(() => mark(box, shownId));
    watch.observe(box, { childList: true });
    return () => watch.disconnect();
  }, [shownId]);

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const go = (event: KeyboardEvent) => {
      const table = tableIn(box);
      if (table) column.current = followKey(event, table, column.current);
    };
    const enter = () => {
      const table = tableIn(box);
      const at = table && placeOf(table);
      if (at) column.current = at.column;
    };
    box.addEventListener("keydown", go);
    box.addEventListener("mousedown", enter);
    box.addEventListener("focusin", enterFirst);
    return () => {
      box.removeEventListener("keydown", go);
      box.removeEventListener("mousedown", enter);
      box.removeEventListener("focusin", enterFirst);
    };
    function enterFirst(event: FocusEvent) {
      if (!(event.relatedTarget instanceof Node && box?.contains(event.relatedTarget))) enter();
    }
  }, []);

  return (
    <div
      className="mx-wrap"
      ref={host}
      // A region that scrolls must be reachable by keyboard, also without script.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={label}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});

function tableIn(box: HTMLElement): HTMLTableElement | null {
  return box.querySelector("table");
}

function settle(box: HTMLElement, at: Place | null): void {
  const table = tableIn(box);
  if (table) makeGrid(table, at);
}

function mark(box: HTMLElement, shownId: string | null): void {
  for (const one of box.querySelectorAll<HTMLElement>("button[aria-current]")) {
    if (one.getAttribute("value") !== shownId) one.removeAttribute("aria-current");
  }
  if (shownId === null) return;
  for (const one of box.querySelectorAll(`button[value="${CSS.escape(shownId)}"]`)) {
    one.setAttribute("aria-current", "true");
  }
}

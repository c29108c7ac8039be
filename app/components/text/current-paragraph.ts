/** Which paragraph is looked at: named by the address, clicked, or reached with J and K. */
import { useEffect, useState } from "react";
import type { RefObject } from "react";

const MARK = "aria-current";

/** Marks the paragraph on paper; the editor draws its own mark. */
function mark(desk: HTMLElement, id: string | null): void {
  for (const section of desk.querySelectorAll(`section.para[${MARK}]`)) section.removeAttribute(MARK);
  if (id !== null) desk.querySelector(`#${CSS.escape(`p-${id}`)}`)?.setAttribute(MARK, "true");
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName))
  );
}

/** J and K by the place of the key, so that other keyboards have them too. */
function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return null;
  if (event.code === "KeyJ") return 1;
  return event.code === "KeyK" ? -1 : null;
}

/** The id of the paragraph, and the way to set it. `marks` is false where the editor owns the paper. */
export function useCurrentParagraph(
  desk: RefObject<HTMLElement>,
  marks: boolean,
): [string | null, (id: string | null) => void] {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const element = desk.current;
    if (!element) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = (id: string | null): void => {
      setCurrent(id);
      if (marks) mark(element, id);
    };
    const readHash = (): void => {
      const named = /^#p-(.+)$/.exec(decodeURIComponent(location.hash))?.[1];
      if (named !== undefined) look(named);
    };
    readHash();
    addEventListener("hashchange", readHash, { signal });
    element.addEventListener(
      "click",
      (event) => {
        const section = event.target instanceof Element ? event.target.closest("section.para") : null;
        if (section) look(section.id.slice(2));
      },
      { signal },
    );
    addEventListener(
      "keydown",
      (event) => {
        const by = stepOf(event);
        if (by === null) return;
        const sections = [...element.querySelectorAll("section.para")];
        const at = sections.findIndex((section) => section.getAttribute(MARK) === "true");
        const next = sections[at < 0 ? 0 : at + by];
        if (!next) return;
        event.preventDefault();
        look(next.id.slice(2));
        next.scrollIntoView({ block: "nearest" });
      },
      { signal },
    );
    return () => leaving.abort();
  }, [desk, marks]);
  return [current, setCurrent];
}

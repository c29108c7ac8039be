/** The change under discussion in a comparison: by number, by button, by `[` `]` or Alt with an arrow. */
import { useCallback, useEffect, useState } from "react";
import type { ChangeView } from "./compare-rows.tsx";

/** `asked` is the number that the address names. `pick` and `step` also bring the change into view. */
export function useCurrentChange(changes: readonly ChangeView[], asked: number | null) {
  const [current, setCurrent] = useState<number | null>(asked);
  const pick = useCallback((no: number) => {
    setCurrent(no);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document
      .getElementById(`c-${no}`)
      ?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    document.getElementById(`l-${no}`)?.scrollIntoView({ block: "nearest" });
  }, []);
  const step = useCallback(
    (by: 1 | -1) => {
      const at = changes.findIndex((change) => change.no === current);
      const next = at < 0 ? (by > 0 ? 0 : changes.length - 1) : (at + by + changes.length) % changes.length;
      const change = changes[next];
      if (change) pick(change.no);
    },
    [changes, current, pick],
  );
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const by = stepOf(event);
      if (by === null || isTyping(event.target)) return;
      event.preventDefault();
      step(by);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [step]);
  return { current, pick, step };
}

/** By the place of the key, so that other keyboards have it too. */
function stepOf(event: KeyboardEvent): 1 | -1 | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.altKey) return event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : null;
  if (event.code === "BracketRight" || event.key === "]") return 1;
  return event.code === "BracketLeft" || event.key === "[" ? -1 : null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName))
  );
}

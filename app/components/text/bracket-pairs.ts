/** Both ends of a bracket are tinted while the pointer is at one of them, on papers that are not edited. */

/** Follows the pointer over a paper, whatever its sections are by then; returns how to stop. */
export function tintBracketPairs(paper: HTMLElement): () => void {
  let tinted: readonly Element[] = [];
  const tint = (event: Event): void => {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-bracket]") : null;
    const bracket = at?.dataset["bracket"];
    for (const end of tinted) end.classList.remove("pair");
    tinted =
      bracket === undefined ? [] : [...paper.querySelectorAll(`[data-bracket="${CSS.escape(bracket)}"]`)];
    for (const end of tinted) end.classList.add("pair");
  };
  paper.addEventListener("pointerover", tint);
  paper.addEventListener("pointerleave", tint);
  return () => {
    paper.removeEventListener("pointerover", tint);
    paper.removeEventListener("pointerleave", tint);
  };
}

/** Dragging a paragraph by the handle in its gutter: a line shows where it would go. Escape gives up. */
import { scrollerOf } from "#collab/client/scroller.ts";

export type GripOptions = {
  /** Holds the editor; the line is drawn in it, outside of what ProseMirror watches. */
  readonly host: HTMLElement;
  /** In front of this paragraph, or behind the last one. */
  readonly drop: (paragraphId: string, beforeId: string | null) => void;
};

const EDGE = 48;

type Target = { readonly beforeId: string | null; readonly y: number };

function targetAt(sections: readonly HTMLElement[], y: number): Target {
  for (const section of sections) {
    const { top, height } = section.getBoundingClientRect();
    if (y < top + height / 2) return { beforeId: section.id.replace(/^p-/, ""), y: top };
  }
  return { beforeId: null, y: sections.at(-1)?.getBoundingClientRect().bottom ?? 0 };
}

/** Follows the pointer until it is let go. */
export function startGrip({ host, drop }: GripOptions, event: PointerEvent, paragraphId: string): void {
  event.preventDefault();
  const line = document.createElement("div");
  line.className = "drop-line";
  host.append(line);
  const held = host.querySelector(`#${CSS.escape(`p-${paragraphId}`)}`);
  held?.classList.add("held");
  const scroller = scrollerOf(host);
  let target: Target | null = null;
  const sections = (): HTMLElement[] => [
    ...host.querySelectorAll<HTMLElement>(".para:not([data-role='footnote'])"),
  ];

  const move = (moved: PointerEvent): void => {
    const box = scroller.getBoundingClientRect();
    if (moved.clientY < box.top + EDGE) scroller.scrollBy(0, -EDGE / 3);
    if (moved.clientY > Math.min(box.bottom, innerHeight) - EDGE) scroller.scrollBy(0, EDGE / 3);
    target = targetAt(sections(), moved.clientY);
    line.style.insetBlockStart = `${target.y - host.getBoundingClientRect().top}px`;
    line.hidden = false;
  };
  const stop = (): void => {
    line.remove();
    held?.classList.remove("held");
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", release);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", giveUp, true);
  };
  const release = (): void => {
    stop();
    if (target) drop(paragraphId, target.beforeId);
  };
  const giveUp = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.preventDefault();
    stop();
  };
  line.hidden = true;
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", giveUp, true);
}

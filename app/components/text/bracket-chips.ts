/**
 * Chips behind brackets on papers that are not edited: an attribute of the closing sign, which is drawn and read aloud and
 * never part of the words. The server writes it into the first response; in the browser it is kept up as sections and
 * stances change.
 */
import { type RefObject, useEffect, useState } from "react";
import { escapeHtml } from "#collab/escape.ts";
import type { DrawnChip } from "./bracket-list.tsx";

export type ChippedBracket = { readonly id: string; readonly chip: DrawnChip | null };
type Chips = ReadonlyMap<string, DrawnChip>;

export function chipsOf(brackets: readonly ChippedBracket[]): Chips {
  return new Map(brackets.flatMap(({ id, chip }) => (chip ? [[id, chip] as const] : [])));
}

/** As `collab/paper.ts` writes the closing sign of a bracket that has its partner. */
const CLOSING = /(<span class="b z" data-n="\d+" data-bracket="([^"]*)" role="img" aria-label=")([^"]*)"/g;

/** The HTML of a paper with its chips. */
export function chippedHtml(html: string, brackets: readonly ChippedBracket[]): string {
  const chips = new Map([...chipsOf(brackets)].map(([id, chip]) => [escapeHtml(id), chip]));
  if (chips.size === 0) return html;
  return html.replace(CLOSING, (all, start: string, id: string, name: string) => {
    const chip = chips.get(id);
    if (!chip) return all;
    const spoken = `${name}, ${escapeHtml(chip.spoken)}`;
    return `${start}${spoken}" data-chip="${escapeHtml(chip.text)}" data-name="${name}"`;
  });
}

function drawChip(sign: HTMLElement, chip: DrawnChip | undefined): void {
  const name = sign.dataset["name"] ?? sign.getAttribute("aria-label") ?? "";
  if (!chip) {
    if (sign.dataset["chip"] === undefined) return;
    delete sign.dataset["chip"];
    sign.setAttribute("aria-label", name);
    return;
  }
  if (sign.dataset["chip"] === chip.text) return;
  sign.dataset["name"] = name;
  sign.dataset["chip"] = chip.text;
  sign.setAttribute("aria-label", `${name}, ${chip.spoken}`);
}

/** `chips` null: the editor draws its own. */
export function useChipsOnPaper(desk: RefObject<HTMLElement>, chips: Chips | null): void {
  useEffect(() => {
    const paper = desk.current;
    if (!paper || !chips) return;
    const draw = (): void => {
      for (const sign of paper.querySelectorAll<HTMLElement>(".b.z[data-bracket][data-n]"))
        drawChip(sign, chips.get(sign.dataset["bracket"] ?? ""));
    };
    draw();
    // Sections come anew while the text is written.
    const watcher = new MutationObserver(draw);
    watcher.observe(paper, { childList: true, subtree: true });
    return () => watcher.disconnect();
  }, [desk, chips]);
}

/** The bracket one of whose signs was pressed last; null after a press elsewhere in the text. */
export function usePointedBracket(desk: RefObject<HTMLElement>): string | null {
  const [pointed, setPointed] = useState<string | null>(null);
  useEffect(() => {
    const paper = desk.current;
    const look = ({ target }: MouseEvent): void => {
      const sign = target instanceof Element ? target.closest<HTMLElement>("[data-bracket]") : null;
      setPointed(sign?.dataset["bracket"] ?? null);
    };
    paper?.addEventListener("click", look);
    return () => paper?.removeEventListener("click", look);
  }, [desk]);
  return pointed;
}

/**
 * The list beside the text: hundreds of rows that follow what is typed twice a second, when the page has nothing else
 * to do, and are told of only when one of them has changed.
 */
import type { Node as ProseNode } from "prosemirror-model";
import type { Label } from "#collab/labels.ts";
import type { Role } from "#collab/model.ts";
import { attrsOf, idOf } from "#collab/schema.ts";

export type OutlineRow = {
  readonly id: string;
  readonly role: Role;
  readonly level: number;
  readonly label: Label;
  readonly locked: boolean;
  /** The first words. */
  readonly words: string;
};

type OutlineWatch = {
  /** Something may have changed: looks soon. */
  ask(): void;
  /** Looks now. */
  tell(): void;
  stop(): void;
};

const EVERY_MS = 500;
const IDLE_WITHIN_MS = 1_000;
const WORDS = 80;

export function watchOutline(options: {
  readonly doc: () => ProseNode;
  readonly labelOf: (paragraphId: string) => Label;
  readonly isLocked: (paragraphId: string) => boolean;
  readonly onOutline: (rows: readonly OutlineRow[]) => void;
  /** All words but the footnotes', a paragraph a line, whenever they have changed; for whoever counts them. */
  readonly onWords?: (words: string) => void;
}): OutlineWatch {
  let told: readonly OutlineRow[] | null = null;
  let counted: ProseNode | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  function tellWords(doc: ProseNode): void {
    if (!options.onWords || counted === doc) return;
    counted = doc;
    const lines: string[] = [];
    doc.forEach((node) => {
      if (attrsOf(node).role !== "footnote") lines.push(node.textContent);
    });
    options.onWords(lines.join("\n"));
  }

  function tell(): void {
    if (isStopped) return;
    const doc = options.doc();
    tellWords(doc);
    const before = told;
    const rows: OutlineRow[] = [];
    let isSame = before?.length === doc.childCount;
    doc.forEach((node, _, index) => {
      const { role, level } = attrsOf(node);
      const id = idOf(node);
      const words = node.textBetween(0, Math.min(node.content.size, WORDS));
      const row = { id, role, level, label: options.labelOf(id), locked: options.isLocked(id), words };
      const old = before?.[index];
      const stays = old !== undefined && isSameRow(old, row);
      isSame &&= stays;
      rows.push(stays ? old : row);
    });
    if (isSame) return;
    told = rows;
    options.onOutline(rows);
  }

  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = null;
        whenIdle(tell);
      }, EVERY_MS);
    },
    tell,
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function isSameRow(a: OutlineRow, b: OutlineRow): boolean {
  return (
    a.id === b.id &&
    a.role === b.role &&
    a.level === b.level &&
    a.locked === b.locked &&
    a.words === b.words &&
    a.label.within === b.label.within &&
    a.label.short === b.label.short
  );
}

/** Not every browser tells when it is idle. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: IDLE_WITHIN_MS });
  else setTimeout(work, 0);
}
